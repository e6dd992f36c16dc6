import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ANNULLED, UNKNOWN_START, type CivilDate, type DomainEvent, type Envelope } from '#kernel';

import { eventsOf, happened, happenings, holdsFor, seatView, type Seat } from './engine.contract.js';
import { oracleAt } from './oracle.js';
import { Timeline } from './timeline.js';

const day = (text: string): CivilDate => `2025-03-${text}` as CivilDate;

type Step = readonly [type: string, effectiveOn: CivilDate, data?: object, links?: Partial<Envelope>];

const history = (...steps: readonly Step[]): DomainEvent[] =>
  steps.map(([type, effectiveOn, data = {}, links = {}], index) =>
    happened('seat/1', index, index, { type, data }, effectiveOn, links),
  );

const played = (...steps: readonly Step[]): Timeline<Seat> => {
  const timeline = new Timeline(seatView);
  for (const event of history(...steps)) timeline.apply(event);
  return timeline;
};

const bounds = (timeline: Timeline<Seat>): string[] =>
  timeline
    .open()
    .map(({ validFrom, validTo }) => `${validFrom.slice(5)}/${validTo.slice(0, 4) === '9999' ? '' : validTo.slice(5)}`);

const at = (timeline: Timeline<Seat>, date: CivilDate): Seat | undefined => {
  const slice = timeline.at(date);
  return slice && seatView.show(slice.state, date);
};

const corrects = (revision: number): Partial<Envelope> => ({ corrects: `seat/1#${revision}` });
const annuls = (revision: number): Partial<Envelope> => ({ annuls: `seat/1#${revision}` });
const again = (revision: number): Partial<Envelope> => ({ again: `seat/1#${revision}` });

describe('keeping the slices of one subject', () => {
  it('T10: equals the oracle for random histories, at every date and every position', () => {
    fc.assert(
      fc.property(happenings, (story) => holdsFor((view) => new Timeline(view), eventsOf(story))),
      { numRuns: 400 },
    );
  });

  it('T1: an unknown start is shown as not known, and a known one as known', () => {
    expect(played(['Appointed', UNKNOWN_START, { holder: 'Ann' }]).at(day('01'))?.startKnown).toBe(false);
    expect(played(['Appointed', day('01'), { holder: 'Ann' }, { startKnown: false }]).at(day('01'))?.startKnown).toBe(
      false,
    );
    expect(played(['Appointed', day('01'), { holder: 'Ann' }]).at(day('01'))?.startKnown).toBe(true);
  });

  it('T2: folds by date, and on one day in the order of first recording', () => {
    const timeline = played(
      ['Appointed', day('05'), { holder: 'Ann' }],
      ['Appointed', day('03'), { holder: 'Bob' }],
      ['Appointed', day('05'), { holder: 'Cat' }],
    );
    expect([day('02'), day('03'), day('04'), day('05')].map((date) => at(timeline, date)?.holder)).toEqual([
      undefined,
      'Bob',
      'Bob',
      'Cat',
    ]);
  });

  it('T3: a correction keeps its slot, also on a new day', () => {
    const timeline = played(
      ['Appointed', day('03'), { holder: 'Ann' }],
      ['Appointed', day('05'), { holder: 'Bob' }],
      ['Appointed', day('05'), { holder: 'Cat' }, corrects(0)],
    );
    expect(at(timeline, day('05'))?.holder).toBe('Bob');
    expect(timeline.at(day('04'))).toBeUndefined();
  });

  it('T3: what is corrected stays out where the correction begins later', () => {
    const timeline = played(['Appointed', day('03'), { holder: 'Ann' }], ['Left', day('06'), {}, corrects(0)]);
    expect(timeline.start).toBe(day('06'));
  });

  it('T3: what is annulled drops out at every date, and takes its slot back when recorded again', () => {
    const first: Step[] = [
      ['Appointed', day('03'), { holder: 'Ann' }],
      ['Appointed', day('03'), { holder: 'Bob' }],
      [ANNULLED, day('03'), {}, annuls(0)],
    ];
    expect(at(played(...first), day('03'))?.holder).toBe('Bob');
    expect(at(played(...first, ['Appointed', day('03'), { holder: 'Ann' }, again(0)]), day('03'))?.holder).toBe('Bob');
    expect(at(played(...first, ['Appointed', day('03'), { holder: 'Ann' }]), day('03'))?.holder).toBe('Ann');
  });

  it('T4: intervals are half-open, their bounds the nearest event dates, never coalesced', () => {
    const timeline = played(
      ['Appointed', day('03'), { holder: 'Ann' }],
      ['Noted', day('05')],
      ['Appointed', day('07'), { holder: 'Ann' }],
    );
    expect(bounds(timeline)).toEqual(['03-03/03-05', '03-05/03-07', '03-07/']);
    expect(timeline.at(day('04'))?.validTo).toBe(day('05'));
    expect(timeline.at(day('05'))?.validFrom).toBe(day('05'));
  });

  it('T4: a term that ends on the day it starts covers no day', () => {
    expect(at(played(['Appointed', day('03'), { holder: 'Ann', until: day('03') }]), day('03'))?.holder).toBeNull();
  });

  it('T5: splits at turns, and on its end date a state has already ended', () => {
    const timeline = played(['Appointed', day('03'), { holder: 'Ann', until: day('06') }]);
    expect(bounds(timeline)).toEqual(['03-03/03-06', '03-06/03-08', '03-08/']);
    expect(at(timeline, day('05'))?.holder).toBe('Ann');
    expect(at(timeline, day('06'))?.holder).toBeNull();
  });

  it('T5: a renewal on the end date joins without a gap; one a day later leaves the gap', () => {
    const renewed = (date: string): Timeline<Seat> =>
      played(
        ['Appointed', day('03'), { holder: 'Ann', until: day('06') }],
        ['Extended', day(date), { until: day('09') }],
      );
    expect(at(renewed('06'), day('06'))?.holder).toBe('Ann');
    expect(at(renewed('07'), day('06'))?.holder).toBeNull();
    expect(at(renewed('07'), day('07'))?.holder).toBe('Ann');
    expect(bounds(renewed('06'))).toEqual(['03-03/03-06', '03-06/03-09', '03-09/03-11', '03-11/']);
  });

  it('T5: forgets a turn when the end is cleared before it comes', () => {
    const timeline = played(['Appointed', day('03'), { holder: 'Ann', until: day('08') }], ['Left', day('05')]);
    expect(bounds(timeline)).toEqual(['03-03/03-05', '03-05/']);
  });

  it('an event in order ends one slice and writes two', () => {
    const timeline = played(['Appointed', day('03'), { holder: 'Ann' }]);
    const [, next] = history(['Noted', day('03')], ['Appointed', day('05'), { holder: 'Bob' }]);
    const change = timeline.apply(next as DomainEvent);
    expect(change.closed).toHaveLength(1);
    expect(change.opened).toHaveLength(2);
  });

  it('a correction that says the same writes nothing', () => {
    const timeline = played(['Appointed', day('03'), { holder: 'Ann' }]);
    const [, same] = history(['Noted', day('03')], ['Appointed', day('03'), { holder: 'Ann' }, corrects(0)]);
    expect(timeline.apply(same as DomainEvent)).toEqual({ closed: [], opened: [] });
  });

  it('a back-dated event touches nothing beyond the day where the states meet', () => {
    const steps = Array.from({ length: 20 }, (_, index): Step => [
      'Appointed',
      day(String(index + 5).padStart(2, '0')),
      { holder: `h${index}` },
    ]);
    const timeline = played(...steps);
    const late = happened('seat/1', 20, 20, { type: 'Appointed', data: { holder: 'Zoe' } }, day('01'));
    const { closed, opened } = timeline.apply(late);
    expect(closed).toHaveLength(0);
    expect(opened.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([[day('01'), day('05')]]);
  });
});

describe('asking the oracle about nothing', () => {
  const events = history(
    ['Appointed', day('03'), { holder: 'Ann' }],
    ['Appointed', day('06'), { holder: 'Ann' }, corrects(0)],
    [ANNULLED, day('06'), {}, annuls(1)],
    ['Left', day('04'), {}, again(1)],
  );
  const asked = (date: string, position: number): unknown => oracleAt(seatView, events, day(date), position);

  it('T7: tells never recorded, not yet begun, moved, withdrawn and recorded as none apart', () => {
    expect(asked('04', -1)).toEqual({ kind: 'never-recorded' });
    expect(asked('02', 0)).toEqual({ kind: 'not-yet-begun', from: day('03'), position: null });
    expect(asked('03', 0)).toMatchObject({ kind: 'found', startKnown: true });
    expect(asked('05', 1)).toEqual({ kind: 'not-yet-begun', from: day('06'), position: 1 });
    expect(asked('06', 2)).toEqual({ kind: 'withdrawn', position: 2 });
    expect(asked('04', 3)).toEqual({ kind: 'recorded-as-none', from: day('04'), to: null });
    expect(asked('03', 3)).toEqual({ kind: 'not-yet-begun', from: day('04'), position: null });
  });
});
