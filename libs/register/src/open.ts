import type { EventStore } from '#event-store';
import { Refusal, type StoredEvent } from '#kernel';

import { Generations } from './generations.js';
import { rebuild, type RebuildOptions, type RebuildReport } from './rebuild.js';
import { Register } from './register.js';
import { RegisterFollower } from './register.follower.js';
import type { ReadEvent } from './timelines.js';
import type { View } from './view.js';

export interface RegisterHouse {
  /** Where the generations of the views are kept; made where it is not there. */
  readonly directory: string;
  readonly store: EventStore;
  readonly views: readonly View[];
  readonly readEvent: ReadEvent;
  /** Told in a sentence what is being done before the register opens, for the operator. */
  readonly onNote?: (sentence: string) => void;
  /** @see RegisterFollower */
  readonly keptEvents?: number;
  readonly longFrom?: number;
}

/** The read model, open: who reads it, who keeps it up to date, and how it is made anew. */
export interface OpenRegister {
  readonly register: Register;
  readonly follower: RegisterFollower;
  rebuild(options?: Pick<RebuildOptions, 'onProgress' | 'signal'>): Promise<RebuildReport>;
  close(): Promise<void>;
}

/** A log that is this much longer than empty views is folded in one go rather than followed. */
const WORTH_A_REBUILD = 20_000;

/**
 * Opens the read model for the one program that writes it. Views made by other declarations than these are made anew
 * from the log first, and so are empty views of a long log.
 */
export const openRegister = async (house: RegisterHouse): Promise<OpenRegister> => {
  const { directory, store, views, readEvent, onNote } = house;
  const generations = await Generations.open(directory, views);
  const tuning = {
    ...(house.longFrom !== undefined && { longFrom: house.longFrom }),
    ...(house.keptEvents !== undefined && { keptEvents: house.keptEvents }),
  };
  const rebuildNow: OpenRegister['rebuild'] = (options = {}) =>
    rebuild(store, generations, { ...options, ...tuning, readEvent });
  try {
    if (!(await generations.current.isMadeBy(views))) {
      onNote?.('the views were made by an earlier release: making them anew from the log');
      await rebuildNow();
    } else if ((await generations.current.checkpoint()) < 0 && (await store.head()) >= WORTH_A_REBUILD) {
      onNote?.('the views are empty: making them from the log');
      await rebuildNow();
    } else if ((await generations.current.checkpoint()) > (await store.head())) {
      onNote?.('the views have come further than the log, which was restored from an older copy: making them anew');
      await rebuildNow();
    }
  } catch (fault) {
    await generations.close();
    throw fault;
  }
  const readStream = (stream: string): Promise<readonly StoredEvent[]> => store.readStream(stream);
  return {
    register: new Register(generations),
    follower: new RegisterFollower(generations, { readEvent, readStream, ...tuning }),
    rebuild: rebuildNow,
    close: () => generations.close(),
  };
};

/**
 * Opens the read model to read beside the program that writes it.
 *
 * @throws Refusal `REGISTER_NO_VIEWS` or `REGISTER_VIEWS_STALE`: start the register once, it sees to both.
 */
export const openRegisterToRead = async (
  directory: string,
  views: readonly View[],
): Promise<Pick<OpenRegister, 'register' | 'close'>> => {
  const generations = await Generations.openToRead(directory, views);
  if (!(await generations.current.isMadeBy(views))) {
    await generations.close();
    throw new Refusal(
      'REGISTER_VIEWS_STALE',
      `the views in ${directory} were made by another release: start the register once, or rebuild`,
    );
  }
  return { register: new Register(generations), close: () => generations.close() };
};
