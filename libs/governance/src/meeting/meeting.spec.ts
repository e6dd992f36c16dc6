import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { meeting, type MeetingCommand } from './meeting.js';
import type { MeetingEvent } from './meeting.events.js';

const { given } = scenario(meeting);
const day = (text: string) => parseCivilDate(text, 'day');
const board = { body: 'glos-board', heldOn: day('2024-01-31') };
const convened: MeetingEvent = { type: 'MeetingConvened', data: board };
const cancelled: MeetingEvent = { type: 'MeetingCancelled', data: {} };

describe('convening a meeting', () => {
  it('keeps every field by name and refers to the body', () => {
    const data = {
      ...board,
      startsAt: '14:00',
      endsAt: '16:30',
      venue: 'Shire Hall',
      inPublic: true,
      provisional: false,
      identifiers: [{ scheme: 'moderngov', value: '11333' }],
      note: 'A note.',
    };
    given().when({ type: 'ConveneMeeting', data }).gives({ type: 'MeetingConvened', data });
    expect(meeting.references({ type: 'ConveneMeeting', data })).toEqual([
      { aggregate: 'body', id: 'glos-board', field: 'body' },
    ]);
  });
  it('is refused twice', () => {
    given(convened).when({ type: 'ConveneMeeting', data: board }).refuses('ALREADY_BEGUN');
  });
  it('is possible again after it was cancelled', () => {
    given(convened, cancelled).when({ type: 'ConveneMeeting', data: board }).gives(convened);
  });
});

describe('what happens to a meeting', () => {
  const happenings: readonly (readonly [MeetingCommand, MeetingEvent])[] = [
    [
      {
        type: 'RescheduleMeeting',
        data: {
          heldOn: day('2024-02-07'),
          startsAt: '10:00',
          endsAt: '12:00',
          venue: 'Online',
          provisional: true,
          reason: 'snow',
        },
      },
      {
        type: 'MeetingRescheduled',
        data: {
          heldOn: day('2024-02-07'),
          startsAt: '10:00',
          endsAt: '12:00',
          venue: 'Online',
          provisional: true,
          reason: 'snow',
        },
      },
    ],
    [
      {
        type: 'RecordAttendance',
        data: {
          attendees: [
            { person: 'p1', attendance: 'PRESENT', capacity: 'chair' },
            { name: 'A. Clerk', attendance: 'IN_ATTENDANCE' },
          ],
        },
      },
      {
        type: 'AttendanceRecorded',
        data: {
          attendees: [
            { person: 'p1', attendance: 'PRESENT', capacity: 'chair' },
            { name: 'A. Clerk', attendance: 'IN_ATTENDANCE' },
          ],
        },
      },
    ],
    [
      { type: 'RecordQuorum', data: { quorate: false, present: 6, required: 7, note: 'No executive.' } },
      { type: 'QuorumDetermined', data: { quorate: false, present: 6, required: 7, note: 'No executive.' } },
    ],
    [
      {
        type: 'RecordMinutes',
        data: {
          status: 'CONFIRMED_WITH_CORRECTION',
          confirmedOn: day('2021-07-13'),
          atMeeting: 'm2',
          change: 'Page 9.',
          website: 'https://example.org',
        },
      },
      {
        type: 'MinutesRecorded',
        data: {
          status: 'CONFIRMED_WITH_CORRECTION',
          confirmedOn: day('2021-07-13'),
          atMeeting: 'm2',
          change: 'Page 9.',
          website: 'https://example.org',
        },
      },
    ],
  ];
  it.each(happenings.map((pair) => [pair[0].type, ...pair] as const))(
    'is recorded, also after it was cancelled, and refused before it was convened: %s',
    (_type, command, event) => {
      given(convened).when(command).gives(event);
      given(convened, cancelled).when(command).gives(event);
      given().when(command).refuses('NOT_BEGUN');
    },
  );
  it('refers to the people who came and to the meeting that confirmed the minutes', () => {
    const attendees = [
      { name: 'A. Clerk', attendance: 'PRESENT' },
      { person: 'p1', attendance: 'PART' },
    ] as const;
    expect(meeting.references({ type: 'RecordAttendance', data: { attendees } })).toEqual([
      { aggregate: 'person', id: 'p1', field: 'attendees[1].person' },
    ]);
    expect(meeting.references({ type: 'RecordMinutes', data: { status: 'NOTED', atMeeting: 'm2' } })).toEqual([
      { aggregate: 'meeting', id: 'm2', field: 'atMeeting' },
    ]);
  });
  it('is refused where an entry of the attendance names nobody', () => {
    given(convened)
      .when({ type: 'RecordAttendance', data: { attendees: [{ attendance: 'PRESENT' }] } })
      .refuses('MEETING_ATTENDEE_UNNAMED');
  });
});

describe('cancelling a meeting', () => {
  it('says why', () => {
    given(convened)
      .when({ type: 'CancelMeeting', data: { reason: 'not quorate' } })
      .gives({ type: 'MeetingCancelled', data: { reason: 'not quorate' } });
  });
  it('is refused before it was convened', () => {
    given().when({ type: 'CancelMeeting', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice', () => {
    given(convened, cancelled).when({ type: 'CancelMeeting', data: {} }).refuses('ALREADY_ENDED');
  });
});
