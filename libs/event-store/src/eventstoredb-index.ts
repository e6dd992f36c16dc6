import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Position, Refusal } from '#kernel';
import type { Arrival, LogPlace } from './eventstoredb-record.js';
import { storeFaultOf } from './store-fault.js';

/** Where an event stands: in the register, in its stream, and in the server's log. */
export interface Entry {
  readonly position: Position;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** UTC epoch milliseconds. */
  readonly recordedAt: number;
  readonly place: LogPlace;
  /** Position of the first event of its append that stands before it without others in between. */
  readonly starts: Position;
}

/** An event of ours as it comes down the log, before it has its position. */
export interface Numbered {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly createdAt: number;
  readonly place: LogPlace;
  readonly arrival: Arrival;
}

/** How far the index has come: everything up to `place` is in it. `append` is that of its last event. */
interface Mark {
  readonly place: LogPlace;
  readonly append: string;
}

const FORMAT = 1;

/** Entries and milliseconds after which what was kept goes to the disk; nothing waits for it. */
const COMMIT_ENTRIES = 2_000;
const COMMIT_MS = 50;

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
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX entry_by_id ON entry (id);
  CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    register TEXT NOT NULL,
    commit_position INTEGER NOT NULL,
    prepare_position INTEGER NOT NULL,
    append TEXT NOT NULL
  ) STRICT;
  CREATE TABLE stream_limit (stream TEXT PRIMARY KEY, says TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

type Row = readonly [
  position: bigint,
  id: string,
  stream: string,
  revision: bigint,
  recordedAt: bigint,
  commit: bigint,
  prepare: bigint,
  starts: bigint,
];

const COLUMNS = 'position, id, stream, revision, recorded_at, commit_position, prepare_position, starts';

/**
 * The register's dense positions over EventStoreDB's log, in a file of the data directory.
 *
 * An event's position is the number of our events before it in the log: a pure function of the log's order, so every
 * process that reads the log comes to the same. The file only saves reading from the start; deleted, it is made again.
 * Several processes may share it. Streams go by the names the register knows.
 */
export class EventStoreDbIndex {
  readonly file: string;
  readonly #db: Database.Database;
  readonly #register: string;
  readonly #find: Record<'byId' | 'byPosition' | 'byPlace', Database.Statement<unknown[], Row>>;
  readonly #stream: Database.Statement<[string, number], Row>;
  readonly #page: Database.Statement<[number, number], Row>;
  readonly #lastRevision: Database.Statement<[string], bigint | null>;
  readonly #insert: Database.Statement<unknown[]>;
  readonly #keepMark: Database.Statement<unknown[]>;
  readonly #transaction: Record<'begin' | 'commit' | 'kept', Database.Statement>;
  #keptBefore: Position = -1;
  #committing: NodeJS.Timeout | undefined;
  #uncommitted = 0;
  #unmarked: Mark | undefined;
  #failed: unknown;
  #last: Entry | undefined;
  #mark: Mark | undefined;
  /** Last revisions of the streams used last: most events follow one that has just come. */
  readonly #revisions = new Map<string, number>();

  /** @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG` for the file of another register; StoreFault for what the disk does. */
  constructor(dir: string, register: string) {
    this.file = fileIn(dir, register);
    this.#register = register;
    try {
      this.#db = opened(this.file, register);
    } catch (thrown) {
      throw (thrown as { name?: unknown }).name === 'Refusal' ? thrown : storeFaultOf(thrown, this.file);
    }
    const rows = <Parameters extends unknown[]>(sql: string): Database.Statement<Parameters, Row> =>
      this.#db.prepare<Parameters, Row>(`SELECT ${COLUMNS} FROM entry ${sql}`).raw().safeIntegers();
    this.#find = {
      byId: rows('WHERE id = ? ORDER BY position LIMIT 1'),
      byPosition: rows('WHERE position = ?'),
      byPlace: rows('WHERE stream = ? AND revision = ?'),
    };
    this.#stream = rows('WHERE stream = ? AND revision >= ? ORDER BY revision');
    this.#page = rows('WHERE position >= ? ORDER BY position LIMIT ?');
    this.#lastRevision = this.#db
      .prepare<[string], bigint | null>('SELECT max(revision) FROM entry WHERE stream = ?')
      .pluck()
      .safeIntegers();
    this.#insert = this.#db.prepare(`INSERT INTO entry (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#keepMark = this.#db.prepare('INSERT OR REPLACE INTO mark VALUES (1, ?, ?, ?, ?)');
    this.#transaction = {
      begin: this.#db.prepare('BEGIN IMMEDIATE'),
      commit: this.#db.prepare('COMMIT'),
      kept: this.#db.prepare('SELECT max(position) FROM entry').pluck(),
    };
    this.#readEnd();
  }

  get head(): Position {
    return this.#last?.position ?? -1;
  }

  /** Where to read on in the server's log. */
  get place(): LogPlace | undefined {
    return this.#mark?.place;
  }

  ofId(id: string): Entry | undefined {
    return entryOf(this.#find.byId.get(id));
  }

  at(position: Position): Entry | undefined {
    return position === this.head ? this.#last : entryOf(this.#find.byPosition.get(position));
  }

  inStream(stream: string, revision: number): Entry | undefined {
    return entryOf(this.#find.byPlace.get(stream, revision));
  }

  /** Entries of a stream from a revision on, in order. */
  ofStream(stream: string, from: number): Entry[] {
    return this.#stream.all(stream, from).map((row) => entryOf(row) as Entry);
  }

  /** Entries from a position on; cut where an append ends unless it alone is longer. */
  page(from: Position, limit: number): Entry[] {
    const entries = this.#page.all(from, limit + 1).map((row) => entryOf(row) as Entry);
    const next = entries[limit];
    if (!next) return entries;
    const cut = next.starts > from ? next.starts - from : limit;
    return entries.slice(0, cut);
  }

  /** Last revision of a stream, −1 where it has none here. */
  lastRevision(stream: string): number {
    const known = this.#revisions.get(stream);
    if (known !== undefined) return known;
    return Number(this.#lastRevision.get(stream) ?? -1);
  }

  /** The entry that comes next, not kept yet: `before` is the one in front of it, if that is not kept either. */
  next(numbered: Numbered, before?: { readonly entry: Entry; readonly append: string }): Entry {
    const last = before?.entry ?? this.#last;
    const append = before?.append ?? this.#mark?.append;
    const { id, stream, revision, createdAt, place, arrival } = numbered;
    const position = last ? last.position + 1 : 0;
    const together = last !== undefined && append === arrival.append;
    const stamp = together ? last.recordedAt : (arrival.keptAt ?? createdAt);
    const recordedAt = Math.max(last?.recordedAt ?? stamp, stamp);
    return { position, id, stream, revision, recordedAt, place, starts: together ? last.starts : position };
  }

  /**
   * Keeps entries that follow each other, and how far the log has been read: on disk within a moment, and until then only
   * here. What another process has kept in the same file meanwhile has to be the same.
   */
  keep(entries: readonly Entry[], place: LogPlace, append: string | undefined): void {
    const mark: Mark = { place, append: append ?? this.#mark?.append ?? '' };
    this.#guarded(() => {
      const kept = this.#begin();
      for (const entry of entries) {
        if (entry.position > kept) this.#insertOne(entry);
        else if (this.at(entry.position)?.id !== entry.id) throw anotherLog(this.file, this.#register);
      }
      const behind = entries.at(-1)?.position ?? this.head;
      if (kept <= behind) this.#unmarked = mark;
    });
    for (const { stream, revision } of entries) this.#remember(stream, revision);
    this.#last = entries.at(-1) ?? this.#last;
    this.#mark = mark;
    this.#uncommitted += entries.length;
    if (this.#uncommitted >= COMMIT_ENTRIES) this.#guarded(() => this.#commitNow());
  }

  /** Notes what a stream's metadata limits it to; null for nothing. */
  limit(stream: string, says: string | null): void {
    this.#guarded(() => {
      if (says === null) this.#db.prepare('DELETE FROM stream_limit WHERE stream = ?').run(stream);
      else this.#db.prepare('INSERT OR REPLACE INTO stream_limit VALUES (?, ?)').run(stream, says);
    });
  }

  /** The first stream whose metadata lets the server forget events, if there is one. */
  limited(): { readonly stream: string; readonly says: string } | undefined {
    return this.#db
      .prepare<[], { stream: string; says: string }>('SELECT stream, says FROM stream_limit ORDER BY stream LIMIT 1')
      .get();
  }

  /** Puts what was kept on the disk now. */
  commit(): void {
    this.#guarded(() => this.#commitNow());
  }

  close(): void {
    try {
      this.commit();
    } finally {
      this.#db.close();
    }
  }

  /** @returns the last position in the file when this transaction began: nobody else adds to it until it ends. */
  #begin(): Position {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#db.inTransaction) return this.#keptBefore;
    this.#transaction.begin.run();
    this.#keptBefore = Number(this.#transaction.kept.get() ?? -1);
    this.#committing = setTimeout(() => {
      try {
        this.#guarded(() => this.#commitNow());
      } catch (thrown) {
        this.#failed = thrown;
      }
    }, COMMIT_MS);
    return this.#keptBefore;
  }

  #commitNow(): void {
    clearTimeout(this.#committing);
    this.#uncommitted = 0;
    if (!this.#db.inTransaction) return;
    if (this.#unmarked) {
      const { place, append } = this.#unmarked;
      this.#keepMark.run(this.#register, place.commit, place.prepare, append);
    }
    this.#unmarked = undefined;
    this.#transaction.commit.run();
  }

  #insertOne({ position, id, stream, revision, recordedAt, place, starts }: Entry): void {
    this.#insert.run(position, id, stream, revision, recordedAt, place.commit, place.prepare, starts);
  }

  #remember(stream: string, revision: number): void {
    this.#revisions.delete(stream);
    this.#revisions.set(stream, revision);
    if (this.#revisions.size <= 10_000) return;
    for (const oldest of this.#revisions.keys()) {
      this.#revisions.delete(oldest);
      return;
    }
  }

  #readEnd(): void {
    const mark = this.#db
      .prepare<[], [bigint, bigint, string]>('SELECT commit_position, prepare_position, append FROM mark')
      .raw()
      .safeIntegers()
      .get();
    if (!mark) return;
    this.#mark = { place: { commit: mark[0], prepare: mark[1] }, append: mark[2] };
    this.#last = entryOf(
      this.#db
        .prepare<[], Row>(`SELECT ${COLUMNS} FROM entry ORDER BY position DESC LIMIT 1`)
        .raw()
        .safeIntegers()
        .get(),
    );
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      const fault = (thrown as { name?: unknown }).name === 'Refusal' ? thrown : storeFaultOf(thrown, this.file);
      if (this.#db.inTransaction) {
        // What was kept a moment ago is gone with it: this index has to be opened again.
        this.#failed = fault;
        this.#db.exec('ROLLBACK');
      }
      throw fault;
    }
  }
}

const fileIn = (dir: string, register: string): string => join(dir, `eventstoredb-${register}.sqlite`);

/** It is made anew from the log when the store is opened next. */
export const removeIndex = (dir: string, register: string): void => {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${fileIn(dir, register)}${ending}`, { force: true });
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

function opened(file: string, register: string): Database.Database {
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
    const owner = db.prepare('SELECT register FROM mark').pluck().get();
    if (owner !== undefined && owner !== register) throw anotherLog(file, register);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

const entryOf = (row: Row | undefined): Entry | undefined =>
  row && {
    position: Number(row[0]),
    id: row[1],
    stream: row[2],
    revision: Number(row[3]),
    recordedAt: Number(row[4]),
    place: { commit: row[5], prepare: row[6] },
    starts: Number(row[7]),
  };
