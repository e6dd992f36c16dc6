import { describe, expect, it } from '@jest/globals';
import { allOf, eventOf, eventsOf, isAppended, range, type Tried } from './events.js';

/** What is read: a stream, the whole log, byte for byte and without holes. */
export const reading = (tried: Tried): void => {
  const { append } = tried;

  describe('reading', () => {
    it('finds nothing in a stream that does not exist, and no head in an empty log', async () => {
      expect(await tried.store.readStream('nobody')).toEqual([]);
      expect(await tried.store.readAll(0, 10)).toEqual([]);
      expect(await tried.store.head()).toBe(-1);
    });

    it('gives a stream in order, from the revision asked for', async () => {
      await append('a', 'no stream', ...eventsOf('c1', 3));
      await append('b', 'no stream', eventOf('c2'));
      await append('a', { revision: 2 }, eventOf('c3'));
      expect((await tried.store.readStream('a')).map(({ revision, position }) => [revision, position])).toEqual([
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 4],
      ]);
      expect((await tried.store.readStream('a', 2)).map(({ revision }) => revision)).toEqual([2, 3]);
      expect(await tried.store.readStream('a', 4)).toEqual([]);
      expect(await tried.store.head()).toBe(4);
    });

    it('gives several streams at once as it gives each alone', async () => {
      const names = range(0, 70).map((index) => `s${index}`);
      for (const name of names)
        await append(name, 'no stream', ...eventsOf(`${name}-c`, 1 + (names.indexOf(name) % 3)));
      await append('long', 'no stream', ...eventsOf('long-c', 120));
      const asked = ['long', ...names, 'nobody', 's1'];
      const found = await tried.store.readStreams(asked);
      expect([...found.keys()].toSorted()).toEqual([...new Set(asked)].toSorted());
      for (const name of asked) expect(found.get(name)).toEqual(await tried.store.readStream(name));
      expect((await tried.store.readStreams([])).size).toBe(0);
    });

    it('tells streams apart by every letter', async () => {
      await append('Stream', 'no stream', eventOf('c1'));
      expect(isAppended(await append('stream', 'no stream', eventOf('c2')))).toBe(true);
      expect(await tried.store.readStream('stream ')).toEqual([]);
      expect(await tried.store.readStream('%')).toEqual([]);
    });

    it('gives payload and envelope back byte for byte', async () => {
      const texts = [
        '😀 é é',
        'a\u2028b\u2029c',
        `"quoted" 'single' \\`,
        'tab\tline\n',
        '﻿bom',
        '\u{10FFFF}',
        'x'.repeat(300_000),
      ];
      const events = texts.map((text, index) =>
        eventOf('bytes', index, { text, [text.slice(0, 9)]: 1e-7 }, texts.length),
      );
      await append('bytes', 'no stream', ...events);
      const found = await tried.store.readStream('bytes');
      expect(
        found.map(({ id, type, schemaVersion, payload, envelope }) => ({
          id,
          type,
          schemaVersion,
          payload,
          envelope,
        })),
      ).toEqual(events);
      expect(await tried.store.readAll(0, 100)).toEqual(found);
    });

    it('keeps bytes that are not in canonical form as they came', async () => {
      const odd = {
        ...eventOf('c1'),
        payload: '{ "b":1,\n"a": 1.0 }',
        envelope: '{"z":"\\u00e9"}',
        schemaVersion: 7,
      };
      await append('a', 'no stream', odd);
      expect((await tried.store.readStream('a'))[0]).toMatchObject(odd);
    });
  });

  describe('ordering the whole log', () => {
    it('gives 64 writers dense positions, and a reader meanwhile never a hole', async () => {
      let writing = true;
      const read = async (): Promise<number> => {
        let next = 0;
        while (writing) {
          for (const { position } of await tried.store.readAll(next, 50)) {
            expect(position).toBe(next);
            next += 1;
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
        return next;
      };
      const reader = read();
      const write = async (who: number): Promise<void> => {
        for (let turn = 0; turn < 10; turn++) {
          const expected = turn === 0 ? 'no stream' : { revision: turn * 2 - 1 };
          const outcome = await append(`w${who}`, expected, ...eventsOf(`${who}-${turn}`, 2));
          expect(outcome.kind).toBe('appended');
        }
      };
      await Promise.all(range(0, 64).map(write));
      writing = false;
      expect(await reader).toBeLessThanOrEqual(1_280);
      const events = await allOf(tried.store);
      expect(events.map(({ position }) => position)).toEqual(range(0, 1_280));
      for (const who of range(0, 64)) {
        const own = events.filter(({ stream }) => stream === `w${who}`);
        expect(own.map(({ revision }) => revision)).toEqual(range(0, 20));
      }
      for (let at = 0; at < events.length; at += 2) expect(events[at]?.stream).toBe(events[at + 1]?.stream);
    });

    it('reads on from a position, in pages that do not end inside a command', async () => {
      for (const [index, count] of [2, 2, 1, 7, 1].entries()) {
        await append(`s${index}`, 'no stream', ...eventsOf(`c${index}`, count));
      }
      const page = async (from: number, limit: number): Promise<number[]> =>
        (await tried.store.readAll(from, limit)).map(({ position }) => position);
      expect(await page(0, 2)).toEqual([0, 1]);
      expect(await page(0, 3)).toEqual([0, 1]);
      expect(await page(0, 5)).toEqual(range(0, 5));
      expect(await page(0, 11)).toEqual(range(0, 5));
      expect(await page(0, 12)).toEqual(range(0, 12));
      expect(await page(1, 1)).toEqual([1]);
      expect(await page(1, 2)).toEqual([1]);
      expect(await page(5, 3)).toEqual([5, 6, 7]);
      expect(await page(8, 100)).toEqual([8, 9, 10, 11, 12]);
      expect(await page(13, 10)).toEqual([]);
      expect((await allOf(tried.store)).map(({ position }) => position)).toEqual(range(0, 13));
    });
  });
};
