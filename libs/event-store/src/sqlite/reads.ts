import type Database from 'better-sqlite3';
import { instantOf, type Position, type StoredEvent } from '#kernel';
import { storeFaultOf } from '../store-fault.js';

const COLUMNS = `id, type, schema_version, payload, envelope, stream, revision, position, recorded_at, last_position`;

type Row = [
  id: string,
  type: string,
  schemaVersion: number,
  payload: string,
  envelope: string,
  stream: string,
  revision: number,
  position: number,
  recordedAt: number,
  lastPosition: number,
];

/** Rows that one look at a stream takes before other work has its turn. */
const STREAM_PAGE = 2_000;

/** Streams that one statement reads the beginnings of, and how much of each: most subjects have a few events. */
const STREAMS_AT_A_TIME = 64;
const BEGINNING = 50;

/** The reading half of the SQLite store: a connection of its own that never waits for the writer. */
export class SqliteReads {
  readonly #db: Database.Database;
  readonly #head: Database.Statement<[], number | null>;
  readonly #stream: Database.Statement<[string, number, number], Row>;
  readonly #beginnings: Database.Statement<string[], Row>;
  readonly #all: Database.Statement<[number, number], Row>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#head = db.prepare<[], number | null>('SELECT max(position) FROM event').pluck();
    this.#stream = db
      .prepare<[string, number, number], Row>(
        `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
      )
      .raw();
    this.#beginnings = db
      .prepare<string[], Row>(
        `SELECT ${COLUMNS} FROM event WHERE stream IN (${Array(STREAMS_AT_A_TIME).fill('?').join(', ')})
         AND revision < ${BEGINNING} ORDER BY stream, revision`,
      )
      .raw();
    this.#all = db
      .prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM event WHERE position >= ? ORDER BY position LIMIT ?`)
      .raw();
  }

  head(): Position {
    return this.#guarded(() => this.#head.get()) ?? -1;
  }

  /** The events of a stream that are there when it is asked; a long one is read in turns. */
  async stream(stream: string, from: number): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let next = from; ; next += STREAM_PAGE) {
      const rows = this.#guarded(() => this.#stream.all(stream, next, STREAM_PAGE));
      for (const row of rows) events.push(eventOf(row));
      if (rows.length < STREAM_PAGE) return events;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** The same of several, a lot in one statement. */
  async streams(asked: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const read = new Map<string, StoredEvent[]>(asked.map((name) => [name, []]));
    const names = [...read.keys()];
    for (let at = 0; at < names.length; at += STREAMS_AT_A_TIME) {
      if (at > 0) await new Promise<void>((resolve) => setImmediate(resolve));
      const lot = names.slice(at, at + STREAMS_AT_A_TIME);
      const padded = Array.from({ length: STREAMS_AT_A_TIME }, (_, index) => lot[index] ?? (lot[0] as string));
      for (const row of this.#guarded(() => this.#beginnings.all(...padded))) read.get(row[5])?.push(eventOf(row));
      for (const name of lot) {
        const begun = read.get(name);
        if (begun?.length === BEGINNING) begun.push(...(await this.stream(name, BEGINNING)));
      }
    }
    return read;
  }

  page(from: Position, limit: number): readonly StoredEvent[] {
    const rows = this.#guarded(() => this.#all.all(from, limit));
    const end = rows.findLastIndex((row) => row[7] === row[9]) + 1;
    return rows.slice(0, end || rows.length).map(eventOf);
  }

  close(): void {
    this.#db.close();
  }

  #guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (thrown) {
      throw storeFaultOf(thrown, this.#db.name);
    }
  }
}

const eventOf = (row: Row): StoredEvent => ({
  id: row[0],
  type: row[1],
  schemaVersion: row[2],
  payload: row[3],
  envelope: row[4],
  stream: row[5],
  revision: row[6],
  position: row[7],
  recordedAt: instantOf(row[8]),
});
