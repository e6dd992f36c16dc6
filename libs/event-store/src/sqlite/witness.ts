import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { hash } from 'node:crypto';
import type { LogMark } from '../log-mark.js';

/** Bytes of one of the two places in the file; a mark takes about 450. */
const SLOT = 1_024;

/** How long after a mark was written it is on the disk at the latest, in milliseconds, unless the machine stops before. */
const SYNC_MS = 1_000;

/** What the file says: nothing where it is not there, `damaged` where no place in it is whole. */
export type Witnessed = LogMark | 'damaged' | undefined;

/** Where the witness of a log is: beside it. */
export const witnessOf = (logFile: string): string => `${logFile.replace(/\.sqlite$/, '')}.witness`;

/** How far the log had come when something was acknowledged last. */
export const readWitness = (logFile: string): Witnessed => newest(witnessOf(logFile))?.mark ?? damagedOrNone(logFile);

const damagedOrNone = (logFile: string): 'damaged' | undefined =>
  existsSync(witnessOf(logFile)) ? 'damaged' : undefined;

interface Slot {
  /** Counts what was written: the highest is the newest. */
  readonly turn: number;
  readonly mark: LogMark;
}

function newest(file: string): Slot | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'latin1');
  const slots = [0, 1].flatMap((at) => slotIn(text.slice(at * SLOT, (at + 1) * SLOT)) ?? []);
  return slots.toSorted((a, b) => b.turn - a.turn)[0];
}

function slotIn(text: string): Slot | undefined {
  const written = text.trimEnd();
  const [check, body] = [written.slice(0, 64), written.slice(65)];
  return hash('sha256', body) === check ? (JSON.parse(body) as Slot) : undefined;
}

/** As far as a witness has come: what it says, and how often it was written. */
export interface WitnessState {
  readonly turn: number;
  readonly mark: LogMark | undefined;
}

/**
 * The witness of a log: a small file that says how far acknowledged events went. It is written after each commit and
 * before anybody is answered, so it is never ahead of the log, and behind it only by what nobody was told of; after a
 * power cut by a second. Two places take turns, so that one of them is always whole.
 */
export class Witness {
  #fd: number | undefined;
  #turn: number;
  #mark: LogMark | undefined;
  #syncing: NodeJS.Timeout | undefined;

  /** @param mark where the log is, as far as it is known already. */
  constructor(
    private readonly logFile: string,
    mark: LogMark | undefined,
  ) {
    this.#turn = newest(witnessOf(logFile))?.turn ?? 0;
    this.#mark = mark;
  }

  get mark(): LogMark | undefined {
    return this.#mark;
  }

  get state(): WitnessState {
    return { turn: this.#turn, mark: this.#mark };
  }

  /** Where another connection to the same log has brought it. */
  goOnFrom({ turn, mark }: WitnessState): void {
    this.#turn = turn;
    this.#mark = mark;
  }

  /** A witness that cannot be written stops nobody from recording: the next mark is tried again. */
  write(mark: LogMark): void {
    this.#mark = mark;
    try {
      this.#fd ??= this.#open();
      const body = JSON.stringify({ turn: this.#turn + 1, mark } satisfies Slot);
      const text = `${hash('sha256', body)} ${body}`.padEnd(SLOT - 1);
      writeSync(this.#fd, `${text}\n`, (this.#turn % 2) * SLOT, 'latin1');
      this.#turn += 1;
      this.#syncing ??= setTimeout(() => this.#sync(), SYNC_MS).unref();
    } catch {
      this.#release();
    }
  }

  close(): void {
    clearTimeout(this.#syncing);
    try {
      if (this.#fd !== undefined) fdatasyncSync(this.#fd);
    } catch {
      // What is not on the disk is behind the log, which is well.
    }
    this.#release();
  }

  #open(): number {
    const file = witnessOf(this.logFile);
    if (existsSync(file)) return openSync(file, 'r+');
    const fd = openSync(file, 'wx+');
    ftruncateSync(fd, 2 * SLOT);
    return fd;
  }

  #sync(): void {
    this.#syncing = undefined;
    if (this.#fd !== undefined) fdatasync(this.#fd, () => undefined);
  }

  #release(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
