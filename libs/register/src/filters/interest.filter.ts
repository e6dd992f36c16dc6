import { Field, InputType, InterestTypeEnum } from '#schema';
import type { InterestType } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { inTitle } from './words.js';

@InputType({ description: listedWhere('interests') })
export class InterestFilter extends OpenFilter {
  @Field(() => [InterestTypeEnum], { description: 'What kind of interest they are.', nullable: true })
  kind?: readonly InterestType[] | null;

  @Field(() => String, {
    description: 'Words that stand in what they consist in, or in the name of the organisation.',
    nullable: true,
  })
  nature?: string | null;

  @Field(() => DayRange, { description: 'The day on which they were declared.', nullable: true })
  declared?: DayRange | null;

  @Field(() => DayRange, { description: 'The day on which they were published.', nullable: true })
  published?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const interestFiltered = (filter: InterestFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...among('kind', filter.kind),
    ...inTitle(filter.nature, 'filter.nature'),
    ...between('declaredOn', daysIn(filter.declared, 'filter.declared')),
    ...between('publishedOn', daysIn(filter.published, 'filter.published')),
  ],
});
