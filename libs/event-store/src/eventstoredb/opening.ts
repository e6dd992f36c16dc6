import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDataDirectory } from '../data-directory.js';
import { lossRefusal } from '../log-mark.js';
import { parseEventStoreDbUrl } from './address.js';
import { EventStoreDbEventStore } from './eventstoredb.event-store.js';
import { removeIndex } from './log-index.js';
import type { EventStoreDbOptions } from './options.js';

/**
 * Connects, and reads on to the end of the log: with a new data directory that is the whole of it.
 *
 * @throws Refusal `CONFIG_EVENT_STORE_URL`, `STORE_INDEX_OF_ANOTHER_LOG`; `LOG_OLDER_THAN_KNOWN` where the index knows of
 *   events that the log has not; StoreFault `STORE_FORGETS_EVENTS` for a stream with $maxAge, $maxCount or $tb.
 */
export const openEventStoreDbStore = async (
  options: EventStoreDbOptions,
  afterwards?: () => void,
): Promise<EventStoreDbEventStore> => {
  const address = parseEventStoreDbUrl(options.url);
  makeDataDirectory(options.dir);
  const store = await EventStoreDbEventStore.started(options, address, afterwards);
  if (store instanceof EventStoreDbEventStore) return store;
  if (!options.onLoss) throw lossRefusal(store);
  if (!options.readOnly) removeIndex(options.dir, address.register);
  const anew = await (options.readOnly ? withoutIndex(options) : openEventStoreDbStore(options, afterwards));
  options.onLoss({ ...store, found: await anew.head() });
  return anew;
};

/** For whoever only looks: what the index knows is still to be met by those who write. */
async function withoutIndex(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
  const dir = mkdtempSync(join(tmpdir(), 'register-index-'));
  const removed = (): void => rmSync(dir, { recursive: true, force: true });
  try {
    return await openEventStoreDbStore({ ...options, dir }, removed);
  } catch (thrown) {
    removed();
    throw thrown;
  }
}
