import type Database from 'better-sqlite3';
import type { Position } from '#kernel';
import type { Entry, Mark } from './entry.js';
import {
  anotherLog,
  checksumOf,
  COLUMNS,
  type IndexListener,
  MARK_COLUMNS,
  openIndexFile,
  requireWritten,
  type Row,
} from './log-index-file.js';

/** What is in the file of an index, as long as it is open. Everything here throws what SQLite throws, or IndexDamaged. */
export class IndexRows {
  readonly #file: string;
  readonly #register: string;
  readonly #db: Database.Database;
  readonly #sql: Statements;

  /**
   * @param onEntry told of every entry that is there.
   * @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG`; StoreFault for what the disk does.
   */
  constructor(file: string, register: string, { onNote, onEntry }: IndexListener) {
    this.#file = file;
    this.#register = register;
    this.#db = openIndexFile(file, register, { onNote, onEntry });
    this.#sql = statementsOf(this.#db);
  }

  last(): Entry | undefined {
    return entryOf(this.#sql.last.get());
  }

  mark(): Mark | undefined {
    const mark = this.#sql.mark.get();
    return mark && { place: { commit: mark[1], prepare: mark[2] }, append: mark[3] };
  }

  ofId(id: string): Entry | undefined {
    return entryOf(this.#sql.byId.get(id));
  }

  at(position: Position): Entry | undefined {
    return entryOf(this.#sql.byPosition.get(position));
  }

  inStream(stream: string, revision: number): Entry | undefined {
    return entryOf(this.#sql.byPlace.get(stream, revision));
  }

  ofStream(stream: string, from: number): Entry[] {
    return this.#sql.stream.all(stream, from).map((row) => entryOf(row) as Entry);
  }

  page(from: Position, limit: number): Entry[] {
    return this.#sql.page.all(from, limit).map((row) => entryOf(row) as Entry);
  }

  /** Last revision of a stream up to a position, −1 where it has none there. */
  lastRevision(stream: string, upTo: Position): number {
    return Number(this.#sql.lastRevision.get(stream, upTo) ?? -1);
  }

  limits(): readonly { readonly stream: string; readonly says: string }[] {
    return this.#sql.limits.all();
  }

  limit(stream: string, says: string | null): void {
    if (says === null) this.#sql.unlimit.run(stream);
    else this.#sql.limit.run(stream, says);
  }

  /**
   * Writes entries that follow each other, and how far the log has been read, whole or not at all. What another process has
   * written meanwhile has to be the same.
   *
   * @param head the last position that is known here.
   * @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG`
   */
  write(entries: readonly Entry[], mark: Mark | undefined, head: Position): void {
    this.#sql.begin.run();
    try {
      const kept = Number(this.#sql.kept.get() ?? -1);
      for (const entry of entries) {
        if (entry.position > kept) this.#insert(entry);
        else if (this.at(entry.position)?.id !== entry.id) throw anotherLog(this.#file, this.#register);
      }
      if (mark && kept <= head) this.#keepMark(mark);
      this.#sql.commit.run();
    } catch (thrown) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw thrown;
    }
  }

  close(): void {
    this.#db.close();
  }

  #insert({ position, id, stream, revision, recordedAt, place, starts }: Entry): void {
    const values = [position, id, stream, revision, recordedAt, place.commit, place.prepare, starts];
    this.#sql.insert.run(...values, checksumOf(values));
  }

  #keepMark({ place, append }: Mark): void {
    const values = [this.#register, place.commit, place.prepare, append];
    this.#sql.keepMark.run(...values, checksumOf(values));
  }
}

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
      .prepare<[string, number], bigint>(
        'SELECT revision FROM entry WHERE stream = ? AND position <= ? ORDER BY revision DESC LIMIT 1',
      )
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
