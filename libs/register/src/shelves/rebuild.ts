import { lossOf, type EventStore } from '#event-store';
import { Refusal, type Position, type StoredEvent } from '#kernel';

import { compareGenerations, type TableComparison } from './digest.js';
import { eventAt, fill, idAt, type FillOptions } from './filling.js';
import { HEARTBEAT_MS, keepFollowerState } from './follower-states.js';
import type { Generation } from './generation.js';
import type { Generations } from './generations.js';
import { LONG_FROM, RegisterFollower } from './register.follower.js';

export type RebuildOptions = FillOptions;

export interface RebuildReport {
  /** The new generation's checkpoint when it was switched to. */
  readonly position: Position;
  readonly events: number;
  /** Where it went on with a rebuild that was stopped or killed: how many subjects were there already, of all. */
  readonly wentOn: { readonly subjects: number; readonly of: number } | null;
  /** Row by row against the generation before, at the same position; null where that one could not be compared. */
  readonly compared: readonly TableComparison[] | null;
}

/** Events read at a time. */
const PAGE = 5_000;

/** What is recorded during a rebuild is followed until so few events are left, and only then is the live one halted. */
const NEAR = 1_000;

/**
 * Makes the views anew from the log beside those in use, compares the two, and switches. Those in use are read and
 * followed throughout, but for the comparison, during which they are only read. The old generation is kept until the
 * next rebuild. One that was killed or stopped is gone on with by the next, unless the views are declared differently
 * by then or the log is another.
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
  const comparable = reached <= head && (await old.isMadeBy(generations.views)) && (await isOfLog(store, old));
  const filling = await generations.beside((found) => isOf(store, head, found), head + 1);
  const saying: RebuildOptions & { onEnd?(fault: unknown): void } = comparable ? sayingHowFar(old, options) : options;
  let filled: Awaited<ReturnType<typeof fill>>;
  try {
    filled = await fill(store, filling, comparable && reached >= 0 ? reached : head, saying);
    await catchUp(store, generations, filling, comparable ? () => old.checkpoint() : () => store.head(), options);
  } catch (fault) {
    saying.onEnd?.(fault);
    throw fault;
  } finally {
    await filling.close();
  }
  return generations.switchTo(async (live, next) => {
    const to = await next.checkpoint();
    const gap = comparable ? await live.checkpoint() : to;
    if (gap > to) await follow(store, generations, next, { from: to, to: gap }, options);
    const position = await next.checkpoint();
    const compared = comparable && gap === position ? await compareGenerations(live, next) : null;
    return { position, events: position + 1, wentOn: filled.wentOn, compared };
  });
}

async function isOfLog(store: EventStore, generation: Generation): Promise<boolean> {
  const known = await generation.known();
  return !known || (await lossOf(store, known, generation.label)) === undefined;
}

/** Whether an unfinished generation is of this log: the event that it is filled up to stands there, or it is empty. */
async function isOf(store: EventStore, head: Position, found: Generation): Promise<boolean> {
  const [filled, checkpoint] = [await found.filled(), await found.checkpoint()];
  if (!filled) return checkpoint < 0;
  if (filled.to > head || (checkpoint >= 0 && checkpoint !== filled.to)) return false;
  return (await idAt(store, filled.to)) === filled.id;
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

/** Follows what was recorded since the filling began, while the live views are followed as well. */
async function catchUp(
  store: EventStore,
  generations: Generations,
  next: Generation,
  reachedNow: () => Promise<Position>,
  options: RebuildOptions,
): Promise<void> {
  for (;;) {
    const [from, to] = [await next.checkpoint(), await reachedNow()];
    if (to - from <= NEAR) return;
    await follow(store, generations, next, { from, to }, options);
  }
}

/** Brings the next generation up to where the live one has come in the meantime. */
async function follow(
  store: EventStore,
  generations: Generations,
  next: Generation,
  { from, to }: { readonly from: Position; readonly to: Position },
  options: RebuildOptions,
): Promise<void> {
  const { readEvent, longFrom = LONG_FROM } = options;
  const readStream = (stream: string): Promise<readonly StoredEvent[]> => store.readStream(stream);
  const follower = new RegisterFollower(generations, {
    readEvent,
    readStream,
    readAt: (position) => eventAt(store, position),
    longFrom,
  });
  for (let at = from; at < to;) {
    const page = (await store.readAll(at + 1, PAGE)).filter(({ position }) => position <= to);
    await follower.advance(next, page);
    at = page.at(-1)?.position ?? to;
    options.signal?.throwIfAborted();
  }
  await next.noteFilledTo(to, await idAt(store, to));
}
