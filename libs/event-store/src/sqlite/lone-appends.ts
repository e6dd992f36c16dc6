import type Database from 'better-sqlite3';
import { type QueuedAppend, SqliteAppends, type WrittenAppend } from './appends.js';
import { openToWrite } from './file.js';
import { OpenedFile } from './opened-file.js';
import { Witness, type WitnessState } from './witness.js';

/** As long as a commit may hold up everything else in this thread, in milliseconds. */
const QUICK_MS = 2;

/** How much of what is thought of the disk is what its last commit took. */
const WEIGHT = 0.2;

/** Commits here until one goes to the writer's thread, which moves the write-ahead log to its place when that is long. */
const COMMITS_HERE = 100;

/**
 * Commits of an append that is alone, in the thread that asks: where the disk is quick, two hops to the writer's thread
 * and back take longer than the commit itself. It goes to that thread as soon as a commit takes so long that others would
 * wait for it. Never while the writer's thread has work: the two take turns, and hand over what the witness says.
 */
export class LoneAppends {
  readonly #file: string;
  /** As it stood when the log was opened: the connection here is made later, at the first append that is alone. */
  readonly #opened: OpenedFile;
  #db: Database.Database | undefined;
  #appends: SqliteAppends | undefined;
  #witness: Witness | undefined;
  #known: WitnessState | undefined;
  #isAhead = false;
  #typicalMs = Number.POSITIVE_INFINITY;
  #sinceThread = 0;
  #pages: number | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#opened = new OpenedFile(file);
  }

  /** Whether the next append, if it is alone, is better written here. */
  get isBetter(): boolean {
    return this.#known !== undefined && this.#typicalMs < QUICK_MS && this.#sinceThread < COMMITS_HERE;
  }

  /** What the writer's thread does not know yet of the witness. */
  handOver(): WitnessState | undefined {
    const state = this.#isAhead ? this.#known : undefined;
    this.#isAhead = false;
    return state;
  }

  /** What the writer's thread has done, and how long its commit took. */
  takeOver(state: WitnessState, ms: number): void {
    this.#known = state;
    this.#sinceThread = 0;
    this.#took(ms);
  }

  /** As the file is capped for the writer's thread, since a cap is of a connection. */
  cap(pages: number): void {
    this.#pages = Math.trunc(pages);
    this.#db?.pragma(`max_page_count = ${this.#pages}`);
  }

  write(append: QueuedAppend): WrittenAppend {
    // Opened, another file would be taken for the log, and with the write-ahead log beside it even look like it.
    const trouble = this.#db ? undefined : this.#opened.trouble();
    if (trouble) return { kind: 'fault', code: trouble.code, message: trouble.message };
    const { appends, witness } = this.#connected();
    if (this.#known) witness.goOnFrom(this.#known);
    const begun = performance.now();
    const [written] = appends.write([append]);
    this.#took(performance.now() - begun);
    this.#known = witness.state;
    this.#isAhead = true;
    this.#sinceThread += 1;
    return written as WrittenAppend;
  }

  close(): void {
    this.#db?.close();
    this.#witness?.close();
    this.#known = undefined;
  }

  #took(ms: number): void {
    this.#typicalMs = this.#typicalMs === Number.POSITIVE_INFINITY ? ms : ms * WEIGHT + this.#typicalMs * (1 - WEIGHT);
  }

  #connected(): { readonly appends: SqliteAppends; readonly witness: Witness } {
    if (!this.#db) {
      this.#db = openToWrite(this.#file);
      this.#db.pragma('wal_autocheckpoint = 0');
      if (this.#pages !== undefined) this.cap(this.#pages);
    }
    this.#witness ??= new Witness(this.#file, undefined);
    this.#appends ??= new SqliteAppends(this.#db, this.#witness, this.#opened);
    return { appends: this.#appends, witness: this.#witness };
  }
}
