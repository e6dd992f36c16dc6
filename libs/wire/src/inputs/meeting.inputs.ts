import { InputType, PartialType, AttendanceEnum, MinutesStatusEnum } from '#schema';
import { Matches } from 'class-validator';
import type { CivilDate } from '#kernel';
import type {
  Attendance,
  Attendee,
  Identifier,
  MeetingDetails,
  MeetingRescheduledData,
  Minutes,
  MinutesStatus,
  Quorum,
} from '#governance';
import { Day, Flag, OneOf, Part, Prose, Subject, Text, Whole } from '../fields.js';
import { IdentifierInput } from './identifier.input.js';

/** A time of day in London, HH:MM. */
const TimeOfDay =
  (description: string): PropertyDecorator =>
  (target, key) => {
    const shape = Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'needed a time as HH:MM, for example 14:00' });
    shape(target, key);
    Text(description, { optional: true, max: 5 })(target, key);
  };

@InputType({
  description: 'A meeting of a body. Effective on the day it was convened; the day of the meeting is heldOn.',
})
export class ConveneMeetingInput implements MeetingDetails {
  @Subject('body', 'The body that meets.')
  body!: string;

  @Day('The day of the meeting.')
  heldOn!: CivilDate;

  @TimeOfDay('When it starts, London time, HH:MM.')
  startsAt?: string;

  @TimeOfDay('When it ends, London time, HH:MM.')
  endsAt?: string;

  @Text('Where it is held.', { optional: true })
  venue?: string;

  @Flag('True where the public is admitted.', { optional: true })
  inPublic?: boolean;

  @Flag('True where its day or its form is not settled.', { optional: true })
  provisional?: boolean;

  @Part(() => IdentifierInput, 'References others give it.', { optional: true, many: true })
  identifiers?: Identifier[];

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({
  description:
    'A new day or time for a meeting, or what else changed about it. What is not given stays as it was; null takes it away.',
})
export class RescheduleMeetingInput
  extends PartialType(ConveneMeetingInput, InputType)
  implements MeetingRescheduledData
{
  @Prose('Why it was rescheduled.', { optional: true })
  reason?: string;
}

@InputType({ description: 'The cancellation of a meeting. Effective on the day it was cancelled.' })
export class CancelMeetingInput {
  @Prose('Why it was cancelled.', { optional: true })
  reason?: string;
}

@InputType({ description: 'Somebody on the attendance list of a meeting.' })
export class AttendeeInput implements Attendee {
  @Subject('person', 'Who it is.', { optional: true })
  person?: string;

  @Text('The name as the source prints it, where the person is not in the register.', { optional: true })
  name?: string;

  @OneOf(AttendanceEnum, 'How they took part.')
  attendance!: Attendance;

  @Text('In what capacity: chair, partner member, deputy for somebody.', { optional: true })
  capacity?: string;
}

@InputType({ description: 'The whole attendance list of a meeting; it replaces an earlier one.' })
export class RecordAttendanceInput {
  @Part(() => AttendeeInput, 'Everybody on the list, at least one.', { many: true })
  attendees!: AttendeeInput[];
}

@InputType({ description: 'Whether enough members were at a meeting for valid business.' })
export class RecordQuorumInput implements Quorum {
  @Flag('True where there was a quorum.')
  quorate!: boolean;

  @Whole('How many who count were there.', { optional: true })
  present?: number;

  @Whole('How many were needed.', { optional: true })
  required?: number;

  @Prose('What else the source says about it.', { optional: true })
  note?: string;
}

@InputType({ description: 'Where the minutes of a meeting stand. It replaces what was recorded about them before.' })
export class RecordMinutesInput implements Minutes {
  @OneOf(MinutesStatusEnum, 'Whether they are a draft, confirmed or noted.')
  status!: MinutesStatus;

  @Day('The day on which they were confirmed or noted.', { optional: true })
  confirmedOn?: CivilDate;

  @Subject('meeting', 'The meeting that confirmed or noted them.', { optional: true })
  atMeeting?: string;

  @Prose('What was corrected or clarified.', { optional: true })
  change?: string;

  @Text('Where they are published.', { optional: true, max: 500 })
  website?: string;
}
