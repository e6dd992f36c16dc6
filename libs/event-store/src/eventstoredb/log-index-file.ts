import { existsSync, renameSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { isRefusal, Refusal } from '#kernel';
import type { Entry } from './entry.js';
import { isStoreFault, StoreFault, type StoreFaultCode } from '../store-fault.js';

const FORMAT = 2;

/** Pages in the write-ahead log after which they go to their places: 16 MB. */
const LOG_PAGES = 4_096;

const LAYOUT = `
  CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    commit_position INTEGER NOT NULL,
    prepare_position INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX entry_by_id ON entry (id);
  CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    register TEXT NOT NULL,
    commit_position INTEGER NOT NULL,
    prepare_position INTEGER NOT NULL,
    append TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE stream_limit (stream TEXT PRIMARY KEY, says TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** An entry as it is kept. */
export type Row = readonly [
  position: bigint,
  id: string,
  stream: string,
  revision: bigint,
  recordedAt: bigint,
  commit: bigint,
  prepare: bigint,
  starts: bigint,
  checksum: bigint,
];

export const COLUMNS =
  'position, id, stream, revision, recorded_at, commit_position, prepare_position, starts, checksum';

export const MARK_COLUMNS = 'register, commit_position, prepare_position, append, checksum';

/** Beside every row, so that one that a disk has changed is not taken for what was written. */
export const checksumOf = (values: readonly (string | number | bigint)[]): number => crc32(values.join('\n'));

/** The file is not as it was written. What it says can be had from the log again. */
export class IndexDamaged extends Error {}

/** @throws IndexDamaged */
export const requireWritten = (row: readonly (string | bigint)[]): void => {
  if (BigInt(checksumOf(row.slice(0, -1))) !== row.at(-1)) throw new IndexDamaged('a row of it was changed');
};

/** The file belongs to a log that is not this one. */
export const anotherLog = (file: string, register: string): Refusal =>
  new Refusal(
    'STORE_INDEX_OF_ANOTHER_LOG',
    `${file} numbers the events of another log than register ${JSON.stringify(register)} of this server`,
    {
      field: 'EVENT_STORE_URL',
      remedy: 'name the server and register that this data directory belongs to, or an empty data directory',
    },
  );

/** Who is told what is found in the file. */
export interface IndexListener {
  readonly onNote: (sentence: string) => void;
  /** Told of every entry that is there. */
  readonly onEntry: (entry: Pick<Entry, 'id' | 'stream'>) => void;
}

/**
 * Opens the file, or makes it. It only saves reading the log from its start: one that is damaged is put aside and made anew,
 * with a line that says so.
 *
 * @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG`; StoreFault for what the disk does.
 */
export const openIndexFile = (
  file: string,
  register: string,
  { onNote, onEntry }: IndexListener,
): Database.Database => {
  if (sizeOf(file) === 0) onNote(`${file} is empty; it is made anew from the log`);
  for (let tries = 0; ; tries++) {
    const found = inodeOf(file);
    try {
      return opened(file, register, onEntry);
    } catch (thrown) {
      const damage = damageIn(thrown);
      if (damage === undefined || tries === 2) throw indexFaultOf(thrown, file);
      // Another program may have done so meanwhile.
      if (inodeOf(file) !== found) continue;
      onNote(`${file} cannot be used (${damage}); it was put aside as ${putAside(file)} and is made anew from the log`);
    }
  }
};

/** What is wrong with the file itself; undefined for anything else. */
export const damageIn = (thrown: unknown): string | undefined => {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const isDamage =
    thrown instanceof IndexDamaged || /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT|MISMATCH)/.test(String(code));
  return isDamage ? String(message) : undefined;
};

const BY_CODE: readonly (readonly [prefix: string, code: StoreFaultCode, sentence: string])[] = [
  ['SQLITE_FULL', 'STORE_FULL', 'there is no space left in the data directory for the index of positions'],
  ['SQLITE_READONLY', 'STORE_READ_ONLY', 'the data directory is read-only, and the index of positions is in it'],
  ['SQLITE_BUSY', 'STORE_BUSY', 'another program keeps the index of positions locked'],
  ['SQLITE_LOCKED', 'STORE_BUSY', 'the index of positions is locked'],
  ['SQLITE_IOERR', 'STORE_IO', 'the disk of the data directory failed, and the index of positions is on it'],
  ['SQLITE_CANTOPEN', 'STORE_CANNOT_OPEN', 'the index of positions cannot be opened in the data directory'],
];

/** A fault with a plain sentence: what the index has says nothing of the log, which is at the server. */
export const indexFaultOf = (thrown: unknown, file: string): unknown => {
  if (isStoreFault(thrown) || isRefusal(thrown)) return thrown;
  const cause = { cause: thrown };
  const { code } = (thrown ?? {}) as { code?: unknown };
  const known = BY_CODE.find(([prefix]) => typeof code === 'string' && code.startsWith(prefix));
  if (known) return new StoreFault(known[1], `${known[2]}; the log itself is whole (${file}: ${String(code)})`, cause);
  const damage = damageIn(thrown);
  if (damage === undefined) return thrown;
  const what = `the index of positions is damaged and is made anew from the log; nothing was written (${file}: ${damage})`;
  return new StoreFault('STORE_BEHIND', what, cause);
};

/** @returns where it is now. */
export const putAside = (file: string): string => {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
};

function opened(file: string, register: string, onEntry: IndexListener['onEntry']): Database.Database {
  const db = new Database(file, { timeout: 5_000 });
  try {
    db.pragma('journal_mode = WAL');
    // What a power cut takes from the end is read from the log again.
    db.pragma('synchronous = NORMAL');
    db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    db.pragma('trusted_schema = OFF');
    db.transaction(() => {
      if (Number(db.pragma('user_version', { simple: true })) !== 0) return;
      db.exec(LAYOUT);
      db.pragma(`user_version = ${FORMAT}`);
    }).immediate();
    db.transaction(() => requireWhole(db, file, register, onEntry))();
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** @throws IndexDamaged; Refusal `STORE_INDEX_OF_ANOTHER_LOG` for the file of another register. */
function requireWhole(db: Database.Database, file: string, register: string, onEntry: IndexListener['onEntry']): void {
  const format = Number(db.pragma('user_version', { simple: true }));
  if (format !== FORMAT) throw new IndexDamaged(`it is of another release, format ${format}`);
  const said = String(db.pragma('integrity_check(1)', { simple: true }));
  if (said !== 'ok') throw new IndexDamaged(said.split('\n', 1)[0]);
  const rows = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM entry ORDER BY position`).raw().safeIntegers();
  const revisions = new Map<string, bigint>();
  let next = 0n;
  for (const row of rows.iterate()) {
    const [position, id, stream, revision] = row;
    requireWritten(row);
    if (position !== next || revision !== (revisions.get(stream) ?? -1n) + 1n)
      throw new IndexDamaged('a row is missing');
    revisions.set(stream, revision);
    onEntry({ id, stream });
    next += 1n;
  }
  const mark = db
    .prepare<[], readonly (string | bigint)[]>(`SELECT ${MARK_COLUMNS} FROM mark`)
    .raw()
    .safeIntegers()
    .get();
  if (!mark && next > 0n) throw new IndexDamaged('it does not say how far it has come');
  if (!mark) return;
  requireWritten(mark);
  if (mark[0] !== register) throw anotherLog(file, register);
}

const sizeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;

const inodeOf = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
