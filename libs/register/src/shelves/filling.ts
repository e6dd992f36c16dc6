import { eventDigest, markAfterAll, type EventStore, type LogMark } from '#event-store';
import type { Position, StoredEvent } from '#kernel';

import { closedOf, insertBlocks, longHistories } from './blocks.js';
import type { Filled, Generation } from './generation.js';
import { Histories } from './histories.js';
import { endsCommand, keepMarks, LONG_FROM, subjectOf } from './register.follower.js';
import { RowBatch } from './row-batch.js';
import { Timeline } from '../engine/timeline.js';
import type { ReadEvent } from '../engine/timelines.js';

export interface FillOptions {
  readonly readEvent: ReadEvent;
  /** Told now and then: steps done, of all there are to do; an event is two steps. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborts; the generation in use stays as it is. */
  readonly signal?: AbortSignal;
  readonly longFrom?: number;
  /** Bytes of histories kept from the first reading of the log for the second; default 64 MB. */
  readonly keptBytes?: number;
}

/** What was there of an earlier try, where there was something: subjects, of all there are. */
export interface FillReport {
  readonly wentOn: { readonly subjects: number; readonly of: number } | null;
}

/** Events read at a time, and histories: they come together where the log is far away. */
const PAGE = 2_000;
const STREAMS = 256;

/**
 * Folds the log into a generation without indexes, and gives it its indexes. Subject by subject: memory holds a bounded
 * lot of histories however long the log is, and a subject's rows lie together. It goes on where an earlier try was
 * stopped, and to the position that that one began with; what is filled whole is left as it is.
 *
 * @param wanted position up to which it is to be filled.
 */
export const fill = async (
  store: EventStore,
  generation: Generation,
  wanted: Position,
  options: FillOptions,
): Promise<FillReport> => {
  const found = await generation.filled();
  if (found && (await generation.checkpoint()) >= 0) {
    const subjects = await subjectsIn(generation);
    return { wentOn: { subjects, of: subjects } };
  }
  const begun = found ?? (await generation.beginFilling(wanted, await idAt(store, wanted)));
  const { streams, mark, kept } = await scan(store, generation, begun, options);
  const first = firstAfter(streams, begun.past);
  await fold(store, generation, { ...begun, streams, mark, kept, first }, options);
  await finish(generation, begun.to, mark, options);
  return { wentOn: found ? { subjects: first, of: streams.length } : null };
};

/** The event at a position; undefined where there is none. */
export const eventAt = async (store: EventStore, position: Position): Promise<StoredEvent | undefined> =>
  position < 0 ? undefined : (await store.readAll(position, 1))[0];

/** Digest of the event at a position, empty where there is none: ids alone may be those of another log as well. */
export const idAt = async (store: EventStore, position: Position): Promise<string> => {
  const event = await eventAt(store, position);
  return event ? eventDigest(event) : '';
};

async function subjectsIn({ reads, views }: Generation): Promise<number> {
  let subjects = 0;
  for (const { tables } of views.values()) {
    const [row] = await reads.all<{ count: number }>(`SELECT COUNT(DISTINCT id) AS count FROM ${tables.start.name}`);
    subjects += Number(row?.count ?? 0);
  }
  return subjects;
}

const firstAfter = (streams: readonly string[], past: string): number => {
  const at = streams.findIndex((stream) => stream > past);
  return at === -1 ? streams.length : at;
};

/** Longest stretch of folding before whoever writes what was folded has a turn, in milliseconds. */
const STRETCH_MS = 2;

const othersHaveTheirTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @returns until when the next stretch may last. */
const afterOthers = async (): Promise<number> => {
  await othersHaveTheirTurn();
  return performance.now() + STRETCH_MS;
};

/** What the first reading of the log gives: which streams the views read, in order of name, and where the log is then. */
interface Scanned {
  readonly streams: readonly string[];
  readonly mark: LogMark | undefined;
  /** Of those streams, as many as are kept. */
  readonly kept: Histories;
}

/** Takes down when each command was recorded. */
async function scan(
  store: EventStore,
  generation: Generation,
  { to, scanned: before, past }: Filled,
  { signal, onProgress, keptBytes }: FillOptions,
): Promise<Scanned> {
  const streams: string[] = [];
  const kept = new Histories(keptBytes);
  let mark: LogMark | undefined;
  const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
  let [scanned, held]: [Position, StoredEvent | undefined] = [before, undefined];
  let opening: readonly StoredEvent[] | undefined;
  const ends = ({ position, recordedAt }: StoredEvent): void => {
    if (position > scanned) batch.commandEnds(position, recordedAt);
  };
  for (let from = 0; from <= to;) {
    signal?.throwIfAborted();
    const page = (await store.readAll(from, PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (!last) throw new Error(`the log ends before position ${to}`);
    for (const stored of page) {
      if (held && endsCommand(held, stored)) ends(held);
      held = stored;
      const { revision, stream } = stored;
      if (!generation.views.has(subjectOf(stream).aggregate)) continue;
      if (revision === 0) streams.push(stream);
      if (stream > past) kept.take(stored);
    }
    mark = markAfterAll(mark, page);
    opening ??= page;
    if (last.position === to && endsCommand(last, undefined)) ends(last);
    // The last of the page may be amid its command: it is taken down with the next.
    const taken = last.position === to ? to : last.position - 1;
    if (taken > scanned) {
      const was = scanned;
      await generation.writes.transaction(async (unit) => {
        await generation.moveFilled(unit, 'scanned', String(was), String(taken));
        await batch.write(unit);
        if (was < 0) await keepMarks(generation, unit, opening ?? page);
      });
      scanned = taken;
    }
    from = last.position + 1;
    onProgress?.(from, 2 * (to + 1));
    await othersHaveTheirTurn();
  }
  return { streams: streams.toSorted(), mark, kept };
}

/** Folds the histories from a place on, a lot at a time; while one lot is written the next is read and folded. */
async function fold(
  store: EventStore,
  generation: Generation,
  { to, past: begunPast, streams, first, kept }: Filled & Scanned & { readonly first: number },
  { readEvent, signal, onProgress }: FillOptions,
): Promise<void> {
  let [past, done] = [begunPast, to + 1];
  let over = performance.now() + STRETCH_MS;
  let writing: Promise<void> = Promise.resolve();
  try {
    for (let at = first; at < streams.length; at += STREAMS) {
      signal?.throwIfAborted();
      const lot = streams.slice(at, at + STREAMS);
      const histories = await historiesOf(store, lot, kept);
      const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
      for (const history of histories) {
        done += foldHistory(generation, batch, history, to, readEvent);
        if (performance.now() > over) over = await afterOthers();
      }
      await writing;
      const [was, last] = [past, lot.at(-1) ?? past];
      writing = generation.writes.transaction(async (unit) => {
        await generation.moveFilled(unit, 'past', was, last);
        await batch.write(unit);
      });
      // Met where it is waited for.
      writing.catch(() => undefined);
      past = last;
      onProgress?.(Math.min(done, 2 * to + 1), 2 * (to + 1));
      over = await afterOthers();
    }
    await writing;
  } finally {
    await writing.catch(() => undefined);
  }
}

async function historiesOf(
  store: EventStore,
  streams: readonly string[],
  kept: Histories,
): Promise<readonly (readonly StoredEvent[])[]> {
  const found = new Map(streams.map((stream) => [stream, kept.of(stream)]));
  const read = await store.readStreams(streams.filter((stream) => !found.get(stream)));
  return streams.map((stream) => found.get(stream) ?? read.get(stream) ?? []);
}

function foldHistory(
  generation: Generation,
  batch: RowBatch,
  history: readonly StoredEvent[],
  to: Position,
  readEvent: ReadEvent,
): number {
  const [first] = history;
  if (!first) return 0;
  const { aggregate, id } = subjectOf(first.stream);
  const timeline = new Timeline(generation.on(aggregate).view);
  for (const stored of history) {
    if (stored.position > to) break;
    if (timeline.events !== stored.revision) throw new Error(`${stored.stream} lacks events before ${stored.position}`);
    batch.apply(aggregate, id, timeline, readEvent(stored));
  }
  return timeline.events;
}

/** What is made once all rows are there: indexes, the blocks of long histories, and what the database wants to know. */
async function finish(
  generation: Generation,
  to: Position,
  mark: LogMark | undefined,
  options: FillOptions,
): Promise<void> {
  const { longFrom = LONG_FROM, onProgress } = options;
  const unit = generation.writes;
  await generation.createIndexes();
  await unit.transaction(async (writes) => {
    for (const { tables } of generation.views.values()) {
      for (const id of await longHistories(writes, tables, longFrom)) {
        await insertBlocks(writes, tables, await closedOf(writes, tables, id));
      }
    }
    if (mark) await generation.moveCheckpoint(writes, -1, mark);
  });
  await unit.dialect.filled(unit, generation.tables);
  onProgress?.(2 * (to + 1), 2 * (to + 1));
}
