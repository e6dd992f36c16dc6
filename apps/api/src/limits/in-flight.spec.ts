import { describe, expect, it } from '@jest/globals';
import { InFlight } from './in-flight.js';

describe('requests in flight', () => {
  it('are so many at a time, half of them for one subject, and an eighth documents', () => {
    const flight = new InFlight(16);
    const own = Array.from({ length: 9 }, () => flight.enter('question', 'ada'));
    expect(own.map((place) => place !== undefined)).toEqual([...Array(8).fill(true), false]);
    expect([1, 2, 3].map(() => flight.enter('document', 'ben') !== undefined)).toEqual([true, true, false]);
    expect(Array.from({ length: 7 }, () => flight.enter('question', 'cy')).filter(Boolean)).toHaveLength(6);
    own[0]?.leave();
    own[0]?.leave();
    expect([flight.enter('question', 'ada'), flight.enter('question', 'di')].map(Boolean)).toEqual([true, false]);
  });

  it('leave their place to others while they wait for a receipt, and so many wait at most', async () => {
    const flight = new InFlight(2);
    const place = flight.enter('question', 'ada');
    expect(flight.enter('question', 'ada')).toBeUndefined();
    let arrive = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    const waited = place?.aside(() => arrival);
    const second = flight.enter('question', 'ada');
    expect(second).toBeDefined();
    await expect(second?.aside(() => arrival)).rejects.toMatchObject({ code: 'BUSY' });
    arrive();
    await waited;
    second?.leave();
    expect(flight.enter('question', 'ada')).toBeUndefined();
    place?.leave();
    expect(flight.enter('question', 'ada')).toBeDefined();
  });
});
