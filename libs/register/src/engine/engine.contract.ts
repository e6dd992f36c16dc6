import fc from 'fast-check';

import {
  addDays,
  ANNULLED,
  instantOf,
  liveEvents,
  OPEN_END,
  UNKNOWN_START,
  type CivilDate,
  type DomainEvent,
  type Envelope,
} from '#kernel';

import { oracleAt } from './oracle.js';
import { stateJson, type Timeline } from './timeline.js';
import type { Slice } from './slice.js';
import type { View } from './view.js';

/** A seat at a table: small enough for every date and every position to be tried. */
export interface Seat {
  readonly holder?: string | null;
  readonly until?: CivilDate;
  readonly name?: string;
  readonly lapsed?: boolean;
  readonly filed?: boolean;
}

/** Two days after a term ends the papers are filed: a second turn. */
const FILED_AFTER = 2;

export const seatView: View<Seat> = {
  aggregate: 'seat',
  initial: {},
  project(state, { type, data }) {
    const said = data as { holder?: string; until?: CivilDate; name?: string };
    switch (type) {
      case 'Appointed':
        return { ...(state.name !== undefined && { name: state.name }), ...said };
      case 'Extended':
        return { ...state, until: said.until };
      case 'Left':
        return { ...state, holder: null, until: undefined };
      case 'Named':
        return state.name === said.name ? state : { ...state, name: said.name };
      case 'Noted':
        return state;
      default:
        throw new Error(`the seat does not know ${type}`);
    }
  },
  turns: ({ until }) => (until === undefined ? [] : [addDays(until, FILED_AFTER), until]),
  show(state, date) {
    const { until, ...rest } = state;
    if (until === undefined || date < until) return state;
    const shown: Seat = { ...rest, holder: null, lapsed: true };
    return date < addDays(until, FILED_AFTER) ? shown : { ...shown, filed: true };
  },
  title: ({ name }) => name ?? 'a seat',
  order: ({ name }) => name ?? '',
  columns: { holder: ({ holder }) => holder, name: ({ name }) => name },
  lists: { identifier: ({ name }) => (name === undefined ? [] : [name, `${name}/2`]) },
  recordsNone: ({ holder }) => holder === null,
};

export const FIRST_DAY = '2025-03-01' as CivilDate;

/** One thing that happens to a history; `pick` chooses among the events that it can happen to. */
export interface Happening {
  readonly kind: 'record' | 'correct' | 'annul' | 'again';
  readonly fact: { readonly type: string; readonly data: object };
  readonly day: number;
  readonly pick: number;
  readonly gap: number;
  readonly startKnown: boolean;
}

/** The date of a day number: −1 is the start nobody knows. */
export const dateOf = (day: number): CivilDate => (day < 0 ? UNKNOWN_START : addDays(FIRST_DAY, day));

const days = fc.integer({ min: 0, max: 6 });
const facts = fc.oneof(
  fc.record({ holder: fc.constantFrom('Ann', 'Bob') }).map((data) => ({ type: 'Appointed', data })),
  fc
    .record({ holder: fc.constantFrom('Ann', 'Bob'), until: days.map(dateOf) })
    .map((data) => ({ type: 'Appointed', data })),
  days.map((day) => ({ type: 'Extended', data: { until: dateOf(day) } })),
  fc.constantFrom('Left', 'Noted').map((type) => ({ type, data: {} })),
  fc.constantFrom('one', 'two').map((name) => ({ type: 'Named', data: { name } })),
);

/** Tiny histories on a tiny calendar, so that ties, moves and returns happen all the time. */
export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('record', 'record', 'record', 'correct', 'correct', 'annul', 'again'),
    fact: facts,
    day: fc.integer({ min: -1, max: 6 }),
    pick: fc.nat(30),
    gap: fc.integer({ min: 0, max: 1 }),
    startKnown: fc.constantFrom(true, true, true, false),
  }),
  { minLength: 1, maxLength: 14 },
);

/** The events of one subject. What happens to nothing (a correction where nothing is live) is a plain record. */
export const eventsOf = (story: readonly Happening[], stream = 'seat/1'): DomainEvent[] => {
  const events: DomainEvent[] = [];
  let position = -1;
  for (const { kind, fact, day, pick, gap, startKnown } of story) {
    position += 1 + gap;
    const live = liveEvents(events).map(({ event }) => event.id);
    const annulled = events.flatMap(({ envelope: { annuls } }) => annuls ?? []).filter((id) => !live.includes(id));
    const among = kind === 'again' ? annulled : live;
    const target = kind === 'record' ? undefined : among[pick % Math.max(among.length, 1)];
    const link = target === undefined ? {} : { [LINKS[kind]]: target };
    const drops = target !== undefined && kind === 'annul';
    const marks = startKnown ? {} : { startKnown: false as const };
    events.push(
      happened(stream, events.length, position, drops ? { type: ANNULLED, data: {} } : fact, dateOf(day), {
        ...link,
        ...marks,
      }),
    );
  }
  return events;
};

const LINKS = { record: 'again', correct: 'corrects', annul: 'annuls', again: 'again' } as const;

export const happened = (
  stream: string,
  revision: number,
  position: number,
  fact: { readonly type: string; readonly data: object },
  effectiveOn: CivilDate,
  links: Partial<Envelope> = {},
): DomainEvent => {
  const id = `${stream}#${revision}`;
  const actor = { id: 'clerk', roles: [], vouchedBy: 'spec' };
  const envelope = { effectiveOn, actor, commandId: id, commandDigest: id, index: 0, count: 1, ...links };
  const recordedAt = instantOf(Date.UTC(2025, 0, 1) + position * 60_000);
  return { id, ...fact, stream, revision, position, recordedAt, effectiveOn, envelope };
};

const PROBES = [-1, -0.5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) =>
  day === -0.5 ? addDays(FIRST_DAY, -1) : dateOf(day),
);

/**
 * What every engine has to hold for every history: at every date and every position the oracle's value and bounds,
 * and no row touched without need. Throws with what differs.
 */
export const holdsFor = (engine: (view: View<Seat>) => Timeline<Seat>, events: readonly DomainEvent[]): void => {
  const folded: CivilDate[] = [];
  const watched: View<Seat> = {
    ...seatView,
    project(state, event) {
      if (event.type === ANNULLED) throw new Error('an annulment reached the fold');
      folded.push(event.effectiveOn);
      return seatView.project(state, event);
    },
  };
  const timeline = engine(watched);
  const rows: Slice<Seat>[] = [];
  for (const [index, event] of events.entries()) {
    folded.length = 0;
    const { closed, opened } = timeline.apply(event);
    rows.push(...opened);
    wroteOnlyWhatChanged(closed, opened, event);
    foldedOnlyUntilStatesMeet(folded, events.slice(0, index), event);
    tiles(timeline);
  }
  const last = events.at(-1)?.position ?? 0;
  for (let position = -1; position <= last + 1; position++) {
    for (const date of PROBES) equalsTheOracle(rows, events, date, position);
  }
};

function equalsTheOracle(
  rows: readonly Slice<Seat>[],
  events: readonly DomainEvent[],
  date: CivilDate,
  position: number,
): void {
  const here = rows.filter(
    (row) =>
      row.validFrom <= date &&
      date < row.validTo &&
      row.recordedFrom <= position &&
      position < (row.recordedTo ?? Number.POSITIVE_INFINITY),
  );
  const where = `${date} as known at ${position}`;
  if (here.length > 1) throw new Error(`${here.length} slices for ${where}`);
  const [row] = here;
  const expected = oracleAt(seatView, events, date, position);
  const covered = expected.kind === 'found' || expected.kind === 'recorded-as-none';
  if (!row || !covered) {
    if (row || covered)
      throw new Error(`${where}: the oracle says ${expected.kind}, the slices ${row ? row.json : 'nothing'}`);
    return;
  }
  const shown = seatView.show(row.state, date);
  const to = row.validTo === OPEN_END ? null : row.validTo;
  const answer = seatView.recordsNone?.(shown)
    ? { kind: 'recorded-as-none', from: row.validFrom, to }
    : { kind: 'found', state: shown, from: row.validFrom, to, startKnown: row.startKnown };
  if (stateJson(answer) !== stateJson(expected)) {
    throw new Error(`${where}: the oracle says ${stateJson(expected)}, the slices ${stateJson(answer)}`);
  }
}

/** Rows only ever gain `recordedTo`, and none is closed only to be opened again as it was. */
function wroteOnlyWhatChanged(
  closed: readonly Slice<Seat>[],
  opened: readonly Slice<Seat>[],
  event: DomainEvent,
): void {
  const text = ({ validFrom, validTo, startKnown, json }: Slice<Seat>): string =>
    `${validFrom}/${validTo}/${startKnown}/${json}`;
  const ended = new Set(closed.map(text));
  for (const slice of opened) {
    if (ended.has(text(slice))) throw new Error(`closed and opened again as it was: ${text(slice)}`);
    if (slice.recordedFrom !== event.position)
      throw new Error(`opened at ${slice.recordedFrom}, not ${event.position}`);
  }
  for (const slice of closed) {
    if (slice.recordedTo !== event.position) throw new Error(`closed at ${slice.recordedTo}, not ${event.position}`);
    if (slice.recordedFrom >= event.position) throw new Error(`known for no time at all: ${text(slice)}`);
  }
}

/** Nothing is folded beyond the first day, from the last one touched on, at whose end the state is what it was. */
function foldedOnlyUntilStatesMeet(
  folded: readonly CivilDate[],
  before: readonly DomainEvent[],
  event: DomainEvent,
): void {
  const [old, now] = [liveEvents(before), liveEvents([...before, event])];
  const dropped = old.find((live) => !now.some(({ event: { id } }) => id === live.event.id));
  const added = event.type === ANNULLED ? undefined : event.effectiveOn;
  const from = [dropped?.event.effectiveOn, added]
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1);
  const stateAt = (history: typeof old, date: CivilDate): string =>
    stateJson(
      history
        .filter((live) => live.event.effectiveOn <= date)
        .reduce((state, live) => seatView.project(state, live.event), seatView.initial),
    );
  const meeting = now
    .map((live) => live.event.effectiveOn)
    .find((date) => from !== undefined && date >= from && stateAt(old, date) === stateAt(now, date));
  const beyond = folded.find((date) => meeting !== undefined && date > meeting);
  if (beyond) throw new Error(`folded ${beyond}, though the states meet on ${meeting}`);
}

function tiles(timeline: Timeline<Seat>): void {
  const open = timeline.open();
  for (const [index, slice] of open.entries()) {
    const next = open[index + 1]?.validFrom ?? OPEN_END;
    if (slice.validFrom >= slice.validTo || slice.validTo !== next)
      throw new Error(`a gap or an overlap at ${slice.validTo}`);
    if (slice.recordedTo !== null) throw new Error('a closed slice among the open ones');
    if (timeline.at(slice.validFrom) !== slice) throw new Error(`at(${slice.validFrom}) is another slice`);
  }
}
