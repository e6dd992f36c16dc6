import { isEmbedded, type Configuration } from '#access';
import {
  BesideEventStore,
  holdRegister,
  openEventStore,
  follow,
  whoHolds,
  type EventStore,
  type Holder,
} from '#event-store';
import { eventReader } from '#governance';
import { Refusal, isRefusal, type Position } from '#kernel';
import { OlderLog } from '#operations/older-log';
import { SkippingEventStore, Skips } from '#operations/skips';
import {
  VIEWS,
  lossOfLiveViews,
  openRegister,
  openRegisterToRead,
  type OpenRegister,
  type Register,
  type ViewsToRead,
} from '#register';
import { acceptsOlderLog } from './configured.js';
import { commandLineActor } from './command-line-actor.js';

/** What this program was told of a log that is not what it was. */
const olderLog = new OlderLog(acceptsOlderLog(), commandLineActor());

const onNote = (sentence: string): void => void process.stderr.write(`register: ${sentence}\n`);

/**
 * Works on the log. The embedded one, and embedded views, have one holder at a time: beside a server that holds them, the
 * work goes through it. A log and views on servers are shared with whoever else is at work.
 *
 * @throws Refusal `REGISTER_HELD` naming the holder; `LOG_OLDER_THAN_KNOWN` where acknowledged events are missing.
 */
export const withLog = async <T>(
  configuration: Configuration,
  program: string,
  work: (store: EventStore) => Promise<T>,
): Promise<T> => {
  const { dataDirectory, eventStoreUrl, readModelUrl } = configuration;
  const alone = isEmbedded(eventStoreUrl) || isEmbedded(readModelUrl);
  const holder = alone ? await heldOrBeside(configuration, program) : undefined;
  if (holder instanceof BesideEventStore) {
    try {
      return await work(holder);
    } finally {
      await holder.close();
    }
  }
  try {
    const store = await openEventStore(eventStoreUrl, dataDirectory, { onLoss: olderLog.onLoss, onNote });
    try {
      await olderLog.record(store);
      // Before anything is recorded after what the views know and the log has not.
      const loss = await lossOfLiveViews(
        { directory: dataDirectory, readModelUrl },
        VIEWS,
        await withoutSkipped(store),
      );
      if (loss) await olderLog.accept(store, loss);
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    holder?.release();
  }
};

/**
 * The register, held; or where a server has it that gives its log to others, that log.
 *
 * @throws Refusal `REGISTER_HELD` naming the holder, where it does not.
 */
async function heldOrBeside(
  { dataDirectory, eventStoreUrl }: Configuration,
  program: string,
): Promise<Holder | BesideEventStore> {
  try {
    return holdRegister(dataDirectory, program);
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'REGISTER_HELD' || eventStoreUrl === 'memory:') throw thrown;
    const beside = await BesideEventStore.open(dataDirectory, () =>
      openEventStore(eventStoreUrl, dataDirectory, { readOnly: true }),
    );
    if (beside) return beside;
    throw thrown;
  }
}

/** Reads a log that others may be at work on. */
export const readOnly = async <T>(
  { eventStoreUrl, dataDirectory }: Configuration,
  work: (store: EventStore) => Promise<T>,
): Promise<T> => {
  const store = await openEventStore(eventStoreUrl, dataDirectory, { readOnly: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** The views of a log, without the events that their follower was told to go on without. */
export const withViews = async <T>(
  { dataDirectory: directory, readModelUrl }: Configuration,
  store: EventStore,
  work: (views: OpenRegister, seen: EventStore) => Promise<T>,
): Promise<T> => {
  const seen = await withoutSkipped(store);
  const views = await openRegister({
    directory,
    readModelUrl,
    store: seen,
    views: VIEWS,
    readEvent: eventReader(),
    onNote,
    acceptLoss: (loss) => olderLog.accept(store, loss),
  });
  try {
    return await work(views, seen);
  } finally {
    await views.close();
  }
};

/**
 * Views to read. Embedded ones that are damaged, stale, not there or empty are made from the log first, where no program has
 * the register that would do it by itself.
 *
 * @throws Refusal as `openRegisterToRead` does, `REGISTER_NO_VIEWS` also where they hold nothing of a log that holds something:
 *   a program that was killed before its first event was taken in leaves such.
 */
export const viewsToRead = async (configuration: Configuration, store: EventStore): Promise<ViewsToRead> => {
  const { dataDirectory, readModelUrl } = configuration;
  const open = async (): Promise<ViewsToRead> => {
    const views = await openRegisterToRead(dataDirectory, VIEWS, readModelUrl, await withoutSkipped(store));
    const { by, mark } = await views.mark();
    if (mark || (await store.head()) < 0) return views;
    await views.close();
    throw new Refusal('REGISTER_NO_VIEWS', `${by} holds nothing of the log yet: start the register on it, or rebuild`);
  };
  try {
    return await open();
  } catch (thrown) {
    const isMade = isRefusal(thrown) && /^REGISTER_(NO_VIEWS|VIEWS_STALE)$/.test(thrown.code);
    if (!isMade || !isEmbedded(readModelUrl) || whoHolds(dataDirectory)) throw thrown;
    const holder = holdRegister(dataDirectory, 'register');
    try {
      await catchUp(configuration, store);
    } finally {
      holder.release();
    }
    return open();
  }
};

/** The log as the follower of the views sees it. */
export const withoutSkipped = async (store: EventStore): Promise<EventStore> =>
  new SkippingEventStore(store, await skipsOf(store));

/** The events that the follower of the views goes on without. */
export const skipsOf = async (store: EventStore): Promise<Skips> => {
  const skips = new Skips(store, 'register');
  await skips.refresh();
  return skips;
};

/** How many events a follower takes at a time when it has everything to catch up with. */
const BATCH = 2_000;

/** Longest wait for the views, in milliseconds: an hour. */
const LONGEST_WAIT = 3_600_000;

/** Brings the views up to where the log has come, or waits for whoever does, so that the next question sees it all. */
export const catchUp = async (configuration: Configuration, store: EventStore): Promise<void> => {
  if (store instanceof BesideEventStore) {
    const views = await viewsToRead(configuration, store);
    try {
      return await comesTo(views.register, await store.head());
    } finally {
      await views.close();
    }
  }
  return withViews(configuration, store, async ({ register, follower, leadership }, seen) => {
    const head = await store.head();
    const led = await leadership.tryToLead(follower.name, async () => {
      const running = follow(seen, follower, { batch: BATCH });
      const outcome = await running.whenAt(head, { timeoutMs: LONGEST_WAIT });
      const state = running.state();
      await running.stop();
      if (outcome !== 'reached')
        throw new Error(`the views stand still at position ${state.position}: ${JSON.stringify(state)}`);
    });
    if (!led) await comesTo(register, head);
  });
};

/** Waits for the program that brings the views up to date. */
async function comesTo(register: Register, head: Position): Promise<void> {
  const waited = await register.waitFor(head, LONGEST_WAIT);
  if (waited !== 'reached') throw new Error(`the views have not come to position ${head}: ${waited}`);
}
