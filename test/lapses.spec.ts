import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Aggregate } from '#governance';
import { holdingWith, lapsed, VIEWS, type Holding, type HoldingView, type Restriction } from '#register';
import type { RecordOf } from '../apps/api/src/records.js';
import { LAPSES } from './lapse-table.js';
import { REVERSES } from './reference-table.js';
import { BEGUN, DAYS, inWorld, worlds, type JoinedWorld, type Told } from './joined-world.js';

type Lasting = RecordOf<
  HoldingView & {
    readonly seat?: string;
    readonly body?: string;
    readonly organisation?: string;
    readonly person?: string;
    readonly grantedByBody?: string;
    readonly ended?: boolean;
  }
>;

const HANGING: readonly Aggregate[] = [
  ...([
    'appointment',
    'delegation',
    'reservation',
    'seat',
    'body',
    'instrument',
    'budget',
    'interest',
    'standingOrder',
    'functionHolding',
  ] as const),
];

const ids = (records: readonly { readonly id: string }[]): readonly string[] => records.map(({ id }) => id).toSorted();

/** What a world says on a day, as known at a position, one record at a time and in lists: the same. */
const compare = async (
  { records, lapses, context: fresh }: JoinedWorld,
  asAt: string,
  asKnownAt: number,
): Promise<void> => {
  const context = fresh();
  const args = { asAt: asAt as never, asKnownAt, first: 100 };
  const listed = async (aggregate: Aggregate, holds?: Holding): Promise<readonly Lasting[]> => {
    const page = await records.page<object>(aggregate, {}, { ...args, ...(holds && { holds }) }, context);
    const found = page.edges.map(({ node }) => node as Lasting);
    expect(await page.totalCount).toBe(found.length);
    return found;
  };
  for (const aggregate of HANGING) {
    const all = await listed(aggregate);
    const holding = new Map<Lasting, Holding>();
    for (const one of all) holding.set(one, holdingWith(one.holds, await lapses.of(one, context)));
    for (const holds of ['YES', 'NOT_KNOWN', 'NO'] as const) {
      const expected = all.filter((one) => holding.get(one) === holds);
      expect([aggregate, holds, ids(await listed(aggregate, holds))]).toEqual([aggregate, holds, ids(expected)]);
    }
    if (aggregate !== 'appointment') continue;
    const seats = new Map((await listed('seat')).map((seat) => [seat.id, seat]));
    const there = all.filter((one) => one.holds !== 'NO' && holding.get(one) !== 'NO');
    for (const field of ['body', 'organisation'] as const) {
      for (const place of await listed(field)) {
        const key = place.id.split('/')[1] as string;
        const isThere = (one: Lasting): boolean => {
          const seat = seats.get(`seat/${one.seat}`);
          return one[field] === key || (seat?.holds !== 'NO' && seat?.[field] === key);
        };
        const expected = there.filter(isThere);
        const under = await records.listedUnder<object>('appointment', field, place, { first: 100 }, context);
        expect([place.id, ids(under.edges.map(({ node }) => node))]).toEqual([place.id, ids(expected)]);
        const known = expected.filter((one) => holding.get(one) === 'YES').length;
        expect([await under.totalCount, await under.knownCount, await under.notKnownCount]).toEqual([
          expected.length,
          known,
          expected.length - known,
        ]);
        const paged = await records.page('appointment', { subjects: { [field]: [field, place.id] } }, args, context);
        expect(ids(paged.edges.map(({ node }) => node))).toEqual(ids(expected));
      }
    }
  }
};

/** By which fields a condition goes first. */
const namedIn = (restriction: Restriction): readonly string[] => {
  if ('names' in restriction) return [restriction.names];
  if ('not' in restriction) return namedIn(restriction.not);
  return [...('any' in restriction ? restriction.any : []), ...('all' in restriction ? restriction.all : [])].flatMap(
    namedIn,
  );
};
const LASTING = VIEWS.filter(({ columns }) => 'holds' in columns).map(({ aggregate }) => aggregate);
const aggregateOf = (field: string): string => field.charAt(0).toLowerCase() + field.slice(1, field.indexOf('.'));

describe('every field by which something that lasts names another', () => {
  it('lapses with it, or says why not; what is told of it goes by no other', () => {
    const fields = Object.keys(REVERSES).filter((field) => LASTING.includes(aggregateOf(field)));
    expect(Object.keys(LAPSES).toSorted()).toEqual(fields.toSorted());
    for (const aggregate of LASTING) {
      const said = Object.entries(LAPSES).flatMap(([field, how]) =>
        typeof how === 'string' || aggregateOf(field) !== aggregate ? [] : [how.by],
      );
      const condition = lapsed(aggregate);
      expect([aggregate, [...new Set(condition ? namedIn(condition) : [])].toSorted()]).toEqual([
        aggregate,
        said.toSorted(),
      ]);
    }
    expect(LASTING.filter((aggregate) => lapsed(aggregate)).toSorted()).toEqual(HANGING.toSorted());
  });
});

describe('what has ended with something else', () => {
  it(
    'is told of one record as lists and counts tell it, for random worlds, on every day, as known then',
    () =>
      fc.assert(
        fc.asyncProperty(worlds, (facts) =>
          inWorld(facts, async (world) => {
            const { positions } = world;
            const some = [positions[Math.floor(positions.length / 2)], positions.at(-1)].filter(
              (at) => at !== undefined,
            );
            for (const [nth, day] of DAYS.entries()) await compare(world, day, some[nth % some.length] as number);
          }),
        ),
        { numRuns: 15 },
      ),
    60_000,
  );
});

describe('a delegation to and by posts', () => {
  const grant = (id: string, data: object): Told => ({
    ...{ aggregate: 'delegation', command: 'GrantDelegation', id, day: 1 },
    data: { functions: ['to pay'], ...data },
  });
  const [to, by] = [{ delegateNames: ['others'] }, { grantedByName: 'them' }];
  const facts: readonly Told[] = [
    ...BEGUN,
    grant('toOne', { ...by, delegateSeats: ['s1'] }),
    grant('toBoth', { ...by, delegateSeats: ['s1', 's2'] }),
    grant('toBodyToo', { ...by, delegateSeats: ['s1'], delegateBodies: ['b2'] }),
    grant('toPersonToo', { ...by, delegateSeats: ['s1'], delegatePersons: ['p'] }),
    grant('byOne', { ...to, grantedBySeat: 's1' }),
    grant('byPerson', { ...to, grantedByPerson: 'p' }),
    grant('byOther', { ...to, grantedBySeat: 's2' }),
    { aggregate: 'seat', command: 'RemoveSeat', id: 's1', data: {}, day: 3 },
    { aggregate: 'organisation', command: 'CloseOrganisation', id: 'o2', data: {}, day: 5 },
  ];

  it('lapses once the post by which it is granted is gone, or all by which it is received, also with their place', () =>
    inWorld(facts, async (world) => {
      const { records, lapses, context: fresh, positions } = world;
      const gone = async (asAt: string): Promise<readonly string[]> => {
        const context = fresh();
        const page = await records.page<object>('delegation', {}, { asAt: asAt as never, first: 100 }, context);
        const all = page.edges.map(({ node }) => node as Lasting);
        const over = await Promise.all(all.map(async (one) => holdingWith(one.holds, await lapses.of(one, context))));
        return all.flatMap(({ id }, at) => (over[at] === 'NO' ? [id.split('/')[1] as string] : [])).toSorted();
      };
      expect(await gone('2024-01-02')).toEqual([]);
      expect(await gone('2024-01-03')).toEqual(['byOne', 'toOne']);
      expect(await gone('2024-01-04')).toEqual(['byOne', 'toOne']);
      expect(await gone('2024-01-05')).toEqual(['byOne', 'byOther', 'toBoth', 'toOne']);
      for (const day of DAYS) await compare(world, day, positions.at(-1) as number);
    }));
});
