import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type CivilDate } from '#kernel';
import { dataOf, record, recordAll } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { withStatements } from './statements.js';

const OWNERS = 40;

const ids = Array.from({ length: OWNERS }, (_, index) => `o${String(index).padStart(2, '0')}`);

let api: RunningApi;
let after: string;
beforeAll(async () => {
  api = await runApi();
  await Promise.all(
    ids.map((id) => record(api, 'RegisterOrganisation', id, '2023-01-01', { name: `Owner ${id}`, kind: 'ICB' })),
  );
  await record(api, 'EstablishBody', 'group', '2023-01-01', { name: 'Group', kind: 'OTHER' });
  const changes = ids.map(
    (id, index) => ['ChangeBody', 'group', addDays('2023-02-01' as CivilDate, index), { owners: [id] }] as const,
  );
  ({ after } = await recordAll(api, changes));
}, 60_000);
afterAll(() => api.close());

/** The statements that a question takes, and what its entries say. */
const asked = async (query: string, first: number): Promise<{ statements: number; told: readonly string[] }> => {
  const { texts, answer } = await withStatements(() => api.ask(query, { first, after }));
  const [list] = Object.values(dataOf<Record<string, Told>>(answer));
  return { statements: texts.length, told: list?.edges.map(({ node }) => node.sentence ?? '') ?? [] };
};

interface Told {
  readonly edges: readonly { readonly node: { readonly sentence?: string } }[];
}

const ARGS = 'first: $first, afterReceipt: $after';

describe('asking for entries that name others', () => {
  it.each([
    ['history', `history(of: "body/group", ${ARGS}) { edges { node { sentence } } }`],
    ['timeline', `timeline(of: "body/group", ${ARGS}) { edges { node { title sentences } } }`],
    ['changesBetween', `changesBetween(from: ${OWNERS + 1}, ${ARGS}) { edges { node { title sentence } } }`],
  ])('%s takes as many statements for 40 as for 5', async (_, field) => {
    const query = `query ($first: Int!, $after: String!) { ${field} }`;
    await asked(query, 5);
    const [few, many] = [await asked(query, 5), await asked(query, OWNERS)];
    expect([few.told.length, many.told.length]).toEqual([5, OWNERS]);
    expect(few.statements).toBeGreaterThan(2);
    expect(many.statements).toBe(few.statements);
  });

  it('gives each the name that is meant', async () => {
    const query = `query ($first: Int!, $after: String!) { history(of: "body/group", ${ARGS}) { edges { node { sentence } } } }`;
    expect((await asked(query, OWNERS)).told.slice(1)).toEqual(
      ids.slice(0, OWNERS - 1).map((id) => `It belongs to Owner ${id}.`),
    );
  });
});
