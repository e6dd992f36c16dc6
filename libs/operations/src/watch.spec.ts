import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StoreFault, type StoreFaultCode } from '#event-store';
import type { Position } from '#kernel';
import { Watch, type Seen } from './watch.js';

describe('whoever watches a store', () => {
  let answer: () => Promise<Position>;
  let told: [readable: boolean, seconds: number][];
  let asked: number;
  let watch: Watch;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2025-04-01T09:00:00Z') });
    [told, asked] = [[], 0];
    answer = async () => 7;
    const onChange = ({ readable }: Seen, seconds: number): void => void told.push([readable, Math.round(seconds)]);
    watch = new Watch(
      () => {
        asked += 1;
        return answer();
      },
      { silence: 'STORE_UNREACHABLE', onChange },
    );
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  const faulty = (code: StoreFaultCode): void => {
    answer = () => Promise.reject(new StoreFault(code, `because ${code}`));
  };
  const look = async (): Promise<Seen> => {
    const looking = watch.look();
    await jest.advanceTimersByTimeAsync(1_000);
    return looking;
  };

  it('says what it answers, and how long ago', async () => {
    expect(await look()).toEqual({
      readable: true,
      position: 7,
      heardAt: '2025-04-01T09:00:00.000Z',
      heard: 'heard from 0 s ago',
      code: null,
      lastError: null,
    });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([]);
    expect(asked).toBeGreaterThan(29);
  });

  it('has patience of five seconds, then says once that it is away, and once that it is there again', async () => {
    await look();
    faulty('STORE_UNREACHABLE');
    await jest.advanceTimersByTimeAsync(3_000);
    expect(watch.seen()).toMatchObject({ readable: true, position: 7 });
    await jest.advanceTimersByTimeAsync(27_000);
    expect(watch.seen()).toMatchObject({
      readable: false,
      position: null,
      heardAt: '2025-04-01T09:00:00.000Z',
      heard: 'heard from 31 s ago',
      code: 'STORE_UNREACHABLE',
      lastError: 'because STORE_UNREACHABLE',
    });
    expect(told).toEqual([[false, expect.any(Number)]]);
    answer = async () => 9;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(watch.seen()).toMatchObject({ readable: true, position: 9 });
    expect(told).toEqual([
      [false, expect.any(Number)],
      [true, expect.any(Number)],
    ]);
    expect(told[1]?.[1]).toBeGreaterThan(29);
  });

  it.each(['STORE_ACCESS_DENIED', 'STORE_CORRUPT', 'STORE_CLOSED'] as const)('has none with %s', async (code) => {
    faulty(code);
    expect(await look()).toMatchObject({ readable: false, position: null, code });
    expect(told).toEqual([[false, expect.any(Number)]]);
  });

  it('notices silence, asks no second time meanwhile, and keeps nobody waiting for it', async () => {
    answer = () => new Promise(() => undefined);
    expect(await look()).toMatchObject({ readable: true });
    await jest.advanceTimersByTimeAsync(6_000);
    expect(watch.seen()).toMatchObject({ readable: false, code: 'STORE_UNREACHABLE', lastError: 'no answer comes' });
    expect(asked).toBe(1);
  });
});
