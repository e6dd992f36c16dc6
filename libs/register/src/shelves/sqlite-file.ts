import { createHash } from 'node:crypto';

import Database from 'better-sqlite3';

/** Pages in the write-ahead log of a file that is being filled, after which they go to their places: 64 MB. */
const FILLED_PAGES = 16_384;

/** Opens a SQLite file for the one writer, creating it where it is not there. */
export const openToWrite = (file: string): Database.Database =>
  opened(new Database(file), (database) => {
    database.pragma('journal_mode = WAL');
    // The views can be made again from the log, so a power cut may cost the last moments.
    database.pragma('synchronous = NORMAL');
    database.pragma('cache_size = -65536');
  });

/** Opens a SQLite file that nobody reads yet, to be filled in large units: each is there whole, or not at all. */
export const openToFill = (file: string): Database.Database =>
  opened(openToWrite(file), (database) => {
    database.pragma(`wal_autocheckpoint = ${FILLED_PAGES}`);
    // Rows come in the order of their keys, and nothing of what was written is asked for again.
    database.pragma('cache_size = -16384');
  });

/** Opens a SQLite file to read beside its writer. @throws where there is no such file. */
export const openToRead = (file: string): Database.Database =>
  opened(new Database(file, { readonly: true, fileMustExist: true }), (database) => {
    database.pragma('cache_size = -65536');
    database.pragma('mmap_size = 1073741824');
  });

function opened(database: Database.Database, settle: (database: Database.Database) => void): Database.Database {
  try {
    settle(database);
    return database;
  } catch (fault) {
    database.close();
    throw fault;
  }
}

/** What the dialect says of digests. */
export const withSha256 = (database: Database.Database): Database.Database =>
  database.function('sha256', { deterministic: true }, (text) =>
    createHash('sha256').update(String(text)).digest('hex'),
  );
