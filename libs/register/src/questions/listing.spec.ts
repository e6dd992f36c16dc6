import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dateOf, FIRST_DAY, happenings, seatView, type Seat } from '../engine/engine.contract.js';
import { oracleAt } from '../engine/oracle.js';
import { everything, follow, onEachReadModel, linesOf, logOf, openOn, runs, seat } from '../register.contract.js';

onEachReadModel(() => {
  describe('listing', () => {
    it('gives what a naive filter over the oracle gives, page by page', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(happenings, { minLength: 5, maxLength: 8 }), async (told) => {
          const store = await logOf(linesOf(told));
          const house = await openOn(store);
          await follow(house, store);
          const events = await everything(store);
          const head = await store.head();
          for (const position of [head, Math.floor(head / 2)]) {
            for (const asAt of [dateOf(0), dateOf(3), dateOf(6)]) {
              const basis = { asAt, position };
              const naive = told.flatMap((_, index) => {
                const id = String(index);
                const own = events.filter(({ stream }) => stream === `seat/${id}`);
                const answer = oracleAt(seatView, own, asAt, position);
                return answer.kind === 'found' ? [{ id, state: answer.state }] : [];
              });
              const sorted = naive.toSorted((a, b) => {
                const [x, y] = [seatView.order(a.state), seatView.order(b.state)];
                return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -1 : 1;
              });
              const ids = (keep: (state: Seat) => boolean): string[] =>
                sorted.filter(({ state }) => keep(state)).map(({ id }) => id);
              const listed = async (selection: object): Promise<string[]> => {
                const found: string[] = [];
                for (let after: string | undefined; ;) {
                  const page = await house.register.list(
                    'seat',
                    { ...selection, first: 2, ...(after && { after }) },
                    basis,
                  );
                  found.push(...page.rows.map(({ id }) => id));
                  after = page.rows.at(-1)?.cursor;
                  if (!page.hasNext) return found;
                }
              };
              expect(await listed({})).toEqual(ids(() => true));
              expect(await listed({ where: { holder: 'Ann' } })).toEqual(ids(({ holder }) => holder === 'Ann'));
              expect(await listed({ where: { holder: ['Ann', 'Bob'], name: 'one' } })).toEqual(
                ids(({ holder, name }) => (holder === 'Ann' || holder === 'Bob') && name === 'one'),
              );
              expect(await listed({ where: { identifier: ['one/2', 'one', 'two'] } })).toEqual(
                ids(({ name }) => name !== undefined),
              );
              expect(await listed({ where: { identifier: [] } })).toEqual([]);
              expect(await listed({ orderRange: { from: 'one', to: 'two' } })).toEqual(
                ids(({ name }) => name === 'one'),
              );
              expect(await house.register.count('seat', { where: { holder: 'Bob' } }, basis)).toBe(
                ids(({ holder }) => holder === 'Bob').length,
              );
              for (const column of ['holder', 'identifier']) {
                const groups = await house.register.listMany(
                  'seat',
                  column,
                  ['Ann', 'Bob', 'one', 'none'],
                  { firstEach: 1 },
                  basis,
                );
                for (const value of ['Ann', 'Bob', 'one', 'none']) {
                  const all = ids((state) => (column === 'holder' ? state.holder === value : state.name === value));
                  const group = groups.get(value);
                  expect([group?.total ?? 0, group?.hasNext ?? false, group?.rows.map(({ id }) => id) ?? []]).toEqual([
                    all.length,
                    all.length > 1,
                    all.slice(0, 1),
                  ]);
                }
              }
            }
          }
        }),
        { numRuns: runs(5), endOnFailure: true },
      );
    });

    it('refuses a cursor that is none, and a column that there is not', async () => {
      const house = await openOn(await logOf([]));
      const basis = { asAt: FIRST_DAY, position: -1 };
      await expect(house.register.list('seat', { first: 1, after: 'x' }, basis)).rejects.toMatchObject({
        code: 'NOT_A_CURSOR',
      });
      await expect(house.register.list('seat', { first: 1, where: { colour: 'red' } }, basis)).rejects.toThrow(
        '"colour"',
      );
    });
  });

  describe('naming a subject', () => {
    it('takes a key, a global id or a reference of any date, as known at the basis', async () => {
      const store = await logOf([
        seat('1', 'Named', '2025-03-01', { name: 'one' }),
        seat('1', 'Named', '2025-03-05', { name: 'uno' }),
        seat('2', 'Named', '2025-03-01', { name: 'two' }),
        seat('2', 'Named', '2025-03-09', { name: 'one' }),
      ]);
      const { register, follower } = await openOn(store);
      await follow({ follower }, store);
      const named = (text: string, position: number): Promise<string | undefined> =>
        register.resolveSubject('seat', text, { position });
      expect(await named('1', 0)).toBe('1');
      expect(await named('seat/1', 0)).toBe('1');
      expect(await named('2', 1)).toBeUndefined();
      expect(await named('one', 2)).toBe('1');
      await expect(named('one', 3)).rejects.toMatchObject({
        code: 'REFERENCE_AMBIGUOUS',
        message: expect.stringContaining('seat/1, seat/2'),
      });
      expect(await named('nothing', 3)).toBeUndefined();
    });
  });
});
