import type { CivilDate, Fact, Revised } from '#kernel';

/** In whose right somebody holds a seat. */
export const APPOINTMENT_CAPACITIES = {
  OWN_RIGHT: 'In the person’s own right.',
  EX_OFFICIO: 'By virtue of another post.',
  NOMINATED: 'Nominated by a sector or an organisation.',
  ELECTED: 'Elected.',
  CO_OPTED: 'Co-opted by the body itself.',
  DEPUTY: 'In place of another holder.',
  OBSERVER: 'Attends without being a member.',
  OTHER: 'Something else; the note says what.',
} as const;
export type AppointmentCapacity = keyof typeof APPOINTMENT_CAPACITIES;

/** How firmly somebody holds a seat. That it ended is an event of its own, never a status. */
export const APPOINTMENT_STATUSES = {
  DESIGNATE: 'Named to a post that has no authority until it commences.',
  SUBSTANTIVE: 'Holds the post in full.',
  ACTING: 'Covers the post while its holder is away.',
  INTERIM: 'Holds the post until somebody is appointed in full.',
  SUSPENDED: 'Holds the post and may not act in it.',
} as const;
export type AppointmentStatus = keyof typeof APPOINTMENT_STATUSES;

/** What is said of an appointment besides who and where; all of it may change. */
export interface AppointmentTerms {
  /** What the person is there, in the words of the source: `Vice Chair`. */
  readonly role?: string;
  readonly capacity?: AppointmentCapacity;
  readonly status?: AppointmentStatus;
  /** When it was meant to end; nothing ends by it. */
  readonly expectedEnd?: CivilDate;
  readonly votingRight?: boolean;
  readonly nominatedBy?: string;
  readonly appointedBy?: string;
  /** Id of the person for whom this one deputises. */
  readonly deputyFor?: string;
  /** Id of the decision that made it. */
  readonly madeByDecision?: string;
  /** Days on which the source shows the person in the role; none of them is a start. */
  readonly seenOn?: readonly CivilDate[];
  readonly announcedOn?: CivilDate;
  readonly note?: string;
}

/** Who holds what, by ids; at least one of seat, body, organisation and role is there. */
export interface AppointmentDetails extends AppointmentTerms {
  readonly person: string;
  readonly seat?: string;
  readonly body?: string;
  readonly organisation?: string;
}

/** First day without, where the term is known. */
export interface KnownTerm {
  readonly to?: CivilDate;
}

/** A characteristic of an appointment for a stretch of time. Several may run at once. */
export interface CapacityPeriod {
  /** Key of the stretch among the appointment's own, for example the source's row. */
  readonly period: string;
  readonly status?: AppointmentStatus;
  /** In the words of the source: `Attends cabinet`. */
  readonly cabinetStatus?: string;
  readonly acting?: boolean;
  readonly onLeave?: boolean;
  readonly leaveReason?: string;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type AppointmentEvent =
  | Fact<'AppointmentMade', AppointmentDetails & KnownTerm>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'AppointmentChanged', Revised<AppointmentDetails & KnownTerm>>
  /** May come before the appointment itself: irregular, not impossible. */
  | Fact<'CapacityRecorded', CapacityPeriod>
  /** Effective on the first day without the characteristic. */
  | Fact<'CapacityEnded', { readonly period: string }>
  /** Effective on the day from which the new term holds. */
  | Fact<'TermExtended', { readonly to: CivilDate }>
  | Fact<'AppointmentEnded', { readonly reason?: string }>
  /** That nobody holds the seat, from that day on. Its stream begins and ends as an appointment does. */
  | Fact<'VacancyRecorded', { readonly seat: string; readonly note?: string }>;
