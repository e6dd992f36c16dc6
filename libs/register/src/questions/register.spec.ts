import { describe, expect, it } from '@jest/globals';
import { markAfter } from '#event-store';
import fc from 'fast-check';

import type { CivilDate, StoredEvent } from '#kernel';

import { dateOf, FIRST_DAY, happenings, seatView, type Seat } from '../engine/engine.contract.js';
import { openRegisterToRead } from '../open.js';
import { oracleAt } from '../engine/oracle.js';
import {
  bare,
  closeNow,
  everything,
  follow,
  onEachReadModel,
  linesOf,
  logOf,
  openOn,
  readEvent,
  runs,
  seat,
  tamper,
} from '../register.contract.js';
import { replay } from './replay.js';
import type { View } from '../engine/view.js';

const VIEWS: readonly View[] = [seatView];
const PROBES = [-1, 0, 1, 2, 3, 4, 5, 6, 8].map(dateOf);
const stories = fc.array(happenings, { minLength: 1, maxLength: 3 });

onEachReadModel(() => {
  describe('following the log', () => {
    it.each([
      { name: 'short histories', longFrom: 128, batch: 256 },
      { name: 'long histories in small batches', longFrom: 2, batch: 3 },
      { name: 'long histories, event by event', longFrom: 0, batch: 1 },
    ])(
      'T10: $name: SQL answers equal the oracle at every date and position, and rebuilt equals incremental',
      async ({ longFrom, batch }) => {
        await fc.assert(
          fc.asyncProperty(stories, async (told) => {
            const store = await logOf(linesOf(told));
            const house = await openOn(store, { longFrom });
            await follow(house, store, batch);
            const events = await everything(store);
            const ids = told.map((_, index) => String(index));
            const check = async (): Promise<void> => {
              for (let position = -1; position <= (await store.head()); position++) {
                for (const asAt of PROBES) {
                  const answers = await house.register.pointMany<Seat>('seat', ids, { asAt, position });
                  for (const id of ids) {
                    const own = events.filter(({ stream }) => stream === `seat/${id}`);
                    expect([asAt, position, bare(answers.get(id) ?? {})]).toEqual([
                      asAt,
                      position,
                      bare(oracleAt(seatView, own, asAt, position)),
                    ]);
                  }
                }
              }
            };
            await check();
            const { compared } = await house.rebuild();
            expect(compared?.filter(({ same }) => !same)).toEqual([]);
            expect(compared?.length).toBe(7);
            await check();
            await closeNow(house);
          }),
          { numRuns: runs(12), endOnFailure: true },
        );
      },
    );

    it('resumes after a crash between batches, and again from the first event', async () => {
      const lines = linesOf(fc.sample(happenings, { numRuns: 3, seed: 7 }));
      const store = await logOf(lines);
      const house = await openOn(store);
      await house.follower.handle(await store.readAll(0, 5));
      await house.close();
      const again = await openOn(store, { place: house.place });
      expect(await again.follower.checkpoint()).toBe(4);
      await again.follower.handle(await store.readAll(0, 8));
      await follow(again, store);
      expect((await again.rebuild()).compared?.every(({ same }) => same)).toBe(true);
      await expect(
        again.follower.handle([{ ...((await store.readAll(0, 1))[0] as StoredEvent), position: 999 }]),
      ).rejects.toThrow('cannot go on from 999');
    });

    it('writes nothing of a batch with an event that cannot be folded, and can go on once it can', async () => {
      const store = await logOf([
        seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' }),
        seat('1', 'Unheard', '2025-03-02'),
      ]);
      const house = await openOn(store);
      await expect(follow(house, store)).rejects.toThrow('does not know Unheard');
      expect(await house.follower.checkpoint()).toBe(-1);
      await follow({ ...house, follower: house.follower }, store, 1).catch(() => undefined);
      expect(await house.follower.checkpoint()).toBe(0);
    });

    it('takes no event twice, and refuses to move a checkpoint that another writer has moved', async () => {
      const store = await logOf([
        seat('1', 'Appointed', '2025-03-01'),
        seat('1', 'Named', '2025-03-02', { name: 'one' }),
      ]);
      const house = await openOn(store);
      const other = await openOn(store, { place: house.place });
      const [first, second] = (await store.readAll(0, 2)) as [StoredEvent, StoredEvent];
      await house.follower.handle([first]);
      await other.follower.handle([first]);
      await other.follower.handle([second]);
      expect(await house.register.position()).toBe(1);
      await tamper(house.place, async (live) => {
        await expect(live.moveCheckpoint(live.writes, 0, markAfter(undefined, second))).rejects.toThrow(
          'no longer at position 0',
        );
      });
    });

    it('makes the views anew when their declaration has changed', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
      const house = await openOn(store);
      await follow(house, store);
      await house.close();
      const titled: View<Seat> = { ...seatView, order: ({ holder }) => `by ${holder}` };
      await expect(
        openRegisterToRead(house.place.directory, [titled], house.place.readModelUrl, store),
      ).rejects.toMatchObject({ code: 'REGISTER_VIEWS_STALE' });
      const again = await openOn(store, { place: house.place, views: [titled] });
      expect(await again.register.position()).toBe(0);
      const beside = await openRegisterToRead(house.place.directory, [titled], house.place.readModelUrl, store);
      expect(await beside.register.position()).toBe(0);
      await beside.close();
    });

    it('reports what differs where the rows are not what the log says', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
      const house = await openOn(store);
      await follow(house, store);
      await tamper(house.place, (live) => live.writes.run(`UPDATE seat_slice SET state = '{"holder":"Eve"}'`));
      const asked = { asAt: '2025-03-01' as CivilDate, position: 0 };
      const { differences } = await replay(store, house.register, VIEWS, readEvent, asked);
      expect(differences.map(({ subject }) => subject)).toEqual(['seat/1']);
      const { compared } = await house.rebuild();
      expect(compared?.filter(({ same }) => !same).map(({ table }) => table)).toEqual(['seat_slice']);
      expect((await replay(store, house.register, VIEWS, readEvent, asked)).differences).toEqual([]);
    });

    it('goes on following, and answering, while a rebuild is under way', async () => {
      const lines = linesOf(fc.sample(happenings, { numRuns: 6, seed: 3 }));
      const store = await logOf(lines);
      const house = await openOn(store);
      await house.follower.handle(await store.readAll(0, 20));
      let handled: Promise<void> | undefined;
      const reading: Promise<unknown>[] = [];
      const { compared, position } = await house.rebuild({
        onProgress: () => {
          handled ??= store.readAll(20, 10).then((page) => house.follower.handle(page));
          reading.push(house.register.pointMany('seat', ['0', '1'], { asAt: FIRST_DAY, position: 19 }));
        },
      });
      await handled;
      expect(
        new Set((await Promise.all(reading)).map((answers) => JSON.stringify([...(answers as Map<string, unknown>)])))
          .size,
      ).toBe(1);
      expect(compared?.every(({ same }) => same)).toBe(true);
      expect(position).toBeGreaterThanOrEqual(19);
      await follow(house, store);
      expect((await house.rebuild()).compared?.every(({ same }) => same)).toBe(true);
    });

    it('leaves the views as they are when a rebuild is stopped', async () => {
      const store = await logOf([seat('1', 'Appointed', '2025-03-01', { holder: 'Ann' })]);
      const house = await openOn(store);
      await follow(house, store);
      await expect(house.rebuild({ signal: AbortSignal.abort() })).rejects.toThrow('abort');
      expect(await house.register.position()).toBe(0);
      expect((await house.rebuild()).compared?.every(({ same }) => same)).toBe(true);
    });
  });
});
