import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({ description: listedWhere('functions') })
export class FunctionFilter extends OpenFilter {
  @Field(() => String, { description: 'Words that stand in the name of the law that gives them.', nullable: true })
  statute?: string | null;

  @Field(() => Boolean, { description: 'Whether whoever holds them may delegate them on.', nullable: true })
  delegable?: boolean | null;

  @Field(() => DayRange, { description: 'The day from which they are functions.', nullable: true })
  defined?: DayRange | null;

  @Field(() => DayRange, {
    description: 'The first day on which they are functions no longer. One that has not ended has none.',
    nullable: true,
  })
  ended?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const functionFiltered = (filter: FunctionFilter): Filtered => {
  const ended = daysIn(filter.ended, 'filter.ended');
  return {
    notKnown: filter.notKnown ?? 'LEFT_OUT',
    ended: ended !== undefined,
    conditions: [
      ...withWords('statute', filter.statute, 'filter.statute'),
      ...isOr('delegable', filter.delegable),
      ...between('definedOn', daysIn(filter.defined, 'filter.defined')),
      ...between('endedOn', ended),
    ],
  };
};
