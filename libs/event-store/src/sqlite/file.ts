import Database from 'better-sqlite3';
import { Refusal } from '#kernel';
import { StoreFault } from '../store-fault.js';

/** Version of the layout below, kept in the file's `user_version`. */
export const FORMAT = 1;

/** Marks the file as a register's log: "DREG". */
const APPLICATION_ID = 0x44_52_45_47;

/** Below it SQLite may damage a log when the write-ahead log is reset (fixed in 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;

const FULL = 2;

/**
 * A row is an event; `position` is dense from 0, and so is `revision` in its stream: the file itself refuses a gap.
 * `last_position` is that of the last event of the same append, so that a page can be cut without reading envelopes.
 * `recorded_at` is UTC epoch milliseconds. REPLACE would delete without asking the trigger on DELETE: the one on
 * INSERT refuses it.
 */
const LAYOUT = `
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    last_position INTEGER NOT NULL CHECK (last_position >= position),
    payload TEXT NOT NULL,
    envelope TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER event_only_joins_the_end BEFORE INSERT ON event
  WHEN NEW.position IS NOT coalesce((SELECT max(position) FROM event), -1) + 1
    OR NEW.revision IS NOT coalesce((SELECT max(revision) FROM event WHERE stream = NEW.stream), -1) + 1
    OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event only joins the end'); END;
  CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event is never changed'); END;
  CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event is never removed'); END;
`;

/** What the file runs with, as SQLite itself says. */
export interface StoreSettings {
  readonly sqlite: string;
  readonly journalMode: string;
  /** 2 is FULL: an acknowledged append survives a power cut. */
  readonly synchronous: number;
  readonly format: number;
}

/**
 * Opens the log to write, and lays it out if it is new.
 *
 * @throws Refusal `STORE_FORMAT_NEWER`, `STORE_NOT_A_LOG`, `STORE_SQLITE_OLD`; StoreFault for what the disk does.
 */
export const openToWrite = (file: string): Database.Database => {
  const db = new Database(file, { timeout: 250 });
  try {
    requireSqlite(db);
    requireLog(db, file);
    db.pragma('journal_mode = WAL');
    // Set in words: better-sqlite3 is built to fall back to NORMAL in WAL mode, and does so at the first write.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('wal_autocheckpoint = 1000');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('mmap_size = 0');
    db.transaction(() => {
      if (numberOf(db, 'user_version') !== 0) return;
      db.exec(LAYOUT);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${FORMAT}`);
    }).immediate();
    requireDurable(db);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
};

/** Opens the log to read. Readers never wait for the writer. @throws as `openToWrite`. */
export const openToRead = (file: string): Database.Database => {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 250 });
  try {
    requireSqlite(db);
    requireLog(db, file);
    db.pragma('trusted_schema = OFF');
    db.pragma('mmap_size = 0');
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
};

/** @throws StoreFault where a commit might not survive a power cut. Call it after the first write as well. */
export const requireDurable = (db: Database.Database): void => {
  const { journalMode, synchronous } = settingsOf(db);
  if (journalMode === 'wal' && synchronous === FULL) return;
  throw new StoreFault(
    'STORE_FAULT',
    `the log would not survive a power cut: journal_mode is ${journalMode} and synchronous ${synchronous}, needed wal and ${FULL}`,
  );
};

export const settingsOf = (db: Database.Database): StoreSettings => ({
  sqlite: String(db.prepare('SELECT sqlite_version()').pluck().get()),
  journalMode: String(db.pragma('journal_mode', { simple: true })),
  synchronous: numberOf(db, 'synchronous'),
  format: numberOf(db, 'user_version'),
});

function requireSqlite(db: Database.Database): void {
  const found = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = found.split('.').map(Number);
  const [oldestMajor, oldestMinor, oldestPatch] = OLDEST_SQLITE;
  const order = major - oldestMajor || minor - oldestMinor || patch - oldestPatch;
  if (order >= 0) return;
  throw new Refusal('STORE_SQLITE_OLD', `the log needs SQLite ${OLDEST_SQLITE.join('.')} or later, found ${found}`, {
    remedy: 'install the version of better-sqlite3 that package.json names',
  });
}

function requireLog(db: Database.Database, file: string): void {
  const format = numberOf(db, 'user_version');
  const application = numberOf(db, 'application_id');
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables === 0 && format === 0 && !db.readonly) return;
  if (application !== APPLICATION_ID) {
    throw new Refusal('STORE_NOT_A_LOG', `${file} is a database, but not a register's log`);
  }
  if (format <= FORMAT) return;
  throw new Refusal(
    'STORE_FORMAT_NEWER',
    `${file} has log format ${format}, written by a later release; this release reads formats up to ${FORMAT}`,
    { remedy: 'run the later release' },
  );
}

const numberOf = (db: Database.Database, pragma: string): number => Number(db.pragma(pragma, { simple: true }));
