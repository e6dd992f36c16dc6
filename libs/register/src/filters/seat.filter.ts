import { Field, InputType, SeatCategoryEnum, SeatSourceEnum } from '#schema';
import type { SeatCategory, SeatSource } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({ description: listedWhere('seats') })
export class SeatFilter extends OpenFilter {
  @Field(() => [SeatCategoryEnum], { description: 'What they are for.', nullable: true })
  category?: readonly SeatCategory[] | null;

  @Field(() => [SeatSourceEnum], { description: 'What they are owed to.', nullable: true })
  source?: readonly SeatSource[] | null;

  @Field(() => Boolean, { description: 'Whether their holder votes.', nullable: true })
  voting?: boolean | null;

  @Field(() => String, {
    description: 'Words that stand in the district or sector their holder is elected or nominated by.',
    nullable: true,
  })
  constituency?: string | null;

  @Field(() => DayRange, { description: 'Their first day.', nullable: true })
  defined?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const seatFiltered = (filter: SeatFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...among('category', filter.category),
    ...among('source', filter.source),
    ...isOr('voting', filter.voting),
    ...withWords('constituency', filter.constituency, 'filter.constituency'),
    ...between('definedOn', daysIn(filter.defined, 'filter.defined')),
  ],
});
