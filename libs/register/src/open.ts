import { lossOf, lossRefusal, type EventStore, type LogLoss, type LogMark } from '#event-store';
import { isRefusal, Refusal, type Position, type StoredEvent } from '#kernel';

import { keepFollowerState, type KeptState } from './shelves/follower-states.js';
import { eventAt } from './shelves/filling.js';
import type { Generation } from './shelves/generation.js';
import type { Generations } from './shelves/generations.js';
import { SOLE_LEADERSHIP, type Leadership } from './shelves/leadership.js';
import { LATE_LOG_MS, ownLog, type OwnLogOptions } from './shelves/own-log.js';
import { openGenerations, openGenerationsToRead, type ReadModelPlace } from './shelves/read-model.js';
import { rebuild, type RebuildOptions, type RebuildReport } from './shelves/rebuild.js';
import { Register } from './questions/register.js';
import { RegisterFollower } from './shelves/register.follower.js';
import type { ReadEvent } from './engine/timelines.js';
import type { View } from './engine/view.js';

export interface RegisterHouse extends ReadModelPlace {
  readonly store: EventStore;
  readonly views: readonly View[];
  readonly readEvent: ReadEvent;
  /** Told in a sentence what is being done before the register opens, for the operator. */
  readonly onNote?: (sentence: string) => void;
  /**
   * How long the log may take to come to where the views are, in milliseconds, before it is taken for an older copy.
   * Default 10,000.
   */
  readonly lateLogMs?: number;
  /**
   * Asked where the views know of events that the log has not; the views are then made anew from the log. Without it such a
   * log is refused.
   */
  readonly acceptLoss?: ((loss: LogLoss) => Promise<void>) | undefined;
  /** @see OwnLogOptions */
  readonly onLoss?: (loss: LogLoss) => void;
  /** @see OwnLogOptions */
  readonly lookAgain?: () => Promise<unknown>;
  /** @see RegisterFollower */
  readonly keptEvents?: number;
  readonly longFrom?: number;
}

/** The read model, open: who reads it, who keeps it up to date, and how it is made anew. */
export interface OpenRegister {
  readonly register: Register;
  readonly follower: RegisterFollower;
  /** Which of several programs follows. */
  readonly leadership: Leadership;
  rebuild(options?: Pick<RebuildOptions, 'onProgress' | 'signal' | 'keptBytes'>): Promise<RebuildReport>;
  /** Removes the generations that are no longer read. @returns how many. */
  dropOldGenerations(): Promise<number>;
  /** Says beside the views how a follower fares, for every program that reads them. */
  keepState(state: Omit<KeptState, 'heartbeat' | 'holder'>): Promise<void>;
  close(): Promise<void>;
}

/** A log that is this much longer than empty views is folded in one go rather than followed. */
const WORTH_A_REBUILD = 20_000;

/**
 * Opens the read model for a program that writes it: on SQLite the only one, on PostgreSQL one of those that may lead.
 * Views made by other declarations than these are made anew from the log first, and so are empty views of a long log.
 *
 * @throws Refusal `CONFIG_READ_MODEL_URL` where it names no database that can be used; `LOG_OLDER_THAN_KNOWN` where the
 *   views are of another log, or of more than this one has.
 */
export const openRegister = async (house: RegisterHouse): Promise<OpenRegister> => {
  const { store, views, readEvent } = house;
  const generations = await openGenerations(house, views, house.onNote);
  const tuning = {
    ...(house.longFrom !== undefined && { longFrom: house.longFrom }),
    ...(house.keptEvents !== undefined && { keptEvents: house.keptEvents }),
  };
  const keepState: OpenRegister['keepState'] = (state) => keepFollowerState(generations.current, state);
  const rebuildNow: OpenRegister['rebuild'] = (options = {}) =>
    rebuild(store, generations, { ...options, ...tuning, readEvent });
  try {
    await makeCurrent(generations, house, rebuildNow);
  } catch (fault) {
    await generations.close();
    throw fault;
  }
  const readStream = (stream: string): Promise<readonly StoredEvent[]> => store.readStream(stream);
  const readAt = (position: Position): Promise<StoredEvent | undefined> => eventAt(store, position);
  const own = ownLog(store, house);
  return {
    register: new Register(generations, own),
    follower: new RegisterFollower(generations, { readEvent, readStream, readAt, ownLog: own, ...tuning }),
    leadership: generations.leadership,
    rebuild: rebuildNow,
    dropOldGenerations: () => generations.dropOld(),
    keepState,
    close: () => generations.close(),
  };
};

/** How long to wait until another program has made the views anew before looking again, in milliseconds. */
const AGAIN_MS = 1_000;

/** Sees to it that the live views are of these declarations and of this log, whoever makes them. */
async function makeCurrent(
  generations: Generations,
  house: RegisterHouse,
  rebuildNow: OpenRegister['rebuild'],
): Promise<void> {
  const { onNote } = house;
  for (let waited = false; ; waited = true) {
    const why = await whyAnew(generations, house);
    if (why === undefined) return;
    try {
      onNote?.(`${why}: making them anew from the log`);
      await rebuildNow();
      return;
    } catch (thrown) {
      if (!isRefusal(thrown) || thrown.code !== 'REBUILD_UNDER_WAY') throw thrown;
      if (!waited) onNote?.('another program is making the views anew: waiting for it');
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      await generations.refresh();
    }
  }
}

/** @throws Refusal `LOG_OLDER_THAN_KNOWN` where nobody accepts that. */
async function whyAnew(generations: Generations, house: RegisterHouse): Promise<string | undefined> {
  const { store, views, acceptLoss, lateLogMs = LATE_LOG_MS } = house;
  const { current, leadership } = generations;
  const reached = await current.checkpoint();
  // Whoever leads may have been told of events that have not come down the log to this program yet.
  if (leadership !== SOLE_LEADERSHIP) await comesTo(store, reached, lateLogMs);
  const loss = await lossOfViews(current, store);
  if (loss && !acceptLoss) throw lossRefusal(loss);
  if (loss) {
    await acceptLoss?.(loss);
    return 'the views are of another log or an older copy of it, which was accepted';
  }
  if (!(await current.isMadeBy(views))) return 'the views were made by another release';
  return reached < 0 && (await store.head()) >= WORTH_A_REBUILD ? 'the views are empty' : undefined;
}

/** What the views that are read there know and the log has not; undefined where there are none, or none that can say so. */
export const lossOfLiveViews = async (
  place: ReadModelPlace,
  views: readonly View[],
  store: EventStore,
): Promise<LogLoss | undefined> => {
  let generations: Generations | undefined;
  try {
    generations = await openGenerationsToRead(place, views);
    if (generations.leadership !== SOLE_LEADERSHIP) {
      await comesTo(store, await generations.current.checkpoint(), LATE_LOG_MS);
    }
    return await lossOfViews(generations.current, store);
  } catch (thrown) {
    // Whoever needs the views is told; the log is worked on without them.
    if (isRefusal(thrown)) return undefined;
    throw thrown;
  } finally {
    await generations?.close();
  }
};

async function lossOfViews(generation: Generation, store: EventStore): Promise<LogLoss | undefined> {
  const known = await generation.known();
  return known && lossOf(store, known, generation.label);
}

async function comesTo(store: EventStore, position: Position, withinMs: number): Promise<void> {
  const signal = AbortSignal.timeout(withinMs);
  while (!signal.aborted) {
    const head = await store.head();
    if (head >= position) return;
    await store.whenBeyond(head, signal);
  }
}

export interface ViewsToRead extends Pick<OpenRegister, 'register' | 'close'> {
  /** Where the views are in the log, and what they are called in sentences. */
  mark(): Promise<{ readonly by: string; readonly mark: LogMark | undefined }>;
}

/**
 * Opens the read model to read beside the programs that write it.
 *
 * @param readModelUrl as in `ReadModelPlace`.
 * @param store the log that they are to be of, as their follower sees it.
 * @throws Refusal `REGISTER_NO_VIEWS` or `REGISTER_VIEWS_STALE`: start the register once, it sees to both;
 *   `CONFIG_READ_MODEL_URL` where it names no database that can be used.
 */
export const openRegisterToRead = async (
  directory: string,
  views: readonly View[],
  readModelUrl: string | undefined,
  store: EventStore,
  options: OwnLogOptions = {},
): Promise<ViewsToRead> => {
  const generations = await openGenerationsToRead({ directory, readModelUrl }, views);
  try {
    const { current, leadership } = generations;
    if (leadership !== SOLE_LEADERSHIP) await comesTo(store, await current.checkpoint(), LATE_LOG_MS);
    const loss = await lossOfViews(current, store);
    if (loss) throw lossRefusal(loss);
    if (await current.isMadeBy(views)) {
      return {
        register: new Register(generations, ownLog(store, options)),
        mark: async () => {
          const { label } = generations.current;
          return { by: label, mark: (await generations.current.standing()).mark };
        },
        close: () => generations.close(),
      };
    }
    throw new Refusal(
      'REGISTER_VIEWS_STALE',
      `the views in ${current.label} were made by another release: start the register once, or rebuild`,
    );
  } catch (fault) {
    await generations.close();
    throw fault;
  }
};
