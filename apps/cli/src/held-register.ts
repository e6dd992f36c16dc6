import { holdRegister, openEventStore, follow, type EventStore } from '#event-store';
import { eventReader } from '#governance';
import { VIEWS, openRegister, type OpenRegister } from '#register';

/** Works on the log as the one program that writes it. @throws Refusal `REGISTER_HELD` naming the holder. */
export const withLog = async <T>(dir: string, program: string, work: (store: EventStore) => Promise<T>): Promise<T> => {
  const holder = holdRegister(dir, program);
  try {
    const store = await openEventStore(process.env.EVENT_STORE_URL, dir);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    holder.release();
  }
};

/** The views of a log that the caller holds. */
export const withViews = async <T>(
  dir: string,
  store: EventStore,
  work: (views: OpenRegister) => Promise<T>,
): Promise<T> => {
  const views = await openRegister({ directory: dir, store, views: VIEWS, readEvent: eventReader() });
  try {
    return await work(views);
  } finally {
    await views.close();
  }
};

/** How many events a follower takes at a time when it has everything to catch up with. */
const BATCH = 2_000;

/** Longest wait for the views, in milliseconds: an hour. */
const LONGEST_WAIT = 3_600_000;

/** Brings the views up to where the log has come, so that the next question sees what was imported. */
export const catchUp = async (dir: string, store: EventStore): Promise<void> =>
  withViews(dir, store, async ({ follower }) => {
    const running = follow(store, follower, { batch: BATCH });
    const outcome = await running.whenAt(await store.head(), { timeoutMs: LONGEST_WAIT });
    const state = running.state();
    await running.stop();
    if (outcome !== 'reached')
      throw new Error(`the views stand still at position ${state.position}: ${JSON.stringify(state)}`);
  });
