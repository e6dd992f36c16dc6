import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byHand, filtersOf, SHOWN, type ShownDecision } from './filtered-by-hand.js';
import { canary, CLOSED, figure, runWithheldRegister, type WithheldRegister } from './withheld-register.js';

let register: WithheldRegister;
beforeAll(async () => {
  register = await runWithheldRegister();
}, 60_000);
afterAll(() => register.close());

/** What stands of withheld decisions in nothing that the public is told, however it asks. */
const HIDDEN = new RegExp(`CANARY-(?:${CLOSED.join('|')})-|"decision/(?:secret|became)["?]`);

const filters = fc.record(
  {
    body: fc.constantFrom('board', 'nobody'),
    officer: fc.constantFrom('ann', 'nobody'),
    meeting: fc.constantFrom('m1', 'none'),
    delegation: fc.constantFrom('scheme', 'none'),
    organisation: fc.constantFrom('icb', 'council'),
    search: fc.constantFrom(
      'CANARY',
      'neutral',
      'CANARY-secret-title',
      'CANARY-later-title',
      'open',
      'withheld',
      'CANARY-secret-identifier',
      'CANARY-secret-reference',
    ),
    datedFrom: fc.constantFrom('2024-01-01', '2024-03-02'),
    datedTo: fc.constantFrom('2024-03-01', '2999-12-31'),
  },
  { requiredKeys: [] },
);
const bases = fc.record(
  {
    asAt: fc.constantFrom('2024-03-15', '2024-06-15', '2024-08-15', '2999-06-01'),
    asKnownAt: fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((position) => `p${position}`),
      fc.constantFrom('2024-03-20T09:00:00Z', '2024-06-20T09:00:00Z', '2024-07-10', '2025-01-01'),
    ),
  },
  { requiredKeys: [] },
);
const filter = filtersOf({
  days: ['2024-02-29', '2024-03-01', '2024-03-02', '2024-05-01', '2999-01-01'],
  moments: ['2024-03-01', '2024-04-10', '2024-05-15', '2024-08-15'].map((day) => `${day}T09:00:00.000Z`),
  pence: [0, 2, 3, 4, 5].map((nth) => figure(nth, 0)),
  tags: ['later', 'exempt', 'lifted', 'parts', 'became'].map((id) => canary(id, 'tags').toLowerCase()),
  suppliers: ['canary', canary('parts', 'supplier'), canary('lifted', 'supplier'), 'nobody'],
  functions: ['buying', 'selling'],
});
const filtered = fc.record({ filter, basis: bases, roles: fc.constantFrom('reader', 'reader', 'auditor') });

const asked = fc.record({ filter: filters, basis: bases, first: fc.integer({ min: 1, max: 4 }) });

const given = (members: object): string =>
  Object.entries(members)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Listed {
  readonly totalCount: number;
  readonly undeterminedCount: number;
  readonly nodes: readonly { readonly node: ShownDecision }[];
}
interface Lists {
  readonly all: Listed;
  readonly some: Listed;
}
const FIELDS = `totalCount edges { cursor node { id: subject title reference datedOn status recordedFrom recordedAt supersededBy { id: subject }
  supersedes { id: subject } } } pageInfo { hasNextPage endCursor }`;

describe('a random question of the public, over HTTP', () => {
  it('is told nothing that is withheld, by no filter, count, cursor or error, and pages add up to what is counted', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ filter, basis, first }) => {
        const seen: string[] = [];
        let after: string | null = null;
        let total: number | undefined;
        do {
          const cursor: object = after === null ? {} : { after };
          const query = `{ decisions(${given({ ...filter, ...basis, first, ...cursor })}) { ${FIELDS} } }`;
          const answer = await register.ask(['reader'], query);
          const text = JSON.stringify(answer);
          expect({ query, told: HIDDEN.exec(text)?.[0] }).toEqual({ query, told: undefined });
          if (answer.errors) {
            expect(text).toMatch(/"(UNKNOWN_SUBJECT|BASIS_BEYOND_HEAD|DAY_RANGE)"/);
            return;
          }
          const page = (answer.data as { decisions: Page }).decisions;
          total ??= page.totalCount;
          expect(page.totalCount).toBe(total);
          expect(page.edges.length <= first && (page.edges.length === first || !page.pageInfo.hasNextPage)).toBe(true);
          seen.push(...page.edges.map(({ node }) => node.id));
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect([new Set(seen).size, seen.length]).toEqual([total, total]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('about something by its name is answered for what is withheld as for what is not there', async () => {
    const ways = fc.constantFrom(
      'decision(id: "NAME", BASIS) { absence { kind sentence } decision { title } }',
      'history(of: "decision/NAME", BASIS) { totalCount edges { cursor node { eventId recordedAt } } }',
      'timeline(of: "NAME", BASIS) { totalCount edges { node { from title } } }',
      'scrutinyMatters(aboutDecision: "NAME", BASIS) { totalCount }',
    );
    const names = fc.constantFrom('secret', 'became', 'CANARY-secret-reference', 'CANARY-secret-identifier');
    await fc.assert(
      fc.asyncProperty(ways, names, bases, async (way, name, basis) => {
        const answerFor = async (named: string): Promise<string> => {
          const on = given(basis);
          const query = way.replace('NAME', named).replace(', BASIS', on && `, ${on}`);
          const { data, errors } = await register.ask(['reader'], `{ ${query} }`);
          const told = { data, errors: errors?.map(({ message, extensions }) => [message, extensions]) };
          return JSON.stringify(told).replaceAll(named, 'X');
        };
        expect(await answerFor(name)).toBe(await answerFor('nothing-of-the-kind'));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('that searches by a reference is not led to a stub by one that it does not show', async () => {
    for (const [id, shown] of [
      ['exempt', 0],
      ['secret', 0],
      ['lifted', 1],
    ] as const) {
      const query = `{ decisions(search: "${canary(id, 'identifier')}") { totalCount } }`;
      expect([id, (await register.ask(['reader'], query)).data]).toEqual([id, { decisions: { totalCount: shown } }]);
      expect([id, (await register.ask(['auditor'], query)).data]).toEqual([id, { decisions: { totalCount: 1 } }]);
    }
  });

  it('that narrows a list finds what is shown to be so, and counts what is not shown to be or not to be', async () => {
    await fc.assert(
      fc.asyncProperty(filtered, async ({ filter: narrowing, basis, roles }) => {
        const list = 'nodes: edges { node { ID } }'.replace('ID', SHOWN);
        const query = `query ($filter: DecisionFilter!) {
          all: decisions(${given({ ...basis, first: 100 })}) { ${list} }
          some: decisions(${given({ ...basis, first: 100 })} filter: $filter) { totalCount undeterminedCount ${list} }
          board: body(id: "board", ${given(basis)}) { body {
            all: decisions(first: 100) { ${list} }
            some: decisions(first: 100, filter: $filter) { totalCount undeterminedCount ${list} }
          } }
        }`.replace(', )', ')');
        const answer = await register.ask([roles], query, { filter: narrowing });
        if (answer.errors) {
          expect(JSON.stringify(answer)).toMatch(/"BASIS_BEYOND_HEAD"/);
          return;
        }
        const { all, some, board } = answer.data as Readonly<Record<string, unknown>> &
          Lists & { readonly board: { readonly body: Lists | null } };
        for (const lists of [{ all, some }, board.body]) {
          if (!lists) continue;
          const expected = byHand(
            lists.all.nodes.map(({ node }) => node),
            narrowing,
          );
          const found = lists.some.nodes.map(({ node }) => node.subject);
          const told = { found, undetermined: lists.some.undeterminedCount, total: lists.some.totalCount };
          expect({ roles, basis, narrowing, ...told }).toEqual({
            ...{ roles, basis, narrowing },
            ...{ ...expected, total: expected.found.length },
          });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it.each([
    ['place', 'definePlace', 'kind: PLACE', 'places', 'place'],
    ['function', 'defineFunction', 'catalogue: "Local"', 'catalogueFunctions', 'catalogueFunction'],
  ])(
    'about a %s is told of the decisions that are shown in full, and of no others',
    async (room, define, more, field, argument) => {
      let after = '';
      const record = async (mutation: string): Promise<void> => {
        const { data } = await register.ask(['governance-officer'], `mutation { made: ${mutation} { after } }`);
        ({ after } = (data as { made: { after: string } }).made);
      };
      const now = 'recording: { effectiveOn: "2025-06-01" }';
      await record(`${define}(id: "vale", ${now}, data: { name: "Severn Vale", ${more} })`);
      const ground = ', ground: LGA_12A_3';
      for (const [id, classed] of Object.entries({
        ...{ lifted: 'PUBLIC', exempt: `EXEMPT${ground}`, secret: `CONFIDENTIAL${ground}` },
      })) {
        await record(
          `changeDecision(id: "${id}", ${now}, data: { ${field}: ["vale"], disclosure: { disclosure: ${classed} } })`,
        );
      }
      const list = `totalCount edges { node { id: subject isStub named: ${field} { name } } }`;
      const query = `{ one: ${room}(id: "vale", afterReceipt: "${after}") { of: ${room} { decisions(first: 100) { ${list} } } } decisions(${argument}: "vale", first: 100, afterReceipt: "${after}") { ${list} } }`;
      interface Placed {
        readonly totalCount: number;
        readonly edges: readonly { readonly node: { readonly isStub: boolean; readonly named: readonly object[] } }[];
      }
      const toldTo = async (role: string): Promise<Placed> => {
        const { data, errors } = await register.ask([role], query);
        expect(errors).toBeUndefined();
        const { one, decisions } = data as { one: { of: { decisions: Placed } }; decisions: Placed };
        expect(one.of.decisions).toEqual(decisions);
        return decisions;
      };
      const [open, all] = [await toldTo('reader'), await toldTo('governance-officer')];
      expect(open.edges.filter(({ node }) => node.isStub || node.named.length === 0)).toEqual([]);
      expect([open.totalCount, all.totalCount]).toEqual([open.edges.length, all.edges.length]);
      expect(all.totalCount).toBeGreaterThan(open.totalCount);
    },
  );
});
