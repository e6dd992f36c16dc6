import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FIRST_DAY } from './engine.contract.js';
import { follow, onEachReadModel, logOf, openOn, runs, seat } from './register.contract.js';
import type { Restriction } from './restriction.js';

interface Named {
  readonly id: string;
  readonly holder: string | undefined;
}

const SEATS: readonly Named[] = [
  { id: '1', holder: 'Ann' },
  { id: '2', holder: 'Bob' },
  { id: '3', holder: 'Ann' },
  { id: '4', holder: 'Cem' },
  { id: '5', holder: undefined },
];

const some = (values: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...values], { minLength: 0, maxLength: values.length });

const restrictions: fc.Arbitrary<Restriction> = fc.letrec<{ any: Restriction }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    some(['1', '2', '3', '4', '5', '6']).map((ids): Restriction => ({ ids })),
    some(['Ann', 'Bob', 'Cem', 'Dov']).map((oneOf): Restriction => ({ column: 'holder', oneOf })),
    tie('any').map((not): Restriction => ({ not })),
    fc.array(tie('any'), { maxLength: 3 }).map((all): Restriction => ({ all })),
    fc.array(tie('any'), { maxLength: 3 }).map((any): Restriction => ({ any })),
  ),
})).any;

const admits = (restriction: Restriction, one: Named): boolean => {
  if ('ids' in restriction) return restriction.ids.includes(one.id);
  if ('not' in restriction) return !admits(restriction.not, one);
  if ('all' in restriction) return restriction.all.every((each) => admits(each, one));
  if ('any' in restriction) return restriction.any.some((each) => admits(each, one));
  if ('oneOf' in restriction) return restriction.oneOf.includes(one.holder ?? '');
  throw new Error('not tried here');
};

onEachReadModel(() => {
  describe('a restriction', () => {
    it('admits what it says and nothing else, however many values it names, none included', async () => {
      const store = await logOf(
        SEATS.map(({ id, holder }) => seat(id, 'Appointed', '2025-03-01', holder === undefined ? {} : { holder })),
      );
      const { register, follower } = await openOn(store);
      await follow({ follower }, store);
      const basis = { asAt: FIRST_DAY, position: await store.head() };
      await fc.assert(
        fc.asyncProperty(restrictions, async (restriction) => {
          const wanted = SEATS.filter((one) => admits(restriction, one)).map(({ id }) => id);
          const { rows } = await register.list('seat', { restriction, first: 10 }, basis);
          expect(rows.map(({ id }) => id)).toEqual(wanted);
          expect(await register.count('seat', { restriction }, basis)).toBe(wanted.length);
        }),
        {
          numRuns: runs(60),
          examples: [
            [{ not: { ids: [] } }],
            [{ not: { ids: ['1', '2', '3'] } }],
            [{ not: { column: 'holder', oneOf: [] } }],
          ],
        },
      );
    });
  });
});
