import type { EventStore } from '#event-store';
import { isRefusal, Refusal, type Position, type StoredEvent } from '#kernel';

import { keepFollowerState, type KeptState } from './follower-states.js';
import type { Generations } from './generations.js';
import { SOLE_LEADERSHIP, type Leadership } from './leadership.js';
import { openGenerations, openGenerationsToRead, type ReadModelPlace } from './read-model.js';
import { rebuild, type RebuildOptions, type RebuildReport } from './rebuild.js';
import { Register } from './register.js';
import { RegisterFollower } from './register.follower.js';
import type { ReadEvent } from './timelines.js';
import type { View } from './view.js';

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
  rebuild(options?: Pick<RebuildOptions, 'onProgress' | 'signal'>): Promise<RebuildReport>;
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
 * @throws Refusal `CONFIG_READ_MODEL_URL` where it names no database that can be used.
 */
export const openRegister = async (house: RegisterHouse): Promise<OpenRegister> => {
  const { store, views, readEvent } = house;
  const generations = await openGenerations(house, views);
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
  return {
    register: new Register(generations),
    follower: new RegisterFollower(generations, { readEvent, readStream, ...tuning }),
    leadership: generations.leadership,
    rebuild: rebuildNow,
    dropOldGenerations: () => generations.dropOld(),
    keepState,
    close: () => generations.close(),
  };
};

const LATE_LOG_MS = 10_000;

/** How long to wait until another program has made the views anew before looking again, in milliseconds. */
const AGAIN_MS = 1_000;

/** Sees to it that the live views are of these declarations and no further than the log, whoever makes them. */
async function makeCurrent(
  generations: Generations,
  { store, views, onNote, lateLogMs = LATE_LOG_MS }: RegisterHouse,
  rebuildNow: OpenRegister['rebuild'],
): Promise<void> {
  for (let waited = false; ; waited = true) {
    const why = await whyAnew(generations, store, views, lateLogMs);
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

async function whyAnew(
  { current, leadership }: Generations,
  store: EventStore,
  views: readonly View[],
  lateLogMs: number,
): Promise<string | undefined> {
  if (!(await current.isMadeBy(views))) return 'the views were made by another release';
  const [reached, head] = [await current.checkpoint(), await store.head()];
  if (reached < 0 && head >= WORTH_A_REBUILD) return 'the views are empty';
  // Whoever leads may have been told of events that have not come down the log to this program yet.
  const comes = reached > head && leadership !== SOLE_LEADERSHIP && (await comesTo(store, reached, lateLogMs));
  if (reached <= head || comes) return undefined;
  return 'the views have come further than the log, which was restored from an older copy';
}

async function comesTo(store: EventStore, position: Position, withinMs: number): Promise<boolean> {
  const signal = AbortSignal.timeout(withinMs);
  while (!signal.aborted) {
    const head = await store.head();
    if (head >= position) return true;
    await store.whenBeyond(head, signal);
  }
  return false;
}

/**
 * Opens the read model to read beside the programs that write it.
 *
 * @param readModelUrl as in `ReadModelPlace`.
 * @throws Refusal `REGISTER_NO_VIEWS` or `REGISTER_VIEWS_STALE`: start the register once, it sees to both;
 *   `CONFIG_READ_MODEL_URL` where it names no database that can be used.
 */
export const openRegisterToRead = async (
  directory: string,
  views: readonly View[],
  readModelUrl?: string,
): Promise<Pick<OpenRegister, 'register' | 'close'>> => {
  const generations = await openGenerationsToRead({ directory, readModelUrl }, views);
  if (!(await generations.current.isMadeBy(views))) {
    const where = generations.current.label;
    await generations.close();
    throw new Refusal(
      'REGISTER_VIEWS_STALE',
      `the views in ${where} were made by another release: start the register once, or rebuild`,
    );
  }
  return { register: new Register(generations), close: () => generations.close() };
};
