import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Position } from '#kernel';
import {
  anotherLog,
  checksumOf,
  COLUMNS,
  damageIn,
  indexFaultOf,
  MARK_COLUMNS,
  openIndexFile,
  putAside,
  requireWritten,
  type Row,
} from './log-index-file.js';
import type { Arrival, LogPlace } from './record.js';
import { isStoreFault, StoreFault } from '../store-fault.js';

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

/** Entries and milliseconds after which what was kept goes to the disk; nothing waits for it. */
const COMMIT_ENTRIES = 2_000;
const COMMIT_MS = 50;

export interface IndexOptions {
  /** Told of a file that was damaged and is made anew. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Told of a fault of the file; `takeUp` goes on from what is on the disk. */
  readonly onTrouble?: ((fault: unknown) => void) | undefined;
}

/**
 * The register's dense positions over EventStoreDB's log, in a file of the data directory.
 *
 * An event's position is the number of our events before it in the log: a pure function of the log's order, so every
 * process that reads the log comes to the same. The file only saves reading from the start; deleted, it is made again.
 * Several processes may share it. Streams go by the names the register knows.
 */
export class EventStoreDbIndex {
  readonly file: string;
  readonly #register: string;
  readonly #options: IndexOptions;
  #db: Database.Database;
  #sql: Statements;
  #keptBefore: Position = -1;
  #committing: NodeJS.Timeout | undefined;
  #uncommitted = 0;
  #unmarked: Mark | undefined;
  #failed: unknown;
  #damaged = false;
  #last: Entry | undefined;
  #mark: Mark | undefined;
  /** Last revisions of the streams used last: most events follow one that has just come. */
  readonly #revisions = new Map<string, number>();

  /** @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG` for the file of another register; StoreFault for what the disk does. */
  constructor(dir: string, register: string, options: IndexOptions = {}) {
    this.file = fileIn(dir, register);
    this.#register = register;
    this.#options = options;
    this.#db = this.#opened();
    this.#sql = statementsOf(this.#db);
    this.#readEnd();
  }

  /**
   * Goes on after a fault from what is on the disk, which may be less than was kept: the log is read again from there. A
   * damaged file is put aside and begun anew.
   *
   * @throws StoreFault while the fault lasts.
   */
  takeUp(): void {
    if (this.#failed === undefined) return;
    this.#requireRoom();
    clearTimeout(this.#committing);
    if (this.#damaged) {
      const aside = putAside(this.file);
      this.#options.onNote?.(`${this.file} is damaged; it was put aside as ${aside} and is made anew from the log`);
      this.#damaged = false;
    }
    const before = this.#db;
    this.#db = this.#opened();
    before.close();
    this.#sql = statementsOf(this.#db);
    [this.#last, this.#mark, this.#unmarked, this.#uncommitted] = [undefined, undefined, undefined, 0];
    this.#revisions.clear();
    this.#readEnd();
    this.#failed = undefined;
  }

  get head(): Position {
    return this.#last?.position ?? -1;
  }

  /** Where to read on in the server's log. */
  get place(): LogPlace | undefined {
    return this.#mark?.place;
  }

  ofId(id: string): Entry | undefined {
    return this.#read(() => entryOf(this.#sql.byId.get(id)));
  }

  at(position: Position): Entry | undefined {
    return position === this.head ? this.#last : this.#read(() => entryOf(this.#sql.byPosition.get(position)));
  }

  inStream(stream: string, revision: number): Entry | undefined {
    return this.#read(() => entryOf(this.#sql.byPlace.get(stream, revision)));
  }

  /** Entries of a stream from a revision on, in order. */
  ofStream(stream: string, from: number): Entry[] {
    return this.#read(() => this.#sql.stream.all(stream, from).map((row) => entryOf(row) as Entry));
  }

  /** Entries from a position on; cut where an append ends unless it alone is longer. */
  page(from: Position, limit: number): Entry[] {
    const entries = this.#read(() => this.#sql.page.all(from, limit + 1).map((row) => entryOf(row) as Entry));
    const next = entries[limit];
    if (!next) return entries;
    const cut = next.starts > from ? next.starts - from : limit;
    return entries.slice(0, cut);
  }

  /** Last revision of a stream, −1 where it has none here. */
  lastRevision(stream: string): number {
    const known = this.#revisions.get(stream);
    if (known !== undefined) return known;
    return this.#read(() => Number(this.#sql.lastRevision.get(stream) ?? -1));
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
      if (says === null) this.#sql.unlimit.run(stream);
      else this.#sql.limit.run(stream, says);
    });
  }

  /** What has been noted of streams, and not been taken back. */
  limits(): readonly { readonly stream: string; readonly says: string }[] {
    return this.#read(() => this.#sql.limits.all());
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
    this.#sql.begin.run();
    this.#keptBefore = Number(this.#sql.kept.get() ?? -1);
    this.#committing = setTimeout(() => {
      try {
        this.#guarded(() => this.#commitNow());
      } catch {
        // Whoever was told of the trouble takes it up.
      }
    }, COMMIT_MS);
    return this.#keptBefore;
  }

  #commitNow(): void {
    clearTimeout(this.#committing);
    this.#uncommitted = 0;
    if (!this.#db.inTransaction) return;
    if (this.#unmarked) this.#keepMark(this.#unmarked);
    this.#unmarked = undefined;
    this.#sql.commit.run();
  }

  #insertOne({ position, id, stream, revision, recordedAt, place, starts }: Entry): void {
    const values = [position, id, stream, revision, recordedAt, place.commit, place.prepare, starts];
    this.#sql.insert.run(...values, checksumOf(values));
  }

  #keepMark({ place, append }: Mark): void {
    const values = [this.#register, place.commit, place.prepare, append];
    this.#sql.keepMark.run(...values, checksumOf(values));
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

  #opened(): Database.Database {
    return openIndexFile(this.file, this.#register, this.#options.onNote ?? (() => undefined));
  }

  #readEnd(): void {
    const mark = this.#sql.mark.get();
    if (!mark) return;
    this.#mark = { place: { commit: mark[1], prepare: mark[2] }, append: mark[3] };
    this.#last = entryOf(this.#sql.last.get());
  }

  /** A disk that was full has room again where a file can be put on it. @throws StoreFault where it has none. */
  #requireRoom(): void {
    const trial = `${this.file}.room`;
    try {
      writeFileSync(trial, Buffer.alloc(ROOM_BYTES));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new StoreFault('STORE_FULL', `there is no room in the data directory (${trial}: ${code})`, { cause });
    } finally {
      rmSync(trial, { force: true });
    }
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (thrown) {
      throw this.#troubled(thrown);
    }
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      throw this.#troubled(thrown);
    }
  }

  /** What was kept a moment ago may be gone with it: this index has to be taken up again. */
  #troubled(thrown: unknown): unknown {
    const fault = indexFaultOf(thrown, this.file);
    if (damageIn(thrown) !== undefined) this.#damaged = true;
    if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK');
    if (this.#failed === undefined && isStoreFault(fault)) {
      this.#failed = fault;
      this.#options.onTrouble?.(fault);
    }
    return fault;
  }
}

const fileIn = (dir: string, register: string): string => join(dir, `eventstoredb-${register}.sqlite`);

/** It is made anew from the log when the store is opened next. */
export const removeIndex = (dir: string, register: string): void => {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${fileIn(dir, register)}${ending}`, { force: true });
};

/** As much as a commit may need. */
const ROOM_BYTES = 65_536;

const statementsOf = (db: Database.Database) => {
  const rows = <Parameters extends unknown[]>(sql: string): Database.Statement<Parameters, Row> =>
    db.prepare<Parameters, Row>(`SELECT ${COLUMNS} FROM entry ${sql}`).raw().safeIntegers();
  return {
    byId: rows<[string]>('WHERE id = ? ORDER BY position LIMIT 1'),
    byPosition: rows<[number]>('WHERE position = ?'),
    byPlace: rows<[string, number]>('WHERE stream = ? AND revision = ?'),
    stream: rows<[string, number]>('WHERE stream = ? AND revision >= ? ORDER BY revision'),
    page: rows<[number, number]>('WHERE position >= ? ORDER BY position LIMIT ?'),
    last: rows<[]>('ORDER BY position DESC LIMIT 1'),
    lastRevision: db
      .prepare<[string], bigint | null>('SELECT max(revision) FROM entry WHERE stream = ?')
      .pluck()
      .safeIntegers(),
    insert: db.prepare(`INSERT INTO entry (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    mark: db
      .prepare<[], [string, bigint, bigint, string, bigint]>(`SELECT ${MARK_COLUMNS} FROM mark`)
      .raw()
      .safeIntegers(),
    keepMark: db.prepare('INSERT OR REPLACE INTO mark VALUES (1, ?, ?, ?, ?, ?)'),
    limit: db.prepare('INSERT OR REPLACE INTO stream_limit VALUES (?, ?)'),
    unlimit: db.prepare('DELETE FROM stream_limit WHERE stream = ?'),
    limits: db.prepare<[], { stream: string; says: string }>('SELECT stream, says FROM stream_limit ORDER BY stream'),
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    kept: db.prepare('SELECT max(position) FROM entry').pluck(),
  };
};

type Statements = ReturnType<typeof statementsOf>;

/** @throws IndexDamaged where the row is not what was written. */
const entryOf = (row: Row | undefined): Entry | undefined => {
  if (!row) return undefined;
  requireWritten(row);
  return {
    position: Number(row[0]),
    id: row[1],
    stream: row[2],
    revision: Number(row[3]),
    recordedAt: Number(row[4]),
    place: { commit: row[5], prepare: row[6] },
    starts: Number(row[7]),
  };
};
