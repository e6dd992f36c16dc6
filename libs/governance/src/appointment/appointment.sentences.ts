import {
  because,
  changesIn,
  dayInWords,
  inBrackets,
  inWords,
  lastDayInWords,
  listed,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type {
  AppointmentCapacity,
  AppointmentDetails,
  AppointmentEvent,
  AppointmentStatus,
  CapacityPeriod,
  KnownTerm,
} from './appointment.events.js';

const CHANGES: Changes<AppointmentDetails & KnownTerm> = {
  person: (id, nameOf) => `it is held by ${named(nameOf, 'person', id)}`,
  seat: (id, nameOf) => `the seat is ${named(nameOf, 'seat', id)}`,
  body: (id, nameOf) => `it is on ${named(nameOf, 'body', id)}`,
  organisation: (id, nameOf) => `it is at ${named(nameOf, 'organisation', id)}`,
  role: (role) => `the role is ${quoted(role)}`,
  capacity: (capacity) => `the capacity is “${inWords(capacity)}”`,
  status: (status) => `the status is “${inWords(status)}”`,
  expectedEnd: (day) => `it was meant to end on ${dayInWords(day)}`,
  votingRight: (votes) => (votes ? 'it carries a vote' : 'it carries no vote'),
  nominatedBy: (who) => `the nomination was by ${who}`,
  appointedBy: (who) => `the appointment was by ${who}`,
  deputyFor: (id, nameOf) => `it deputises for ${named(nameOf, 'person', id)}`,
  madeByDecision: (id, nameOf) => `it was made by the decision ${named(nameOf, 'decision', id)}`,
  seenOn: (days) => `the source shows it on ${listed(days.map(dayInWords))}`,
  announcedOn: (day) => `it was announced on ${dayInWords(day)}`,
  note: (note) => `a note says ${quoted(note)}`,
  to: (to) => `its term runs until ${lastDayInWords(to)}`,
};

export const appointmentSentence = ({ type, data }: AppointmentEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'AppointmentMade': {
      const status = data.status === undefined || saidByRole(data.status, data.role) ? undefined : inWords(data.status);
      const capacity = isPlain(data.capacity) ? undefined : data.capacity && inWords(data.capacity);
      const until = data.to === undefined ? '' : ` until ${lastDayInWords(data.to)}`;
      const deputy = data.deputyFor === undefined ? '' : `, deputising for ${named(nameOf, 'person', data.deputyFor)}`;
      const who = named(nameOf, 'person', data.person);
      return sentence(`${who} was appointed${post(data, nameOf)}${inBrackets(status, capacity)}${until}${deputy}`);
    }
    case 'AppointmentChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'CapacityRecorded':
      return sentence(`it was recorded with: ${characteristics(data) || quoted(data.period)}`);
    case 'CapacityEnded':
      return sentence(`the characteristic recorded under ${quoted(data.period)} ended`);
    case 'TermExtended':
      return sentence(`the term was extended until ${lastDayInWords(data.to)}`);
    case 'AppointmentEnded':
      return because('the appointment ended', data.reason);
    case 'VacancyRecorded':
      return because(`the seat ${named(nameOf, 'seat', data.seat)} became vacant`, data.note);
  }
};

const isPlain = (capacity: AppointmentCapacity | undefined): boolean =>
  capacity === 'OWN_RIGHT' || capacity === 'OTHER';

/** Holding a post in full goes without saying; so does what the role says already: `Chief Executive (designate)`. */
const saidByRole = (status: AppointmentStatus, role = ''): boolean =>
  status === 'SUBSTANTIVE' || role.toLowerCase().includes(inWords(status));

/** ` Chair of the Partnership`, ` to the seat “Leader”`. */
function post({ role, seat, body, organisation }: AppointmentDetails, nameOf: NameOf): string {
  const of =
    (body !== undefined && named(nameOf, 'body', body)) ||
    (organisation !== undefined && named(nameOf, 'organisation', organisation));
  if (role !== undefined) {
    const where = of || (seat !== undefined && `the seat ${named(nameOf, 'seat', seat)}`);
    return ` ${role}${where ? ` of ${where}` : ''}`;
  }
  if (seat !== undefined) return ` to the seat ${named(nameOf, 'seat', seat)}${of ? ` of ${of}` : ''}`;
  return of ? ` to ${of}` : '';
}

function characteristics({ status, cabinetStatus, acting, onLeave, leaveReason, note }: CapacityPeriod): string {
  const parts = [
    status && `the status “${inWords(status)}”`,
    cabinetStatus && quoted(cabinetStatus),
    acting && 'acting',
    onLeave && (leaveReason === undefined ? 'on leave' : `on leave (${leaveReason})`),
    note && quoted(note),
  ];
  return parts.filter(Boolean).join(', ');
}
