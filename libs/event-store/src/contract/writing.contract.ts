import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type NewEvent } from '#kernel';
import { allOf, eventOf, eventsOf, isAppended, range, type Tried } from './events.js';
import { type AppendOutcome, EVENT_LIMIT_BYTES, type Expectation } from '../event-store.js';

/** What is written: against an expected revision, and all or nothing. */
export const writing = (tried: Tried): void => {
  const { append } = tried;

  describe('expecting a revision', () => {
    it('creates a stream once', async () => {
      expect(await append('a', 'no stream', eventOf('c1'))).toMatchObject({ kind: 'appended', positions: [0] });
      expect(await append('a', 'no stream', eventOf('c2'))).toEqual({
        kind: 'wrong revision',
        stream: 'a',
        actual: 0,
      });
      expect(await tried.store.head()).toBe(0);
    });

    it('names the actual revision to whoever is behind or ahead, and writes nothing', async () => {
      await append('a', 'no stream', ...eventsOf('c1', 3));
      for (const revision of [0, 1, 3, 99, -1]) {
        expect(await append('a', { revision }, eventOf(`at ${revision}`))).toEqual({
          kind: 'wrong revision',
          stream: 'a',
          actual: 2,
        });
      }
      expect(await append('a', { revision: 2 }, eventOf('right'))).toMatchObject({
        kind: 'appended',
        positions: [3],
      });
    });

    it('says that there is no stream to whoever expects one', async () => {
      for (const revision of [0, -1, 5]) {
        expect(await append('a', { revision }, eventOf(`at ${revision}`))).toEqual({
          kind: 'wrong revision',
          stream: 'a',
          actual: null,
        });
      }
      expect(await tried.store.head()).toBe(-1);
    });

    it('lets exactly one of two win at one revision, 50 times', async () => {
      await append('a', 'no stream', eventOf('first'));
      for (let revision = 0; revision < 50; revision++) {
        const outcomes = await Promise.all(
          ['x', 'y'].map((who) => append('a', { revision }, eventOf(`${who} ${revision}`))),
        );
        expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['appended', 'wrong revision']);
        expect(outcomes).toContainEqual({ kind: 'wrong revision', stream: 'a', actual: revision + 1 });
      }
      expect((await tried.store.readStream('a')).map(({ revision }) => revision)).toEqual(range(0, 51));
    });
  });

  describe('writing all or nothing', () => {
    it('writes several streams as one, in the order given', async () => {
      await append('b', 'no stream', eventOf('before'));
      const outcome = await tried.store.append([
        { stream: 'a', expected: 'no stream', events: eventsOf('c1', 2) },
        { stream: 'b', expected: { revision: 0 }, events: [eventOf('c2')] },
      ]);
      expect(outcome).toMatchObject({ kind: 'appended', positions: [1, 2, 3] });
      const events = await allOf(tried.store);
      expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
        ['b', 0],
        ['a', 0],
        ['a', 1],
        ['b', 1],
      ]);
      expect(new Set(events.slice(1).map(({ recordedAt }) => recordedAt)).size).toBe(1);
    });

    it('writes nothing where one of several expectations fails', async () => {
      await append('b', 'no stream', eventOf('before'));
      const outcome = await tried.store.append([
        { stream: 'a', expected: 'no stream', events: eventsOf('c1', 2) },
        { stream: 'b', expected: { revision: 4 }, events: [eventOf('c2')] },
      ]);
      expect(outcome).toEqual({ kind: 'wrong revision', stream: 'b', actual: 0 });
      expect(await tried.store.readStream('a')).toEqual([]);
      expect(isAppended(await append('a', 'no stream', ...eventsOf('c1', 2)))).toBe(true);
    });

    it('sees an earlier write of the same append where a stream is named twice', async () => {
      const twice = (expected: Expectation): Promise<AppendOutcome> =>
        tried.store.append([
          { stream: 'a', expected: 'no stream', events: [eventOf('c1')] },
          { stream: 'a', expected, events: [eventOf('c2')] },
        ]);
      expect(await twice('no stream')).toEqual({ kind: 'wrong revision', stream: 'a', actual: 0 });
      expect(isAppended(await twice({ revision: 0 }))).toBe(true);
    });

    it('refuses an event beyond the limit and takes one just at it', async () => {
      const sized = (commandId: string, bytes: number): NewEvent => {
        const empty = eventOf(commandId, 0, '');
        const room = bytes - Buffer.byteLength(empty.envelope) - 2;
        return { ...empty, payload: canonicalJson('é'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2)) };
      };
      expect(await append('a', 'no stream', eventOf('small'), sized('over', EVENT_LIMIT_BYTES + 1))).toEqual({
        kind: 'too large',
        bytes: EVENT_LIMIT_BYTES + 1,
        limit: EVENT_LIMIT_BYTES,
      });
      expect(await tried.store.head()).toBe(-1);
      expect(isAppended(await append('a', 'no stream', sized('at', EVENT_LIMIT_BYTES)))).toBe(true);
    });

    it('throws a TypeError at an append of nothing, and at text without UTF-8 bytes', async () => {
      const fails = (promise: Promise<unknown>): Promise<void> =>
        expect(promise).rejects.toMatchObject({ name: 'TypeError' });
      await fails(tried.store.append([]));
      await fails(append('a', 'no stream'));
      await fails(append('a', 'no stream', { ...eventOf('c1'), payload: '"\ud800"' }));
      await fails(append('a', 'no stream', { ...eventOf('c1'), envelope: '"\udc00"' }));
      await fails(append('a\u0000b', 'no stream', eventOf('c1')));
      await fails(append('', 'no stream', eventOf('c1')));
      expect(await tried.store.head()).toBe(-1);
    });
  });
};
