import { describe, expect, it } from '@jest/globals';

import { MemoryEventStore } from '#event-store';
import type { StoredEvent } from '#kernel';

import { seatView, type Seat } from '../engine/engine.contract.js';
import { closeNow, follow, logOf, onEachReadModel, openOn, seat, tamper, type Line } from '../register.contract.js';
import type { View } from '../engine/view.js';

/** Text that one way or another of writing rows could take for something else. */
const HOSTILE = [
  '',
  '\\N',
  '\\.',
  'a\tb',
  'a\nb',
  'a\r\nb',
  '\\',
  '{"a"}',
  '{}',
  'NULL',
  ',;~',
  '3:abc',
  'Zoë 𝄞',
  "o'b",
];

/** Each subject appointed, then given a name from a day before. */
const linesOf = (subjects: number): Line[] => [
  ...Array.from({ length: subjects }, (_, at) =>
    seat(String(at), 'Appointed', '2025-03-02', { holder: `Ann ${at}${HOSTILE[at % HOSTILE.length] ?? ''}` }),
  ),
  ...Array.from({ length: subjects }, (_, at) =>
    seat(String(at), 'Named', '2025-03-01', { name: HOSTILE[at % HOSTILE.length] }),
  ),
];

/** Counts the histories that are read. */
class CountingStore extends MemoryEventStore {
  histories = 0;

  override readStream(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    this.histories++;
    return super.readStream(stream, from);
  }
}

const counting = async (lines: readonly Line[]): Promise<CountingStore> => {
  const store = new CountingStore();
  for (const stored of await (await logOf(lines)).readAll(0, 100_000)) await add(store, stored);
  return store;
};

const add = async (store: MemoryEventStore, stored: StoredEvent): Promise<void> => {
  const { stream, revision, recordedAt, ...event } = stored;
  const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
  const { kind } = await store.append([{ stream, expected, events: [event] }], { recordedAt });
  if (kind !== 'appended') throw new Error(kind);
};

/** Tells a rebuild to stop once it has done so many steps, amid the histories or before them. */
const stopAt = (steps: number) => {
  const stopping = new AbortController();
  return { signal: stopping.signal, onProgress: (done: number) => void (done > steps && stopping.abort()) };
};

/** Digests on the first of the databases. */
let first: Readonly<Record<string, string>> | undefined;

onEachReadModel(() => {
  describe('a rebuild that was stopped', () => {
    const SUBJECTS = 600;

    it('is gone on with, to the same views', async () => {
      const store = await counting(linesOf(SUBJECTS));
      const house = await openOn(store);
      await follow(house, store);
      store.histories = 0;
      await expect(house.rebuild({ ...stopAt(2 * SUBJECTS), keptBytes: 0 })).rejects.toThrow('abort');
      expect(store.histories).toBe(256);
      const { compared, position, wentOn } = await house.rebuild({ keptBytes: 0 });
      expect([position, compared?.filter(({ same }) => !same)]).toEqual([2 * SUBJECTS - 1, []]);
      expect([wentOn, store.histories]).toEqual([{ subjects: 256, of: SUBJECTS }, SUBJECTS]);
      expect((await house.rebuild()).wentOn).toBe(null);
      expect(await house.dropOldGenerations()).toBe(1);
      expect(await house.dropOldGenerations()).toBe(0);
    });

    it('is gone on with by another opening of the register, and takes in what came since', async () => {
      const store = await counting(linesOf(SUBJECTS));
      const house = await openOn(store);
      await follow(house, store);
      await expect(house.rebuild(stopAt(2 * SUBJECTS))).rejects.toThrow('abort');
      await closeNow(house);
      const more = await logOf([...linesOf(SUBJECTS), ...linesOf(1_200).slice(SUBJECTS, 1_200)]);
      for (const stored of await more.readAll(2 * SUBJECTS, 10_000)) await add(store, stored);
      const again = await openOn(store, { place: house.place });
      await follow(again, store);
      const { compared, position, wentOn } = await again.rebuild();
      expect([position, compared?.filter(({ same }) => !same)]).toEqual([3 * SUBJECTS - 1, []]);
      expect(wentOn).toEqual({ subjects: 256, of: SUBJECTS });
    });

    it('is gone on with where it was stopped before its first history', async () => {
      const unread = Array.from({ length: 11_000 }, (_, at) => seat(String(at), 'Reserved', '2025-03-01'));
      const store = await logOf([
        ...unread.map((line) => ({ ...line, stream: `series/${line.stream}` })),
        ...linesOf(5),
      ]);
      const house = await openOn(store);
      await expect(house.rebuild(stopAt(9_000))).rejects.toThrow('abort');
      expect(await house.rebuild()).toMatchObject({ position: 11_009, wentOn: { subjects: 0, of: 5 } });
      expect((await house.rebuild()).compared?.filter(({ same }) => !same)).toEqual([]);
      const { recordedAt } = await house.register.resolveBasis({ asKnownAt: '5000', now: Date.now() });
      expect(recordedAt).toBe((await store.readAll(5_000, 1))[0]?.recordedAt);
    });

    it('is only followed, compared and switched to where it was whole', async () => {
      const store = await counting(linesOf(20));
      const house = await openOn(store);
      await follow(house, store);
      const failing = (done: number, all: number): void => {
        if (done === all) throw new Error('the disk is gone');
      };
      await expect(house.rebuild({ onProgress: failing })).rejects.toThrow('the disk is gone');
      for (const stored of await (await logOf([...linesOf(20), ...linesOf(40).slice(20, 40)])).readAll(40, 100)) {
        await add(store, stored);
      }
      await follow(house, store);
      store.histories = 0;
      await tamper(house.place, async (live) => {
        await live.writes.run('ALTER TABLE seat_block RENAME TO gone');
        // What came since is in it; then it cannot be compared.
        await expect(house.rebuild()).rejects.toMatchObject({ message: expect.stringMatching(/seat_block|42P01/) });
        await live.writes.run('ALTER TABLE gone RENAME TO seat_block');
      });
      const { compared, wentOn, position } = await house.rebuild();
      expect([store.histories, wentOn, position]).toEqual([0, { subjects: 40, of: 40 }, 59]);
      expect(compared?.filter(({ same }) => !same)).toEqual([]);
    });

    it('is begun again where the views are declared differently', async () => {
      const store = await counting(linesOf(SUBJECTS));
      const house = await openOn(store);
      await expect(house.rebuild(stopAt(2 * SUBJECTS))).rejects.toThrow('abort');
      await closeNow(house);
      const titled: View<Seat> = { ...seatView, order: ({ holder }) => `by ${holder}` };
      const again = await openOn(store, { place: house.place, views: [titled] });
      expect(await again.register.position()).toBe(2 * SUBJECTS - 1);
      store.histories = 0;
      const { wentOn, compared } = await again.rebuild({ keptBytes: 0 });
      expect([wentOn, store.histories, compared?.every(({ same }) => same)]).toEqual([null, SUBJECTS, true]);
    });

    it('is begun again where the log is another, such as one restored from an older copy', async () => {
      const lines = linesOf(SUBJECTS);
      const store = await counting(lines);
      const house = await openOn(store);
      await expect(house.rebuild(stopAt(2 * SUBJECTS))).rejects.toThrow('abort');
      await closeNow(house);
      const other = await counting([...lines.slice(0, -3), ...linesOf(SUBJECTS + 9).slice(SUBJECTS, SUBJECTS + 9)]);
      const again = await openOn(other, { place: house.place });
      expect(await again.rebuild()).toMatchObject({ position: (await other.head()) as number, wentOn: null });
      expect((await again.rebuild()).compared?.filter(({ same }) => !same)).toEqual([]);
    });
  });

  describe('making the views anew', () => {
    it('reads no history that it has kept from the first reading of the log', async () => {
      const store = await counting(linesOf(300));
      const house = await openOn(store);
      await follow(house, store);
      const read: number[] = [];
      for (const keptBytes of [0, 70_000, 100_000_000]) {
        store.histories = 0;
        expect((await house.rebuild({ keptBytes })).compared?.filter(({ same }) => !same)).toEqual([]);
        read.push(store.histories);
      }
      expect(read).toEqual([300, expect.any(Number), 0]);
      expect(read[1]).toBeGreaterThan(100);
      expect(read[1]).toBeLessThan(300);
    });

    it('follows what is recorded meanwhile before it halts the live ones', async () => {
      const store = await counting(linesOf(50));
      const house = await openOn(store);
      await follow(house, store);
      const more = await logOf([...linesOf(50), ...linesOf(1_300).slice(50, 1_300)]);
      const late = await more.readAll(100, 10_000);
      let told = false;
      const onProgress = async (): Promise<void> => {
        if (told) return;
        told = true;
        for (const stored of late) await add(store, stored);
        await follow(house, store);
      };
      let meanwhile: Promise<void> | undefined;
      const { position, compared } = await house.rebuild({ onProgress: () => void (meanwhile ??= onProgress()) });
      await meanwhile;
      await follow(house, store);
      expect(position).toBeGreaterThanOrEqual(99);
      expect(compared?.filter(({ same }) => !same) ?? []).toEqual([]);
      expect((await house.rebuild()).compared?.filter(({ same }) => !same)).toEqual([]);
      expect(await house.register.position()).toBe(1_349);
    });
  });

  describe('the digest of a table', () => {
    it('is the same on every database', async () => {
      const store = await logOf(linesOf(80));
      const house = await openOn(store);
      await follow(house, store, 7);
      const { compared } = await house.rebuild();
      expect(compared?.filter(({ same }) => !same)).toEqual([]);
      const digests = Object.fromEntries((compared ?? []).map(({ table, digest }) => [table, digest]));
      first ??= digests;
      expect(digests).toEqual(first);
      expect(new Set(Object.values(digests)).size).toBeGreaterThan(4);
    });
  });
});
