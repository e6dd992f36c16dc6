import type Database from 'better-sqlite3';
import { instantOf, type Position, type StoredEvent } from '#kernel';
import { earlierTry, type Recorded } from '../append-rules.js';
import type { StreamWrite } from '../event-store.js';
import { markAfterAll } from '../log-mark.js';
import { requireDurable } from './file.js';
import { SqliteReads } from './reads.js';
import type { Witness } from './witness.js';
import { OpenedFile } from './opened-file.js';
import { replacedFault, type StoreFault, type StoreFaultCode, storeFaultOf } from '../store-fault.js';

/** An append on its way to the writer; already weighed. */
export interface QueuedAppend {
  readonly writes: readonly StreamWrite[];
  /** Events in all writes together. */
  readonly count: number;
  /** Recording instant wanted, UTC epoch milliseconds. */
  readonly at: number;
}

/** What became of it. The positions of an append are dense, so its first says all. */
export type WrittenAppend =
  | { readonly kind: 'appended' | 'already appended'; readonly first: Position; readonly at: number }
  | { readonly kind: 'wrong revision'; readonly stream: string; readonly actual: number | null }
  | { readonly kind: 'id taken'; readonly id: string }
  | { readonly kind: 'fault' | 'unknown'; readonly code: StoreFaultCode; readonly message: string };

type RecordedRow = Recorded & { readonly recordedAt: number };

/** Longest wait for another program's lock, in tries of the connection's own 250 ms. */
const LOCK_TRIES = 20;

/** The writing half of the SQLite store: groups of appends, each group one durable transaction. */
export class SqliteAppends {
  readonly #db: Database.Database;
  readonly #end: Database.Statement<[], { position: number; id: string; recordedAt: number }>;
  readonly #opened: OpenedFile;
  #replaced: StoreFault | undefined;
  readonly #byId: Database.Statement<[string], RecordedRow>;
  readonly #endOfAppend: Database.Statement<[number], number>;
  readonly #lastRevision: Database.Statement<[string], number | null>;
  readonly #insert: Database.Statement<(string | number)[]>;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  #head = -1;
  #recordedAt = Number.NEGATIVE_INFINITY;
  #provenDurable = false;
  /** Of the group at hand: what the witness is told of once it is durable. */
  #added: StoredEvent[] = [];

  constructor(
    db: Database.Database,
    private readonly witness: Witness,
    opened = new OpenedFile(db.name),
  ) {
    this.#db = db;
    this.#opened = opened;
    this.#end = db.prepare('SELECT position, id, recorded_at AS recordedAt FROM event ORDER BY position DESC LIMIT 1');
    this.#byId = db.prepare(
      `SELECT id, stream, type, schema_version AS schemaVersion, payload, envelope, position,
        last_position AS lastPosition, recorded_at AS recordedAt FROM event WHERE id = ?`,
    );
    this.#endOfAppend = db.prepare<[number], number>('SELECT last_position FROM event WHERE position = ?').pluck();
    this.#lastRevision = db
      .prepare<[string], number | null>('SELECT max(revision) FROM event WHERE stream = ?')
      .pluck();
    this.#insert = db.prepare(
      `INSERT INTO event (position, id, stream, revision, type, schema_version, recorded_at, last_position, payload, envelope)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
  }

  /**
   * Writes a group and answers for each, in order, once all of it is durable. Every check of an append comes before its
   * first write, so a group holds whole appends only. Where space runs out each append is tried alone: a large one does
   * not take the others down with it.
   */
  write(group: readonly QueuedAppend[]): WrittenAppend[] {
    let committing = false;
    this.#added = [];
    try {
      this.#beginWhenFree();
      const end = this.#end.get();
      this.#requireSame(end);
      this.#head = end?.position ?? -1;
      this.#recordedAt = end?.recordedAt ?? Number.NEGATIVE_INFINITY;
      const written = group.map((append) => this.#append(append));
      committing = true;
      this.#commit.run();
      this.#replaced ??= this.#opened.trouble();
      if (this.#replaced) throw this.#replaced;
      if (!this.#provenDurable) requireDurable(this.#db);
      this.#provenDurable = true;
      this.#tellWitness();
      return written;
    } catch (thrown) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      const { code, message } = storeFaultOf(thrown, this.#db.name);
      if (code === 'STORE_FULL' && group.length > 1) return group.flatMap((append) => this.write([append]));
      // A disk that failed in a commit has perhaps kept it: nobody can say, and asking it to sync again proves nothing.
      const kind = committing && code !== 'STORE_FULL' && code !== 'STORE_BUSY' ? 'unknown' : 'fault';
      return group.map(() => ({ kind, code, message }));
    }
  }

  #tellWitness(): void {
    const [first] = this.#added;
    if (!first) return;
    let { mark } = this.witness;
    const next = (mark?.position ?? -1) + 1;
    // Where somebody else writes this log as well, what they wrote comes before.
    const between = first.position > next ? new SqliteReads(this.#db).page(next, first.position - next) : [];
    mark = markAfterAll(mark, [...between, ...this.#added]);
    if (mark) this.witness.write(mark);
  }

  /** What was written last is there still, in the file of this name. */
  #requireSame(end: { readonly position: number; readonly id: string } | undefined): void {
    const { mark } = this.witness;
    const is = end?.position ?? -1;
    if (mark && (is < mark.position || (is === mark.position && end?.id !== mark.id))) {
      const what = is < mark.position ? `ends at position ${is}` : `has event ${end?.id} there`;
      this.#replaced ??= replacedFault(`it went up to position ${mark.position}, and now ${what}`, this.#db.name);
    }
    this.#replaced ??= this.#opened.trouble();
    if (this.#replaced) throw this.#replaced;
  }

  #beginWhenFree(): void {
    for (let tries = 1; ; tries++) {
      try {
        this.#begin.run();
        return;
      } catch (thrown) {
        if (storeFaultOf(thrown, this.#db.name).code !== 'STORE_BUSY' || tries === LOCK_TRIES) throw thrown;
      }
    }
  }

  #append({ writes, count, at }: QueuedAppend): WrittenAppend {
    const earlier = earlierTry(
      writes,
      count,
      (id) => this.#byId.get(id),
      (position) => this.#endOfAppend.get(position) ?? -1,
    );
    if (earlier && 'taken' in earlier) return { kind: 'id taken', id: earlier.taken };
    if (earlier) {
      const recordedAt = this.#byId.get(writes[0]?.events[0]?.id ?? '')?.recordedAt ?? at;
      return { kind: 'already appended', first: earlier.first, at: recordedAt };
    }
    return this.#insertAll(writes, count, at);
  }

  #insertAll(writes: readonly StreamWrite[], count: number, at: number): WrittenAppend {
    const lastRevisions = new Map<string, number>();
    const starts: number[] = [];
    for (const { stream, expected, events } of writes) {
      const last = lastRevisions.get(stream) ?? this.#lastRevision.get(stream) ?? -1;
      const met = expected === 'no stream' ? last === -1 : last === expected.revision && last !== -1;
      if (!met) return { kind: 'wrong revision', stream, actual: last === -1 ? null : last };
      starts.push(last + 1);
      lastRevisions.set(stream, last + events.length);
    }
    const first = this.#head + 1;
    const lastPosition = this.#head + count;
    const recordedAt = Math.max(at, this.#recordedAt);
    const instant = instantOf(recordedAt);
    for (const [index, { stream, events }] of writes.entries()) {
      let revision = starts[index] ?? 0;
      for (const event of events) {
        const { id, type, schemaVersion, payload, envelope } = event;
        this.#head += 1;
        this.#insert.run(
          ...[this.#head, id, stream, revision, type, schemaVersion, recordedAt, lastPosition, payload, envelope],
        );
        this.#added.push({ ...event, stream, revision, position: this.#head, recordedAt: instant });
        revision += 1;
      }
    }
    this.#recordedAt = recordedAt;
    return { kind: 'appended', first, at: recordedAt };
  }
}
