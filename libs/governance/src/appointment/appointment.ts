import {
  Refusal,
  addDays,
  given,
  said,
  type CivilDate,
  type Decider,
  type Fact,
  type Reference,
  type Revised,
} from '#kernel';
import { refersTo, type Part } from '../lifecycle.js';
import { leavesNone, namedAfter, type Named } from '../naming.js';
import { NO_PERIODS, standsAsEndOf, withOver, withRunning, type Periods } from '../periods.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import type { AppointmentDetails, AppointmentEvent, CapacityPeriod, KnownTerm } from './appointment.events.js';

/** Last day of a term, where it is known. */
interface Until {
  readonly until?: CivilDate;
}

export type AppointmentCommand =
  | Fact<'MakeAppointment', AppointmentDetails & Until>
  | Fact<'ChangeAppointment', Revised<AppointmentDetails & Until>>
  | Fact<'RecordCapacity', CapacityPeriod>
  | Fact<'EndCapacity', { readonly period: string }>
  | Fact<'ExtendTerm', { readonly until: CivilDate }>
  | Fact<'EndAppointment', { readonly reason?: string }>
  | Fact<'RecordVacancy', { readonly seat: string; readonly note?: string }>;

export interface AppointmentState {
  readonly life: TermedLife;
  readonly capacities: Periods;
  /** Which of `PLACES` it names. */
  readonly places: Named;
}

/** What somebody is appointed to: at least one of them is said. */
const PLACES = ['seat', 'body', 'organisation', 'role'] as const;

type LifeEvent = Exclude<AppointmentEvent, { readonly type: 'CapacityRecorded' | 'CapacityEnded' }>;

const PARTS: Record<LifeEvent['type'], Part> = {
  AppointmentMade: 'begins',
  VacancyRecorded: 'begins',
  AppointmentChanged: 'goes on',
  TermExtended: 'goes on',
  AppointmentEnded: 'ends',
};

/** Appointments: who holds which seat or role, one spell to a subject; and that nobody holds a seat. */
export const appointment: Decider<AppointmentState, AppointmentCommand, AppointmentEvent> = {
  initial: { life: NO_TERM, capacities: NO_PERIODS, places: [] },

  references({ type, data }) {
    switch (type) {
      case 'MakeAppointment':
      case 'ChangeAppointment':
        return named(data);
      case 'RecordVacancy':
        return refersTo('seat', data.seat, 'seat');
      case 'RecordCapacity':
      case 'EndCapacity':
      case 'ExtendTerm':
      case 'EndAppointment':
        return [];
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'MakeAppointment': {
        const { seat, body, organisation, role } = data;
        if ([seat, body, organisation, role].every((place) => place === undefined)) throw toNothing();
        return { type: 'AppointmentMade', data: { ...given(details(data)), person: data.person } };
      }
      case 'ChangeAppointment':
        return { type: 'AppointmentChanged', data: details(data) };
      case 'RecordCapacity': {
        const { period, status, cabinetStatus, acting, onLeave, leaveReason, note } = data;
        return {
          type: 'CapacityRecorded',
          data: said({ period, status, cabinetStatus, acting, onLeave, leaveReason, note }),
        };
      }
      case 'EndCapacity':
        return { type: 'CapacityEnded', data: { period: data.period } };
      case 'ExtendTerm':
        return { type: 'TermExtended', data: { to: addDays(data.until, 1) } };
      case 'EndAppointment':
        return { type: 'AppointmentEnded', data: said({ reason: data.reason }) };
      case 'RecordVacancy':
        return { type: 'VacancyRecorded', data: said({ seat: data.seat, note: data.note }) };
    }
  },

  stands({ life, capacities, places }, event, effectiveOn) {
    if (event.type === 'CapacityRecorded') return undefined;
    if (event.type === 'CapacityEnded') {
      return standsAsEndOf(capacities, event.data.period, 'capacity', 'CAPACITY_NOT_RUNNING');
    }
    if (PARTS[event.type] === 'goes on' && leavesNone(places, PLACES, event.data)) return toNothing();
    return standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'appointment');
  },

  evolve(state, event) {
    const { life, capacities } = state;
    if (event.type === 'CapacityRecorded') {
      return { ...state, capacities: withRunning(capacities, event.data.period) };
    }
    if (event.type === 'CapacityEnded') return { ...state, capacities: withOver(capacities, event.data.period) };
    const part = PARTS[event.type];
    const places = part === 'ends' ? state.places : namedAfter(state.places, PLACES, event.data, part === 'begins');
    return { life: termAfter(life, part, termIn(event)), capacities, places };
  },
};

const toNothing = (): Refusal =>
  new Refusal(
    'APPOINTMENT_TO_NOTHING',
    'the appointment names a person and nothing that the person is appointed to: needed a seat, a body, an organisation or a role',
    { field: 'seat', rule: 'T8', remedy: 'name at least one of seat, body, organisation and role' },
  );

const named = (data: Revised<AppointmentDetails>): readonly Reference[] => [
  ...refersTo('person', data.person, 'person'),
  ...refersTo('seat', data.seat, 'seat'),
  ...refersTo('body', data.body, 'body'),
  ...refersTo('organisation', data.organisation, 'organisation'),
  ...refersTo('person', data.deputyFor, 'deputyFor'),
  ...refersTo('decision', data.madeByDecision, 'madeByDecision'),
];

const details = (data: Revised<AppointmentDetails & Until>): Revised<AppointmentDetails & KnownTerm> =>
  said({
    person: data.person,
    seat: data.seat,
    body: data.body,
    organisation: data.organisation,
    role: data.role,
    capacity: data.capacity,
    status: data.status,
    to: firstDayWithout(data.until),
    expectedEnd: data.expectedEnd,
    votingRight: data.votingRight,
    nominatedBy: data.nominatedBy,
    appointedBy: data.appointedBy,
    deputyFor: data.deputyFor,
    madeByDecision: data.madeByDecision,
    seenOn: data.seenOn && [...data.seenOn],
    announcedOn: data.announcedOn,
    note: data.note,
  });
