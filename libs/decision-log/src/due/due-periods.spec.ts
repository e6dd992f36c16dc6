import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFirstDayOf, LOG_PERIODS, type LogPeriod } from '#governance';
import { addDays, type CivilDate } from '#kernel';
import { orderedPeriods, type DueQuestion, type OrderTerms } from './due-periods.js';

const day = (text: string): CivilDate => text as CivilDate;
const monthly = (more: Partial<OrderTerms> = {}): OrderTerms => ({
  from: day('2026-01-10'),
  to: null,
  ended: false,
  every: 'MONTH',
  firstDay: day('2026-01-01'),
  daysBeforeMeeting: 10,
  daysAfterPeriod: 28,
  ...more,
});
const asked = (today: string, more: Partial<DueQuestion<OrderTerms>> = {}) =>
  orderedPeriods({ timeline: [monthly()], meetings: [], issued: [], today: day(today), ...more }).map(
    ({ lastDay, dueOn, isDue, reason }) => ({ lastDay, dueOn, isDue, reason }),
  );

describe('the day on which a log is due', () => {
  it('is the given days before the first meeting that leaves them after the period', () => {
    const meetings = [day('2026-02-10'), day('2026-02-11'), day('2026-04-14')];
    const due = {
      lastDay: '2026-01-31',
      dueOn: '2026-02-01',
      reason: 'ten days before the meeting of 11 February 2026',
    };
    expect(asked('2026-01-31', { meetings })).toEqual([{ ...due, isDue: false }]);
    expect(asked('2026-02-01', { meetings })[0]).toEqual({ ...due, isDue: true });
    expect(asked('2026-03-01', { meetings: [day('2026-02-10')] })[0]).toMatchObject({ dueOn: '2026-02-28' });
  });
  it('is the latest day where no meeting calls for it by then, and not known before', () => {
    const latest = {
      lastDay: '2026-01-31',
      reason: '28 days after the end of the period: no earlier meeting is recorded for it',
    };
    expect(asked('2026-02-27')[0]).toEqual({
      lastDay: '2026-01-31',
      dueOn: null,
      isDue: false,
      reason: 'ten days before the next meeting, once that is recorded, and on 28 February 2026 at the latest',
    });
    expect(asked('2026-02-28')[0]).toEqual({ ...latest, dueOn: '2026-02-28', isDue: true });
    // A meeting on 10 March is ten days after the latest day; on 11 March it is later than that.
    expect(asked('2026-02-28', { meetings: [day('2026-03-10')] })[0]).toMatchObject({
      dueOn: '2026-02-28',
      reason: 'ten days before the meeting of 10 March 2026',
    });
    expect(asked('2026-02-28', { meetings: [day('2026-03-11')] })[0]).toMatchObject({ ...latest, dueOn: '2026-02-28' });
  });
  it('is never before the period has ended', () => {
    const timeline = [monthly({ daysBeforeMeeting: undefined, daysAfterPeriod: 0 })];
    const period = { lastDay: '2026-01-31', dueOn: '2026-01-31', reason: 'at the end of the period' };
    expect(asked('2026-01-31', { timeline })).toEqual([{ ...period, isDue: false }]);
    expect(asked('2026-02-01', { timeline })[0]).toEqual({ ...period, isDue: true });
  });
  it('may be that of the meeting itself', () => {
    const timeline = [monthly({ daysBeforeMeeting: 0 })];
    expect(asked('2026-02-05', { timeline, meetings: [day('2026-01-31'), day('2026-02-05')] })[0]).toEqual({
      lastDay: '2026-01-31',
      dueOn: '2026-02-05',
      isDue: true,
      reason: 'on the day of the meeting of 5 February 2026',
    });
  });
});

describe('periods of a standing order', () => {
  it('stay due until a log is issued, oldest first, and none before the first day', () => {
    const due = (issued: DueQuestion<OrderTerms>['issued']) =>
      asked('2026-05-01', { issued }).flatMap(({ lastDay, isDue }) => (isDue ? [lastDay] : []));
    expect(due([])).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
    expect(due([{ firstDay: day('2026-02-01'), lastDay: day('2026-02-28') }])).toEqual(['2026-01-31', '2026-03-31']);
    expect(due([{ firstDay: day('2026-02-01'), lastDay: day('2026-03-31') }])).toHaveLength(3);
  });
  it('are those that end while it is in force, by the terms of that day', () => {
    const timeline = [
      monthly({ to: day('2026-03-31') }),
      monthly({ from: day('2026-03-31'), to: day('2026-07-01'), every: 'QUARTER', firstDay: day('2026-01-01') }),
      monthly({ from: day('2026-07-01'), ended: true }),
    ];
    expect(asked('2027-01-01', { timeline }).map(({ lastDay }) => lastDay)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-06-30',
    ]);
  });
  it('show the first that is still to begin where the order is for later', () => {
    const timeline = [monthly({ firstDay: day('2026-09-01') })];
    expect(asked('2026-05-01', { timeline })).toMatchObject([{ lastDay: '2026-09-30', dueOn: null, isDue: false }]);
  });
});

/** The same, day by day: the last day of a period is one before which nobody has to count. */
function dayByDay({ timeline, meetings, issued, today }: DueQuestion<OrderTerms>): readonly string[] {
  const found: string[] = [];
  for (let last = day('2025-01-01'); last < today; last = addDays(last, 1)) {
    const live = timeline.filter(({ ended }) => !ended);
    const terms =
      live.find(({ from, to }) => from <= last && (to === null || last < to)) ?? live.find(({ from }) => from > last);
    if (!terms || !isFirstDayOf(terms.every, addDays(last, 1))) continue;
    let first = last;
    while (!isFirstDayOf(terms.every, first)) first = addDays(first, -1);
    if (first < terms.firstDay) continue;
    if (issued.some(({ firstDay, lastDay }) => firstDay === first && lastDay === last)) continue;
    const before = terms.daysBeforeMeeting;
    let due = addDays(last, 1);
    while (due < addDays(last, terms.daysAfterPeriod)) {
      if (before !== undefined && meetings.includes(addDays(due, before))) break;
      due = addDays(due, 1);
    }
    if (due <= today) found.push(`${first} ${last}`);
  }
  return found;
}

describe('what is due', () => {
  it('is the same as counted day by day, for every order, meetings, issued logs and day', () => {
    const someDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays(day('2025-06-01'), days));
    const every = fc.constantFrom(...(Object.keys(LOG_PERIODS) as LogPeriod[]));
    const term = fc.record({
      every,
      begins: fc.integer({ min: 0, max: 500 }),
      daysBeforeMeeting: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      daysAfterPeriod: fc.integer({ min: 0, max: 60 }),
      ended: fc.boolean(),
    });
    const stretch = fc.tuple(term, fc.integer({ min: 1, max: 200 }));
    const period = fc.tuple(fc.nat(20), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1, maxLength: 4 }),
        fc.array(someDay, { maxLength: 12 }),
        fc.array(period, { maxLength: 6 }),
        someDay,
        (stretches, meetings, chosen, today) => {
          let from = day('2025-08-01');
          const timeline = stretches.map(([{ begins, ...terms }, days], index): OrderTerms => {
            let firstDay = addDays(day('2025-01-01'), begins);
            while (!isFirstDayOf(terms.every, firstDay)) firstDay = addDays(firstDay, 1);
            const to = index === stretches.length - 1 ? null : addDays(from, days);
            const made = { ...terms, firstDay, from, to };
            from = to ?? from;
            return made;
          });
          const all = { timeline, meetings, issued: [], today };
          const whole = dayByDay(all);
          const issued = chosen.flatMap(([at, isRight]) => {
            const [firstDay, lastDay] = (whole[at] ?? '').split(' ') as CivilDate[];
            return firstDay && lastDay ? [{ firstDay, lastDay: isRight ? lastDay : addDays(lastDay, 1) }] : [];
          });
          const due = orderedPeriods({ ...all, issued }).filter(({ isDue }) => isDue);
          expect(due.map(({ firstDay, lastDay }) => `${firstDay} ${lastDay}`)).toEqual(dayByDay({ ...all, issued }));
          for (const { dueOn } of due) expect(dueOn !== null && dueOn <= today).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
