import type { ResolvedEvent } from '@eventstore/db-client';
import { goesBefore, type LogPlace, type ServerEvent } from './record.js';
import { StoreFault } from '../store-fault.js';

/** As much of the client's subscriptions as is used here. */
export interface Subscription {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'data', listener: (resolved: ResolvedEvent) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  unsubscribe(): Promise<void>;
}

/** Who waits for a page. */
interface Asking {
  readonly count: number;
  readonly settle: (settled: ServerEvent[] | Error) => void;
}

/**
 * One reading of the log behind a place, page after page: while a page is worked on, the next is on its way. What the server
 * tells again, or from before the place, is passed over.
 */
export class LogRead {
  readonly #subscription: Subscription;
  readonly #silenceMs: number;
  #told: ServerEvent[] = [];
  /** The last event told, and the last taken. */
  #last: LogPlace | undefined;
  #taken: LogPlace | undefined;
  /** How many are to be there before they are asked for. */
  #ahead = 0;
  #asking: Asking | undefined;
  #over: Error | undefined;

  /** @param silenceMs how long a page is waited for while nothing comes, in milliseconds. */
  constructor(
    subscription: Subscription,
    eventOf: (resolved: ResolvedEvent) => ServerEvent | undefined,
    { after, silenceMs }: { readonly after: LogPlace | undefined; readonly silenceMs: number },
  ) {
    [this.#last, this.#taken] = [after, after];
    this.#subscription = subscription;
    this.#silenceMs = silenceMs;
    const ended = (): void => this.end(new StoreFault('STORE_UNREACHABLE', 'the server ended the reading of the log'));
    // The listener for errors stays for good: an error that nobody listens for ends the process.
    subscription.on('error', (error) => this.end(error));
    subscription.on('end', ended);
    subscription.on('close', ended);
    subscription.on('data', (resolved) => {
      const event = this.#over ? undefined : eventOf(resolved);
      if (event) this.#tell(event);
    });
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** Whether what is taken next stands behind this place. */
  isAt(place: LogPlace | undefined): boolean {
    return this.#taken?.commit === place?.commit && this.#taken?.prepare === place?.prepare;
  }

  /** The next so many events, which have to be there. One at a time may ask. @throws what ended it. */
  take(count: number): Promise<ServerEvent[]> {
    return new Promise((resolve, reject) => {
      const settle = (settled: ServerEvent[] | Error): void => {
        clearTimeout(this.#silence);
        this.#asking = undefined;
        if (settled instanceof Error) reject(settled);
        else resolve(settled);
      };
      const late = new StoreFault('STORE_UNREACHABLE', `no answer within ${this.#silenceMs} ms`);
      this.#silence = setTimeout(() => this.end(late), this.#silenceMs);
      this.#asking = { count, settle };
      this.#answer();
    });
  }

  #silence: NodeJS.Timeout | undefined;

  /** Ends it; whoever waits for a page is told why. */
  end(why: Error): void {
    if (this.#over) return;
    this.#over = why;
    this.#subscription.unsubscribe().catch(() => undefined);
    this.#told = [];
    this.#asking?.settle(why);
  }

  #tell(event: ServerEvent): void {
    if (this.#last && !goesBefore(this.#last, event.place)) return;
    this.#last = event.place;
    this.#told.push(event);
    this.#silence?.refresh();
    this.#answer();
  }

  #answer(): void {
    const asking = this.#asking;
    if (asking && this.#over) return asking.settle(this.#over);
    if (asking && this.#told.length >= asking.count) {
      const page = this.#told.splice(0, asking.count);
      this.#taken = page.at(-1)?.place ?? this.#taken;
      this.#ahead = asking.count;
      asking.settle(page);
    }
    if (this.#asking || this.#told.length < this.#ahead) this.#subscription.resume();
    else this.#subscription.pause();
  }
}

/** Readings that are kept at once, and for how long after a page, in milliseconds. */
const MOST_KEPT = 4;
const KEPT_MS = 5_000;

/** The pages of whoever reads on page after page, each out of the reading that the page before came from. */
export class LogReads {
  readonly #kept = new Map<LogRead, NodeJS.Timeout>();
  #ended = 0;

  /** @param begin takes up a reading behind a place. */
  constructor(private readonly begin: (after: LogPlace | undefined) => LogRead) {}

  /** The next so many events behind a place. @param goesOn whether more is likely to be asked for behind them. */
  async take(after: LogPlace | undefined, count: number, goesOn: boolean): Promise<ServerEvent[]> {
    const read = this.#keptAt(after) ?? this.begin(after);
    const before = this.#ended;
    try {
      return await read.take(count);
    } finally {
      if (goesOn && !read.isOver && before === this.#ended) this.#keep(read);
      else read.end(notKept());
    }
  }

  /** Keeps none of those there are now: what is read ahead is to be read again. */
  end(): void {
    this.#ended += 1;
    for (const read of this.#kept.keys()) this.#letGo(read);
  }

  #keptAt(place: LogPlace | undefined): LogRead | undefined {
    for (const [read, timer] of this.#kept) {
      if (!read.isOver && !read.isAt(place)) continue;
      clearTimeout(timer);
      this.#kept.delete(read);
      if (!read.isOver) return read;
    }
    return undefined;
  }

  #keep(read: LogRead): void {
    const timer = setTimeout(() => this.#letGo(read), KEPT_MS);
    timer.unref();
    this.#kept.set(read, timer);
    const [oldest] = this.#kept.keys();
    if (oldest && this.#kept.size > MOST_KEPT) this.#letGo(oldest);
  }

  #letGo(read: LogRead): void {
    clearTimeout(this.#kept.get(read));
    this.#kept.delete(read);
    read.end(notKept());
  }
}

const notKept = (): StoreFault => new StoreFault('STORE_CLOSED', 'the reading of the log was ended');
