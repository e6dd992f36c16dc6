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
  /** Told now and then: events done, of all there are to do. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborts the rebuild; the generation in use stays as it is. */
  readonly signal?: AbortSignal;
  /** Events folded at a time, which bounds the memory: more events than this are done in several passes over the log. */
  readonly eventsPerPass?: number;
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

/** Folds the log up to position `to` into a generation without indexes, and gives it its indexes. */
async function fill(store: EventStore, generation: Generation, to: Position, options: RebuildOptions): Promise<void> {
  const { eventsPerPass = 250_000, longFrom = LONG_FROM } = options;
  const passes = Math.max(1, Math.ceil((to + 1) / eventsPerPass));
  for (let pass = 0; pass < passes; pass++) {
    await fillPass(store, generation, to, { ...options, pass, passes });
  }
  await generation.createIndexes();
  const unit = generation.writes;
  for (const { tables } of generation.views.values()) {
    for (const id of await longHistories(unit, tables, longFrom)) {
      await insertBlocks(unit, tables, await closedOf(unit, tables, id));
    }
  }
  await generation.moveCheckpoint(unit, -1, to);
}

interface Pass extends RebuildOptions {
  readonly pass: number;
  readonly passes: number;
}

/** One pass over the log for the subjects whose turn it is, so that no timeline is ever needed twice. */
async function fillPass(store: EventStore, generation: Generation, to: Position, options: Pass): Promise<void> {
  const { pass, passes, readEvent, signal, onProgress } = options;
  const timelines = new Map<string, Timeline<object>>();
  const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
  let held: StoredEvent | undefined;
  for (let from = 0; from <= to;) {
    signal?.throwIfAborted();
    const page = (await store.readAll(from, PAGE)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (!last) throw new Error(`the log ends before position ${to}`);
    for (const stored of page) {
      if (pass === 0) {
        if (held && endsCommand(held, stored)) batch.commandEnds(held.position, held.recordedAt);
        held = stored;
      }
      const { aggregate, id } = subjectOf(stored.stream);
      const onDisk = generation.views.get(aggregate);
      if (!onDisk || partOf(stored.stream, passes) !== pass) continue;
      let timeline = timelines.get(stored.stream);
      if (!timeline) timelines.set(stored.stream, (timeline = new Timeline(onDisk.view)));
      if (timeline.events !== stored.revision)
        throw new Error(`${stored.stream} lacks events before ${stored.position}`);
      batch.apply(aggregate, id, timeline, readEvent(stored));
    }
    from = last.position + 1;
    if (held && from > to) batch.commandEnds(held.position, held.recordedAt);
    await generation.writes.transaction(async (unit) => {
      await batch.write(unit, { keepOpen: from <= to });
      if (pass === 0) await keepMarks(generation, unit, page);
    });
    onProgress?.(Math.floor((pass * (to + 1) + from) / passes), to + 1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Which pass a stream belongs to: a hash of its name (FNV-1a). */
function partOf(stream: string, parts: number): number {
  if (parts === 1) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < stream.length; at++) hash = Math.imul(hash ^ stream.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % parts;
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
