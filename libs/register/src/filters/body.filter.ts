import { Field, InputType, PublicityRegimeEnum } from '#schema';
import type { PublicityRegime } from '#governance';
import { between, among, NotKnownEnum, type Filtered, type NotKnown } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({
  description:
    'What bodies have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.',
})
export class BodyFilter {
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

  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
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
