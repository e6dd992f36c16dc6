import type Database from 'better-sqlite3';
import { epochMsOf, instantOf, type Position, type StoredEvent } from '#kernel';
import { weigh } from '../append-rules.js';
import { type AppendOptions, type AppendOutcome, EventStore, type StreamWrite } from '../event-store.js';
import { type LogLoss, lossRefusal } from '../log-mark.js';
import type { WrittenAppend } from './appends.js';
import { openToRead, settingsOf, type StoreSettings } from './file.js';
import { SqliteReads } from './reads.js';
import { lossBeside, refuseMissing } from './wholeness.js';
import { OpenedFile } from './opened-file.js';
import { readWitness } from './witness.js';
import { SqliteWriterThread } from './writer-thread.js';
import { closedFault, replacedFault, StoreFault, storeFaultOf } from '../store-fault.js';
import { Waiting } from '../waiting.js';

export interface SqliteOptions {
  readonly file: string;
  /** UTC epoch milliseconds; default the system's clock. */
  readonly now?: () => number;
  /** Appends that may wait for the writer; beyond it `overloaded`. Default 4,096, and 64 MB of events whatever the number. */
  readonly queueLimit?: number;
  /** Most appends in one durable commit. Default 512. */
  readonly groupLimit?: number;
  /** Opens beside the program that holds the register; appends are refused with `STORE_READ_ONLY`. */
  readonly readOnly?: boolean;
  /**
   * Told what the witness of the log knows and the log has not, where it is opened all the same. Without it such a log
   * is refused.
   */
  readonly onLoss?: ((loss: LogLoss) => void) | undefined;
  /** Told once, where the log is no longer the one that was opened: nothing more is written, and the program is to end. */
  readonly onReplaced?: ((fault: StoreFault) => void) | undefined;
  /** Told in a sentence what was put right. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** How soon an event that another program wrote is noticed by those who wait for it. */
const POLL_MS = 200;

/**
 * The embedded log: one SQLite file, one writer in a thread of its own, one reading connection here.
 *
 * Appends that arrive while a commit runs go into the next one together, so many clients share the price of a sync. One
 * that is alone is committed here where the disk is quick (ADR 33).
 */
export class SqliteEventStore extends EventStore {
  readonly #reads: SqliteReads;
  readonly #writer: SqliteWriterThread | undefined;
  readonly #waiting: Waiting;
  readonly #settings: () => Promise<StoreSettings>;
  readonly #file: string;
  readonly #opened: OpenedFile;
  readonly #onReplaced: (fault: StoreFault) => void;
  #head = -1;
  #replaced: StoreFault | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    reader: Database.Database,
    onReplaced?: (fault: StoreFault) => void,
    writer?: SqliteWriterThread,
  ) {
    super();
    this.#reads = new SqliteReads(reader);
    this.#writer = writer;
    this.#file = reader.name;
    this.#opened = new OpenedFile(reader.name);
    this.#onReplaced = onReplaced ?? (() => undefined);
    this.#settings = () => (writer ? writer.settings() : Promise.resolve(settingsOf(reader)));
    this.#waiting = new Waiting(() => this.#looked(), POLL_MS);
    if (writer) writer.onCommit = (head) => this.#waiting.wake(head);
  }

  /**
   * @throws Refusal for a file of a later release or of another program, `LOG_HAS_GAPS`, and `LOG_OLDER_THAN_KNOWN`
   *   where acknowledged events are missing; StoreFault for a damaged, missing or locked one.
   */
  static async open(options: SqliteOptions): Promise<SqliteEventStore> {
    const { file, onLoss, onNote } = options;
    if (options.readOnly) return SqliteEventStore.#openToRead(options);
    const { writer, loss, notes } = await SqliteWriterThread.start({
      file,
      now: options.now ?? Date.now,
      queueLimit: options.queueLimit ?? 4_096,
      groupLimit: options.groupLimit ?? 512,
      acceptsLoss: onLoss !== undefined,
    });
    for (const note of notes) onNote?.(note);
    if (loss) onLoss?.(loss);
    try {
      return new SqliteEventStore(openToRead(file), options.onReplaced, writer);
    } catch (thrown) {
      await writer.close();
      throw faultOf(thrown, file);
    }
  }

  static async #openToRead(options: SqliteOptions): Promise<SqliteEventStore> {
    const { file, onLoss } = options;
    let reader: Database.Database | undefined;
    try {
      // The witness first: the log may go on meanwhile, and only ever has more than it.
      if (!onLoss) refuseMissing(file, readWitness(file));
      reader = openToRead(file);
      const loss = await lossBeside(reader, file);
      if (loss && !onLoss) throw lossRefusal(loss);
      if (loss) onLoss?.(loss);
      return new SqliteEventStore(reader, options.onReplaced);
    } catch (thrown) {
      reader?.close();
      throw faultOf(thrown, file);
    }
  }

  override async append(writes: readonly StreamWrite[], options: AppendOptions = {}): Promise<AppendOutcome> {
    this.#requireOpen();
    if (!this.#writer) throw new StoreFault('STORE_READ_ONLY', 'the log is open for reading only');
    const { count, bytes, refused } = weigh(writes);
    if (refused) return refused;
    const kept = options.recordedAt === undefined ? undefined : epochMsOf(options.recordedAt);
    const written = await this.#writer.append(writes, count, bytes, kept);
    if (written === 'overloaded') return { kind: 'overloaded' };
    if ('code' in written && written.code === 'STORE_REPLACED') {
      const fault = this.#isReplaced(new StoreFault(written.code, written.message));
      if (written.kind === 'fault') throw fault;
    }
    return outcomeOf(written, count);
  }

  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return this.#reads.stream(stream, from);
  }

  override async readStreams(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    this.#requireOpen();
    return this.#reads.streams(streams);
  }

  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return this.#reads.page(from, limit);
  }

  override async head(): Promise<Position> {
    this.#requireOpen();
    return this.#reads.head();
  }

  override async whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    this.#requireOpen();
    return this.#waiting.whenBeyond(position, signal);
  }

  /** What the file runs with; for health and status pages. */
  async settings(): Promise<StoreSettings> {
    this.#requireOpen();
    return this.#settings();
  }

  /** Caps the size of the file, in pages of 4,096 bytes: a quota. An append beyond it fails with `STORE_FULL`. */
  async capPages(pages: number): Promise<void> {
    this.#requireOpen();
    await this.#writer?.capPages(pages);
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer?.drain();
    this.#waiting.end();
    // The writer closes last: only a connection that may write can fold the write-ahead log into the file.
    this.#reads.close();
    await this.#writer?.close();
  }

  /** The end of the log, on behalf of those who wait, who would never hear of anything in a file that was put aside. */
  #looked(): Position {
    const head = this.#reads.head();
    const gone = head < this.#head ? replacedFault(`it went up to position ${this.#head}`, this.#file) : undefined;
    const trouble = gone ?? this.#opened.trouble();
    if (trouble) throw this.#isReplaced(trouble);
    this.#head = head;
    return head;
  }

  #isReplaced(fault: StoreFault): StoreFault {
    if (!this.#replaced && !this.#closing) this.#onReplaced(fault);
    this.#replaced ??= fault;
    return this.#replaced;
  }

  #requireOpen(): void {
    if (this.#closing) throw closedFault();
    if (this.#replaced) throw this.#replaced;
  }
}

const faultOf = (thrown: unknown, file: string): unknown =>
  (thrown as { name?: unknown }).name === 'Refusal' ? thrown : storeFaultOf(thrown, file);

function outcomeOf(written: WrittenAppend, count: number): AppendOutcome {
  switch (written.kind) {
    case 'appended':
    case 'already appended': {
      const positions = Array.from({ length: count }, (_, index) => written.first + index);
      return { kind: written.kind, positions, recordedAt: instantOf(written.at) };
    }
    case 'wrong revision':
    case 'id taken':
      return written;
    case 'unknown':
      return { kind: 'unknown', cause: new StoreFault(written.code, written.message) };
    case 'fault':
      throw new StoreFault(written.code, written.message);
  }
}
