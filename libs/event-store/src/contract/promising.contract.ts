import { describe, expect, it } from '@jest/globals';
import { allOf, eventOf, isAppended, range, type Tried } from './events.js';
import type { AppendOutcome, EventStore } from '../event-store.js';

/** What two processes see of each other, and what a store says that it cannot promise there. */
export const promising = (tried: Tried): void => {
  describe('beside another process', () => {
    it('lets one of two win that share the second of their streams; of the other nothing is left, unless it says so', async () => {
      const stores: [EventStore, EventStore] = [tried.store, await tried.beside()];
      const { wholeAcrossStreams } = tried.store.promises;
      await tried.append('shared', 'no stream', eventOf('first'));
      for (const turn of range(0, 20)) {
        const writes = (who: number): Parameters<EventStore['append']>[0] => [
          { stream: `own ${who} ${turn}`, expected: 'no stream', events: [eventOf(`${who} ${turn}`, 0, {}, 2)] },
          { stream: 'shared', expected: { revision: turn }, events: [eventOf(`${who} ${turn}`, 1, {}, 2)] },
        ];
        const outcomes = await Promise.all(stores.map((store, who) => store.append(writes(who))));
        expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['appended', 'wrong revision']);
        expect(outcomes).toContainEqual({ kind: 'wrong revision', stream: 'shared', actual: turn + 1 });
        const [won, lost] = isAppended(outcomes[0] as AppendOutcome) ? [0, 1] : [1, 0];
        expect(await stores[lost]?.readStream(`own ${won} ${turn}`)).toHaveLength(1);
        const left = (await stores[won]?.readStream(`own ${lost} ${turn}`)) ?? [];
        expect(left.map(({ id }) => id)).toEqual(
          wholeAcrossStreams || left.length === 0 ? [] : [eventOf(`${lost} ${turn}`).id],
        );
        expect(await stores[won]?.append(writes(lost))).toEqual({
          kind: 'wrong revision',
          stream: 'shared',
          actual: turn + 1,
        });
      }
    });

    it('gives both the same events at the same positions', async () => {
      const other = await tried.beside();
      const write = (store: EventStore, who: string): Promise<AppendOutcome[]> =>
        range(0, 20).reduce(
          async (before, turn) => [
            ...(await before),
            await store.append([
              {
                stream: who,
                expected: turn === 0 ? 'no stream' : { revision: turn - 1 },
                events: [eventOf(`${who} ${turn}`)],
              },
            ]),
          ],
          Promise.resolve<AppendOutcome[]>([]),
        );
      const outcomes = (await Promise.all([write(tried.store, 'one'), write(other, 'other')])).flat();
      expect(outcomes.every(isAppended)).toBe(true);
      for (const store of [tried.store, other]) await store.whenBeyond(38, AbortSignal.timeout(5_000));
      const events = await allOf(tried.store);
      expect(events.map(({ position }) => position)).toEqual(range(0, 40));
      expect(await allOf(other)).toEqual(events);
      const told = outcomes.flatMap((outcome) => ('positions' in outcome ? (outcome.positions ?? []) : []));
      expect(told.toSorted((a, b) => a - b)).toEqual(range(0, 40));
    });

    it('takes what one sent and the other sends again as the same', async () => {
      const other = await tried.beside();
      const writes = [{ stream: 'a', expected: 'no stream' as const, events: [eventOf('c1')] }];
      const first = await tried.store.append(writes);
      expect(await other.append(writes)).toEqual({ ...first, kind: 'already appended' });
      const both = [{ stream: 'b', expected: 'no stream' as const, events: [eventOf('c2')] }];
      const outcomes = await Promise.all([tried.store.append(both), other.append(both)]);
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['already appended', 'appended']);
      expect(await tried.store.readStream('b')).toHaveLength(1);
    });

    it('refuses one id with two bodies in one stream; in two streams at one instant as well, unless it says so', async () => {
      const other = await tried.beside();
      const { idsUniqueAcrossStreams } = tried.store.promises;
      for (const turn of range(0, 10)) {
        const one = eventOf(`c${turn}`);
        const append = (store: EventStore, stream: string, event = one): Promise<AppendOutcome> =>
          store.append([{ stream, expected: 'no stream', events: [event] }]);
        const changed = { ...one, payload: '{"says":"other"}' };
        const inOne = await Promise.all([append(tried.store, `s${turn}`), append(other, `s${turn}`, changed)]);
        expect(inOne.map(({ kind }) => kind).toSorted()).toEqual(['appended', 'id taken']);
        const two = eventOf(`d${turn}`);
        const inTwo = await Promise.all([append(tried.store, `x${turn}`, two), append(other, `y${turn}`, two)]);
        const [kind, second] = inTwo.map((outcome) => outcome.kind).toSorted();
        expect([kind, idsUniqueAcrossStreams || second === 'id taken' ? 'id taken' : 'appended']).toEqual([
          'appended',
          second,
        ]);
      }
    });
  });
};
