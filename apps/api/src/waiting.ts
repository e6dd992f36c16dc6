import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventStore, isPassing } from '#event-store';
import { Refusal, type Position } from '#kernel';
import { statusOf } from '#operations';
import { Register } from '#register';
import { aside } from './limits/in-flight.js';
import { ReceiptTokens } from './receipt-tokens.js';

/** How long a query waits for a receipt's command, in milliseconds. */
const WAIT_MS = 5_000;

/** How often the store is asked again for a position that it cannot know yet, in milliseconds. */
const AGAIN_MS = 50;

const FIELD = { field: 'afterReceipt' };
const SAFE = 'what was recorded is safe';
const NOT_YET = 'the views have not come to the command yet';

/**
 * Reading one's own write: a query waits until the views take in the command of a receipt, whichever program brings
 * them up to date, and says which kind of "not yet" it met.
 */
@Injectable()
export class Waiting {
  constructor(
    private readonly store: EventStore,
    private readonly register: Register,
    private readonly tokens: ReceiptTokens,
  ) {}

  /**
   * @throws Refusal `NOT_A_RECEIPT`; `PENDING` where the views are on their way; `REBUILDING` where they are being made
   *   anew; `FOLLOWER_FAILED` where they stand still before it; `FOLLOWER_SILENT` where nobody brings them up to date.
   */
  forReceipt(receipt: string): Promise<void> {
    return aside(() => this.arrival(receipt));
  }

  private async arrival(token: string): Promise<void> {
    const deadline = performance.now() + WAIT_MS;
    const position = await this.positionOf(this.tokens.opened(token), deadline);
    const waited = await this.register.waitFor(position, Math.max(0, deadline - performance.now()));
    if (waited !== 'reached') throw await this.notYet(waited);
  }

  private async positionOf(receipt: string, deadline: number): Promise<Position> {
    const position = /^p(-1|\d{1,15})$/.exec(receipt)?.[1];
    if (position !== undefined) return Number(position);
    const [, revision, stream = ''] = /^r(\d{1,15})\.(.+)$/s.exec(receipt) ?? [];
    const placed = await this.placeOf(stream, Number(revision), deadline);
    if (placed !== undefined) return placed;
    const message = `the log has not said within ${WAIT_MS / 1000} seconds at which position the command stands`;
    throw new Refusal('PENDING', message, { ...FIELD, remedy: `${SAFE}: ask again in a moment` });
  }

  private async placeOf(stream: string, revision: number, deadline: number): Promise<Position | undefined> {
    for (;;) {
      const [event] = await this.store.readStream(stream, revision).catch((thrown: unknown) => {
        if (isPassing(thrown)) return [];
        throw thrown;
      });
      if (event) return event.position;
      if (performance.now() >= deadline) return undefined;
      await pause(AGAIN_MS);
    }
  }

  /** Tells no position and no reason: whoever recorded something is not told what else was, between it and the views. */
  private async notYet(waited: 'timed out' | 'rebuilding' | 'failed'): Promise<Refusal> {
    if (waited === 'failed') {
      return new Refusal('FOLLOWER_FAILED', `${NOT_YET}, and they stand still`, {
        ...FIELD,
        remedy: `${SAFE}, but not shown until an operator has seen to it; ask without afterReceipt for what is there`,
      });
    }
    if (waited === 'rebuilding') {
      return new Refusal('REBUILDING', `${NOT_YET}, and they are being made anew`, {
        ...FIELD,
        remedy: `${SAFE}: ask again in a minute, or without afterReceipt for what is there`,
      });
    }
    const { followers } = await statusOf(this.store, this.register, undefined);
    const follower = followers.find(({ name }) => name === 'register');
    if (follower && (follower.state === 'silent' || follower.state === 'stopped')) {
      const since = follower.heardAt === null ? 'nobody ever has' : `last heard of at ${follower.heardAt}`;
      return new Refusal('FOLLOWER_SILENT', `${NOT_YET}, and no program brings them up to date: ${since}`, {
        ...FIELD,
        remedy: `${SAFE}: an operator has to start a projector; ask without afterReceipt for what is there`,
      });
    }
    return new Refusal('PENDING', `${NOT_YET}, after ${WAIT_MS / 1000} seconds`, {
      ...FIELD,
      remedy: `${SAFE}: ask again in a moment`,
    });
  }
}
