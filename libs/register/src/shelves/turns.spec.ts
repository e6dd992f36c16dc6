import { afterEach, describe, expect, it } from '@jest/globals';
import { inWork, mustWait, takeTurn, Work } from './turns.js';

const busyFor = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};
afterEach(() => new Promise((resolve) => setImmediate(resolve)));

describe('work on an answer', () => {
  it('takes its steps at once while the turn is young, and gives way when it is old', async () => {
    const work = new Work();
    let others = 0;
    const beat = setInterval(() => (others += 1), 1);
    for (let step = 0; step < 40; step++) {
      await takeTurn(work);
      busyFor(4);
    }
    clearInterval(beat);
    // 160 ms of work in turns of some 10 ms; without turns nobody else is heard at all.
    expect(others).toBeGreaterThan(5);
  });

  it('lets many who wait on one after another, not all in one turn', async () => {
    expect(mustWait()).toBe(false);
    busyFor(15);
    const turns: number[] = [];
    let turn = 0;
    const beat = setInterval(() => (turn += 1), 1);
    const work = new Work();
    const step = async (): Promise<void> => {
      await takeTurn(work);
      busyFor(5);
      turns.push(turn);
    };
    await Promise.all(Array.from({ length: 20 }, step));
    clearInterval(beat);
    expect(new Set(turns).size).toBeGreaterThan(4);
  });

  it('takes no step once it is over, with the first reason', async () => {
    const work = new Work();
    work.end(new Error('too late'));
    work.end(new Error('gone'));
    await expect(takeTurn(work)).rejects.toThrow('too late');
    await expect(work.over).rejects.toThrow('too late');
    expect(() => work.check()).toThrow('too late');
  });

  it('is found by what it calls, also after a wait, and by nothing else', async () => {
    const work = new Work();
    work.end(new Error('over'));
    await expect(takeTurn()).resolves.toBeUndefined();
    const later = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await takeTurn();
    };
    await expect(inWork(work, later)).rejects.toThrow('over');
  });

  it('carries what it has begun to record to its end, but begins no further command', async () => {
    const work = new Work();
    work.finishWhateverHappens();
    work.end(new Error('gone'));
    await expect(takeTurn(work)).resolves.toBeUndefined();
    expect(work.ended).toBeUndefined();
    expect(() => work.checkBetweenCommands()).toThrow('gone');
  });
});
