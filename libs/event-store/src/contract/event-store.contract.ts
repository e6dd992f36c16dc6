import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Tried } from './events.js';
import type { EventStore } from '../event-store.js';
import { reading } from './reading.contract.js';
import { promising } from './promising.contract.js';
import { repeating } from './repeating.contract.js';
import { running } from './running.contract.js';
import { writing } from './writing.contract.js';

export { eventOf, eventsOf } from './events.js';

/** A store to be tried, and how to be rid of it. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Opens what `store` wrote, after it was closed; absent where nothing outlives the store. */
  readonly reopen?: () => Promise<EventStore>;
  /** Opens the same log as another process would, beside `store`; absent where only one may. */
  readonly beside?: () => Promise<EventStore>;
  /** Present and false where the store goes by a clock that `OpenOptions.now` cannot set. */
  readonly takesClock?: false;
  /** Called after the store was closed. */
  readonly dispose?: () => Promise<void>;
}

export interface OpenOptions {
  /** UTC epoch milliseconds; the adapter's own clock if absent. */
  readonly now?: () => number;
}

/** The whole promise of `EventStore`, tried on an adapter. Call it at the top of the adapter's spec. */
export const eventStoreContract = (name: string, open: (options?: OpenOptions) => Promise<OpenedStore>): void => {
  describe(`${name}, as every event store`, () => {
    let opened: OpenedStore;
    let store: EventStore;
    let others: EventStore[] = [];

    const start = async (options?: OpenOptions): Promise<void> => {
      opened = await open(options);
      store = opened.store;
    };
    const finish = async (): Promise<void> => {
      await store.close();
      for (const other of others) await other.close();
      others = [];
      await opened.dispose?.();
    };
    const tried: Tried = {
      get store() {
        return store;
      },
      append: (stream, expected, ...events) => store.append([{ stream, expected, events }]),
      restart: async (options) => {
        await finish();
        await start(options);
        return opened.takesClock ?? true;
      },
      beside: async () => {
        if (!opened.beside) return store;
        const other = await opened.beside();
        others.push(other);
        return other;
      },
      reopen: async () => {
        if (!opened.reopen) return false;
        await store.close();
        store = await opened.reopen();
        return true;
      },
    };

    beforeEach(() => start());
    afterEach(() => finish());

    reading(tried);
    writing(tried);
    repeating(tried);
    running(tried);
    promising(tried);
  });
};
