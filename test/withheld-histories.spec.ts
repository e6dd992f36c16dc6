import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toldOf } from './withheld-doors.js';
import { judged } from './withheld-oracle.js';
import { FIXED, happened, nthsIn, stories, type Asked } from './withheld-stories.js';

describe('what was withheld', () => {
  it('stays withheld in random histories, by every door, on every basis, and what is open is told', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const log = await happened(story);
        const { closed, open, unheard } = judged(log);
        const { told, counts } = await toldOf(log);
        for (const { by, text } of told) {
          expect({ by, told: [...unheard].filter((trace) => text.includes(trace)) }).toEqual({ by, told: [] });
        }
        for (const { by, text } of [...told, ...counts]) {
          expect({ by, told: nthsIn(text).filter((nth) => closed.has(nth)) }).toEqual({ by, told: [] });
        }
        const all = new Set(told.flatMap(({ text }) => nthsIn(text)));
        expect([...open].filter((nth) => !all.has(nth))).toEqual([]);
      }),
      { numRuns: 20, examples: FIXED.map((story) => [[...story]] as [Asked[]]) },
    );
  }, 120_000);
});
