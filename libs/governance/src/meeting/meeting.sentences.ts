import {
  because,
  changesIn,
  dayInWords,
  identified,
  inBrackets,
  inWords,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { Attendance, Attendee, MeetingEvent, MeetingRescheduledData, MinutesStatus } from './meeting.events.js';

const CHANGES: Changes<MeetingRescheduledData> = {
  body: (id, nameOf) => `it is a meeting of ${named(nameOf, 'body', id)}`,
  heldOn: (day) => `the meeting is on ${dayInWords(day)}`,
  startsAt: (time) => `it starts at ${time}`,
  endsAt: (time) => `it ends at ${time}`,
  venue: (venue) => `it is held at ${venue}`,
  provisional: (provisional) => (provisional ? 'the arrangements are provisional' : 'the arrangements are settled'),
  inPublic: (open) => (open ? 'it is held in public' : 'it is held in private'),
  identifiers: identified,
  note: (note) => `a note says ${quoted(note)}`,
  reason: (reason) => `the reason is ${quoted(reason)}`,
};

const MINUTES: Readonly<Record<MinutesStatus, string>> = {
  DRAFT: 'are a draft',
  CONFIRMED: 'were confirmed',
  CONFIRMED_WITH_CORRECTION: 'were confirmed with a correction',
  NOTED: 'were noted, not yet approved',
};

export const meetingSentence = ({ type, data }: MeetingEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'MeetingConvened': {
      const { body, heldOn, startsAt, venue, inPublic, provisional } = data;
      const at = `${startsAt === undefined ? '' : ` at ${startsAt}`}${venue === undefined ? '' : `, ${venue}`}`;
      const form = inPublic === undefined ? undefined : inPublic ? 'in public' : 'in private';
      const brackets = inBrackets(form, provisional ? 'provisional' : undefined);
      return sentence(
        `a meeting of ${named(nameOf, 'body', body)} was convened for ${dayInWords(heldOn)}${at}${brackets}`,
      );
    }
    case 'MeetingRescheduled':
      return changesIn(CHANGES, data, nameOf);
    case 'MeetingCancelled':
      return because('the meeting was cancelled', data.reason);
    case 'AttendanceRecorded':
      return sentence(`attendance was recorded: ${attendanceInWords(data.attendees, nameOf)}`);
    case 'QuorumDetermined': {
      const { quorate, present, required, note } = data;
      const brackets = inBrackets(
        present === undefined ? undefined : `${present} present`,
        required === undefined ? undefined : `${required} needed`,
      );
      return because(`the meeting was ${quorate ? 'quorate' : 'not quorate'}${brackets}`, note);
    }
    case 'MinutesRecorded': {
      const { status, confirmedOn, atMeeting, change } = data;
      const on = confirmedOn === undefined ? '' : ` on ${dayInWords(confirmedOn)}`;
      const at = atMeeting === undefined ? '' : ` at the ${named(nameOf, 'meeting', atMeeting)}`;
      return because(`the minutes ${MINUTES[status]}${on}${at}`, change);
    }
  }
};

/** Names of attendees in a sentence at most; the record has the whole list. */
const MOST_NAMES = 5;

function attendanceInWords(attendees: readonly Attendee[], nameOf: NameOf): string {
  const groups = new Map<Attendance, string[]>();
  for (const { attendance, person, name } of attendees) {
    const who = person === undefined ? (name ?? 'somebody not named') : named(nameOf, 'person', person);
    groups.set(attendance, [...(groups.get(attendance) ?? []), who]);
  }
  const told = [...groups].map(([attendance, names]) => {
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    return `${inWords(attendance)}: ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
  });
  return told.join('; ') || 'nobody';
}
