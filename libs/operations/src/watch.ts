import { isPassing, isStoreFault } from '#event-store';
import { instantOf, type Instant, type Position } from '#kernel';

/** How a store that a program depends on was found when it was last asked. */
export interface Seen {
  readonly readable: boolean;
  /** What it said last; null where it does not answer now. */
  readonly position: Position | null;
  /** When it answered last; null for never. */
  readonly heardAt: Instant | null;
  /** The same for people: `heard from 4 s ago`. */
  readonly heard: string;
  /** Why it does not answer, and what it said. */
  readonly code: string | null;
  readonly lastError: string | null;
}

export interface WatchOptions {
  /** Code for one that is silent, without a fault of its own. */
  readonly silence: 'STORE_UNREACHABLE' | 'READ_MODEL_UNAVAILABLE';
  /** Told when it no longer answers, and when it does again after so many seconds. */
  readonly onChange?: (seen: Seen, secondsAway: number) => void;
  /** How often it is asked on behalf of nobody, in milliseconds; default 2,000. */
  readonly everyMs?: number;
  /** How long one that answered is taken to be there while it does not, in milliseconds; default 5,000. */
  readonly patienceMs?: number;
}

/** Longest wait for an answer on behalf of whoever asks how it stands, in milliseconds. */
const LOOK_MS = 1_000;

/** Faults that a short patience is had with: a leader that changes, a connection that is taken up anew. */
const HELD_OUT = new Set(['STORE_UNREACHABLE', 'STORE_BUSY', 'STORE_BEHIND']);

/** Asks a store again and again whether it is there, with something that goes to it. */
export class Watch {
  readonly #ask: () => Promise<Position>;
  readonly #options: Required<WatchOptions>;
  readonly #timer: NodeJS.Timeout;
  #asking: Promise<void> | undefined;
  #position: Position | null = null;
  /** Opening it was an answer. */
  #heardAt = Date.now();
  #fault: unknown;
  #saidReadable = true;

  constructor(ask: () => Promise<Position>, options: WatchOptions) {
    this.#ask = ask;
    this.#options = { onChange: () => undefined, everyMs: 2_000, patienceMs: 5_000, ...options };
    this.#timer = setInterval(() => {
      void this.#once();
      this.#tell();
    }, this.#options.everyMs).unref();
  }

  /** Asks now, and says how it stands after a second at the latest. */
  async look(): Promise<Seen> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LOOK_MS)));
    await Promise.race([this.#once(), late]);
    clearTimeout(timer);
    this.#tell();
    return this.seen();
  }

  /** How it stands, without asking. */
  seen(): Seen {
    const silentMs = Date.now() - this.#heardAt;
    const readable = silentMs <= this.#options.patienceMs && isHeldOut(this.#fault);
    const at = { heardAt: instantOf(this.#heardAt), heard: `heard from ${Math.floor(silentMs / 1_000)} s ago` };
    if (readable) return { readable, position: this.#position, ...at, code: null, lastError: null };
    return { readable, position: null, ...at, ...troubleOf(this.#fault, this.#options.silence) };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One question at a time: whoever comes while it is open waits for the same answer. */
  #once(): Promise<void> {
    this.#asking ??= this.#ask()
      .then((position) => this.#heard(position))
      .catch((thrown: unknown) => void (this.#fault = thrown))
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  #heard(position: Position): void {
    const secondsAway = (Date.now() - this.#heardAt) / 1_000;
    [this.#position, this.#heardAt, this.#fault] = [position, Date.now(), undefined];
    if (this.#saidReadable) return;
    this.#saidReadable = true;
    this.#options.onChange(this.seen(), secondsAway);
  }

  #tell(): void {
    const seen = this.seen();
    if (seen.readable || !this.#saidReadable) return;
    this.#saidReadable = false;
    this.#options.onChange(seen, (Date.now() - this.#heardAt) / 1_000);
  }
}

/** Asks once, for a program that does not stay. */
export const seenOnce = async (ask: () => Promise<Position>, silence: WatchOptions['silence']): Promise<Seen> => {
  try {
    const position = await ask();
    const heard = { heardAt: instantOf(Date.now()), heard: 'heard from now' };
    return { readable: true, position, ...heard, code: null, lastError: null };
  } catch (thrown) {
    const never = { heardAt: null, heard: 'not heard from' };
    return { readable: false, position: null, ...never, ...troubleOf(thrown, silence) };
  }
};

const isHeldOut = (fault: unknown): boolean =>
  fault === undefined || (isStoreFault(fault) ? HELD_OUT.has(fault.code) : isPassing(fault));

const troubleOf = (fault: unknown, silence: string): Pick<Seen, 'code' | 'lastError'> => {
  const { code, message } = (fault ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : silence,
    lastError: typeof message === 'string' ? message : fault === undefined ? 'no answer comes' : String(fault),
  };
};
