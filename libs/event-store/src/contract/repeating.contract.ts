import { describe, expect, it } from '@jest/globals';
import { type NewEvent } from '#kernel';
import { eventOf, eventsOf, isAppended, positionsOf, range, type Tried } from './events.js';

/** What is written again: the same, and what only looks the same. */
export const repeating = (tried: Tried): void => {
  const { append } = tried;

  describe('repeating an append', () => {
    it('answers with the first positions and instant, whatever has come since', async () => {
      const write = [{ stream: 'a', expected: 'no stream' as const, events: eventsOf('c1', 3) }];
      const first = await tried.store.append(write);
      const again = { ...first, kind: 'already appended' };
      expect(await tried.store.append(write)).toEqual(again);
      await append('a', { revision: 2 }, eventOf('c2'));
      await append('b', 'no stream', eventOf('c3'));
      expect(await tried.store.append(write)).toEqual(again);
      expect(await append('a', { revision: 3 }, ...eventsOf('c1', 3))).toEqual(again);
      expect(await tried.store.head()).toBe(4);
    });

    it('knows one of several streams again', async () => {
      const writes = [
        { stream: 'a', expected: 'no stream' as const, events: eventsOf('c1', 2) },
        { stream: 'b', expected: 'no stream' as const, events: [eventOf('c2')] },
      ];
      await append('z', 'no stream', eventOf('before'));
      const first = await tried.store.append(writes);
      expect(await tried.store.append(writes)).toEqual({ ...first, kind: 'already appended' });
      expect(await tried.store.append(writes.toReversed())).toMatchObject({ kind: 'id taken' });
    });

    it('writes it once where 100 send it at once', async () => {
      const outcomes = await Promise.all(range(0, 100).map(() => append('a', 'no stream', ...eventsOf('c1', 2))));
      expect(outcomes.filter(isAppended)).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'already appended')).toHaveLength(99);
      expect(new Set(outcomes.map((outcome) => positionsOf(outcome).join())).size).toBe(1);
      expect(await tried.store.head()).toBe(1);
    });

    it('refuses an id with another body', async () => {
      const first = eventOf('c1');
      await append('a', 'no stream', first);
      const others: NewEvent[] = [
        { ...first, payload: '{"says":"other"}' },
        { ...first, envelope: '{}' },
        { ...first, type: 'Shouted' },
        { ...first, schemaVersion: 2 },
      ];
      for (const other of others) {
        for (const expected of ['no stream', { revision: 0 }] as const) {
          expect(await append('a', expected, other)).toEqual({ kind: 'id taken', id: first.id });
        }
      }
      expect(await tried.store.head()).toBe(0);
    });

    it('refuses an id that is in another stream', async () => {
      await append('a', 'no stream', eventOf('c1'));
      expect(await append('b', 'no stream', eventOf('c1'))).toEqual({ kind: 'id taken', id: eventOf('c1').id });
      expect(await tried.store.readStream('b')).toEqual([]);
    });

    it('refuses what was half there, from either end', async () => {
      await append('a', 'no stream', eventOf('c1'));
      const taken = { kind: 'id taken', id: eventOf('c1').id };
      expect(await append('a', 'no stream', eventOf('c1'), eventOf('c2'))).toEqual(taken);
      expect(await append('a', { revision: 0 }, eventOf('c2'), eventOf('c1'))).toEqual(taken);
      expect(await tried.store.head()).toBe(0);
    });

    it('refuses a part of an earlier append, and two earlier ones as one', async () => {
      const [one, two, three] = eventsOf('c1', 3) as [NewEvent, NewEvent, NewEvent];
      await append('a', 'no stream', one, two, three);
      await append('b', 'no stream', eventOf('c2'));
      await append('b', { revision: 0 }, eventOf('c3'));
      expect(await append('a', 'no stream', one, two)).toMatchObject({ kind: 'id taken' });
      expect(await append('a', { revision: 0 }, two, three)).toMatchObject({ kind: 'id taken' });
      expect(await append('a', 'no stream', two, one, three)).toMatchObject({ kind: 'id taken' });
      expect(await append('b', 'no stream', eventOf('c2'), eventOf('c3'))).toMatchObject({ kind: 'id taken' });
      expect(await tried.store.head()).toBe(4);
    });

    it('refuses one id twice in an append', async () => {
      expect(await append('a', 'no stream', eventOf('c1'), eventOf('c1'))).toEqual({
        kind: 'id taken',
        id: eventOf('c1').id,
      });
      expect(await tried.store.head()).toBe(-1);
    });
  });
};
