import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant, StoredEvent } from '#kernel';
import { RecentEvents } from './recent-events.js';

const stored = (position: number, bytes = 10): StoredEvent => ({
  id: `e${position}`,
  stream: 'person/p',
  revision: position,
  type: 'T',
  schemaVersion: 1,
  position,
  recordedAt: '2025-01-01T00:00:00.000Z' as Instant,
  payload: 'x'.repeat(bytes),
  envelope: '',
});

describe('the newest events of a log', () => {
  it('are those behind the first that number and bytes leave, whatever was taken in together', () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, (batches) => {
        const recent = new RecentEvents<{ stored: StoredEvent }>(7, 200);
        const all: StoredEvent[] = [];
        for (const batch of batches) {
          const events = batch.map((bytes, index) => stored(all.length + index, bytes));
          all.push(...events);
          recent.take(events.map((event) => ({ stored: event })));
          let first = all.length;
          let bytes = 0;
          while (first > 0 && all.length - first < 7) {
            bytes += all[first - 1]?.payload.length ?? 0;
            if (bytes > 200) break;
            first--;
          }
          const last = all.length - 1;
          for (let from = 0; from <= last; from++) {
            const kept = recent.between(from, last)?.map((event) => event.stored);
            expect(kept).toEqual(from < first ? undefined : all.slice(from));
          }
          expect(first > last ? undefined : recent.between(first, first)).toEqual(
            first > last ? undefined : [{ stored: all[first] }],
          );
        }
      }),
    );
  });

  it('cost the same to take in when as many are kept as may be', () => {
    const recent = new RecentEvents<{ stored: StoredEvent }>(20_000);
    const events = Array.from({ length: 22_000 }, (_, position) => ({ stored: stored(position) }));
    const taking = (from: number, to: number): number => {
      const began = process.cpuUsage();
      for (const event of events.slice(from, to)) recent.take([event]);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    const filling = taking(0, 20_000);
    expect(taking(20_000, 22_000)).toBeLessThan(2 * filling + 100_000);
  });
});
