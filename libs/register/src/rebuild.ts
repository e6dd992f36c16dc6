import type { EventStore } from '#event-store';
import { Refusal, type Position, type StoredEvent } from '#kernel';

import { closedOf, insertBlocks, longHistories } from './blocks.js';
import type { Connection } from './connection.js';
import { compareGenerations, type TableComparison } from './digest.js';
import { HEARTBEAT_MS, keepFollowerState } from './follower-states.js';
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
 * followed throughout, but for the comparison, during which they are only read. The old generation is kept until the
 * next rebuild. On PostgreSQL a rebuild that was killed or stopped is gone on with by the next one.
 *
 * @throws Refusal `REBUILD_UNDER_WAY` where another program does it at this moment.
 */
export const rebuild = async (
  store: EventStore,
  generations: Generations,
  options: RebuildOptions,
): Promise<RebuildReport> => {
  const led = await generations.leadership.tryToLead('rebuild', () => rebuildNow(store, generations, options));
  if (!led) throw new Refusal('REBUILD_UNDER_WAY', 'another program is making the views anew at this moment');
  return led.result;
};

async function rebuildNow(
  store: EventStore,
  generations: Generations,
  options: RebuildOptions,
): Promise<RebuildReport> {
  await generations.refresh();
  const old = generations.current;
  const [reached, head] = [await old.checkpoint(), await store.head()];
  const comparable = reached <= head && (await old.isMadeBy(generations.views));
  const filling = await generations.beside();
  const saying: RebuildOptions & { onEnd?(fault: unknown): void } = comparable ? sayingHowFar(old, options) : options;
  let to: Position;
  try {
    to = await fill(store, filling, comparable && reached >= 0 ? reached : head, saying);
  } catch (fault) {
    saying.onEnd?.(fault);
    throw fault;
  } finally {
    await filling.close();
  }
  return generations.switchTo(async (live, next) => {
    const gap = comparable ? await live.checkpoint() : to;
    if (gap > to) await follow(store, generations, next, { from: to, to: gap }, options);
    const position = await next.checkpoint();
    const compared = comparable && gap === position ? await compareGenerations(live, next) : null;
    return { position, events: position + 1, compared };
  });
}

/** As the options, and says beside the live views that the next ones are being made. */
function sayingHowFar(live: Generation, options: RebuildOptions): RebuildOptions & { onEnd(fault: unknown): void } {
  let said = Number.NEGATIVE_INFINITY;
  const say = (state: 'rebuilding' | 'stopped', position: number, lastError: string | null): void => {
    // Nothing but what is shown of the rebuild depends on it.
    keepFollowerState(live, { name: 'rebuild', state, position, lastError }).catch(() => undefined);
  };
  return {
    ...options,
    onProgress: (done, all) => {
      options.onProgress?.(done, all);
      if (performance.now() - said < HEARTBEAT_MS) return;
      said = performance.now();
      say('rebuilding', done, null);
    },
    onEnd: (fault) => say('stopped', 0, String((fault as { message?: unknown } | null)?.message ?? fault)),
  };
}

/**
 * Folds the log into a generation without indexes, and gives it its indexes. Subject by subject: memory holds a few
 * histories at a time however long the log is, and a subject's rows lie together.
 *
 * @returns the position up to which it is filled: `wanted`, or what an earlier try that it goes on with began with.
 */
async function fill(
  store: EventStore,
  generation: Generation,
  wanted: Position,
  options: RebuildOptions,
): Promise<Position> {
  const { longFrom = LONG_FROM, onProgress } = options;
  const unit = generation.writes;
  const begun = await generation.filled();
  const whole = begun ? -1 : await generation.checkpoint();
  if (whole >= 0) return whole;
  const to = begun?.to ?? wanted;
  const all = 2 * (to + 1);
  const streams = await scan(store, generation, to, begun !== undefined, options);
  const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
  let past = begun?.past ?? '';
  let done = to + 1;
  for (let at = firstAfter(streams, past); at < streams.length; at += STREAMS) {
    options.signal?.throwIfAborted();
    const lot = streams.slice(at, at + STREAMS);
    const histories = await Promise.all(lot.map((stream) => store.readStream(stream)));
    for (const history of histories) done += foldHistory(generation, batch, history, to, options.readEvent);
    const last = lot.at(-1) ?? past;
    await unit.transaction(async (writes) => {
      await generation.moveFilled(writes, past, last);
      await batch.write(writes);
    });
    past = last;
    onProgress?.(Math.min(done, all), all);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await generation.createIndexes();
  await unit.transaction(async (writes) => {
    for (const { tables } of generation.views.values()) {
      for (const id of await longHistories(writes, tables, longFrom)) {
        await insertBlocks(writes, tables, await closedOf(writes, tables, id));
      }
    }
    await generation.endFilling(writes, to);
  });
  await unit.dialect.filled(unit, generation.tables);
  onProgress?.(all, all);
  return to;
}

const firstAfter = (streams: readonly string[], past: string): number => {
  const at = streams.findIndex((stream) => stream > past);
  return at === -1 ? streams.length : at;
};

/**
 * Takes down when each command was recorded, unless an earlier try has, and says which streams the views read, in
 * order of name. What is taken down is one unit with the beginning of the filling.
 */
async function scan(
  store: EventStore,
  generation: Generation,
  to: Position,
  again: boolean,
  { signal, onProgress }: RebuildOptions,
): Promise<readonly string[]> {
  const streams: string[] = [];
  const read = async (unit?: Connection): Promise<void> => {
    const batch = new RowBatch(generation, Number.POSITIVE_INFINITY);
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
      if (unit) {
        await batch.write(unit);
        await keepMarks(generation, unit, page);
      }
      onProgress?.(from, 2 * (to + 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  if (again) await read();
  else {
    await generation.writes.transaction(async (unit) => {
      await generation.beginFilling(unit, to);
      await read(unit);
    });
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

/** Brings the next generation up to where the live one has come in the meantime. */
async function follow(
  store: EventStore,
  generations: Generations,
  next: Generation,
  { from, to }: { readonly from: Position; readonly to: Position },
  { readEvent, longFrom = LONG_FROM }: RebuildOptions,
): Promise<void> {
  const readStream = (stream: string): Promise<readonly StoredEvent[]> => store.readStream(stream);
  const follower = new RegisterFollower(generations, { readEvent, readStream, longFrom });
  for (let at = from; at < to;) {
    const page = (await store.readAll(at + 1, PAGE)).filter(({ position }) => position <= to);
    await follower.advance(next, page);
    at = page.at(-1)?.position ?? to;
  }
}
