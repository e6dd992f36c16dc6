import { Field, InputType, PublicityRegimeEnum } from '#schema';
import type { PublicityRegime } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({ description: listedWhere('bodies') })
export class BodyFilter extends OpenFilter {
  @Field(() => Boolean, { description: 'Whether they are suspended.', nullable: true })
  suspended?: boolean | null;

  @Field(() => String, {
    description: 'Words that stand in the group in which their owner lists them.',
    nullable: true,
  })
  category?: string | null;

  @Field(() => [PublicityRegimeEnum], {
    description: 'Which law says how they admit the public and publish.',
    nullable: true,
  })
  publicityRegime?: readonly PublicityRegime[] | null;

  @Field(() => DayRange, { description: 'The day on which they were established.', nullable: true })
  established?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const bodyFiltered = (filter: BodyFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...isOr('suspended', filter.suspended),
    ...withWords('category', filter.category, 'filter.category'),
    ...among('publicityRegime', filter.publicityRegime),
    ...between('establishedOn', daysIn(filter.established, 'filter.established')),
  ],
});
