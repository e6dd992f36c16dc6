import {
  follow,
  type EventStore,
  type Follower,
  type FollowerState,
  type FollowOptions,
  type RunningFollower,
} from '#event-store';

import { HEARTBEAT_MS } from './shelves/follower-states.js';
import type { OpenRegister } from './open.js';

/** A follower of which several programs may have one: one at a time keeps the views. */
export interface LedFollower extends RunningFollower {
  /** True while it is this program's. */
  leads(): boolean;
}

type House = Pick<OpenRegister, 'leadership' | 'keepState' | 'register'> & { readonly follower: Follower };

/**
 * Keeps the views up to date whenever no other program does, and says beside the views how it fares. A follower that
 * failed on an event goes on leading: another program would fail on it too. It runs until it is stopped.
 */
export const followLed = (house: House, store: EventStore, options: FollowOptions = {}): LedFollower =>
  new Led(house, store, options);

class Led implements LedFollower {
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;
  private running: RunningFollower | undefined;
  private last: FollowerState;
  private saying: Promise<void> = Promise.resolve();

  constructor(
    private readonly house: House,
    private readonly store: EventStore,
    private readonly options: FollowOptions,
  ) {
    const { signal } = options;
    const { name } = house.follower;
    this.last = { name, state: 'standing by', position: -1 };
    this.ended = house.leadership
      .lead(name, (leading) => this.whileLeading(leading), {
        signal: signal ? AbortSignal.any([signal, this.stopping.signal]) : this.stopping.signal,
        onLead: (leads, fault) => {
          if (!leads && fault !== undefined)
            this.became({ ...this.last, state: 'standing by', lastError: messageOf(fault) });
        },
      })
      .then(
        () => this.became({ ...this.last, state: 'stopped' }),
        (thrown: unknown) => this.became({ ...this.last, state: 'failed', lastError: messageOf(thrown) }),
      );
  }

  leads(): boolean {
    return this.running !== undefined;
  }

  state(): FollowerState {
    return this.running?.state() ?? this.last;
  }

  async whenAt(...[position, wait]: Parameters<RunningFollower['whenAt']>): ReturnType<RunningFollower['whenAt']> {
    if (this.running) return this.running.whenAt(position, wait);
    const waited = await this.house.register.waitFor(position, wait.timeoutMs);
    return waited === 'rebuilding' ? 'timed out' : waited;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async whileLeading(leading: AbortSignal): Promise<void> {
    let over: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (over = resolve));
    leading.addEventListener('abort', over, { once: true });
    if (leading.aborted) return;
    const running = follow(this.store, this.house.follower, {
      ...this.options,
      signal: leading,
      onState: (state) => {
        this.became(state);
        this.say();
        if (state.state === 'stopped') over();
      },
    });
    this.running = running;
    const beating = setInterval(() => this.say(), HEARTBEAT_MS).unref();
    this.say();
    await ended;
    await running.stop();
    clearInterval(beating);
    this.last = running.state();
    this.say();
    this.running = undefined;
    await this.saying;
    if (!this.stopping.signal.aborted) this.became({ ...this.last, state: 'standing by' });
  }

  /** One at a time; what cannot be said now is said again with the next beat. */
  private say(): void {
    const { name, state, position, lastError = null } = this.state();
    this.saying = this.saying
      .then(() => this.house.keepState({ name, state, position, lastError }))
      .catch(() => undefined);
  }

  private became(state: FollowerState): void {
    const changed = state.state !== this.last.state || state.lastError !== this.last.lastError;
    this.last = state;
    if (changed) this.options.onState?.(state);
  }
}

const messageOf = (thrown: unknown): string => {
  const message = (thrown as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(thrown);
};
