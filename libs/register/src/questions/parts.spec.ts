import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '#kernel';
import { dateOf, FIRST_DAY, seatView } from '../engine/engine.contract.js';
import { follow, onEachReadModel, logOf, openOn, runs, seat, type Line } from '../register.contract.js';
import type { Restriction } from './restriction.js';
import type { View } from '../engine/view.js';

/** Written by somebody, or else by whoever holds a seat; of a day, or else of that by which the seat is called. */
interface Paper {
  readonly day?: string;
  readonly seat?: string;
  readonly writers?: readonly string[];
  readonly reference?: string;
}

const paperView: View<Paper> = {
  aggregate: 'paper',
  initial: {},
  project: (_, { data }) => data as Paper,
  turns: () => [],
  show: (state) => state,
  title: () => 'paper',
  order: ({ day, reference }) => `${day ?? '0000-00-00'} ${reference ?? ''}`.trimEnd(),
  columns: {
    seat: ({ seat: of }) => of,
    seatAlone: ({ seat: of, writers = [] }) => (writers.length > 0 ? undefined : of),
    reference: ({ reference }) => reference,
  },
  lists: { writer: ({ writers }) => writers },
  through: { by: { names: 'seatAlone', aggregate: 'seat', column: 'holder', own: 'writer' } },
  goesBy: { names: 'seat', aggregate: 'seat', column: 'name' },
};

const DAYS = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-02-01'];
const PEOPLE = ['Ann', 'Bob'];
const papers = fc.array(
  fc.record(
    {
      day: fc.constantFrom(...DAYS),
      seat: fc.constantFrom('0', '1', '2', '9'),
      writers: fc.subarray(PEOPLE),
      reference: fc.constantFrom('a', 'b'),
    },
    { requiredKeys: [] },
  ),
  { minLength: 3, maxLength: 9 },
);
const seats = fc.array(fc.record({ holder: fc.constantFrom(...PEOPLE), name: fc.constantFrom(...DAYS) }), {
  minLength: 3,
  maxLength: 3,
});
/** Each seat passes on later: to the next of what the seats are. */
const LATER = dateOf(4);

/** Some of what has no day of its own is shown without that of its seat. */
const RESTRICTED: [Paper[], { holder: string; name: string }[], boolean] = [
  [
    { seat: '0', reference: 'b' },
    { seat: '1' },
    { day: '2024-01-02', seat: '2', reference: 'a' },
    { seat: '0', reference: 'a' },
  ],
  ['2024-01-03', '2024-01-02', '2024-01-04'].map((name) => ({ holder: 'Ann', name })),
  true,
];

onEachReadModel(() => {
  describe('what follows from what something names', () => {
    it('is listed, counted and paged as a naive reading of both would have it', async () => {
      await fc.assert(
        fc.asyncProperty(papers, seats, fc.boolean(), async (written, held, isRestricted) => {
          const lines: Line[] = [
            ...held.map((data, id) => seat(String(id), 'Appointed', FIRST_DAY, data)),
            ...written.map((data, id): Line => ({
              stream: `paper/${id}`,
              type: 'Written',
              effectiveOn: FIRST_DAY,
              data,
            })),
            ...held.map((_, id) => seat(String(id), 'Appointed', LATER, held[(id + 1) % 3])),
          ];
          const store = await logOf(lines);
          const house = await openOn(store, { views: [seatView, paperView] });
          await follow(house, store);
          const inFull: Restriction | undefined = isRestricted ? { column: 'reference', oneOf: ['a'] } : undefined;
          const half = held.length + written.length - 1;
          for (const [asAt, position, turn] of [
            [LATER, await store.head(), 1],
            [LATER, half, 0],
            [FIRST_DAY, await store.head(), 0],
          ] as const) {
            const known = written.map((paper, at) => {
              const of =
                paper.seat === undefined || paper.seat === '9' ? undefined : held[(Number(paper.seat) + turn) % 3];
              const day = paper.day ?? (isRestricted && paper.reference !== 'a' ? undefined : of?.name);
              const by = (paper.writers ?? []).length > 0 ? (paper.writers ?? []) : of ? [of.holder] : [];
              return { id: String(at), key: `${day ?? '0000-00-00'} ${paper.reference ?? ''}`.trimEnd(), day, by };
            });
            const sorted = known.toSorted((a, b) =>
              a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1,
            );
            const ids = (keep: (paper: (typeof sorted)[number]) => boolean) => sorted.filter(keep).map(({ id }) => id);
            const basis = { asAt: asAt as CivilDate, position };
            const tried = async (selection: object, wanted: readonly string[]) => {
              const found: string[] = [];
              for (let after: string | undefined, more = true; more;) {
                const page = await house.register.list(
                  'paper',
                  { ...selection, othersDays: { inFull }, first: 2, after },
                  basis,
                );
                found.push(...page.rows.map(({ id }) => id));
                after = page.rows.at(-1)?.cursor;
                more = page.hasNext;
              }
              expect(found).toEqual(wanted);
              const whole = { ...selection, othersDays: { inFull } };
              expect(await house.register.count('paper', whole, basis)).toBe(wanted.length);
            };
            await tried(
              {},
              ids(() => true),
            );
            await tried(
              { orderRange: { from: DAYS[1], to: DAYS[2] } },
              ids(({ day }) => day === DAYS[1]),
            );
            await tried(
              { where: { by: 'Ann' } },
              ids(({ by }) => by.includes('Ann')),
            );
            await tried(
              { where: { by: 'Bob' }, orderRange: { from: DAYS[2] } },
              ids(({ by, day = '' }) => by.includes('Bob') && day >= '2024-01-04'),
            );
            await tried(
              { where: { by: PEOPLE } },
              ids(({ by }) => by.length > 0),
            );
            const groups = await house.register.listMany(
              'paper',
              'by',
              PEOPLE,
              { firstEach: 3, othersDays: { inFull } },
              basis,
            );
            for (const person of PEOPLE) {
              const all = ids(({ by }) => by.includes(person));
              const group = groups.get(person);
              expect([group?.total ?? 0, group?.rows.map(({ id }) => id) ?? []]).toEqual([all.length, all.slice(0, 3)]);
            }
            const via = {
              names: 'seatAlone',
              aggregate: 'seat',
              at: basis,
              within: { from: '2024-01-03', to: '2024-01-05' },
            };
            const listed = [{ by: 'holder', value: 'Ann', from: '2024', to: '2025', via }];
            const names = (at: number) => held[(Number(written[at]?.seat) + turn) % 3];
            await tried(
              { restriction: { listed } },
              ids(({ id }) => {
                const { day, seat: of, writers = [] } = written[Number(id)] ?? {};
                const one = of === undefined || of === '9' || writers.length > 0 ? undefined : names(Number(id));
                return (
                  day !== undefined && one?.holder === 'Ann' && one.name >= '2024-01-03' && one.name < '2024-01-05'
                );
              }),
            );
          }
        }),
        { numRuns: runs(5), endOnFailure: true, examples: [RESTRICTED] },
      );
    });
  });
});
