import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { ResolvedEvent } from '@eventstore/db-client';
import { LogRead, LogReads } from './log-read.js';
import type { LogPlace, ServerEvent } from './record.js';

const placeOf = (number: number): LogPlace => ({ commit: BigInt(number), prepare: BigInt(number) });

const eventAt = (number: number): ServerEvent => ({
  ...{ stream: 's', revision: number, id: String(number), type: 'T', data: {}, metadata: {}, createdAt: 0 },
  place: placeOf(number),
});

/** A subscription that tells numbers, as many as it is let. */
class Numbers extends EventEmitter {
  flows = true;
  unsubscribed = 0;

  pause(): void {
    this.flows = false;
  }

  resume(): void {
    this.flows = true;
  }

  unsubscribe(): Promise<void> {
    this.unsubscribed++;
    return Promise.resolve();
  }

  tellOne(number: number): void {
    this.emit('data', { commitPosition: BigInt(number) });
  }

  /** @returns the first that was not let through. */
  tell(from: number, to: number): number {
    for (let number = from; number <= to; number++) {
      if (!this.flows) return number;
      this.tellOne(number);
    }
    return to + 1;
  }
}

const eventOf = (resolved: ResolvedEvent): ServerEvent => eventAt(Number(resolved.commitPosition));

const opened = (silenceMs = 1_000) => {
  const begun: { after: LogPlace | undefined; numbers: Numbers }[] = [];
  const reads = new LogReads((after) => {
    const numbers = new Numbers();
    begun.push({ after, numbers });
    return new LogRead(numbers, eventOf, { after, silenceMs });
  });
  return { reads, begun };
};

const idsOf = (events: readonly ServerEvent[]): string => events.map(({ id }) => id).join(' ');

describe('a log that is read page after page', () => {
  it('is one reading, with the next page read meanwhile and no more', async () => {
    const { reads, begun } = opened();
    const first = reads.take(undefined, 3, true);
    const [one] = begun;
    const next = one?.numbers.tell(0, 100);
    expect(idsOf(await first)).toBe('0 1 2');
    expect(next).toBe(6);
    expect(idsOf(await reads.take(placeOf(2), 3, true))).toBe('3 4 5');
    expect(one?.numbers.flows).toBe(true);
    const last = reads.take(placeOf(5), 2, false);
    one?.numbers.tell(6, 7);
    expect(idsOf(await last)).toBe('6 7');
    expect([begun.length, one?.numbers.unsubscribed]).toEqual([1, 1]);
  });

  it('passes over what is told again', async () => {
    const { reads, begun } = opened();
    const page = reads.take(placeOf(4), 3, true);
    for (const number of [3, 4, 5, 5, 4, 6, 7]) begun[0]?.numbers.tellOne(number);
    expect(idsOf(await page)).toBe('5 6 7');
    reads.end();
  });

  it('is another reading for whoever reads elsewhere, or at the same place at once', async () => {
    const { reads, begun } = opened();
    const first = reads.take(undefined, 2, true);
    begun[0]?.numbers.tell(0, 3);
    await first;
    const both = [reads.take(placeOf(1), 2, true), reads.take(placeOf(1), 2, true), reads.take(placeOf(9), 1, true)];
    begun[1]?.numbers.tell(2, 3);
    begun[2]?.numbers.tell(10, 10);
    expect((await Promise.all(both)).map(idsOf)).toEqual(['2 3', '2 3', '10']);
    expect(begun.map(({ after }) => after?.commit)).toEqual([undefined, 1n, 9n]);
    reads.end();
    expect(begun.map(({ numbers }) => numbers.unsubscribed)).toEqual([1, 1, 1]);
  });

  it('is taken up anew where the reading has ended between two pages', async () => {
    const { reads, begun } = opened();
    const first = reads.take(undefined, 2, true);
    begun[0]?.numbers.tell(0, 2);
    await first;
    begun[0]?.numbers.emit('error', new Error('gone'));
    const second = reads.take(placeOf(1), 1, true);
    begun[1]?.numbers.tell(2, 2);
    expect(idsOf(await second)).toBe('2');
    reads.end();
  });

  it.each(['end', 'close', 'error'])('says so where it ends by %s before a page is whole', async (how) => {
    const { reads, begun } = opened();
    const page = reads.take(undefined, 2, true);
    begun[0]?.numbers.tell(0, 0);
    begun[0]?.numbers.emit(how, new Error('the server ended it'));
    await expect(page).rejects.toThrow('the server ended');
  });

  it('ends where nothing comes', async () => {
    const { reads, begun } = opened(20);
    await expect(reads.take(undefined, 1, true)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    expect(begun[0]?.numbers.unsubscribed).toBe(1);
  });

  it('keeps four readings at most', async () => {
    const { reads, begun } = opened();
    for (let at = 0; at < 5; at++) {
      const page = reads.take(placeOf(10 * at), 1, true);
      begun[at]?.numbers.tell(10 * at + 1, 10 * at + 2);
      await page;
    }
    expect(begun.map(({ numbers }) => numbers.unsubscribed)).toEqual([1, 0, 0, 0, 0]);
    reads.end();
  });
});
