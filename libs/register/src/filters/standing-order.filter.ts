import { Field, InputType, LogPeriodEnum, LogReaderEnum } from '#schema';
import type { LogPeriod, LogReader } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { withWords } from './words.js';

@InputType({ description: listedWhere('standing orders') })
export class StandingOrderFilter extends OpenFilter {
  @Field(() => [LogPeriodEnum], { description: 'How long each of their periods is.', nullable: true })
  every?: readonly LogPeriod[] | null;

  @Field(() => [LogReaderEnum], { description: 'For whom their logs are made.', nullable: true })
  reader?: readonly LogReader[] | null;

  @Field(() => String, { description: 'Words that stand in to whom their logs are given.', nullable: true })
  recipient?: string | null;

  @Field(() => DayRange, { description: 'The first day on which they hold.', nullable: true })
  effective?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const standingOrderFiltered = (filter: StandingOrderFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...among('every', filter.every),
    ...among('reader', filter.reader),
    ...withWords('recipient', filter.recipient, 'filter.recipient'),
    ...between('inForceFrom', daysIn(filter.effective, 'filter.effective')),
  ],
});
