import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, instantOf, UNKNOWN_START, type CivilDate, type DomainEvent, type Envelope } from '#kernel';
import { oracleAt } from '../engine/oracle.js';
import { stateJson, Timeline } from '../engine/timeline.js';
import type { View } from '../engine/view.js';
import { VIEWS } from './views.js';

const view = VIEWS.find(({ aggregate }) => aggregate === 'appointment') as View;
const FIRST = '2018-01-01' as CivilDate;
const day = (number: number): CivilDate => addDays(FIRST, number);

type Said = Partial<Envelope> & { readonly effectiveOn: CivilDate };
type Told = readonly [type: string, said: Said, data?: object];

const UNKNOWN: Said = { effectiveOn: UNKNOWN_START, startKnown: false };

/** Recorded on the last day of 2026. */
const eventsOf = (told: readonly Told[]): DomainEvent[] =>
  told.map(([type, said, data = {}], index) => ({
    id: `a#${index}`,
    type,
    stream: 'appointment/a',
    revision: index,
    position: index,
    recordedAt: instantOf(Date.UTC(2026, 11, 31)),
    effectiveOn: said.effectiveOn,
    envelope: said as Envelope,
    data: type === 'AppointmentMade' ? { person: 'p', body: 'b', ...data } : data,
  }));

interface Shown {
  readonly holds: string;
  readonly holdsInWords: string;
  readonly start: object;
  readonly end: object | null;
}

const on = (date: CivilDate, ...told: readonly Told[]): Shown | string => {
  const timeline = new Timeline(view);
  for (const event of eventsOf(told)) timeline.apply(event);
  const slice = timeline.at(date);
  return slice ? (view.show(slice.state, date, slice.validTo) as Shown) : 'not begun';
};

const holds = (date: CivilDate, ...told: readonly Told[]): string => {
  const shown = on(date, ...told);
  return typeof shown === 'string' ? shown : shown.holds;
};

describe('what is known of the days of something that lasts', () => {
  const seen: Told = ['AppointmentMade', UNKNOWN, { seenOn: [day(10), day(20)] }];

  it('T4: whoever is seen held then and in between; before and after nobody knows', () => {
    expect([9, 10, 15, 20, 21].map((at) => holds(day(at), seen))).toEqual([
      'NOT_KNOWN',
      'YES',
      'YES',
      'YES',
      'NOT_KNOWN',
    ]);
  });

  it('T4: whoever is seen and leaves on a known day held until then', () => {
    const left: Told = ['AppointmentEnded', { effectiveOn: day(40) }];
    expect([21, 39, 40].map((at) => holds(day(at), seen, left))).toEqual(['YES', 'YES', 'NO']);
  });

  it('T4: a change on a known day shows that it held on that day', () => {
    const changed: Told = ['AppointmentChanged', { effectiveOn: day(30) }, { role: 'Chair' }];
    expect([9, 21, 30, 31].map((at) => holds(day(at), seen, changed))).toEqual([
      'NOT_KNOWN',
      'YES',
      'YES',
      'NOT_KNOWN',
    ]);
    const bare: Told = ['AppointmentMade', UNKNOWN];
    expect([29, 30, 31].map((at) => holds(day(at), bare, changed))).toEqual(['NOT_KNOWN', 'YES', 'YES']);
  });

  it('T4: what is recorded without a day held by the day on which it was recorded, or its source said so', () => {
    const bare: Told = ['AppointmentMade', UNKNOWN];
    expect(['2026-12-30', '2026-12-31', '2027-01-01'].map((at) => holds(at as CivilDate, bare))).toEqual([
      'NOT_KNOWN',
      'YES',
      'YES',
    ]);
    const stated: Told = ['AppointmentMade', { ...UNKNOWN, source: { statedAt: instantOf(Date.UTC(2018, 0, 6)) } }];
    expect([4, 5].map((at) => holds(day(at), stated))).toEqual(['NOT_KNOWN', 'YES']);
  });

  it('T4: a term that is known ends what is not known for how long it lasted', () => {
    const term: Told = ['AppointmentMade', UNKNOWN, { seenOn: [day(10)], to: day(30) }];
    expect([9, 10, 29, 30].map((at) => holds(day(at), term))).toEqual(['NOT_KNOWN', 'YES', 'YES', 'NO']);
  });

  it('T4: inside the year that somebody said nobody can tell, at the beginning and at the end', () => {
    const began: Told = ['AppointmentMade', { effectiveOn: FIRST, startKnown: false, effectiveIn: '2018' }];
    expect(['2017-12-31', '2018-01-01', '2018-12-30', '2018-12-31'].map((at) => holds(at as CivilDate, began))).toEqual(
      ['not begun', 'NOT_KNOWN', 'NOT_KNOWN', 'YES'],
    );
    const ended: Told = [
      'AppointmentEnded',
      { effectiveOn: '2020-05-01' as CivilDate, startKnown: false, effectiveIn: '2020-05' },
    ];
    const days = ['2020-04-30', '2020-05-01', '2020-05-31', '2020-06-01'] as CivilDate[];
    expect(days.map((at) => holds(at, began, ended))).toEqual(['YES', 'NOT_KNOWN', 'NOT_KNOWN', 'NO']);
    expect(on('2020-06-01' as CivilDate, began, ended)).toMatchObject({
      start: { day: null, asSaid: '2018', notBefore: '2018-01-01', notAfter: '2018-12-31' },
      end: { day: null, asSaid: '2020-05', notBefore: '2020-04-30', notAfter: '2020-05-31' },
      ended: true,
    });
  });

  it('T4: an end on a day that nobody knows leaves open whether it still holds, for ever where nothing bounds it', () => {
    const made: Told = ['AppointmentMade', { effectiveOn: day(0) }];
    const ended: Told = ['AppointmentEnded', { effectiveOn: day(1), startKnown: false, notBefore: day(1) }];
    expect([0, 1, 5000].map((at) => holds(day(at), made, ended))).toEqual(['YES', 'NOT_KNOWN', 'NOT_KNOWN']);
    expect(on(day(5000), made, ended)).toMatchObject({
      ended: false,
      holdsInWords: 'not known whether still: it has ended, on a day that nobody knows',
    });
    const bounded: Told = ['AppointmentEnded', { effectiveOn: day(1), startKnown: false, notAfter: day(9) }];
    expect([8, 9].map((at) => holds(day(at), made, bounded))).toEqual(['NOT_KNOWN', 'NO']);
  });

  it('T1: a day that stands in for an end is its day as far as anybody knows', () => {
    const made: Told = ['AppointmentMade', { effectiveOn: day(0) }];
    const ended: Told = ['AppointmentEnded', { effectiveOn: day(9), startKnown: false }];
    expect([8, 9].map((at) => holds(day(at), made, ended))).toEqual(['YES', 'NO']);
  });
});

const days = fc.integer({ min: 0, max: 12 }).map(day);
const saidDay = fc.oneof(
  days.map((effectiveOn): Said => ({ effectiveOn })),
  fc.constant(UNKNOWN),
  days.map((notAfter): Said => ({ ...UNKNOWN, notAfter })),
  fc.tuple(days, days).map(([a, b]): Said => {
    const [notBefore = a, notAfter = b] = [a, b].toSorted();
    return { effectiveOn: notBefore, startKnown: false, notBefore, notAfter };
  }),
);
const facts = fc.oneof(
  fc
    .record({ seenOn: fc.option(fc.array(days, { maxLength: 2 })), to: fc.option(days) })
    .map(({ seenOn, to }): readonly [string, object] => [
      'AppointmentMade',
      { ...(seenOn && { seenOn }), ...(to && { to }) },
    ]),
  fc.array(days, { maxLength: 2 }).map((seenOn): readonly [string, object] => ['AppointmentChanged', { seenOn }]),
  fc.constant<readonly [string, object]>(['AppointmentEnded', {}]),
);
const stories = fc.array(
  fc
    .tuple(facts, saidDay, fc.constantFrom('', '', 'corrects'), fc.nat(5))
    .map(([[type, data], said, link, pick]): Told => [
      type,
      link === '' ? said : { ...said, corrects: `a#${pick}` },
      data,
    ]),
  { minLength: 1, maxLength: 6 },
);

describe('T10: the slices of something that lasts', () => {
  it('equal the oracle for random histories, on every day, as known at every position', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const events = eventsOf(told);
        const timeline = new Timeline(view);
        for (const event of events) {
          timeline.apply(event);
          for (let at = -1; at <= 14; at++) {
            const expected = oracleAt(view, events, day(at), event.position);
            const slice = timeline.at(day(at));
            if (expected.kind !== 'found') expect(slice).toBeUndefined();
            else {
              const shown = slice && view.show(slice.state, day(at), slice.validTo);
              expect(stateJson(shown ?? {})).toBe(stateJson(expected.state));
            }
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('are listed by what holds on every day of theirs, not only on the first', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const timeline = new Timeline(view);
        for (const event of eventsOf(told)) timeline.apply(event);
        for (const { state, validFrom, validTo } of timeline.open()) {
          const first = view.show(state, validFrom, validTo) as Shown;
          for (let at = -1; at <= 14; at++) {
            if (day(at) < validFrom || day(at) >= validTo) continue;
            expect((view.show(state, day(at), validTo) as Shown).holds).toBe(first.holds);
          }
        }
      }),
      { numRuns: 120 },
    );
  });
});
