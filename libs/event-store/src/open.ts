import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#kernel';
import { makeDataDirectory } from './data-directory.js';
import type { EventStore } from './event-store.js';
import type { EventStoreDbForeign } from './eventstoredb/foreign.js';
import type { EventStoreDbEventStore } from './eventstoredb/eventstoredb.event-store.js';
import type { EventStoreDbOptions } from './eventstoredb/options.js';
import { isEventStoreDbUrl, withoutPassword } from './eventstoredb/address.js';
import { MemoryEventStore } from './memory/memory.event-store.js';
import { refuseMissing } from './sqlite/wholeness.js';
import { readWitness } from './sqlite/witness.js';
import { SqliteEventStore, type SqliteOptions } from './sqlite/sqlite.event-store.js';

/** Name of the embedded log's file in its data directory. */
export const LOG_FILE = 'log.sqlite';

export interface OpeningOptions extends Pick<SqliteOptions, 'onLoss' | 'onNote' | 'onReplaced'> {
  /** Beside a running server; nothing is made, appends are refused. */
  readonly readOnly?: boolean;
}

/**
 * The store that `EVENT_STORE_URL` asks for: nothing or `sqlite:` for the embedded log in `dir`, `memory:` for one that
 * is gone when the process ends, `esdb://…` or `kurrentdb://…` for an EventStoreDB, with the index of its positions in
 * `dir`.
 *
 * @throws Refusal `CONFIG_EVENT_STORE_URL` for any other text and for a server that cannot be used, `STORE_NOT_FOUND` where there is no log to read, `LOG_OLDER_THAN_KNOWN`
 *   and `LOG_HAS_GAPS` where events of the embedded log are missing.
 */
export const openEventStore = async (
  url: string | undefined,
  dir: string,
  { readOnly = false, onLoss, onNote, onReplaced }: OpeningOptions = {},
): Promise<EventStore> => {
  const wanted = (url ?? '').trim();
  if (wanted === 'memory:') return new MemoryEventStore();
  if (isEventStoreDbUrl(wanted)) return openEventStoreDb({ url: wanted, dir, readOnly, onLoss, onReplaced, onNote });
  if (wanted !== '' && wanted !== 'sqlite:') {
    throw new Refusal(
      'CONFIG_EVENT_STORE_URL',
      `EVENT_STORE_URL names no event store: found ${JSON.stringify(withoutPassword(wanted))}, ` +
        'needed sqlite:, memory: or esdb://…, for example EVENT_STORE_URL=sqlite: or ' +
        'EVENT_STORE_URL=esdb://127.0.0.1:2113?tls=false',
      { field: 'EVENT_STORE_URL' },
    );
  }
  const file = join(dir, LOG_FILE);
  if (readOnly && !existsSync(file)) {
    if (!onLoss) refuseMissing(file, readWitness(file));
    throw new Refusal('STORE_NOT_FOUND', `there is no log in ${dir}: found no ${LOG_FILE}`, {
      field: 'DATA_DIR',
      remedy: 'start the server once, or name the directory that holds the register in DATA_DIR',
    });
  }
  if (!readOnly) makeDataDirectory(dir);
  return SqliteEventStore.open({ file, readOnly, onLoss, onNote, onReplaced });
};

/**
 * Works on what others wrote to the streams of a register in EventStoreDB: also where the log cannot be opened because of it.
 *
 * @throws Refusal `CONFIG_EVENT_STORE_URL`; StoreFault for what the server says.
 */
export const withForeignEvents = async (
  url: string,
  work: (foreign: EventStoreDbForeign) => Promise<void>,
): Promise<void> => (await import('./eventstoredb/foreign.js')).EventStoreDbForeign.with(url, work);

/** Opens a register in EventStoreDB. Its client is loaded here: nobody else waits for it. @throws as `openEventStoreDbStore`. */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDbEventStore> =>
  (await import('./eventstoredb/opening.js')).openEventStoreDbStore(options);
