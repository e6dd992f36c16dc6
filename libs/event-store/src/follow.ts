import { setTimeout as pause } from 'node:timers/promises';
import type { Position, StoredEvent } from '#kernel';
import type { EventStore } from './event-store.js';
import type { Follower, FollowerState, FollowOptions, RunningFollower, WaitOptions } from './follower.js';
import { isPassing, isStoreFault } from './store-fault.js';

/** Starts a follower after its checkpoint. It runs until it is stopped, fails, or the store is closed. */
export const follow = (store: EventStore, follower: Follower, options: FollowOptions = {}): RunningFollower =>
  new Following(store, follower, options);

const DEFAULT_BATCH = 256;

/** Pauses after faults of the store double from the first to the longest, each cut at random by up to a half. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

interface Waiter {
  readonly position: Position;
  readonly settle: (answer: 'reached' | 'timed out' | 'failed') => void;
}

class Following implements RunningFollower {
  readonly #store: EventStore;
  readonly #follower: Follower;
  readonly #batch: number;
  readonly #onState: (state: FollowerState) => void;
  readonly #stopping = new AbortController();
  readonly #signal: AbortSignal;
  readonly #waiters = new Set<Waiter>();
  readonly #ended: Promise<void>;
  #state: FollowerState;

  constructor(store: EventStore, follower: Follower, { signal, batch = DEFAULT_BATCH, onState }: FollowOptions) {
    this.#store = store;
    this.#follower = follower;
    this.#batch = batch;
    this.#onState = onState ?? (() => undefined);
    this.#signal = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal;
    this.#state = { name: follower.name, state: 'catching up', position: -1 };
    this.#ended = this.#run();
  }

  state(): FollowerState {
    return this.#state;
  }

  whenAt(position: Position, { timeoutMs, signal }: WaitOptions): Promise<'reached' | 'timed out' | 'failed'> {
    if (this.#state.position >= position) return Promise.resolve('reached');
    if (this.#hasEnded()) return Promise.resolve('failed');
    if (signal?.aborted || timeoutMs <= 0) return Promise.resolve('timed out');
    return new Promise((resolve) => {
      const late = (): void => waiter.settle('timed out');
      const timer = setTimeout(late, timeoutMs);
      const waiter: Waiter = {
        position,
        settle: (answer) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', late);
          this.#waiters.delete(waiter);
          resolve(answer);
        },
      };
      signal?.addEventListener('abort', late, { once: true });
      this.#waiters.add(waiter);
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    try {
      let [pauses, known] = [0, false];
      while (!this.#signal.aborted) {
        try {
          if (!known) this.#reached(await this.#follower.checkpoint());
          known = true;
          const page = await this.#nextPage();
          if (page === 'closed') break;
          if (page !== 'fault') {
            if (page.length > 0 && !this.#signal.aborted) await this.#handle(page);
            pauses = 0;
            continue;
          }
        } catch (thrown) {
          if (!isPassing(thrown)) throw thrown;
          if (isClosed(thrown)) break;
          // What was under way may be kept or not: whoever keeps it knows.
          known = false;
          this.#enter('catching up', messageOf(thrown));
        }
        await this.#pause(pauses++);
      }
      this.#enter('stopped');
    } catch (thrown) {
      this.#enter('failed', messageOf(thrown));
    }
  }

  /** The events after the last position kept; none after a wait that ended. */
  async #nextPage(): Promise<readonly StoredEvent[] | 'closed' | 'fault'> {
    const { position } = this.#state;
    try {
      const page = await this.#wholeCommands(position + 1);
      if (page.length > 0) return page;
      this.#enter('live');
      const beyond = await this.#store.whenBeyond(position, this.#signal);
      return beyond || this.#signal.aborted ? [] : 'closed';
    } catch (thrown) {
      if (isClosed(thrown)) return 'closed';
      this.#enter('catching up', messageOf(thrown));
      return 'fault';
    }
  }

  /** A page; a longer one where a command alone is longer than a batch, so that a checkpoint never cuts one (T6). */
  async #wholeCommands(from: Position): Promise<readonly StoredEvent[]> {
    for (let limit = this.#batch; ; limit *= 2) {
      const page = await this.#store.readAll(from, limit);
      const last = page.at(-1);
      if (page.length < limit || !last || endsCommand(last)) return page;
    }
  }

  async #handle(page: readonly StoredEvent[]): Promise<void> {
    if (page.length >= this.#batch) this.#enter('catching up');
    await this.#follower.handle(page);
    this.#reached(page.at(-1)?.position ?? this.#state.position);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async #pause(times: number): Promise<void> {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS);
    await pause(longest * (1 - Math.random() / 2), undefined, { signal: this.#signal }).catch(() => undefined);
  }

  #reached(position: Position): void {
    this.#state = { ...this.#state, position };
    for (const waiter of this.#waiters) if (position >= waiter.position) waiter.settle('reached');
  }

  #enter(state: FollowerState['state'], lastError?: string): void {
    const { name, position, state: before, lastError: errorBefore } = this.#state;
    this.#state = { name, state, position, ...(lastError !== undefined && { lastError }) };
    if (this.#hasEnded()) for (const waiter of this.#waiters) waiter.settle('failed');
    if (state !== before || lastError !== errorBefore) this.#onState(this.#state);
  }

  #hasEnded(): boolean {
    return this.#state.state === 'failed' || this.#state.state === 'stopped';
  }
}

function endsCommand({ envelope }: StoredEvent): boolean {
  const { index, count } = JSON.parse(envelope) as { index?: unknown; count?: unknown };
  return typeof index !== 'number' || typeof count !== 'number' || index + 1 >= count;
}

const isClosed = (thrown: unknown): boolean => isStoreFault(thrown) && thrown.code === 'STORE_CLOSED';

const messageOf = (thrown: unknown): string => {
  const message = (thrown as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(thrown);
};
