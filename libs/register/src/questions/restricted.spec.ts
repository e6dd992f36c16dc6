import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FIRST_DAY } from '../engine/engine.contract.js';
import { follow, onEachReadModel, logOf, openOn, runs, seat } from '../register.contract.js';
import type { Listed, Restriction, Stretch } from './restriction.js';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly holder: string | undefined;
}

const SEATS: readonly Named[] = [
  { id: '1', name: 'seat 1', holder: 'Ann' },
  { id: '2', name: 'seat 2', holder: 'Bob' },
  { id: '3', name: 'seat 3', holder: 'Ann' },
  { id: '4', name: 'seat 4', holder: 'Cem' },
  { id: '5', name: 'seat 5', holder: undefined },
];

const some = (values: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...values], { minLength: 0, maxLength: values.length });

const KEYS = ['', 'a', 'one', 'seat 2', 'seat 3', 'z'];
const stretches = fc
  .tuple(fc.constantFrom(...KEYS), fc.option(fc.constantFrom(...KEYS), { nil: undefined }))
  .map(([from, to]) => ({ from, to }));
const listed = fc
  .oneof(
    fc.tuple(fc.constant('holder'), fc.constantFrom('Ann', 'Bob', 'Dov'), stretches),
    fc.tuple(fc.constant('identifier'), fc.constantFrom('seat 1', 'seat 2/2', 'none'), stretches),
  )
  .map(([by, value, stretch]): Listed => ({ by, value, ...stretch }));

const restrictions: fc.Arbitrary<Restriction> = fc.letrec<{ any: Restriction }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    some(['1', '2', '3', '4', '5', '6']).map((ids): Restriction => ({ ids })),
    fc.array(listed, { maxLength: 3 }).map((those): Restriction => ({ listed: those })),
    stretches.map((order): Restriction => ({ order })),
    some(['identifier', 'nothing']).map((unlisted): Restriction => ({ unlisted })),
    some(['Ann', 'Bob', 'Cem', 'Dov']).map((oneOf): Restriction => ({ column: 'holder', oneOf })),
    tie('any').map((not): Restriction => ({ not })),
    fc.array(tie('any'), { maxLength: 3 }).map((all): Restriction => ({ all })),
    fc.array(tie('any'), { maxLength: 3 }).map((any): Restriction => ({ any })),
  ),
})).any;

const isWithin = ({ from = '', to }: Partial<Stretch>, { name }: Named): boolean =>
  name >= from && (to === undefined || name < to);

const isUnder = ({ by, value, ...stretch }: Listed, one: Named): boolean =>
  (by === 'holder' ? one.holder === value : [one.name, `${one.name}/2`].includes(value)) && isWithin(stretch, one);

const admits = (restriction: Restriction, one: Named): boolean => {
  if ('ids' in restriction) return restriction.ids.includes(one.id);
  if ('not' in restriction) return !admits(restriction.not, one);
  if ('all' in restriction) return restriction.all.every((each) => admits(each, one));
  if ('any' in restriction) return restriction.any.some((each) => admits(each, one));
  if ('listed' in restriction) return restriction.listed.some((each) => isUnder(each, one));
  if ('unlisted' in restriction) return !restriction.unlisted.includes('identifier') || one.name === undefined;
  if ('order' in restriction) return isWithin(restriction.order, one);
  if ('oneOf' in restriction) return restriction.oneOf.includes(one.holder ?? '');
  throw new Error('not tried here');
};

onEachReadModel(() => {
  describe('a restriction', () => {
    it('admits what it says and nothing else, however many values it names, none included', async () => {
      const store = await logOf(
        SEATS.map(({ id, name, holder }) => seat(id, 'Appointed', '2025-03-01', { name, ...(holder && { holder }) })),
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
