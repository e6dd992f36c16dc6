import { isEmbedded, type Configuration } from '#access';
import { holdRegister, openEventStore, follow, type EventStore } from '#event-store';
import { eventReader } from '#governance';
import { SkippingEventStore, Skips } from '#operations';
import { VIEWS, openRegister, type OpenRegister } from '#register';

/**
 * Works on the log. The embedded one, and embedded views, have one holder at a time; a log and views on servers are
 * shared with whoever else is at work.
 *
 * @throws Refusal `REGISTER_HELD` naming the holder.
 */
export const withLog = async <T>(
  { dataDirectory, eventStoreUrl, readModelUrl }: Configuration,
  program: string,
  work: (store: EventStore) => Promise<T>,
): Promise<T> => {
  const alone = isEmbedded(eventStoreUrl) || isEmbedded(readModelUrl);
  const holder = alone ? holdRegister(dataDirectory, program) : undefined;
  try {
    const store = await openEventStore(eventStoreUrl, dataDirectory);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    holder?.release();
  }
};

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
  const views = await openRegister({ directory, readModelUrl, store: seen, views: VIEWS, readEvent: eventReader() });
  try {
    return await work(views, seen);
  } finally {
    await views.close();
  }
};

/** The log as the follower of the views sees it. */
export const withoutSkipped = async (store: EventStore): Promise<EventStore> => {
  const skips = new Skips(store, 'register');
  await skips.refresh();
  return new SkippingEventStore(store, skips);
};

/** How many events a follower takes at a time when it has everything to catch up with. */
const BATCH = 2_000;

/** Longest wait for the views, in milliseconds: an hour. */
const LONGEST_WAIT = 3_600_000;

/** Brings the views up to where the log has come, or waits for whoever does, so that the next question sees it all. */
export const catchUp = async (configuration: Configuration, store: EventStore): Promise<void> =>
  withViews(configuration, store, async ({ register, follower, leadership }, seen) => {
    const head = await store.head();
    const led = await leadership.tryToLead(follower.name, async () => {
      const running = follow(seen, follower, { batch: BATCH });
      const outcome = await running.whenAt(head, { timeoutMs: LONGEST_WAIT });
      const state = running.state();
      await running.stop();
      if (outcome !== 'reached')
        throw new Error(`the views stand still at position ${state.position}: ${JSON.stringify(state)}`);
    });
    if (led) return;
    const waited = await register.waitFor(head, LONGEST_WAIT);
    if (waited !== 'reached') throw new Error(`the views have not come to position ${head}: ${waited}`);
  });
