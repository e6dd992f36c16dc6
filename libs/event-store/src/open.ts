import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#kernel';
import { makeDataDirectory } from './data-directory.js';
import type { EventStore } from './event-store.js';
import { MemoryEventStore } from './memory.event-store.js';
import { SqliteEventStore } from './sqlite.event-store.js';

/** Name of the embedded log's file in its data directory. */
export const LOG_FILE = 'log.sqlite';

/**
 * The store that `EVENT_STORE_URL` asks for: nothing or `sqlite:` for the embedded log in `dir`, `memory:` for one that
 * is gone when the process ends.
 *
 * @param options.readOnly beside a running server; nothing is made, appends are refused.
 * @throws Refusal `CONFIG_EVENT_STORE_URL` for any other text, `STORE_NOT_FOUND` where there is no log to read.
 */
export const openEventStore = async (
  url: string | undefined,
  dir: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<EventStore> => {
  const wanted = (url ?? '').trim();
  if (wanted === 'memory:') return new MemoryEventStore();
  if (wanted !== '' && wanted !== 'sqlite:') {
    throw new Refusal(
      'CONFIG_EVENT_STORE_URL',
      `EVENT_STORE_URL names no event store: found ${JSON.stringify(withoutPassword(wanted))}, ` +
        'needed sqlite: or memory:, for example EVENT_STORE_URL=sqlite:',
      { field: 'EVENT_STORE_URL' },
    );
  }
  const file = join(dir, LOG_FILE);
  if (readOnly && !existsSync(file)) {
    throw new Refusal('STORE_NOT_FOUND', `there is no log in ${dir}: found no ${LOG_FILE}`, {
      field: 'DATA_DIR',
      remedy: 'Start the server once, or name the directory that holds the register in DATA_DIR.',
    });
  }
  if (!readOnly) makeDataDirectory(dir);
  return SqliteEventStore.open({ file, readOnly });
};

const withoutPassword = (url: string): string => url.replace(/\/\/.*@/, '//…@');
