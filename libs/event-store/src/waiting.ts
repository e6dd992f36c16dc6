import type { Position } from '#kernel';

interface Waiter {
  readonly position: Position;
  readonly settle: (beyond: boolean) => void;
}

/** Those who wait for the log to go beyond a position. */
export class Waiting {
  readonly #waiters = new Set<Waiter>();
  #poll: NodeJS.Timeout | undefined;

  /**
   * @param head the last position, or −1.
   * @param pollMs how often to ask for the head on behalf of those who wait, for what other programs write; 0 for never.
   */
  constructor(
    readonly head: () => Position,
    readonly pollMs: number,
  ) {}

  /** True once the log has an event beyond `position`; false when `signal` is aborted or the store closes. */
  whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.head() > position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const aborted = (): void => waiter.settle(false);
      const waiter: Waiter = {
        position,
        settle: (beyond) => {
          signal.removeEventListener('abort', aborted);
          this.#waiters.delete(waiter);
          if (this.#waiters.size === 0) this.#stopPolling();
          resolve(beyond);
        },
      };
      signal.addEventListener('abort', aborted, { once: true });
      this.#waiters.add(waiter);
      if (this.pollMs > 0) this.#poll ??= setInterval(() => this.#look(), this.pollMs);
    });
  }

  wake(head: Position): void {
    for (const waiter of this.#waiters) if (head > waiter.position) waiter.settle(true);
  }

  /** Sends everyone away. */
  end(): void {
    for (const waiter of this.#waiters) waiter.settle(false);
  }

  #look(): void {
    try {
      this.wake(this.head());
    } catch {
      // Whoever waits is woken early and meets the fault on reading, where it can be answered.
      this.wake(Number.POSITIVE_INFINITY);
    }
  }

  #stopPolling(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}
