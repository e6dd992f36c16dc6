import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, parseCivilDate, type CivilDate } from '#kernel';
import { scenario } from '#testing';
import { isFirstDayOf, lastDayOf, LOG_PERIODS, type LogPeriod } from './log-period.js';
import { standingOrder } from './standing-order.js';
import type { StandingOrderDetails, StandingOrderEvent } from './standing-order.events.js';

const { given } = scenario(standingOrder);
const day = (text: string): CivilDate => parseCivilDate(text, 'day');
const terms = {
  about: ['icb'],
  every: 'MONTH',
  firstDay: day('2025-07-01'),
  daysBeforeMeeting: 10,
  daysAfterPeriod: 14,
  reader: 'PUBLIC',
  recipient: 'The clerk',
  deliverTo: [{ by: 'EMAIL', to: 'clerk@council.example' }],
  formats: ['HTML', 'PDF'],
  note: 'n',
} as const;
const details: StandingOrderDetails = { committee: 'hosc', ...terms };
const placed: StandingOrderEvent = { type: 'StandingOrderPlaced', data: details };
const ended: StandingOrderEvent = { type: 'StandingOrderEnded', data: { reason: 'dissolved' } };

describe('placing a standing order', () => {
  it('keeps every field by name', () => {
    given().when({ type: 'PlaceStandingOrder', data: details }).gives(placed);
    const { committee: _, ...rest } = details;
    const forCouncil = { ...rest, council: 'gcc' };
    given()
      .when({ type: 'PlaceStandingOrder', data: forCouncil })
      .gives({ type: 'StandingOrderPlaced', data: forCouncil });
  });
  it('settles the latest day where it is not said: 28 days after the period', () => {
    const { daysAfterPeriod: _, ...rest } = details;
    given()
      .when({ type: 'PlaceStandingOrder', data: rest })
      .gives({ type: 'StandingOrderPlaced', data: { ...details, daysAfterPeriod: 28 } });
  });
  it('names the subjects it points to', () => {
    expect(standingOrder.references({ type: 'PlaceStandingOrder', data: { ...details, council: 'gcc' } })).toEqual([
      { aggregate: 'body', id: 'hosc', field: 'committee' },
      { aggregate: 'organisation', id: 'gcc', field: 'council' },
      { aggregate: 'organisation', id: 'icb', field: 'about[0]' },
    ]);
  });
  it('is for a committee or a council: one of the two', () => {
    const { committee: _, ...forNobody } = details;
    given().when({ type: 'PlaceStandingOrder', data: forNobody }).refuses('ORDER_FOR_ONE');
    given()
      .when({ type: 'PlaceStandingOrder', data: { ...details, council: 'gcc' } })
      .refuses('ORDER_FOR_ONE');
  });
  it('is refused twice, and may be placed again once it has ended', () => {
    given(placed).when({ type: 'PlaceStandingOrder', data: details }).refuses('ALREADY_BEGUN');
    given(placed, ended).when({ type: 'PlaceStandingOrder', data: details }).gives(placed);
  });
});

describe('the first day of an order', () => {
  it.each<[LogPeriod, string, boolean]>([
    ['MONTH', '2025-07-01', true],
    ['MONTH', '2025-07-02', false],
    ['MONTH', '2025-07-31', false],
    ['QUARTER', '2025-07-01', true],
    ['QUARTER', '2025-06-01', false],
    ['QUARTER', '2025-08-01', false],
    ['FINANCIAL_YEAR', '2025-04-01', true],
    ['FINANCIAL_YEAR', '2025-03-31', false],
    ['FINANCIAL_YEAR', '2025-01-01', false],
  ])('of every %s may be %s: %s', (every, firstDay, isTaken) => {
    const data = { ...details, every, firstDay: day(firstDay) };
    const when = given().when({ type: 'PlaceStandingOrder', data });
    if (isTaken) when.gives({ type: 'StandingOrderPlaced', data });
    else when.refuses('ORDER_FIRST_DAY');
    const { committee: _, ...change } = data;
    const changing = given(placed).when({ type: 'ChangeStandingOrder', data: change });
    if (isTaken) changing.gives({ type: 'StandingOrderChanged', data: change });
    else changing.refuses('ORDER_FIRST_DAY');
  });
});

describe('changing and ending a standing order', () => {
  it('keeps the whole of the new terms, and nothing of the old', () => {
    const data = { every: 'QUARTER', firstDay: day('2026-01-01'), reader: 'OFFICERS', recipient: 'x' } as const;
    given(placed)
      .when({ type: 'ChangeStandingOrder', data })
      .gives({ type: 'StandingOrderChanged', data: { ...data, daysAfterPeriod: 28 } });
    expect(standingOrder.references({ type: 'ChangeStandingOrder', data: { ...data, about: ['icb'] } })).toEqual([
      { aggregate: 'organisation', id: 'icb', field: 'about[0]' },
    ]);
    expect(standingOrder.references({ type: 'EndStandingOrder', data: {} })).toEqual([]);
  });
  it('needs an order that has begun and has not ended', () => {
    given().when({ type: 'ChangeStandingOrder', data: terms }).refuses('NOT_BEGUN');
    given().when({ type: 'EndStandingOrder', data: {} }).refuses('ENDS_BEFORE_START');
    given(placed)
      .when({ type: 'EndStandingOrder', data: { reason: 'dissolved' } })
      .gives(ended);
    given(placed, ended).when({ type: 'EndStandingOrder', data: {} }).refuses('ALREADY_ENDED');
  });
});

describe('periods', () => {
  it('end on the day before the next one begins, whatever the month and year', () => {
    expect(lastDayOf('MONTH', day('2024-02-01'))).toBe('2024-02-29');
    expect(lastDayOf('MONTH', day('2025-12-01'))).toBe('2025-12-31');
    expect(lastDayOf('QUARTER', day('2025-10-01'))).toBe('2025-12-31');
    expect(lastDayOf('FINANCIAL_YEAR', day('2025-04-01'))).toBe('2026-03-31');
    const periods = Object.keys(LOG_PERIODS) as LogPeriod[];
    fc.assert(
      fc.property(fc.constantFrom(...periods), fc.integer({ min: 0, max: 40_000 }), (every, days) => {
        let first = addDays(day('1990-01-01'), days);
        while (!isFirstDayOf(every, first)) first = addDays(first, 1);
        let next = addDays(first, 1);
        while (!isFirstDayOf(every, next)) next = addDays(next, 1);
        expect(addDays(lastDayOf(every, first), 1)).toBe(next);
      }),
      { numRuns: 100 },
    );
  });
});
