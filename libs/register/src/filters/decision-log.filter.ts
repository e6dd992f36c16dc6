import { Field, InputType, LogReaderEnum } from '#schema';
import type { LogReader } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({ description: listedWhere('issued logs') })
export class IssuedDecisionLogFilter extends OpenFilter {
  @Field(() => [LogReaderEnum], { description: 'For whom they were made.', nullable: true })
  reader?: readonly LogReader[] | null;

  @Field(() => String, { description: 'Words that stand in to whom they were given.', nullable: true })
  recipient?: string | null;

  @Field(() => DayRange, { description: 'The day on which they were issued.', nullable: true })
  issued?: DayRange | null;

  @Field(() => DayRange, { description: 'The last day of their period.', nullable: true })
  periodEnds?: DayRange | null;

  @Field(() => Boolean, { description: 'Whether they were withdrawn.', nullable: true })
  withdrawn?: boolean | null;
}

/** @throws Refusal for a range that is none. */
export const decisionLogFiltered = (filter: IssuedDecisionLogFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...among('reader', filter.reader),
    ...withWords('recipient', filter.recipient, 'filter.recipient'),
    ...between('issuedOn', daysIn(filter.issued, 'filter.issued')),
    ...between('lastDay', daysIn(filter.periodEnds, 'filter.periodEnds')),
    ...isOr('withdrawn', filter.withdrawn),
  ],
});
