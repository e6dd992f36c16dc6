import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal, LastUsed, type Position } from '#kernel';
import { type Came, type Entry, entryBehind, type Mark, type Numbered } from './entry.js';
import { KnownTexts } from './known-texts.js';
import { damageIn, indexFaultOf, putAside } from './log-index-file.js';
import { IndexRows } from './log-index-rows.js';
import { NewestEntries } from './newest-entries.js';
import type { LogPlace } from './record.js';
import { isStoreFault, StoreFault } from '../store-fault.js';

/** Entries and milliseconds after which what was kept goes to the disk; nothing waits for it. */
const COMMIT_ENTRIES = 2_000;
const COMMIT_MS = 50;

/** Streams whose last revision is remembered: more than entries that are not on the disk. */
const REMEMBERED_STREAMS = 10_000;

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
 * Several processes may share it. What has just come is in memory for a moment before it is written, much of it at once.
 * Streams go by the names the register knows.
 */
export class EventStoreDbIndex {
  readonly file: string;
  readonly #register: string;
  readonly #options: IndexOptions;
  readonly #newest = new NewestEntries();
  readonly #ids = new KnownTexts();
  readonly #streams = new KnownTexts();
  /** Last revisions of the streams used last: most events follow one that has just come. */
  readonly #revisions = new LastUsed<number>(REMEMBERED_STREAMS);
  #rows: IndexRows;
  #last: Entry | undefined;
  #mark: Mark | undefined;
  #isMarkWritten = true;
  #committing: NodeJS.Timeout | undefined;
  #failed: unknown;
  #damaged = false;

  /** @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG` for the file of another register; StoreFault for what the disk does. */
  constructor(dir: string, register: string, options: IndexOptions = {}) {
    this.file = fileIn(dir, register);
    this.#register = register;
    this.#options = options;
    this.#rows = this.#opened();
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
    this.#stopCommitting();
    if (this.#damaged) {
      const aside = putAside(this.file);
      this.#options.onNote?.(`${this.file} is damaged; it was put aside as ${aside} and is made anew from the log`);
      this.#damaged = false;
    }
    const before = this.#rows;
    this.#rows = this.#opened();
    before.close();
    this.#newest.clear();
    this.#revisions.clear();
    this.#isMarkWritten = true;
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

  /** The first entry of an id, as far as it was kept here or was in the file when it was opened. */
  ofId(id: string): Entry | undefined {
    const written = this.#ids.mayHave(id) ? this.#guarded(() => this.#rows.ofId(id)) : undefined;
    return written ?? this.#newest.ofId(id);
  }

  at(position: Position): Entry | undefined {
    if (position === this.head) return this.#last;
    return this.#newest.at(position) ?? this.#guarded(() => this.#rows.at(position));
  }

  inStream(stream: string, revision: number): Entry | undefined {
    const newest = this.#newest.ofStream(stream).find((entry) => entry.revision === revision);
    return newest ?? this.#guarded(() => this.#rows.inStream(stream, revision));
  }

  /** Entries of a stream from a revision on, in order. */
  ofStream(stream: string, from: number): Entry[] {
    const newest = this.#newest.ofStream(stream);
    const first = newest[0]?.revision ?? Infinity;
    const written = from < first ? this.#guarded(() => this.#rows.ofStream(stream, from)) : [];
    // Another process may have written some of the newest.
    return [
      ...written.filter(({ revision }) => revision < first),
      ...newest.filter(({ revision }) => revision >= from),
    ];
  }

  /** Entries from a position on; cut where an append ends unless it alone is longer. */
  page(from: Position, limit: number): Entry[] {
    const entries = this.#entriesFrom(from, limit + 1);
    const next = entries[limit];
    if (!next) return entries;
    const cut = next.starts > from ? next.starts - from : limit;
    return entries.slice(0, cut);
  }

  /** Last revision of a stream up to the head, −1 where it has none here: what another process has written beyond is to come. */
  lastRevision(stream: string): number {
    const remembered = this.#revisions.get(stream);
    if (remembered !== undefined) return remembered;
    return this.#streams.mayHave(stream) ? this.#guarded(() => this.#rows.lastRevision(stream, this.head)) : -1;
  }

  /** The entry that comes next, not kept yet: `before` is the one in front of it, if that is not kept either. */
  next(numbered: Numbered, before?: Came): Entry {
    const last = this.#last && { entry: this.#last, append: this.#mark?.append ?? '' };
    return entryBehind(before ?? last, numbered);
  }

  /** Keeps entries that follow each other, and how far the log has been read: on disk within a moment. */
  keep(entries: readonly Entry[], place: LogPlace, append: string | undefined): void {
    if (this.#failed !== undefined) throw this.#failed;
    this.#newest.take(entries);
    for (const { stream, revision } of entries) this.#revisions.keep(stream, revision);
    this.#last = entries.at(-1) ?? this.#last;
    this.#mark = { place, append: append ?? this.#mark?.append ?? '' };
    this.#isMarkWritten = false;
    if (this.#newest.all.length >= COMMIT_ENTRIES) this.commit();
    else this.#commitSoon();
  }

  /** Notes what a stream's metadata limits it to; null for nothing. */
  limit(stream: string, says: string | null): void {
    this.#guarded(() => this.#rows.limit(stream, says));
  }

  /** What has been noted of streams, and not been taken back. */
  limits(): readonly { readonly stream: string; readonly says: string }[] {
    return this.#guarded(() => this.#rows.limits());
  }

  /** Puts what was kept on the disk now. @throws Refusal `STORE_INDEX_OF_ANOTHER_LOG` where another process wrote otherwise. */
  commit(): void {
    this.#stopCommitting();
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#isMarkWritten) return;
    this.#guarded(() => this.#rows.write(this.#newest.all, this.#mark, this.head));
    for (const entry of this.#newest.all) this.#noteWritten(entry);
    this.#newest.clear();
    this.#isMarkWritten = true;
  }

  close(): void {
    try {
      if (this.#failed === undefined) this.commit();
    } finally {
      this.#stopCommitting();
      this.#rows.close();
    }
  }

  #commitSoon(): void {
    this.#committing ??= setTimeout(() => {
      try {
        this.commit();
      } catch {
        // Whoever was told of the trouble takes it up.
      }
    }, COMMIT_MS);
  }

  #stopCommitting(): void {
    clearTimeout(this.#committing);
    this.#committing = undefined;
  }

  #entriesFrom(from: Position, limit: number): Entry[] {
    const { first } = this.#newest;
    const written = from < first ? this.#guarded(() => this.#rows.page(from, limit)) : [];
    // Another process may have written some of the newest, and more.
    const older = first === Infinity ? written : written.filter(({ position }) => position < first);
    return [...older, ...this.#newest.page(Math.max(from, first), limit - older.length)];
  }

  #opened(): IndexRows {
    return new IndexRows(this.file, this.#register, {
      onNote: (sentence) => this.#options.onNote?.(sentence),
      onEntry: (entry) => this.#noteWritten(entry),
    });
  }

  #noteWritten({ id, stream }: Pick<Entry, 'id' | 'stream'>): void {
    this.#ids.add(id);
    this.#streams.add(stream);
  }

  #readEnd(): void {
    this.#mark = this.#rows.mark();
    this.#last = this.#mark && this.#rows.last();
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

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw this.#troubled(thrown);
    }
  }

  /** What was kept a moment ago may be gone with it: this index has to be taken up again. */
  #troubled(thrown: unknown): unknown {
    const fault = indexFaultOf(thrown, this.file);
    if (damageIn(thrown) !== undefined) this.#damaged = true;
    if (this.#failed === undefined && (isStoreFault(fault) || isRefusal(fault))) {
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
