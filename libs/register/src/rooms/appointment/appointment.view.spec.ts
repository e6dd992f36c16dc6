import { describe, expect, it } from '@jest/globals';
import type { AppointmentEvent } from '#governance';
import type { CivilDate, DomainEvent } from '#kernel';
import { untilOver } from '../last-said.js';
import { appointmentView, type AppointmentView } from './appointment.view.js';

const { show, turns, recordsNone } = appointmentView;
const columns = untilOver(appointmentView, appointmentView.columns);
const fold = (...events: readonly AppointmentEvent[]): AppointmentView =>
  events.reduce(
    (state, event) =>
      appointmentView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent &
        AppointmentEvent),
    appointmentView.initial,
  );
const day = (text: string): CivilDate => text as CivilDate;
const made: AppointmentEvent = {
  type: 'AppointmentMade',
  data: { person: 'p', seat: 's', body: 'b', organisation: 'o', to: day('2026-04-01') },
};
const extended: AppointmentEvent = { type: 'TermExtended', data: { to: day('2027-04-01') } };
const ended: AppointmentEvent = { type: 'AppointmentEnded', data: { reason: 'resigned' } };
const acting: AppointmentEvent = { type: 'CapacityRecorded', data: { period: 'c1', acting: true } };
const onLeave: AppointmentEvent = { type: 'CapacityRecorded', data: { period: 'c2', onLeave: true } };
const WHERE = ['person', 'seat', 'body', 'organisation'];
const listedBy = (shown: AppointmentView) => WHERE.map((column) => columns[column]?.(shown));

describe('a known term', () => {
  it('is shown by its last day and turns on the day after', () => {
    expect(fold(made).termEnds).toBe('2026-03-31');
    expect(turns(fold(made))).toEqual(['2026-04-01']);
  });
  it('holds on its last day and has ended on the next', () => {
    expect(listedBy(show(fold(made), day('2026-03-31')))).toEqual(['p', 's', 'b', 'o']);
    expect(show(fold(made), day('2026-04-01')).ended).toBe(true);
    expect(listedBy(show(fold(made), day('2026-04-01')))).toEqual([undefined, undefined, undefined, undefined]);
  });
  it('goes on without a gap where it is extended', () => {
    expect(turns(fold(made, extended))).toEqual(['2027-04-01']);
    expect(show(fold(made, extended), day('2026-04-01')).ended).toBe(false);
  });
  it('is overtaken by an end that comes first, and leaves no turn', () => {
    expect(turns(fold(made, ended))).toEqual([]);
    expect(show(fold(made, ended), day('2025-06-01'))).toMatchObject({ ended: true, endedBecause: 'resigned' });
  });
  it('may move with a change', () => {
    expect(turns(fold(made, { type: 'AppointmentChanged', data: { to: day('2025-10-01') } }))).toEqual(['2025-10-01']);
  });
});

describe('capacities', () => {
  it('run at once, each until its own end', () => {
    const state = fold(made, acting, onLeave, { type: 'CapacityEnded', data: { period: 'c1' } });
    expect(state.capacities).toEqual([{ period: 'c2', onLeave: true }]);
  });
  it('are kept where they came before the appointment', () => {
    expect(fold(acting)).toEqual({ capacities: [{ period: 'c1', acting: true }], vacant: false, ended: false });
    expect(fold(acting, made).capacities).toEqual([{ period: 'c1', acting: true }]);
  });
  it('are not shown once the appointment has ended, by event or by turn', () => {
    expect(show(fold(made, acting, ended), day('2025-06-01')).capacities).toEqual([]);
    expect(show(fold(made, acting), day('2026-04-01')).capacities).toEqual([]);
    expect(show(fold(made, acting), day('2026-03-31')).capacities).toHaveLength(1);
  });
  it('leave the very same state where an end finds nothing running', () => {
    const state = fold(made);
    const end = { type: 'CapacityEnded', data: { period: 'x' } } as DomainEvent & AppointmentEvent;
    expect(appointmentView.project(state, end)).toBe(state);
  });
});

describe('a vacancy', () => {
  const vacancy: AppointmentEvent = { type: 'VacancyRecorded', data: { seat: 's', note: 'advertised' } };
  it('records that there is none, by the seat, until it ends', () => {
    expect(recordsNone?.(fold(vacancy))).toBe(true);
    expect(columns['seat']?.(fold(vacancy))).toBe('s');
    expect(recordsNone?.(fold(vacancy, ended))).toBe(false);
    expect(columns['seat']?.(fold(vacancy, ended))).toBeUndefined();
  });
  it('is over where somebody is appointed in the same record', () => {
    expect(recordsNone?.(fold(vacancy, ended, made))).toBe(false);
    expect(fold(vacancy, ended, made).endedBecause).toBeUndefined();
  });
  it('is told apart from a capacity without an appointment', () => {
    expect(recordsNone?.(fold(acting))).toBe(false);
    expect(listedBy(fold(acting))).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('an appointment in a list', () => {
  it('is ordered by role, then seat, then person', () => {
    const order = (data: object) =>
      appointmentView.order(fold({ type: 'AppointmentMade', data: { person: 'p', ...data } }));
    const keys = [
      order({}),
      order({ role: 'Vice Chair' }),
      order({ role: 'Chair', person: 'q' }),
      order({ role: 'chair' }),
    ];
    expect(keys.toSorted()).toEqual([keys[3], keys[2], keys[1], keys[0]]);
  });
});
