import { yesOrNo } from '../yes-or-no.js';
import { AttendanceEnum, DateScalar, Field, Int, MinutesStatusEnum, ObjectType } from '#schema';
import { UNKNOWN_START, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type Attendance, type MeetingEvent, type MinutesStatus, referencesAndKeys } from '#governance';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay } from '../lifespan.js';
import type { View } from '../../engine/view.js';

@ObjectType('Attendee', { description: 'Somebody on the attendance list of a meeting.' })
export class AttendeeView {
  /** Id; the resolver shows the person. */
  person?: string;

  @Field(() => String, { description: 'The name as the source prints it.', nullable: true })
  name?: string;

  @Field(() => AttendanceEnum, { description: 'How they took part.' })
  attendance!: Attendance;

  @Field(() => String, { description: 'In what capacity: chair, partner member, deputy for somebody.', nullable: true })
  capacity?: string;
}

@ObjectType('Quorum', { description: 'Whether enough members were there for valid business.' })
export class QuorumView {
  @Field(() => Boolean, { description: 'True where there was a quorum.' })
  quorate!: boolean;

  @Field(() => Int, { description: 'How many who count were there.', nullable: true })
  present?: number;

  @Field(() => Int, { description: 'How many were needed.', nullable: true })
  required?: number;

  @Field(() => String, { description: 'What else the source says about it.', nullable: true })
  note?: string;
}

@ObjectType('Minutes', { description: 'Where the minutes of a meeting stand.' })
export class MinutesView {
  @Field(() => MinutesStatusEnum, { description: 'Whether they are a draft, confirmed or noted.' })
  status!: MinutesStatus;

  @Field(() => DateScalar, { description: 'The day on which they were confirmed or noted.', nullable: true })
  confirmedOn?: CivilDate;

  /** Id of the meeting that confirmed or noted them; the resolver shows it. */
  atMeeting?: string;

  @Field(() => String, { description: 'What was corrected or clarified.', nullable: true })
  change?: string;

  @Field(() => String, { description: 'Where they are published.', nullable: true })
  website?: string;
}

/** The folded state of a meeting, and the GraphQL type `Meeting`. */
@ObjectType('Meeting', {
  implements: () => [Node, Recorded],
  description: 'A meeting of a body. It is in the register from when it was convened; its day is "heldOn".',
})
export class MeetingView {
  /** Id; the resolver shows the body. */
  body!: string;

  @Field(() => DateScalar, { description: 'The day of the meeting.' })
  heldOn!: CivilDate;

  @Field(() => String, { description: 'When it starts, London time, HH:MM.', nullable: true })
  startsAt?: string;

  @Field(() => String, { description: 'When it ends, London time, HH:MM.', nullable: true })
  endsAt?: string;

  @Field(() => String, { description: 'Where it is held.', nullable: true })
  venue?: string;

  @Field(() => Boolean, { description: 'True where the public is admitted; empty where not known.', nullable: true })
  inPublic?: boolean;

  @Field(() => Boolean, { description: 'True where its day or its form is not settled.', nullable: true })
  provisional?: boolean;

  @Field(() => [IdentifierView], { description: 'References others give it.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => DateScalar, { description: 'The day it was moved from, where it was rescheduled.', nullable: true })
  movedFrom?: CivilDate;

  @Field(() => String, { description: 'Why it was rescheduled.', nullable: true })
  movedBecause?: string;

  @Field(() => [AttendeeView], {
    description: 'Who came, who sent apologies; empty while not recorded.',
    nullable: true,
  })
  attendees?: readonly AttendeeView[];

  @Field(() => QuorumView, { description: 'Whether there was a quorum; empty while not recorded.', nullable: true })
  quorum?: QuorumView;

  @Field(() => MinutesView, { description: 'Where its minutes stand; empty while not recorded.', nullable: true })
  minutes?: MinutesView;

  @Field(() => DateScalar, {
    description:
      'The first day of the meeting as something that is planned: when it was convened; empty where nobody knows it.',
    nullable: true,
  })
  convenedOn?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The day on which it was cancelled.',
    nullable: true,
  })
  cancelledOn?: CivilDate;

  @Field(() => Boolean, { description: 'True once it was cancelled.' })
  cancelled!: boolean;

  @Field(() => String, { description: 'Why it was cancelled.', nullable: true })
  cancelledBecause?: string;
}

/** A cancelled meeting stays in the lists of its body and says that it is cancelled. */
export const meetingView: View<MeetingView> = {
  aggregate: 'meeting',
  initial: { body: '', heldOn: UNKNOWN_START, cancelled: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & MeetingEvent;
    switch (type) {
      case 'MeetingConvened':
        return said({ ...data, convenedOn: firstDay(event), cancelled: false });
      case 'MeetingRescheduled': {
        const { reason, ...moved } = data;
        const next = revised(state, moved);
        const isMoved = next.heldOn !== state.heldOn || next.startsAt !== state.startsAt;
        const movedFrom = next.heldOn === state.heldOn ? state.movedFrom : state.heldOn;
        return said({ ...next, movedFrom, movedBecause: reason ?? (isMoved ? undefined : state.movedBecause) });
      }
      case 'MeetingCancelled':
        return said({ ...state, cancelled: true, cancelledOn: firstDay(event), cancelledBecause: data.reason });
      case 'AttendanceRecorded':
        return { ...state, attendees: data.attendees };
      case 'QuorumDetermined':
        return { ...state, quorum: data };
      case 'MinutesRecorded':
        return { ...state, minutes: data };
    }
  },

  turns: () => [],
  show: (state) => state,
  title: ({ body, heldOn }) => `meeting of ${body} on ${heldOn}`,
  titles: () => [],
  texts: ({ venue, note, movedBecause, cancelledBecause, attendees, quorum, minutes }) => [
    ...[venue, note, movedBecause, cancelledBecause, quorum?.note, minutes?.change],
    ...(attendees ?? []).flatMap(({ name, capacity }) => [name, capacity]),
  ],
  order: ({ heldOn, startsAt }) => `${heldOn} ${startsAt ?? ''}`,
  columns: {
    body: ({ body }) => body,
    heldOn: ({ heldOn }) => heldOn,
    minutesAt: ({ minutes }) => minutes?.atMeeting,
    cancelled: ({ cancelled }) => yesOrNo(cancelled),
    inPublic: ({ inPublic }) => (inPublic === undefined ? undefined : yesOrNo(inPublic)),
    quorate: ({ quorum }) => quorum && yesOrNo(quorum.quorate),
    minutes: ({ minutes }) => minutes?.status,
  },
  unindexed: ['cancelled', 'inPublic', 'quorate', 'minutes'],
  lists: {
    attendee: ({ attendees }) => attendees?.flatMap(({ person }) => person ?? []),
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
