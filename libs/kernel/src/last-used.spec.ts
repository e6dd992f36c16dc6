import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LastUsed } from './last-used.js';

describe('what was used last', () => {
  it('is what a plain list of it says, whatever is kept, looked at and forgotten', () => {
    const step = fc.record({
      what: fc.constantFrom('keep', 'keep', 'keep', 'forget', 'get'),
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      weight: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 12 }), (steps, most) => {
        const kept = new LastUsed<number>(most);
        let list: { key: string; value: number; weight: number }[] = [];
        for (const [value, { what, key, weight }] of steps.entries()) {
          if (what === 'get') expect(kept.get(key)).toBe(list.find((one) => one.key === key)?.value);
          if (what === 'forget') kept.forget(key);
          if (what === 'keep') kept.keep(key, value, weight);
          if (what !== 'get') list = list.filter((one) => one.key !== key);
          if (what !== 'keep') continue;
          list.push({ key, value, weight });
          while (list.length > 1 && list.reduce((sum, one) => sum + one.weight, 0) > most) list.shift();
        }
        expect(['a', 'b', 'c', 'd', 'e'].map((key) => kept.get(key))).toEqual(
          ['a', 'b', 'c', 'd', 'e'].map((key) => list.find((one) => one.key === key)?.value),
        );
        expect(kept.size).toBe(list.length);
      }),
    );
  });

  it('begins anew once it is cleared', () => {
    const kept = new LastUsed<number>(2);
    kept.keep('a', 1);
    kept.keep('b', 2);
    kept.clear();
    expect([kept.size, kept.get('a')]).toEqual([0, undefined]);
    for (const [value, key] of ['c', 'd', 'e'].entries()) kept.keep(key, value);
    expect([kept.get('c'), kept.get('d'), kept.get('e')]).toEqual([undefined, 1, 2]);
  });
});
