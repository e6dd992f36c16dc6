import { describe, expect, it } from '@jest/globals';
import { UNKNOWN_START, addDays, instantOf, type CivilDate, type DomainEvent } from '#kernel';
import { oracleAt } from '../engine/oracle.js';
import { VIEWS } from './views.js';

interface Happened {
  readonly type: string;
  readonly data?: object;
}

/** How something begins, what changes of it, and how it ends; by which fields it says since when and until when. */
interface Room {
  readonly begins: Happened;
  readonly since: string;
  readonly goesOn: Happened;
  readonly ends?: Happened;
  readonly until?: string;
  /** Whether that is the last day with it, not the first without. */
  readonly isLast?: true;
}

const [BEGIN, CHANGE, END] = ['2024-01-10', '2024-02-01', '2024-03-01'] as CivilDate[] as [
  CivilDate,
  CivilDate,
  CivilDate,
];
const taken = { type: 'DecisionTaken', data: { title: 'Award', takenOn: '2024-01-03' } };
const decided: Room = {
  begins: taken,
  since: 'inForceFrom',
  goesOn: { type: 'DecisionChanged', data: { note: 'n' } },
  until: 'inForceUntil',
  isLast: true,
};
const met: Room = {
  begins: { type: 'MeetingConvened', data: { body: 'board', heldOn: '2024-03-20' } },
  since: 'convenedOn',
  goesOn: { type: 'MeetingRescheduled', data: { heldOn: '2024-04-20' } },
  ends: { type: 'MeetingCancelled', data: {} },
  until: 'cancelledOn',
};
const named = { period: 'p', name: 'Ada Dean' };

const ROOMS: readonly (readonly [name: string, aggregate: string, room: Room])[] = [
  ['a decision that is rescinded', 'decision', { ...decided, ends: { type: 'DecisionRescinded', data: {} } }],
  ['a decision that lapses', 'decision', { ...decided, ends: { type: 'DecisionLapsed', data: {} } }],
  [
    'a decision that another replaces',
    'decision',
    { ...decided, ends: { type: 'DecisionSuperseded', data: { by: 'd' } } },
  ],
  ['a meeting', 'meeting', met],
  [
    'a scrutiny matter',
    'scrutiny',
    {
      begins: { type: 'MatterRaised', data: { committee: 'hosc', kind: 'REQUEST', text: 'Report.' } },
      since: 'onRecordFrom',
      goesOn: { type: 'MatterChanged', data: { text: 'Report soon.' } },
      ends: { type: 'MatterClosed', data: {} },
      until: 'closedOn',
    },
  ],
  [
    'a person',
    'person',
    {
      begins: { type: 'PersonRegistered', data: { name: 'Ada Clerk' } },
      since: 'onRecordFrom',
      goesOn: { type: 'NameRecorded', data: named },
    },
  ],
  [
    'a person of whom a name is recorded first',
    'person',
    {
      begins: { type: 'NameRecorded', data: named },
      since: 'onRecordFrom',
      goesOn: { type: 'NameRecorded', data: { period: 'q', name: 'Ada Page' } },
    },
  ],
  [
    'an issued log',
    'decisionLog',
    {
      begins: {
        type: 'DecisionLogIssued',
        data: { logId: 'a', firstDay: '2023-01-01', lastDay: '2023-12-31', knownAt: 1, files: [] },
      },
      since: 'issuedOn',
      goesOn: { type: 'DecisionLogDelivered', data: { delivered: [] } },
      ends: { type: 'DecisionLogWithdrawn', data: { reason: 'wrong' } },
      until: 'withdrawnOn',
    },
  ],
];

const eventsOf = (
  aggregate: string,
  happened: readonly (readonly [Happened, CivilDate | undefined])[],
): DomainEvent[] =>
  happened.map(
    ([{ type, data = {} }, day], position) =>
      ({
        ...{ id: `e${position}`, stream: `${aggregate}/x`, revision: position, position, recordedAt: instantOf(0) },
        ...{ type, data, effectiveOn: day ?? UNKNOWN_START },
        envelope: { commandId: 'c', ...(day === undefined && { startKnown: false }) },
      }) as DomainEvent,
  );

const shownOn = (aggregate: string, events: readonly DomainEvent[], day: string): Readonly<Record<string, unknown>> => {
  const view = VIEWS.find((one) => one.aggregate === aggregate);
  if (!view) throw new Error(`there is no view of ${aggregate}`);
  const answer = oracleAt(view, events, day as CivilDate, events.length);
  return answer.kind === 'found' ? { ...answer.state } : { kind: answer.kind };
};

describe('since when and until when something is', () => {
  it.each(ROOMS)('is that of the thing itself at both edges, whatever changed since: %s', (_, aggregate, room) => {
    const { begins, goesOn, ends, since, until = 'until', isLast } = room;
    const events = eventsOf(aggregate, [[begins, BEGIN], [goesOn, CHANGE], ...(ends ? [[ends, END] as const] : [])]);
    const on = (day: CivilDate) => shownOn(aggregate, events, day);
    expect(on(addDays(BEGIN, -1))).toEqual({ kind: 'not-yet-begun' });
    for (const day of [BEGIN, addDays(CHANGE, -1), CHANGE, addDays(END, -1), END, addDays(END, 30)]) {
      const hasEnded = ends !== undefined && day >= END;
      const shown = on(day);
      expect([day, shown[since], shown[until]]).toEqual([
        day,
        BEGIN,
        hasEnded ? (isLast ? addDays(END, -1) : END) : undefined,
      ]);
    }
  });

  it.each(ROOMS)(
    'is empty where nobody knows the day: %s',
    (_, aggregate, { begins, goesOn, ends, since, until = 'until' }) => {
      const begun = eventsOf(aggregate, [
        [begins, undefined],
        [goesOn, CHANGE],
      ]);
      expect(shownOn(aggregate, begun, END)[since]).toBeUndefined();
      if (!ends) return;
      const ended = eventsOf(aggregate, [
        [begins, UNKNOWN_START],
        [ends, undefined],
      ]);
      expect(shownOn(aggregate, ended, END)[until]).toBeUndefined();
    },
  );

  it('begins with being taken, not with being proposed; what never was has no last day', () => {
    const proposed = { type: 'DecisionProposed', data: { title: 'Award' } };
    const events = eventsOf('decision', [
      [proposed, BEGIN],
      [taken, CHANGE],
    ]);
    expect(shownOn('decision', events, addDays(CHANGE, -1))['inForceFrom']).toBeUndefined();
    expect(shownOn('decision', events, CHANGE)['inForceFrom']).toBe(CHANGE);
    const dropped = eventsOf('decision', [
      [proposed, BEGIN],
      [{ type: 'DecisionLapsed' }, CHANGE],
    ]);
    expect(shownOn('decision', dropped, END)).toMatchObject({ ended: true });
    expect(shownOn('decision', dropped, END)['inForceUntil']).toBeUndefined();
  });

  it('is when a succession took effect, and when it was ended', () => {
    const recorded = { type: 'SuccessionRecorded', data: { predecessor: 'ccg', successor: 'icb', kind: 'MERGER' } };
    const events = eventsOf('succession', [
      [recorded, BEGIN],
      [{ type: 'SuccessionEnded' }, END],
    ]);
    expect(shownOn('succession', events, BEGIN)).toMatchObject({ tookEffectOn: BEGIN, ended: false });
    expect(shownOn('succession', events, addDays(END, -1))['endedOn']).toBeUndefined();
    expect(shownOn('succession', events, END)).toMatchObject({ tookEffectOn: BEGIN, endedOn: END, ended: true });
  });
});
