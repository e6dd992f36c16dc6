import { describe, expect, it } from '@jest/globals';
import { SharedLook } from './shared-look.js';

describe('a look that is shared', () => {
  it('is one for all who ask while another is under way, and none that was begun before', async () => {
    const ends: ((thrown?: Error) => void)[] = [];
    const shared = new SharedLook(
      () => new Promise((resolve, reject) => ends.push((thrown) => (thrown ? reject(thrown) : resolve()))),
    );
    const first = shared.now();
    const [second, third] = [shared.now(), shared.now()];
    expect([ends.length, second === third, first === second]).toEqual([1, true, false]);
    ends[0]?.(new Error('no answer'));
    await expect(first).rejects.toThrow('no answer');
    await new Promise((resolve) => setImmediate(resolve));
    const fourth = shared.now();
    expect([ends.length, fourth === second]).toEqual([2, false]);
    ends[1]?.();
    await Promise.all([second, third]);
    await new Promise((resolve) => setImmediate(resolve));
    ends[2]?.();
    await fourth;
    const fifth = shared.now();
    expect(ends).toHaveLength(4);
    ends[3]?.();
    await fifth;
  });
});
