import type { Connection } from './connection.js';
import type { Leadership } from './leadership.js';
import type { Generation } from './generation.js';
import type { View } from '../engine/view.js';

/**
 * The generations of the views in one place, and which of them is read: the live one. Another is made beside it, and
 * switched to; what was live before is kept until the next is made, or until somebody drops it.
 */
export abstract class Generations {
  private queue: Promise<unknown> = Promise.resolve();

  protected constructor(
    readonly views: readonly View[],
    /** The live one, as far as this program knows. */
    public current: Generation,
  ) {}

  /** Who of several programs does what only one may. */
  abstract readonly leadership: Leadership;

  /** Looks which generation is live, where another program may have switched. */
  abstract refresh(): Promise<void>;

  /**
   * An unfinished generation beside the live one: one that was left unfinished by the same declarations, where
   * `goesOn` says so of it, or an empty one. What else was left there is removed.
   *
   * @param events how many it is about to be filled with.
   */
  abstract beside(goesOn: (found: Generation) => Promise<boolean>, events: number): Promise<Generation>;

  /**
   * Makes the generation that `beside` gave the live one, once `settle` has brought it to where the live one is.
   * While `settle` runs nothing is written to the live one, by whatever program; it is read as ever.
   */
  abstract switchTo<Result>(settle: (old: Generation, next: Generation) => Promise<Result>): Promise<Result>;

  /** Inside a unit that writes to `generation`: refuses where it is no longer the live one. */
  abstract stillLive(unit: Connection, generation: Generation): Promise<void>;

  /** Removes every generation but the live one. @returns how many. */
  abstract dropOld(): Promise<number>;

  /** Closes what is open. */
  abstract close(): Promise<void>;

  /** Runs `work` when nothing else in this program that writes is running: a batch of the follower, a switch. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.queue.then(work);
    this.queue = mine.catch(() => undefined);
    return mine;
  }
}
