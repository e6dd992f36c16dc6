import { Refusal, given, said, type Decider, type Fact, type Revised } from '#kernel';
import { contradiction } from '../contradiction.js';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type {
  Attendee,
  MeetingDetails,
  MeetingEvent,
  MeetingRescheduledData,
  Minutes,
  Quorum,
} from './meeting.events.js';

export type MeetingCommand =
  | Fact<'ConveneMeeting', MeetingDetails>
  | Fact<'RescheduleMeeting', MeetingRescheduledData>
  | Fact<'CancelMeeting', { readonly reason?: string }>
  | Fact<'RecordAttendance', { readonly attendees: readonly Attendee[] }>
  | Fact<'RecordQuorum', Quorum>
  | Fact<'RecordMinutes', Minutes>;

const PARTS: Record<MeetingEvent['type'], Part> = {
  MeetingConvened: 'begins',
  MeetingRescheduled: 'goes on',
  MeetingCancelled: 'ends',
  AttendanceRecorded: 'goes on',
  QuorumDetermined: 'goes on',
  MinutesRecorded: 'goes on',
};

/** Meetings of bodies: when, who came, whether there was a quorum, and where the minutes stand. */
export const meeting: Decider<Life, MeetingCommand, MeetingEvent> = {
  initial: UNBORN,

  references({ type, data }) {
    switch (type) {
      case 'ConveneMeeting':
      case 'RescheduleMeeting':
        return refersTo('body', data.body, 'body');
      case 'RecordAttendance':
        return data.attendees.flatMap(({ person }, index) => refersTo('person', person, `attendees[${index}].person`));
      case 'RecordMinutes':
        return refersTo('meeting', data.atMeeting, 'atMeeting');
      case 'CancelMeeting':
      case 'RecordQuorum':
        return [];
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'ConveneMeeting':
        return {
          type: 'MeetingConvened',
          data: { ...given(details(data)), body: data.body, heldOn: data.heldOn },
        };
      case 'RescheduleMeeting':
        return { type: 'MeetingRescheduled', data: said({ ...details(data), reason: data.reason }) };
      case 'CancelMeeting':
        return { type: 'MeetingCancelled', data: said({ reason: data.reason }) };
      case 'RecordAttendance':
        return { type: 'AttendanceRecorded', data: { attendees: toldApart(data.attendees.map(namedAttendee)) } };
      case 'RecordQuorum': {
        const { quorate, present, required, note } = data;
        if (quorate && present !== undefined && required !== undefined && present < required) {
          throw contradiction('quorate', `is true with ${present} of the ${required} needed present`, {
            remedy: 'put right who was present or how many were needed, or say that there was no quorum',
          });
        }
        return { type: 'QuorumDetermined', data: said({ quorate, present, required, note }) };
      }
      case 'RecordMinutes': {
        const { status, confirmedOn, atMeeting, change, website } = data;
        if (status === 'DRAFT' && (confirmedOn !== undefined || atMeeting !== undefined)) {
          throw contradiction('status', 'is DRAFT beside a day or a meeting at which they were confirmed', {
            remedy: 'say CONFIRMED, or leave out when they were',
          });
        }
        return { type: 'MinutesRecorded', data: said({ status, confirmedOn, atMeeting, change, website }) };
      }
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'meeting'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<MeetingDetails>): Revised<MeetingDetails> =>
  said({
    body: data.body,
    heldOn: data.heldOn,
    startsAt: data.startsAt,
    endsAt: data.endsAt,
    venue: data.venue,
    inPublic: data.inPublic,
    provisional: data.provisional,
    identifiers: identifiersOf(data.identifiers),
    note: data.note,
  });

/** Nobody stands in one list twice. Two people of one name are told apart by their ids, or by their capacities. */
function toldApart(attendees: readonly Attendee[]): readonly Attendee[] {
  const seen = new Map<string, number>();
  for (const [index, { person, name = '', capacity = '' }] of attendees.entries()) {
    const key = person ?? `\n${[name, capacity].map((text) => text.trim().toLowerCase()).join('\n')}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      throw contradiction(`attendees[${index}].person`, `is in the list already, as entry ${earlier + 1}`, {
        remedy: 'say once how each took part; two people of one name are told apart by their ids or capacities',
      });
    }
    seen.set(key, index);
  }
  return attendees;
}

function namedAttendee({ person, name, attendance, capacity }: Attendee, index: number): Attendee {
  if (person === undefined && name === undefined) {
    throw new Refusal('MEETING_ATTENDEE_UNNAMED', `entry ${index + 1} of the attendance names nobody`, {
      field: `attendees[${index}].person`,
      remedy: 'give the id of a person, or a name',
    });
  }
  return said({ person, name, attendance, capacity });
}
