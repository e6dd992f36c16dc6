import type { EventStore } from '#event-store';
import type { Position, StoredEvent } from '#kernel';

import { closedOf, insertBlocks, longHistories } from './blocks.js';
import { compareGenerations, type TableComparison } from './digest.js';
import type { Generation } from './generation.js';
import type { Generations } from './generations.js';
import { RegisterFollower, endsCommand, keepMarks, LONG_FROM, subjectOf } from './register.follower.js';
import { RowBatch } from './row-batch.js';
import { Timeline } from './timeline.js';
import type { ReadEvent } from './timelines.js';

export interface RebuildOptions {
  readonly readEvent: ReadEvent;
  /** Told now and then: steps done, of all there are to do; an event is two steps. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborts the rebuild; the generation in use stays as it is. */
  readonly signal?: AbortSignal;
  readonly longFrom?: number;
}

export interface RebuildReport {
  /** The new generation's checkpoint when it was switched to. */
  readonly position: Position;
  readonly events: number;
  /** Row by row against the generation before, at the same position; null where that one could not be compared. */
  readonly compared: readonly TableComparison[] | null;
}

const PAGE = 5_000;

/** Histories read at a time: they come together where the log is far away. */
const STREAMS = 256;

/**
 * Makes the views anew from the log beside those in use, compares the two, and switches. Those in use are read and
 * followed throughout. The old generation stays on disk until the next rebuild.
 */
export const rebuild = async (
  store: EventStore,
  generations: Generations,
  options: RebuildOptions,
): Promise<RebuildReport> => {
  const old = generations.current;
  const [reached, head] = [await old.checkpoint(), await store.head()];
  const comparable = reached <= head && (await old.isMadeBy(generations.views));
  const to = comparable && reached >= 0 ? reached : head;
  const filling = await generations.beside();
  try {
    await fill(store, filling, to, options);
  } finally {
    await filling.close();
  }
  return generations.exclusive(async () => {
    await generations.switchToNext();
    const next = generations.current;
    const gap = await old.checkpoint();
    if (comparable && gap > to) await follow(store, generations, to, gap, options);
    const position = await next.checkpoint();
    const compared = comparable && gap === position ? await compareGenerations(old, next) : null;
    return { position, events: position + 1, compared };
  });
};

/**
 * Folds the log up to position `to` into a generation without indexes, and gives it its indexes. Subject by subject:
 * memory holds a few histories at a time however long the log is, and a subject's rows lie together.
 */
async function fill(store: EventStore, generation: Generation, to: Position, options: RebuildOptions): Promise<void> {
  const { longFrom = LONG_FROM, onProgress } = options;
  const unit = generation.writes;
  const all = 2 * (to + 1);
  const streams = await scan(store, generation, to, options);
  const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
  let done = to + 1;
  for (let at = 0; at < streams.length; at += STREAMS) {
    options.signal?.throwIfAborted();
    const histories = await Promise.all(streams.slice(at, at + STREAMS).map((stream) => store.readStream(stream)));
    for (const history of histories) done += foldHistory(generation, batch, history, to, options.readEvent);
    await unit.transaction((writes) => batch.write(writes));
    onProgress?.(done, all);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await generation.createIndexes();
  for (const { tables } of generation.views.values()) {
    for (const id of await longHistories(unit, tables, longFrom)) {
      await insertBlocks(unit, tables, await closedOf(unit, tables, id));
    }
  }
  await generation.moveCheckpoint(unit, -1, to);
  onProgress?.(all, all);
}

/** Takes down when each command was recorded, and says which streams the views read, in order of name. */
async function scan(
  store: EventStore,
  generation: Generation,
  to: Position,
  { signal, onProgress }: RebuildOptions,
): Promise<readonly string[]> {
  const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
  const streams: string[] = [];
  let held: StoredEvent | undefined;
  for (let from = 0; from <= to;) {
    signal?.throwIfAborted();
    const page = (await store.readAll(from, PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (!last) throw new Error(`the log ends before position ${to}`);
    for (const stored of page) {
      if (held && endsCommand(held, stored)) batch.commandEnds(held.position, held.recordedAt);
      held = stored;
      const { revision, stream } = stored;
      if (revision === 0 && generation.views.has(subjectOf(stream).aggregate)) streams.push(stream);
    }
    from = last.position + 1;
    if (from > to) batch.commandEnds(last.position, last.recordedAt);
    await generation.writes.transaction(async (unit) => {
      await batch.write(unit);
      await keepMarks(generation, unit, page);
    });
    onProgress?.(from, 2 * (to + 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return streams.toSorted();
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

/** Brings the generation just switched to up to where the one before it had come in the meantime. */
async function follow(
  store: EventStore,
  generations: Generations,
  from: Position,
  to: Position,
  { readEvent, longFrom = LONG_FROM }: RebuildOptions,
): Promise<void> {
  const readStream = (stream: string): Promise<readonly StoredEvent[]> => store.readStream(stream);
  const follower = new RegisterFollower(generations, { readEvent, readStream, longFrom });
  for (let at = from; at < to;) {
    const page = (await store.readAll(at + 1, PAGE)).filter(({ position }) => position <= to);
    await follower.advance(generations.current, page);
    at = page.at(-1)?.position ?? to;
  }
}
