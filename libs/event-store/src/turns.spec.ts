import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Turns } from './turns.js';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);

describe('turns on a set of things', () => {
  it('are taken in the order in which they were asked for, and end with what the work came to', async () => {
    const turns = new Turns();
    const done: number[] = [];
    const works = [5, 1, 3].map((ms, at) =>
      turns.take({ alone: set('a') }, async () => {
        await pause(ms);
        done.push(at);
        if (at === 1) throw new Error('refused');
        return at;
      }),
    );
    expect((await Promise.allSettled(works)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(done).toEqual([0, 1, 2]);
  });

  it('never meet where one touches alone what the other touches, keep their order there, and leave nothing behind', async () => {
    const names = fc.subarray(['a', 'b', 'c', 'd']);
    const work = fc.record({ alone: names, beside: names, ticks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 12 }), async (works) => {
        const turns = new Turns();
        const log: string[] = [];
        await Promise.all(
          works.map(({ alone, beside, ticks }, at) =>
            turns.take({ alone: new Set(alone), beside: new Set(beside) }, async () => {
              log.push(`begin ${at}`);
              for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
              log.push(`end ${at}`);
            }),
          ),
        );
        for (const [later, { alone, beside }] of works.entries()) {
          for (const [earlier, other] of works.slice(0, later).entries()) {
            const meet =
              alone.some((name) => [...other.alone, ...other.beside].includes(name)) ||
              beside.some((name) => other.alone.includes(name));
            if (meet) expect(log.indexOf(`end ${earlier}`)).toBeLessThan(log.indexOf(`begin ${later}`));
          }
        }
        await pause(0);
        expect(turns.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('let those that only look stand beside each other', async () => {
    const turns = new Turns();
    let looking = 0;
    let most = 0;
    const look = async (): Promise<void> => {
      most = Math.max(most, ++looking);
      await pause(2);
      looking -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => turns.take({ alone: set(), beside: set('a') }, look)));
    expect(most).toBe(5);
  });
});
