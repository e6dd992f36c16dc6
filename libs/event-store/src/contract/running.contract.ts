import { describe, expect, it } from '@jest/globals';
import { type Instant, instantOf } from '#kernel';
import { allOf, eventOf, eventsOf, isAppended, range, type Tried } from './events.js';
import type { AppendOutcome } from '../event-store.js';

/** What goes on meanwhile: stamps, waiting, closing and opening again. */
export const running = (tried: Tried): void => {
  const { append } = tried;

  describe('stamping', () => {
    it('never goes back when the clock does', async () => {
      const clock = [10_000, 20_000, 5_000, 15_000.9, 30_000.9];
      const isSet = await tried.restart({ now: () => clock.shift() ?? 0 });
      for (const index of range(0, 5)) await append(`s${index}`, 'no stream', eventOf(`c${index}`));
      const stamps = (await allOf(tried.store)).map(({ recordedAt }) => recordedAt);
      expect(stamps).toEqual(isSet ? [10_000, 20_000, 20_000, 20_000, 30_000].map(instantOf) : stamps.toSorted());
    });

    it('keeps an instant brought along, raised to the one before', async () => {
      const isSet = await tried.restart({ now: () => 50_000 });
      const keeping = (stream: string, at: number): Promise<AppendOutcome> =>
        tried.store.append([{ stream, expected: 'no stream', events: [eventOf(stream)] }], {
          recordedAt: instantOf(at),
        });
      const answered: (Instant | null | undefined)[] = [];
      for (const at of [10_000, 12_000, 11_000]) {
        const outcome = await keeping(`s${at}`, at);
        answered.push('recordedAt' in outcome ? outcome.recordedAt : undefined);
      }
      await append('now', 'no stream', eventOf('now'));
      const stamps = (await allOf(tried.store)).map(({ recordedAt }) => recordedAt);
      expect(stamps.slice(0, 3)).toEqual([10_000, 12_000, 12_000].map(instantOf));
      if (isSet) expect(stamps[3]).toBe(instantOf(50_000));
      expect(answered).toEqual(stamps.slice(0, 3));
    });
  });

  describe('waiting for more', () => {
    it('is over at once where there is more already', async () => {
      await append('a', 'no stream', eventOf('c1'));
      expect(await tried.store.whenBeyond(-1, new AbortController().signal)).toBe(true);
    });

    it('is over when an event comes', async () => {
      await append('a', 'no stream', eventOf('c1'));
      const waiting = tried.store.whenBeyond(0, new AbortController().signal);
      await append('a', { revision: 0 }, eventOf('c2'));
      expect(await waiting).toBe(true);
    });

    it('is given up when told to, before or meanwhile', async () => {
      expect(await tried.store.whenBeyond(-1, AbortSignal.abort())).toBe(false);
      const stop = new AbortController();
      const waiting = tried.store.whenBeyond(-1, stop.signal);
      stop.abort();
      expect(await waiting).toBe(false);
    });
  });

  describe('closing', () => {
    it('finishes what is queued and sends waiters away', async () => {
      const waiting = tried.store.whenBeyond(1_000, new AbortController().signal);
      const queued = range(0, 100).map((index) => append(`s${index}`, 'no stream', eventOf(`c${index}`)));
      await tried.store.close();
      expect((await Promise.all(queued)).filter(isAppended)).toHaveLength(100);
      expect(await waiting).toBe(false);
    });

    it('refuses every later call, and may be closed again', async () => {
      await tried.store.close();
      const refused = { code: 'STORE_CLOSED', message: expect.stringContaining('closed') };
      await expect(append('a', 'no stream', eventOf('c1'))).rejects.toMatchObject(refused);
      await expect(tried.store.readStream('a')).rejects.toMatchObject(refused);
      await expect(tried.store.readAll(0, 1)).rejects.toMatchObject(refused);
      await expect(tried.store.head()).rejects.toMatchObject(refused);
      await expect(tried.store.whenBeyond(-1, new AbortController().signal)).rejects.toMatchObject(refused);
      await tried.store.close();
    });

    it('loses nothing over a restart', async () => {
      const first = await append('a', 'no stream', ...eventsOf('c1', 3));
      const before = await allOf(tried.store);
      if (!(await tried.reopen())) return;
      expect(await allOf(tried.store)).toEqual(before);
      expect(await append('a', 'no stream', ...eventsOf('c1', 3))).toEqual({ ...first, kind: 'already appended' });
      expect(await append('a', { revision: 2 }, eventOf('c2'))).toMatchObject({ kind: 'appended', positions: [3] });
    });
  });
};
