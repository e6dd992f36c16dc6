import { dayInWords, daysInWords, lastDayOf, type LogPeriod } from '#governance';
import { addDays, type CivilDate } from '#kernel';

/** A stretch of a standing order's timeline. */
export interface OrderTerms {
  readonly from: CivilDate;
  /** First day without; null for none. */
  readonly to: CivilDate | null;
  readonly ended: boolean;
  readonly every: LogPeriod;
  /** First day of the first period. */
  readonly firstDay: CivilDate;
  /** Without it, meetings do not count. */
  readonly daysBeforeMeeting?: number | undefined;
  readonly daysAfterPeriod: number;
}

/** A period for which a log is ordered and none has been issued. */
export interface OrderedPeriod<Terms extends OrderTerms = OrderTerms> {
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  /** The day on which its log is due; null while that hangs on a meeting that is not recorded. */
  readonly dueOn: CivilDate | null;
  readonly isDue: boolean;
  /** Why then, as the end of a sentence: `ten days before the meeting of 14 April 2026`. */
  readonly reason: string;
  /** What is ordered for it. */
  readonly terms: Terms;
}

/** What is asked about one standing order. */
export interface DueQuestion<Terms extends OrderTerms> {
  /** The order's whole timeline as known now, earliest first. */
  readonly timeline: readonly Terms[];
  /** Days of the committee's meetings, of those that are not cancelled. */
  readonly meetings: readonly CivilDate[];
  /** Periods for which a log has been issued and not withdrawn. */
  readonly issued: readonly { readonly firstDay: CivilDate; readonly lastDay: CivilDate }[];
  readonly today: CivilDate;
}

/**
 * The periods of a standing order that no log has been issued for, oldest first: those that are due, and those that
 * have begun and are not due yet (or the first one that is still to begin).
 *
 * A period is of the terms in force on its last day; where none were, of those that came into force next, so that an
 * order may ask for periods before it was placed, from its first day on. Its log is due the given days before the first
 * meeting for which that day falls after the period, and the given days after its end at the latest; never before the
 * period has ended.
 */
export const orderedPeriods = <Terms extends OrderTerms>({
  timeline,
  meetings,
  issued,
  today,
}: DueQuestion<Terms>): readonly OrderedPeriod<Terms>[] => {
  const done = new Set(issued.map(({ firstDay, lastDay }) => `${firstDay} ${lastDay}`));
  const inOrder = meetings.toSorted();
  const periods: OrderedPeriod<Terms>[] = [];
  let toCome: OrderedPeriod<Terms> | undefined;
  let coveredTo: CivilDate | undefined;
  for (const terms of timeline.filter(({ ended }) => !ended)) {
    for (let firstDay = terms.firstDay; ;) {
      const lastDay = lastDayOf(terms.every, firstDay);
      if (terms.to !== null && lastDay >= terms.to) break;
      const isItsOwn = coveredTo === undefined || lastDay >= coveredTo;
      if (isItsOwn && !done.has(`${firstDay} ${lastDay}`)) {
        const period = { firstDay, lastDay, ...dueDay(terms, lastDay, inOrder, today), terms };
        if (firstDay <= today) periods.push(period);
        else toCome ??= period;
      }
      if (firstDay > today) break;
      firstDay = addDays(lastDay, 1);
    }
    coveredTo = terms.to ?? undefined;
  }
  const isAnyOpen = periods.some(({ isDue }) => !isDue);
  return [...periods, ...(toCome && !isAnyOpen ? [toCome] : [])].toSorted(byLastDay);
};

const byLastDay = (one: OrderedPeriod, other: OrderedPeriod): number =>
  one.lastDay === other.lastDay ? 0 : one.lastDay < other.lastDay ? -1 : 1;

function dueDay(
  { daysBeforeMeeting, daysAfterPeriod }: OrderTerms,
  lastDay: CivilDate,
  meetings: readonly CivilDate[],
  today: CivilDate,
): Pick<OrderedPeriod, 'dueOn' | 'isDue' | 'reason'> {
  const latest = addDays(lastDay, daysAfterPeriod);
  const hasEnded = lastDay < today;
  const after = daysAfterPeriod === 0 ? 'at the end of' : `${daysInWords(daysAfterPeriod)} after the end of`;
  const atLatest = { dueOn: latest, isDue: hasEnded && latest <= today };
  if (daysBeforeMeeting === undefined) return { ...atLatest, reason: `${after} the period` };
  const meeting = meetings.find((day) => addDays(day, -daysBeforeMeeting) > lastDay);
  const dueOn = meeting && addDays(meeting, -daysBeforeMeeting);
  if (meeting !== undefined && dueOn !== undefined && dueOn <= latest) {
    const isOnTheDay = daysBeforeMeeting === 0;
    const before = isOnTheDay ? 'on the day of' : `${daysInWords(daysBeforeMeeting)} before`;
    return { dueOn, isDue: hasEnded && dueOn <= today, reason: `${before} the meeting of ${dayInWords(meeting)}` };
  }
  if (latest <= today) return { ...atLatest, reason: `${after} the period: no earlier meeting is recorded for it` };
  const before = daysBeforeMeeting === 0 ? 'on the day of' : `${daysInWords(daysBeforeMeeting)} before`;
  return {
    dueOn: null,
    isDue: false,
    reason: `${before} the next meeting, once that is recorded, and on ${dayInWords(latest)} at the latest`,
  };
}
