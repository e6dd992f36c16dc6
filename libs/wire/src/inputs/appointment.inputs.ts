import { InputType, AppointmentCapacityEnum, AppointmentStatusEnum } from '#schema';
import type { CivilDate } from '#kernel';
import type { AppointmentCapacity, AppointmentDetails, AppointmentStatus, CapacityPeriod } from '#governance';
import { Day, Flag, LastDay, OneOf, Prose, Reference, Subject, Text } from '../fields.js';

@InputType({
  description:
    'That a person is appointed. Effective on the first day in the seat or role. At least one of seat, body, organisation and role is needed.',
})
export class MakeAppointmentInput implements AppointmentDetails {
  @Subject('person', 'Who is appointed.')
  person!: string;

  @Subject('seat', 'The seat or post.', { optional: true })
  seat?: string;

  @Subject('body', 'The body, where no seat is defined on it.', { optional: true })
  body?: string;

  @Subject('organisation', 'The organisation, where no seat is defined in it.', { optional: true })
  organisation?: string;

  @Text('What the person is there, in the words of the source.', { optional: true })
  role?: string;

  @OneOf(AppointmentCapacityEnum, 'In whose right the seat is held.', { optional: true })
  capacity?: AppointmentCapacity;

  @OneOf(AppointmentStatusEnum, 'How firmly the seat is held.', { optional: true })
  status?: AppointmentStatus;

  @LastDay('Last day of the term, where it is known in advance: the appointment ends by itself after it.', {
    optional: true,
  })
  until?: CivilDate;

  @Day('When it is meant to end; nothing ends by it.', { optional: true })
  expectedEnd?: CivilDate;

  @Flag('Whether the holder votes.', { optional: true })
  votingRight?: boolean;

  @Text('Who nominated the person.', { optional: true })
  nominatedBy?: string;

  @Text('Who appointed the person.', { optional: true })
  appointedBy?: string;

  @Subject('person', 'The person deputised for.', { optional: true })
  deputyFor?: string;

  @Subject('decision', 'The decision that made the appointment.', { optional: true })
  madeByDecision?: string;

  @Day('Days on which the source shows the person in the role; none of them is a start.', {
    optional: true,
    many: true,
  })
  seenOn?: CivilDate[];

  @Day('When it was announced.', { optional: true })
  announcedOn?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'What changed about an appointment. What is not given stays as it was; null takes it away.' })
export class ChangeAppointmentInput implements Partial<AppointmentDetails> {
  @Subject('person', 'Who holds it from now on.', { optional: true })
  person?: string;

  @Subject('seat', 'The seat or post from now on.', { optional: true })
  seat?: string;

  @Subject('body', 'The body from now on.', { optional: true })
  body?: string;

  @Subject('organisation', 'The organisation from now on.', { optional: true })
  organisation?: string;

  @Text('What the person is there from now on.', { optional: true })
  role?: string;

  @OneOf(AppointmentCapacityEnum, 'In whose right the seat is held from now on.', { optional: true })
  capacity?: AppointmentCapacity;

  @OneOf(AppointmentStatusEnum, 'How firmly the seat is held from now on.', { optional: true })
  status?: AppointmentStatus;

  @LastDay('Last day of the term from now on.', { optional: true })
  until?: CivilDate;

  @Day('When it is now meant to end; nothing ends by it.', { optional: true })
  expectedEnd?: CivilDate;

  @Flag('Whether the holder votes from now on.', { optional: true })
  votingRight?: boolean;

  @Text('Who nominated the person.', { optional: true })
  nominatedBy?: string;

  @Text('Who appointed the person.', { optional: true })
  appointedBy?: string;

  @Subject('person', 'The person deputised for from now on.', { optional: true })
  deputyFor?: string;

  @Subject('decision', 'The decision that made the appointment.', { optional: true })
  madeByDecision?: string;

  @Day('All days on which the source shows the person in the role.', { optional: true, many: true })
  seenOn?: CivilDate[];

  @Day('When it was announced.', { optional: true })
  announcedOn?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({
  description:
    'A characteristic of an appointment for a stretch of time, such as acting or on leave. Effective on its first day. Several may run at once.',
})
export class RecordCapacityInput implements CapacityPeriod {
  @Reference('Key of this stretch among the appointment’s own, by which its end is recorded: the row of the source.', {
    max: 200,
  })
  period!: string;

  @OneOf(AppointmentStatusEnum, 'How firmly the post is held meanwhile.', { optional: true })
  status?: AppointmentStatus;

  @Text('Standing in the cabinet, in the words of the source.', { optional: true })
  cabinetStatus?: string;

  @Flag('Whether the holder covers for somebody.', { optional: true })
  acting?: boolean;

  @Flag('Whether the holder is on leave.', { optional: true })
  onLeave?: boolean;

  @Text('Why the holder is on leave.', { optional: true })
  leaveReason?: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({ description: 'The end of a characteristic of an appointment. Effective on the first day without it.' })
export class EndCapacityInput {
  @Reference('Key of the stretch that ends.', { max: 200 })
  period!: string;
}

@InputType({
  description:
    'A new term. Effective on the day from which it holds: on the day after the old term it joins without a gap.',
})
export class ExtendTermInput {
  @LastDay('Last day of the new term.')
  until!: CivilDate;
}

@InputType({ description: 'The end of an appointment or of a vacancy. Effective on the first day without it.' })
export class EndAppointmentInput {
  @Prose('Why it ended.', { optional: true })
  reason?: string;
}

@InputType({ description: 'That nobody holds a seat. Effective on the first day on which it is vacant.' })
export class RecordVacancyInput {
  @Subject('seat', 'The seat that is vacant.')
  seat!: string;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}
