import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { MeetingEvent } from '#governance';
import { meetingView } from './meeting.view.js';

const day = (text: string) => parseCivilDate(text, 'day');
const after = (...events: readonly MeetingEvent[]) =>
  events.reduce(
    (state, event) => meetingView.project(state, { ...event, envelope: { startKnown: false } } as DomainEvent),
    meetingView.initial,
  );

const convened: MeetingEvent = {
  type: 'MeetingConvened',
  data: { body: 'glos-board', heldOn: day('2024-01-31'), startsAt: '14:00', provisional: true },
};

describe('a meeting that is rescheduled', () => {
  it('shows where it was moved from and keeps what was not said', () => {
    const state = after(convened, { type: 'MeetingRescheduled', data: { heldOn: day('2024-02-07'), reason: 'snow' } });
    expect(state).toMatchObject({
      heldOn: '2024-02-07',
      startsAt: '14:00',
      movedFrom: '2024-01-31',
      movedBecause: 'snow',
      provisional: true,
    });
    expect(meetingView.order(state)).toBe('2024-02-07 14:00');
  });
  it('was not moved where only the hour changed', () => {
    const state = after(convened, {
      type: 'MeetingRescheduled',
      data: { heldOn: day('2024-01-31'), startsAt: '10:00' },
    });
    expect(state).toMatchObject({ startsAt: '10:00' });
    expect(state).not.toHaveProperty('movedFrom');
  });
});

describe('what is recorded about a meeting again', () => {
  it('replaces what was recorded before', () => {
    const state = after(
      convened,
      { type: 'AttendanceRecorded', data: { attendees: [{ name: 'A', attendance: 'PRESENT' }] } },
      { type: 'AttendanceRecorded', data: { attendees: [{ person: 'p1', attendance: 'APOLOGIES' }] } },
      { type: 'MinutesRecorded', data: { status: 'NOTED', atMeeting: 'm2' } },
      { type: 'MinutesRecorded', data: { status: 'CONFIRMED', confirmedOn: day('2024-03-27') } },
    );
    expect(state.attendees).toEqual([{ person: 'p1', attendance: 'APOLOGIES' }]);
    expect(state.minutes).toEqual({ status: 'CONFIRMED', confirmedOn: '2024-03-27' });
  });
});

describe('a cancelled meeting', () => {
  it('says so and stays in the list of its body', () => {
    const state = after(convened, { type: 'MeetingCancelled', data: { reason: 'not quorate' } });
    expect(state).toMatchObject({ cancelled: true, cancelledBecause: 'not quorate' });
    expect(meetingView.columns['body']?.(state)).toBe('glos-board');
  });
});
