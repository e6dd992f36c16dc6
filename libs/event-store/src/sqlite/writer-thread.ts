import { Worker } from 'node:worker_threads';
import { Refusal } from '#kernel';
import type { StreamWrite } from '../event-store.js';
import type { LogLoss } from '../log-mark.js';
import type { QueuedAppend, WrittenAppend } from './appends.js';
import { crossing } from './crossing.js';
import { LoneAppends } from './lone-appends.js';
import type { StoreSettings } from './file.js';
import type { WriterAnswer, WriterData, WriterRequest } from './sqlite.writer.js';
import { StoreFault, type StoreFaultCode } from '../store-fault.js';

export interface WriterThreadOptions {
  readonly file: string;
  readonly now: () => number;
  readonly queueLimit: number;
  readonly groupLimit: number;
  readonly acceptsLoss: boolean;
}

/** Most bytes of events that may wait for the writer, however few the appends. */
const QUEUE_LIMIT_BYTES = 64_000_000;

/**
 * Appends of a group from which on half of those who wait are told first, and the others a moment later: so the writer and
 * those who decide what is written next work side by side, and do not wait for each other.
 */
const TOLD_AT_ONCE = 8;

interface Waiter {
  readonly writes: readonly StreamWrite[];
  readonly count: number;
  readonly bytes: number;
  readonly kept: number | undefined;
  readonly settle: (written: WrittenAppend) => void;
}

/**
 * The queue before the writer thread. One group is with the writer at a time; what comes meanwhile is the next group. An
 * append that is alone may be written here.
 */
export class SqliteWriterThread {
  readonly #options: WriterThreadOptions;
  readonly #worker: Worker;
  readonly #lone: LoneAppends;
  readonly #asked: { resolve: (settings: StoreSettings) => void; reject: (fault: StoreFault) => void }[] = [];
  readonly #drained: (() => void)[] = [];
  readonly #ended: Promise<void>;
  #queue: Waiter[] = [];
  #queuedBytes = 0;
  #withWriter: Waiter[] = [];
  #flushing = false;
  #stopped: StoreFault | undefined;

  /** Called after each commit that added events, with the last position. */
  onCommit: (head: number) => void = () => undefined;

  private constructor(options: WriterThreadOptions, worker: Worker) {
    this.#options = options;
    this.#worker = worker;
    this.#lone = new LoneAppends(options.file);
    worker.on('message', (message: WriterAnswer) => this.#answered(message));
    worker.on('error', (cause: unknown) => this.#lost(cause));
    this.#ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#lost(new Error(`the writer thread ended with code ${code}`));
        resolve();
      });
    });
    worker.unref();
  }

  /** @throws Refusal or StoreFault where the file cannot be opened. */
  static async start(options: WriterThreadOptions): Promise<{
    readonly writer: SqliteWriterThread;
    readonly loss: LogLoss | undefined;
    readonly notes: readonly string[];
  }> {
    const data: WriterData = { file: options.file, acceptsLoss: options.acceptsLoss };
    const worker = new Worker(new URL(import.meta.resolve('#sqlite-writer')), { workerData: data });
    const first = await new Promise<WriterAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (cause: unknown) => {
        const message = `the writer of the log does not start; build it with npm run build (${(cause as Error).message})`;
        reject(new StoreFault('STORE_CANNOT_OPEN', message, { cause }));
      });
    });
    if (first.kind === 'ready') return { ...first, writer: new SqliteWriterThread(options, worker) };
    if (first.kind !== 'not opened') throw new Error(`the writer of the log began with ${first.kind}`);
    const { refusal, code, message, remedy } = first;
    if (!refusal) throw new StoreFault(code as StoreFaultCode, message);
    throw new Refusal(code, message, remedy === undefined ? {} : { remedy });
  }

  /** @param kept recording instant to keep, UTC epoch milliseconds. */
  append(
    writes: readonly StreamWrite[],
    count: number,
    bytes: number,
    kept: number | undefined,
  ): Promise<WrittenAppend> | 'overloaded' {
    if (this.#stopped) throw this.#stopped;
    const full = this.#queue.length >= this.#options.queueLimit || this.#queuedBytes + bytes > QUEUE_LIMIT_BYTES;
    if (full) return 'overloaded';
    return new Promise((settle) => {
      this.#queue.push({ writes, count, bytes, kept, settle });
      this.#queuedBytes += bytes;
      this.#flushSoon();
    });
  }

  settings(): Promise<StoreSettings> {
    return this.#ask({ kind: 'settings' });
  }

  async capPages(pages: number): Promise<void> {
    await this.#ask({ kind: 'cap', pages });
    this.#lone.cap(pages);
  }

  /** Resolves when nothing is queued and nothing is with the writer. */
  drain(): Promise<void> {
    if (this.#queue.length === 0 && this.#withWriter.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** Resolves when the thread has let go of the file. */
  async close(): Promise<void> {
    this.#stopped ??= new StoreFault('STORE_CLOSED', 'the event store is closed');
    this.#lone.close();
    this.#worker.ref();
    this.#send({ kind: 'close' });
    await this.#ended;
  }

  #ask(request: WriterRequest): Promise<StoreSettings> {
    if (this.#stopped) throw this.#stopped;
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.ref();
      this.#send(request);
    });
  }

  /** After this turn, so that callers who were answered together go into the next group together. */
  #flushSoon(): void {
    if (this.#flushing || this.#withWriter.length > 0 || this.#queue.length === 0) return;
    this.#flushing = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#stopped || this.#queue.length === 0) return;
    this.#withWriter = this.#queue.splice(0, this.#options.groupLimit);
    const now = this.#options.now();
    const group: QueuedAppend[] = this.#withWriter.map(({ writes, count, bytes, kept }) => {
      this.#queuedBytes -= bytes;
      return { writes, count, at: Math.floor(kept ?? now) };
    });
    const [alone, ...others] = group;
    if (alone && others.length === 0 && this.#asked.length === 0 && this.#lone.isBetter) {
      return this.#written([this.#lone.write(alone)]);
    }
    this.#worker.ref();
    this.#send({ kind: 'append', group: crossing(group), witness: this.#lone.handOver() });
  }

  #send(request: WriterRequest): void {
    this.#worker.postMessage(request);
  }

  #answered(message: WriterAnswer): void {
    if (message.kind === 'settings') this.#asked.shift()?.resolve(message.settings);
    if (message.kind === 'written') {
      this.#lone.takeOver(message.witness, message.ms);
      this.#written(JSON.parse(message.written) as WrittenAppend[]);
    }
    if (this.#withWriter.length === 0 && this.#asked.length === 0) this.#worker.unref();
  }

  #written(written: readonly WrittenAppend[]): void {
    const answered = this.#withWriter;
    this.#withWriter = [];
    let head = -1;
    for (const [index, { count }] of answered.entries()) {
      const one = written[index];
      if (!one) continue;
      if (one.kind === 'appended') head = one.first + count - 1;
      // After a failed sync the kernel may have dropped what it could not write: only opening the file again tells.
      if (one.kind === 'unknown' || (one.kind === 'fault' && one.code === 'STORE_IO')) {
        this.#stopped ??= new StoreFault(one.code, one.message);
      }
    }
    const tell = (from: number, to: number): void => {
      for (let at = from; at < to; at++) answered[at]?.settle(written[at] as WrittenAppend);
    };
    const half = answered.length < TOLD_AT_ONCE ? answered.length : Math.ceil(answered.length / 2);
    tell(0, half);
    if (head >= 0) this.onCommit(head);
    if (this.#stopped) this.#abandonQueue(this.#stopped);
    // What those who were told ask for next is with the writer before the others are told.
    if (half < answered.length) {
      this.#flushing = true;
      setImmediate(() => this.#flush());
      setImmediate(() => tell(half, answered.length));
    } else if (this.#queue.length > 0) this.#flushSoon();
    if (this.#queue.length === 0) for (const resolve of this.#drained.splice(0)) resolve();
  }

  #lost(cause: unknown): void {
    this.#stopped ??= new StoreFault('STORE_WRITER_LOST', 'the writer of the log has ended; open the store again', {
      cause,
    });
    const { code, message } = this.#stopped;
    for (const { settle } of this.#withWriter.splice(0)) settle({ kind: 'unknown', code, message });
    for (const { reject } of this.#asked.splice(0)) reject(this.#stopped);
    this.#abandonQueue(this.#stopped);
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  /** What never went to the writer is not written, and said so. */
  #abandonQueue({ code, message }: StoreFault): void {
    for (const { settle } of this.#queue.splice(0)) settle({ kind: 'fault', code, message });
    this.#queuedBytes = 0;
  }
}
