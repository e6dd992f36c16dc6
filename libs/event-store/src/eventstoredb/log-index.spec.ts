import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from './entry.js';
import { EventStoreDbIndex } from './log-index.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'register-index-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const place = (at: number): { commit: bigint; prepare: bigint } => ({ commit: BigInt(at), prepare: BigInt(at) });

/** Numbers one append of `count` events, all of one stream, behind what is there. */
const numbered = (index: EventStoreDbIndex, stream: string, count: number): readonly Entry[] => {
  const entries: Entry[] = [];
  const append = randomUUID();
  for (let at = 0; at < count; at++) {
    const entry = entries.at(-1);
    const position = index.head + 1 + at;
    const arrival = { append, index: at, count, endsWrite: at === count - 1, writer: 'w' };
    const revision = index.lastRevision(stream) + 1 + at;
    const about = { id: randomUUID(), stream, revision, createdAt: 1_000 + position, place: place(position), arrival };
    entries.push(index.next(about, entry && { entry, append }));
  }
  index.keep(entries, place(index.head + count), append);
  return entries;
};

describe('an index', () => {
  it('answers alike from memory, from the disk and from both, whenever what came was written', () => {
    const steps = fc.array(
      fc.record({
        stream: fc.constantFrom('a', 'b', 'c'),
        count: fc.integer({ min: 1, max: 4 }),
        written: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, fc.nat(40), fc.integer({ min: 1, max: 9 }), (appends, from, limit) => {
        rmSync(dir, { recursive: true });
        dir = mkdtempSync(join(tmpdir(), 'register-index-'));
        const index = new EventStoreDbIndex(dir, 'main');
        const all: Entry[] = [];
        for (const { stream, count, written } of appends) {
          all.push(...numbered(index, stream, count));
          if (written) index.commit();
        }
        const answers = (one: EventStoreDbIndex): unknown => ({
          byId: all.map(({ id }) => one.ofId(id)),
          none: one.ofId(randomUUID()),
          byPosition: all.map(({ position }) => one.at(position)),
          beyond: one.at(all.length),
          places: all.map(({ stream, revision }) => one.inStream(stream, revision)),
          streams: ['a', 'b', 'c', 'd'].map((stream) => [one.lastRevision(stream), one.ofStream(stream, from % 5)]),
          page: one.page(from, limit),
          head: one.head,
          place: one.place,
        });
        const before = answers(index);
        expect(before).toMatchObject({ byId: all, byPosition: all, places: all, head: all.length - 1 });
        const [first] = index.page(from, limit);
        if (from < all.length) expect(first).toEqual(all[from]);
        index.close();
        const again = new EventStoreDbIndex(dir, 'main');
        expect(answers(again)).toEqual(before);
        again.close();
      }),
      { numRuns: 40 },
    );
  });

  it('shared by two says the same in both, and is refused where they differ', () => {
    const troubles: unknown[] = [];
    const one = new EventStoreDbIndex(dir, 'main');
    const two = new EventStoreDbIndex(dir, 'main', { onTrouble: (fault) => void troubles.push(fault) });
    const entries = numbered(one, 'a', 3);
    one.commit();
    two.keep(entries, place(3), 'x');
    expect([two.page(1, 5), two.ofStream('a', 0)]).toEqual([entries.slice(1), entries]);
    two.commit();
    numbered(one, 'a', 1);
    one.commit();
    numbered(two, 'a', 1);
    expect(() => two.commit()).toThrow(/numbers the events of another log/);
    expect(troubles).toHaveLength(1);
    one.close();
    two.close();
  });

  it.each([0, 2])(
    'knows a stream as far as it has come itself, whatever another has written beyond: %p before',
    (before) => {
      const one = new EventStoreDbIndex(dir, 'main');
      if (before > 0) numbered(one, 'a', before);
      one.commit();
      const two = new EventStoreDbIndex(dir, 'main');
      const entries = numbered(one, 'a', 3);
      one.commit();
      expect(two.lastRevision('a')).toBe(before - 1);
      two.keep(entries.slice(0, 2), place(2), 'x');
      expect(two.lastRevision('a')).toBe(before + 1);
      one.close();
      two.close();
      const again = new EventStoreDbIndex(dir, 'main');
      expect(again.lastRevision('a')).toBe(before + 2);
      again.close();
    },
  );
});
