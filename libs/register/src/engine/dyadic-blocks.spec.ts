import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dyadicBlocks, LEVELS } from './dyadic-blocks.js';

const spans = fc
  .tuple(fc.nat(2 ** (LEVELS - 1) - 2), fc.integer({ min: 1, max: 5_000 }))
  .map(([from, length]): [number, number] => [from, Math.min(from + length, 2 ** (LEVELS - 1))]);

describe('cutting a stretch of revisions into blocks', () => {
  it('covers it exactly, in order, with few blocks', () => {
    fc.assert(
      fc.property(spans, ([from, to]) => {
        let at = from;
        const blocks = dyadicBlocks(from, to);
        for (const { level, block } of blocks) {
          expect(block * 2 ** level).toBe(at);
          expect(level).toBeLessThan(LEVELS);
          at += 2 ** level;
        }
        expect(at).toBe(to);
        expect(blocks.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(to - from + 1)) + 1);
      }),
    );
  });

  it('has no block for no revision, and one for the first', () => {
    expect(dyadicBlocks(3, 3)).toEqual([]);
    expect(dyadicBlocks(0, 1)).toEqual([{ level: 0, block: 0 }]);
    expect(dyadicBlocks(0, 8)).toEqual([{ level: 3, block: 0 }]);
  });
});
