import { Field, InputType, ResponseOutcomeEnum } from '#schema';
import type { ResponseOutcome } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr } from './words.js';

@InputType({ description: listedWhere('matters') })
export class ScrutinyMatterFilter extends OpenFilter {
  @Field(() => Boolean, { description: 'Whether they are closed.', nullable: true })
  closed?: boolean | null;

  @Field(() => DayRange, { description: 'The last day for an answer.', nullable: true })
  due?: DayRange | null;

  @Field(() => DayRange, { description: 'The day of the last answer.', nullable: true })
  responded?: DayRange | null;

  @Field(() => [ResponseOutcomeEnum], { description: 'What the last answer came to.', nullable: true })
  outcome?: readonly ResponseOutcome[] | null;
}

/** @throws Refusal for a range that is none. */
export const scrutinyFiltered = (filter: ScrutinyMatterFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...isOr('closed', filter.closed),
    ...between('dueOn', daysIn(filter.due, 'filter.due')),
    ...between('respondedOn', daysIn(filter.responded, 'filter.responded')),
    ...among('responseOutcome', filter.outcome),
  ],
});
