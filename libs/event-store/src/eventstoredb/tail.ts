import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '#kernel';
import type { EventStoreDbConnection, Subscribed } from './client.js';
import { isTooSlow, saidBy, troubleOf } from './errors.js';
import { Intake, type TailEvent } from './intake.js';
import type { EventStoreDbIndex } from './log-index.js';
import { isStoreFault, StoreFault, type StoreFaultCode } from '../store-fault.js';

export interface TailOptions {
  readonly connection: EventStoreDbConnection;
  readonly index: EventStoreDbIndex;
  /** What the register's streams begin with on the server. */
  readonly prefix: string;
  /** Told of events once they have their positions. */
  readonly onEvents: (events: readonly TailEvent[]) => void;
  /** Told of the metadata of a stream. */
  readonly onMetadata: (stream: string, metadata: unknown) => void;
  /** Looks whether the log is still the one that the index is of. @throws where it is not, or does not say. */
  readonly requireSameLog: () => Promise<void>;
  /** Looks which foreign events are passed over. */
  readonly lookAtForeign: () => Promise<void>;
  /** Told once, of what cannot be mended by trying again. */
  readonly onFault: (fault: unknown) => void;
  /** First pause after a lost subscription, in milliseconds; it doubles up to 100 times that. */
  readonly pauseMs: number;
  /** A subscription that has said nothing for so long is taken to be dead, in milliseconds. */
  readonly silenceMs: number;
}

/** Silence after which a server that never says so, as before 23.10, is taken to have told all it has. */
const QUIET_MS = 2_000;

/**
 * Reads the register's streams off the end of the server's log, gives every event its position, and goes on: over lost
 * connections from where it was, after a pause that grows and is cut at random, so that many do not come back at once.
 */
export class EventStoreDbTail {
  readonly #options: TailOptions;
  readonly #prefixes: string[];
  readonly #intake: Intake;
  readonly #stopping = new AbortController();
  #subscribed: Subscribed | undefined;
  #lostOnce: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #fault: unknown;
  /** Why nothing is taken in for now: the index cannot keep it, and is taken up again; or a foreign event. */
  #held: StoreFault | undefined;
  #connected = false;
  #lagged = false;
  #lastError: string | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#prefixes = [options.prefix, `$$${options.prefix}`];
    this.#intake = new Intake({ ...options, onFault: (thrown) => this.#troubled(thrown) });
  }

  get connected(): boolean {
    return this.#connected;
  }

  /**
   * Whether nothing can have happened to the log unheard: it is connected, or lagged a moment ago, was told so by a server
   * that was there, and is taken up again.
   */
  get hears(): boolean {
    return this.#connected || this.#lagged;
  }

  /** What the server said when the subscription was lost last. */
  get lastError(): string | undefined {
    return this.#lastError;
  }

  /** @throws what stopped the tail for good. */
  requireSound(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** @throws what keeps it from taking anything in, for good or for now. */
  requireUp(): void {
    this.requireSound();
    if (this.#held !== undefined) throw this.#held;
  }

  /** Resolves when all that the log holds now has its position. @throws what the server said when `patienceMs` were over. */
  async start(patienceMs: number): Promise<void> {
    const began = performance.now();
    for (let times = 0; ; times++) {
      const ended = await this.#once(() => {
        this.#running = this.#goOn();
      });
      if (ended === 'caught up') return;
      this.requireSound();
      // A damaged index is made anew; for anything else somebody has to see to the disk.
      if (this.#held !== undefined && this.#held.code !== 'STORE_BEHIND') throw this.#held;
      const over = performance.now() - began > patienceMs || troubleOf(ended).kind === 'denied';
      if (over) throw ended;
      await this.#pause(times);
    }
  }

  /** Gives up a subscription that should have told something by now, and takes a new one. */
  nudge(): void {
    this.#lostOnce();
  }

  /** The newest events from a position on, if they are all still in memory. */
  recent(from: Position, to: Position): readonly TailEvent[] | undefined {
    return this.#intake.recent(from, to);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#subscribed?.end();
    this.#lostOnce();
    await this.#running;
  }

  /** The first subscription has caught up and runs: waits for its end, then takes the next. */
  async #goOn(): Promise<void> {
    let why = await this.#lost;
    for (let times = 0; !this.#stopping.signal.aborted && this.#fault === undefined; times++) {
      // One that lagged is taken up at once, from the server that said so: whoever appends waits for what it tells.
      this.#lagged = times === 0 && isTooSlow(why) && this.#held === undefined;
      if (!this.#lagged) {
        await this.#pause(times);
        if (this.#stopping.signal.aborted) return;
        if (this.#takeUp() !== undefined) continue;
        // While nobody was told anything, another log may have been put in its place.
        if (!(await this.#isSameLog())) continue;
      }
      await this.#once(() => {
        times = -1;
        if (this.#lagged) void this.#isSameLog();
        this.#lagged = false;
      });
      why = await this.#lost;
    }
  }

  #lost: Promise<unknown> = Promise.resolve();

  async #isSameLog(): Promise<boolean> {
    try {
      await this.#options.requireSameLog();
      // And a foreign event may have been said to be passed over.
      await this.#options.lookAtForeign();
      return true;
    } catch (thrown) {
      const passes = isStoreFault(thrown) && (PASSING.has(thrown.code) || OF_THE_INDEX.has(thrown.code));
      if (passes) this.#lastError = saidBy(thrown);
      else this.fail(thrown);
      return false;
    }
  }

  /** One subscription. @returns when it has caught up, or has ended before. */
  #once(caughtUp: () => void): Promise<unknown> {
    const { connection, index } = this.#options;
    this.#intake.begin();
    const trouble = this.#takeUp();
    if (trouble !== undefined) return Promise.resolve(trouble);
    let quiet: NodeJS.Timeout | undefined;
    let silence: NodeJS.Timeout | undefined;
    return new Promise((resolve) => {
      let over = false;
      this.#lost = new Promise((ended) => {
        const end = (thrown: unknown): void => {
          if (over) return;
          over = true;
          clearTimeout(quiet);
          clearTimeout(silence);
          this.#connected = false;
          this.#lastError = thrown === undefined ? 'the server ended the subscription' : saidBy(thrown);
          this.#subscribed?.end();
          ended(thrown);
          resolve(thrown ?? new StoreFault('STORE_UNREACHABLE', 'the server ended the subscription'));
        };
        const isUpToDate = (): void => {
          clearTimeout(quiet);
          if (over || this.#connected || !this.#intake.takeIn() || !this.#isKept()) return;
          this.#connected = true;
          caughtUp();
          resolve('caught up');
        };
        const heard = (): void => {
          silence?.refresh();
          quiet?.refresh();
        };
        this.#lostOnce = () => end(new StoreFault('STORE_UNREACHABLE', 'the subscription said nothing'));
        silence = setTimeout(() => this.#lostOnce(), this.#options.silenceMs);
        silence.unref();
        this.#subscribed = connection.subscribe(index.place, this.#prefixes, {
          onConfirmed: () => {
            heard();
            quiet ??= setTimeout(isUpToDate, QUIET_MS);
          },
          onEvent: (event) => {
            heard();
            this.#intake.heard(event);
          },
          onPlace: (place) => {
            heard();
            this.#intake.reached(place);
          },
          onCaughtUp: isUpToDate,
          onEnd: end,
        });
      });
    });
  }

  /** After a fault of the index, goes on from what it has on the disk. @returns why that cannot be yet. */
  #takeUp(): unknown {
    if (this.#held === undefined) return undefined;
    try {
      this.#options.index.takeUp();
      this.#intake.forget();
      return undefined;
    } catch (thrown) {
      this.hold(thrown);
      return thrown;
    }
  }

  /** Where the index had failed, that it keeps again what it is told. */
  #isKept(): boolean {
    if (this.#held === undefined) return true;
    try {
      this.#options.index.commit();
      this.#held = undefined;
      return true;
    } catch (thrown) {
      this.#troubled(thrown);
      return false;
    }
  }

  #troubled(thrown: unknown): void {
    // What came before a foreign event is taken in a moment later all the same.
    const passes = isStoreFault(thrown) && (OF_THE_INDEX.has(thrown.code) || thrown.code === 'STORE_FOREIGN_EVENT');
    if (passes) this.hold(thrown);
    else this.fail(thrown);
  }

  /** Takes nothing in until the index can be taken up again, or a foreign event is passed over. */
  hold(fault: unknown): void {
    if (!isStoreFault(fault)) return this.fail(fault);
    this.#held = fault;
    this.#lostOnce();
    this.#lastError = fault.message;
  }

  /** Stops for good: nothing is read or written any more. */
  fail(thrown: unknown): void {
    if (this.#fault !== undefined) return;
    this.#fault = thrown;
    this.#intake.end();
    this.#subscribed?.end();
    this.#lostOnce();
    this.#options.onFault(thrown);
  }

  async #pause(times: number): Promise<void> {
    const { pauseMs } = this.#options;
    const longest = Math.min(pauseMs * 2 ** times, pauseMs * 100);
    const { signal } = this.#stopping;
    await pause(longest * (1 - Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** Faults of the server that pass: it is away, or this user has lost a right and may get it back. */
const PASSING: ReadonlySet<StoreFaultCode> = new Set(['STORE_UNREACHABLE', 'STORE_ACCESS_DENIED']);

/** Faults of the index's file. They pass, or it is made anew: the log has all that was in it. */
const OF_THE_INDEX: ReadonlySet<StoreFaultCode> = new Set([
  'STORE_FULL',
  'STORE_READ_ONLY',
  'STORE_BUSY',
  'STORE_IO',
  'STORE_CANNOT_OPEN',
  'STORE_BEHIND',
]);
