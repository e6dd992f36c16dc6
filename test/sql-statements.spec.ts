import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { withStatements } from './statements.js';

const BODIES = 60;
const ROLES = ['Chair', 'Member'];

const NESTED = `query ($first: Int!, $after: String!) {
  bodies(first: $first, asAt: "2025-06-01", afterReceipt: $after) {
    totalCount
    edges { node {
      name
      owners { name }
      parentBody { name }
      appointments { totalCount edges { node { role person { name } body { name } } } }
    } }
  }
}`;

interface Nested {
  readonly bodies: {
    readonly edges: readonly {
      readonly node: {
        readonly name: string;
        readonly owners: readonly { readonly name: string }[];
        readonly appointments: {
          readonly totalCount: number;
          readonly edges: readonly { readonly node: { readonly person: { readonly name: string } } }[];
        };
      };
    }[];
  };
}

let api: RunningApi;
/** The last receipt of all that was recorded. */
let after: string;
beforeAll(async () => {
  api = await runApi();
  await record(api, 'RegisterOrganisation', 'icb', '2022-07-01', { name: 'The board’s organisation', kind: 'ICB' });
  await record(api, 'EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] });
  const each = async (index: number): Promise<readonly ShownReceipt[]> => {
    const key = String(index).padStart(2, '0');
    const committee = { name: `Committee ${key}`, kind: 'ICB_COMMITTEE', owners: ['icb'], parentBody: 'board' };
    const receipts = [await record(api, 'EstablishBody', `c${key}`, '2023-01-01', committee)];
    for (const role of ROLES) {
      const person = `p${key}-${role}`;
      await record(api, 'RegisterPerson', person, '2023-01-01', { name: `${role} of ${key}` });
      const made = { person, body: `c${key}`, role };
      receipts.push(await record(api, 'MakeAppointment', `a${key}-${role}`, '2023-01-01', made));
    }
    return receipts;
  };
  const receipts = await Promise.all(Array.from({ length: BODIES }, async (_, index) => each(index)));
  after = receipts.flat().toSorted((a, b) => b.position - a.position)[0]?.after ?? '';
}, 60_000);
afterAll(() => api.close());

/** The statements that a question takes, as they reach the database. */
const statementsOf = async (first: number): Promise<{ readonly texts: readonly string[]; readonly data: Nested }> => {
  const { texts, answer } = await withStatements(() => api.ask(NESTED, { first, after }));
  return { texts, data: dataOf<Nested>(answer) };
};

describe('asking for bodies, their appointments and who holds them', () => {
  it('takes as many statements for 60 bodies as for 5', async () => {
    await statementsOf(5);
    const few = await statementsOf(5);
    const many = await statementsOf(60);
    expect([few.data.bodies.edges.length, many.data.bodies.edges.length]).toEqual([5, 60]);
    expect(few.texts.length).toBeGreaterThan(3);
    expect(many.texts.length).toBe(few.texts.length);
  });

  it('gives every body its own appointments and every appointment its own person', async () => {
    const { data } = await statementsOf(61);
    for (const { node } of data.bodies.edges.filter(({ node: { name } }) => name.startsWith('Committee'))) {
      const key = node.name.slice('Committee '.length);
      expect(node.owners).toEqual([{ name: 'The board’s organisation' }]);
      expect(node.appointments.totalCount).toBe(ROLES.length);
      const holders = node.appointments.edges.map((edge) => edge.node.person.name);
      expect(holders).toEqual(ROLES.map((role) => `${role} of ${key}`));
    }
    expect(data.bodies.edges).toHaveLength(61);
  });
});
