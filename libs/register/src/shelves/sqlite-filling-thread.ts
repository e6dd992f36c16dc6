import { Worker } from 'node:worker_threads';

import type { Connection, Outcome, SqlParameter, SqlValue } from './connection.js';
import { insertText } from './row-writer.js';
import { SoleDriver } from './sole-driver.js';
import type { FillingAnswer, FillingRequest } from './sqlite-filling.writer.js';
import type { Table } from './tables.js';

/** Inserts rows without waiting for them; each holds the table's columns in their order. */
export const insertBeside = async (
  unit: Connection,
  table: Table,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> => {
  const text = insertText(table, 1);
  for (let at = 0; at < rows.length; at += LOT) {
    const values: SqlValue[] = [];
    for (let row = at; row < at + LOT && row < rows.length; row++)
      for (const value of rows[row] ?? []) values.push(value);
    await unit.run(text, [values, table.columns.length]);
  }
};

/** Rows in one message: what is sent has to be small enough to be sent without room being made for it each time. */
const LOT = 128;

const isMany = (value: SqlParameter | undefined): value is readonly SqlValue[] => Array.isArray(value);

const SENT: Outcome = { rows: [], changed: 0 };

interface Waiter {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * A file that nobody reads yet, written by a thread of its own. Rows are sent and not waited for: whether they went in is
 * said where their unit is committed.
 */
export class SqliteFillingThread extends SoleDriver {
  /** Whoever waits for an answer, in the order of asking. */
  private readonly waiting: Waiter[] = [];
  private lost: Error | undefined;
  private closing: Promise<void> | undefined;

  private constructor(private readonly worker: Worker) {
    super();
    worker.on('message', (answer: FillingAnswer) => this.answered(answer));
    worker.on('error', (cause: unknown) => this.end(cause));
    worker.once('exit', () => this.end(undefined));
  }

  /** @throws what SQLite says where the file cannot be opened. */
  static async start(file: string): Promise<SqliteFillingThread> {
    const worker = new Worker(new URL(import.meta.resolve('#views-writer')), { workerData: file });
    const thread = new SqliteFillingThread(worker);
    await thread.next();
    return thread;
  }

  protected override execute(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome> {
    const [values, width] = parameters;
    if (!isMany(values)) return this.ask({ kind: 'run', text, parameters });
    if (this.lost) throw this.lost;
    this.send({ kind: 'rows', text, width: Number(width), values });
    return SENT;
  }

  protected override begin(): void {
    // Where it fails, so does whatever comes next of the unit.
    this.ask({ kind: 'begin' }).catch(() => undefined);
  }

  protected override async commit(): Promise<void> {
    await this.ask({ kind: 'commit' });
  }

  protected override async rollback(): Promise<void> {
    await this.ask({ kind: 'rollback' }).catch(() => undefined);
  }

  override close(): Promise<void> {
    this.closing ??= this.ask({ kind: 'close' }).then(() => undefined);
    return this.closing;
  }

  private ask(request: FillingRequest): Promise<Outcome> {
    if (this.lost) return Promise.reject(this.lost);
    this.send(request);
    return this.next();
  }

  private send(request: FillingRequest): void {
    this.worker.postMessage(request);
  }

  private next(): Promise<Outcome> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private answered(answer: FillingAnswer): void {
    const waiter = this.waiting.shift();
    if (answer.kind === 'done') return waiter?.resolve(answer);
    const { code, message } = answer;
    waiter?.reject(Object.assign(new Error(message), code !== undefined && { code }));
  }

  private end(cause: unknown): void {
    this.lost ??= new Error('the thread that fills the views has ended', { cause });
    for (const { reject } of this.waiting.splice(0)) reject(cause ?? this.lost);
  }
}
