import type { Position, StoredEvent } from '#kernel';

/** A named reader of the log that keeps something: a view, a ledger, an export. */
export interface Follower {
  readonly name: string;
  /** Position of the last event that is in what it keeps, or −1 for none. */
  checkpoint(): Promise<Position>;
  /**
   * Takes the next events, in order, and MUST write what comes of them and the new checkpoint in one transaction.
   * The events end where a command ends. A rejection stops this follower until it is started again, but for a fault
   * that passes (`isPassing`): after that it is asked for its checkpoint and goes on from there, with a pause.
   */
  handle(events: readonly StoredEvent[]): Promise<void>;
}

export interface FollowerState {
  readonly name: string;
  /**
   * `live` is at the end of the log, waiting for more; `failed` stays where it is until somebody has looked;
   * `standing by` leaves it to another program, and takes over where that one dies.
   */
  readonly state: 'catching up' | 'live' | 'failed' | 'stopped' | 'standing by';
  /** Last position kept, or −1. */
  readonly position: Position;
  /** Why it failed; or, while it goes on trying, what the store said last. */
  readonly lastError?: string;
}

export interface FollowOptions {
  /** Stops the follower when aborted. */
  readonly signal?: AbortSignal;
  /** Most events handled at a time; default 256, so that other work has its turn every few milliseconds. */
  readonly batch?: number;
  /** Told of each change of state, not of each position. */
  readonly onState?: (state: FollowerState) => void;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface RunningFollower {
  state(): FollowerState;
  /** Whether the follower keeps `position` within the time given. A stopped one answers `failed`. */
  whenAt(position: Position, options: WaitOptions): Promise<'reached' | 'timed out' | 'failed'>;
  /** Resolves when the batch at hand is done and nothing more will be handled. */
  stop(): Promise<void>;
}
