import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sequence } from './sequence.js';

describe('a list that is never changed', () => {
  it('comes to the same as an array after any changes, and leaves what it came from as it was', () => {
    const change = fc.record({ at: fc.nat(), out: fc.nat(400), put: fc.nat(600) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let array: number[] = [];
        let list = Sequence.of<number>([]);
        for (const [index, { at, out, put }] of changes.entries()) {
          const place = at % (array.length + 1);
          const items = Array.from({ length: put }, (_, offset) => index * 1_000 + offset);
          const before = list;
          list = list.splice(place, out, items);
          expect([...before]).toEqual(array);
          array = array.toSpliced(place, out, ...items);
          expect([...list]).toEqual(array);
          expect([list.length, list.at(0), list.at(array.length - 1)]).toEqual([array.length, array[0], array.at(-1)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the first item that is not before a place', () => {
    const list = Sequence.of(Array.from({ length: 1_000 }, (_, index) => index * 2));
    for (const wanted of [-1, 0, 1, 511, 512, 1_998, 2_500]) {
      expect(list.firstNot((item) => item < wanted)).toBe(Math.min(1_000, Math.max(0, Math.ceil(wanted / 2))));
    }
  });
});
