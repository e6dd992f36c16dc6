import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf } from './recorder.js';
import { runWithheldRegister, step, type WithheldRegister } from './withheld-register.js';

const taken = (title: string, disclosure?: object) =>
  step('TakeDecision', '2024-09-01', {
    title,
    decidedBy: ['board'],
    officer: 'ann',
    appointment: 'ceo',
    takenOn: '2024-09-01',
    amount: { pence: 4_242 },
    spending: 'CAPITAL',
    vat: 'EXCLUDED',
    provider: 'acme',
    delegation: 'scheme',
    conditionsMet: [{ delegation: 'scheme', condition: 'cfo', on: '2024-08-30', evidence: `KESTREL of ${title}` }],
    ...(disclosure && { disclosure }),
  });
const exempt = { disclosure: 'EXEMPT', ground: 'LGA_12A_3' };

let register: WithheldRegister;
beforeAll(async () => {
  register = await runWithheldRegister([
    [9, 'organisation', 'acme', step('RegisterOrganisation', '2022-07-01', { name: 'Acme Care', kind: 'OTHER' })],
    [9, 'appointment', 'ceo', step('MakeAppointment', '2022-07-01', { person: 'ann', role: 'Chief Executive' })],
    [9, 'decision', 'shown', taken('shown')],
    [9, 'decision', 'amount', taken('amount', { ...exempt, fields: ['amount'] })],
    [9, 'decision', 'buying', taken('buying', { ...exempt, fields: ['procurement'] })],
    [9, 'decision', 'met', taken('met', { disclosure: 'CONFIDENTIAL', fields: ['conditionsMet'] })],
    [9, 'decision', 'stub', taken('stub', exempt)],
    [9, 'decision', 'absent', taken('absent', { disclosure: 'CONFIDENTIAL' })],
  ]);
}, 60_000);
afterAll(() => register.close());

const ALL = ['absent', 'amount', 'buying', 'met', 'shown', 'stub'];
const FIELDS = `actingUnder { appointment { role } delegation { functions } } amount { pence } spending vat provider { name }
  conditionsMet { condition on evidence delegation { functions } }`;

const one = async (roles: readonly string[], id: string): Promise<Readonly<Record<string, unknown>> | null> => {
  const query = `{ decision(id: "${id}", asAt: "2024-09-30") { decision { ${FIELDS} } } }`;
  interface Answer {
    readonly decision: { readonly decision: Readonly<Record<string, unknown>> | null };
  }
  return dataOf<Answer>(await register.ask(roles, query)).decision.decision;
};

const whole = {
  actingUnder: { appointment: { role: 'Chief Executive' }, delegation: { functions: ['buying'] } },
  amount: { pence: 4_242 },
  spending: 'CAPITAL',
  vat: 'EXCLUDED',
  provider: { name: 'Acme Care' },
};
const met = (of: string) => ({
  conditionsMet: [
    { condition: 'cfo', on: '2024-08-30', evidence: `KESTREL of ${of}`, delegation: { functions: ['buying'] } },
  ],
});

describe('the hat, the money, the provider and the conditions of a decision', () => {
  it('are all shown to an officer', async () => {
    for (const id of ALL) expect(await one(['governance-officer'], id)).toEqual({ ...whole, ...met(id) });
  });
  it('are withheld with what they say something of, and with the whole', async () => {
    const reader = ['reader'];
    expect(await one(reader, 'shown')).toEqual({ ...whole, ...met('shown') });
    expect(await one(reader, 'amount')).toEqual({
      ...whole,
      ...met('amount'),
      amount: null,
      spending: null,
      vat: null,
    });
    expect(await one(reader, 'buying')).toEqual({ ...whole, ...met('buying'), provider: null });
    expect(await one(reader, 'met')).toEqual({ ...whole, conditionsMet: null });
    const nothing = Object.fromEntries([...Object.keys(whole), 'conditionsMet'].map((field) => [field, null]));
    expect(await one(reader, 'stub')).toEqual(nothing);
    expect(await one(reader, 'absent')).toBeNull();
  });

  it.each([
    ['organisation', 'acme', 'decisionsBuying', ['amount', 'met', 'shown']],
    ['appointment', 'ceo', 'decisionsTaken', ['amount', 'buying', 'met', 'shown']],
    ['delegation', 'scheme', 'decisionsMeetingConditions', ['amount', 'buying', 'shown']],
  ])('list of a %s only what shows that it is theirs: %s.%s', async (root, id, list, seen) => {
    const listed = async (roles: readonly string[]) => {
      const page = (args: string) => `${list}(${args}) { totalCount edges { node { id: subject } } }`;
      const query = `{ one: ${root}(id: "${id}", asAt: "2024-09-30") { ${root} { ${page('first: 50')} } }
        back: ${root}(id: "${id}", asAt: "2024-09-30") { ${root} { ${page('last: 50')} } } }`;
      interface Listed {
        readonly totalCount: number;
        readonly edges: readonly { readonly node: { readonly id: string } }[];
      }
      const data = dataOf<Record<string, Record<string, Record<string, Listed>>>>(await register.ask(roles, query));
      return ['one', 'back'].map((name) => {
        const found = data[name]?.[root]?.[list];
        const ids = found?.edges.map(({ node }) => node.id.split('/')[1] as string) ?? [];
        // Those of the register that all such specs share are told apart by what is asked here.
        const ours = ids.filter((one) => ALL.includes(one));
        return [ours.toSorted(), found?.totalCount === ids.length];
      });
    };
    expect(await listed(['reader'])).toEqual([
      [seen, true],
      [seen, true],
    ]);
    expect(await listed(['governance-officer'])).toEqual([
      [ALL, true],
      [ALL, true],
    ]);
  });

  it('are not found by their words, and are in no sentence', async () => {
    const found = async (roles: readonly string[]) => {
      const query =
        '{ decisions(search: "kestrel", first: 50, asAt: "2024-09-30") { edges { node { id: subject } } } }';
      interface Found {
        readonly decisions: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
      }
      const { decisions } = dataOf<Found>(await register.ask(roles, query));
      return decisions.edges.map(({ node }) => node.id.split('/')[1] as string).toSorted();
    };
    expect(await found(['reader'])).toEqual(['amount', 'buying', 'shown']);
    expect(await found(['governance-officer'])).toEqual(ALL);
    const told = async (id: string) =>
      register.bytes(['reader'], `{ history(of: "decision/${id}") { edges { node { sentence } } } }`);
    expect(await told('shown')).toMatch(/capital, without VAT/);
    expect(await told('amount')).not.toMatch(/capital|VAT|42\.42/);
    expect(await told('stub')).not.toMatch(/capital|VAT|Acme|KESTREL|Chief/);
    expect(await told('absent')).not.toMatch(/capital|VAT|Acme|KESTREL|Chief/);
  });
});
