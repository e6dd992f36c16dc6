import type { CivilDate, Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** How somebody took part in a meeting. */
export const ATTENDANCES = {
  PRESENT: 'In the room.',
  PRESENT_REMOTE: 'Taking part from elsewhere.',
  DEPUTY_PRESENT: 'Represented by a deputy.',
  PART: 'There for part of it.',
  APOLOGIES: 'Sent apologies.',
  ABSENT: 'Not there, no apologies recorded.',
  IN_ATTENDANCE: 'There without being a member.',
} as const;
export type Attendance = keyof typeof ATTENDANCES;

/** Where the minutes of a meeting stand. */
export const MINUTES_STATUSES = {
  DRAFT: 'Written and not yet confirmed.',
  CONFIRMED: 'Confirmed as a correct record.',
  CONFIRMED_WITH_CORRECTION: 'Confirmed with a correction or clarification.',
  NOTED: 'Noted, with approval put off.',
} as const;
export type MinutesStatus = keyof typeof MINUTES_STATUSES;

export interface MeetingDetails {
  /** Id of the body that meets. */
  readonly body: string;
  /** The day of the meeting: an attribute, since a meeting exists from when it is convened. */
  readonly heldOn: CivilDate;
  /** London time, HH:MM. */
  readonly startsAt?: string;
  /** London time, HH:MM; earlier than `startsAt` where it runs past midnight. */
  readonly endsAt?: string;
  readonly venue?: string;
  readonly inPublic?: boolean;
  /** True where the day or the form is not settled. */
  readonly provisional?: boolean;
  readonly identifiers?: readonly Identifier[];
  readonly note?: string;
}

/** Another day or time, or what else changed, and why. */
export type MeetingRescheduledData = Revised<MeetingDetails> & { readonly reason?: string };

/** Either an id of a person or a name as the source prints it. */
export interface Attendee {
  readonly person?: string;
  readonly name?: string;
  readonly attendance: Attendance;
  /** In what capacity: chair, partner member, deputy for somebody. */
  readonly capacity?: string;
}

export interface Quorum {
  readonly quorate: boolean;
  readonly present?: number;
  readonly required?: number;
  readonly note?: string;
}

export interface Minutes {
  readonly status: MinutesStatus;
  readonly confirmedOn?: CivilDate;
  /** Id of the meeting that confirmed or noted them. */
  readonly atMeeting?: string;
  /** What was corrected or clarified. */
  readonly change?: string;
  readonly website?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type MeetingEvent =
  | Fact<'MeetingConvened', MeetingDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'MeetingRescheduled', MeetingRescheduledData>
  | Fact<'MeetingCancelled', { readonly reason?: string }>
  /** The whole list; it replaces an earlier one. */
  | Fact<'AttendanceRecorded', { readonly attendees: readonly Attendee[] }>
  | Fact<'QuorumDetermined', Quorum>
  /** The whole of what is known about the minutes; it replaces what was. */
  | Fact<'MinutesRecorded', Minutes>;
