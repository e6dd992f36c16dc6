import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openIssuer } from '../issuer.js';
import { record, type Fact } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';

/** What would tell of a decision that may not be known of. */
const CANARY = /CANARY|900/;

const limit = [{ amount: { pounds: '1000' }, basis: 'PER_YEAR' }];
const delegation = (id: string): Fact => [
  'GrantDelegation',
  id,
  '2022-07-01',
  { functions: ['buying'], catalogueFunctions: ['f'], grantedByBody: 'board', delegateBodies: [id], limits: limit },
];
const taken = (id: string, by: string, takenOn: string, pounds: string, more: object = {}): Fact => [
  'TakeDecision',
  id,
  takenOn,
  {
    ...{ title: `Decision ${id}`, takenOn, decidedBy: [by], delegation: by, kind: 'APPROVE' },
    ...{ catalogueFunctions: ['f'], amount: { pounds }, ...more },
  },
];
const secret = { title: 'CANARY-secret', disclosure: { disclosure: 'CONFIDENTIAL' } };
const exempt = { disclosure: { disclosure: 'EXEMPT', publicTitle: 'A matter' } };

let api: RunningApi;
let issuer: Awaited<ReturnType<typeof openIssuer>>;
let facts: RunningApi;
beforeAll(async () => {
  issuer = await openIssuer();
  const environment = { BUDGET_READER: '1000000', BUDGET_GOVERNANCE_OFFICER: '1000000' };
  api = await runApi({ ...issuer.environment, ...environment, LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' });
  facts = { ...api, ask: async (query, variables) => sent('governance-officer', query, variables) };
  const world: readonly Fact[] = [
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'ICB', kind: 'ICB' }],
    ['DefineFunction', 'f', '2022-07-01', { name: 'Buying' }],
    ['RecordHolding', 'h', '2022-07-01', { function: 'f', organisation: 'icb', route: 'CONFERRED' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    ['EstablishBody', 'one', '2022-07-01', { name: 'One', kind: 'ICB_COMMITTEE', owners: ['icb'] }],
    ['EstablishBody', 'two', '2022-07-01', { name: 'Two', kind: 'ICB_COMMITTEE', owners: ['icb'] }],
    ...[delegation('one'), delegation('two')],
    taken('hidden', 'one', '2024-05-01', '900', secret),
    taken('open', 'one', '2024-05-02', '400'),
    taken('closed', 'two', '2024-05-01', '900', exempt),
    taken('after', 'two', '2024-05-02', '400'),
  ];
  for (const fact of world) await record(facts, ...fact);
  await api.runtime.register.waitFor(await api.runtime.store.head(), 10_000);
}, 60_000);
afterAll(async () => {
  await api.close();
  await issuer.close();
});

const sent = async (role: string, query: string, variables: object = {}): Promise<GraphQLAnswer> => {
  const authorization = `Bearer ${await issuer.tokenOf(role, [role])}`;
  const headers = { 'content-type': 'application/json', authorization };
  const body = JSON.stringify({ query, variables });
  return (await (await fetch(`${api.url}/graphql`, { method: 'POST', headers, body })).json()) as GraphQLAnswer;
};

const TOLD =
  'verdict sentence missing { about { subject } field datum } parts { chains { sentence failure { found needed } } }';
const told = async (role: string, decision: string): Promise<{ readonly verdict: string; readonly text: string }> => {
  const { data } = await sent(role, `{ authority(decision: "${decision}") { ${TOLD} } }`);
  const authority = data?.['authority'] as { readonly verdict: string } | null;
  return { verdict: authority?.verdict ?? 'nothing', text: JSON.stringify(data) };
};

describe('a limit on a year in which something withheld was decided', () => {
  it('counts it for those who see it', async () => {
    expect((await told('governance-officer', 'open')).verdict).toBe('NOT_AUTHORISED');
    expect((await told('governance-officer', 'after')).verdict).toBe('NOT_AUTHORISED');
  });
  it('goes for everybody else as if what may not be known of had never been decided', async () => {
    const { verdict, text } = await told('reader', 'open');
    expect(verdict).toBe('AUTHORISED');
    expect(text).not.toMatch(CANARY);
  });
  it('says of what is known to be withheld that its amount is missing', async () => {
    const { verdict, text } = await told('reader', 'after');
    expect(verdict).toBe('CANNOT_DETERMINE');
    expect(text).toContain('decision/closed');
    // Nor is it told under which delegation it was: the other committee's limit is no wider for it.
    expect((await told('reader', 'open')).text).not.toContain('decision/closed');
    expect(text).not.toMatch(CANARY);
  });
});

describe('a decision that may not be known of', () => {
  it('has no authority that could be asked for, as one that is not there', async () => {
    const asked = (id: string) => sent('reader', `{ authority(decision: "${id}") { verdict } }`);
    const shape = ({ data, errors }: GraphQLAnswer) => [
      data?.['authority'],
      errors?.map(({ extensions }) => extensions?.['code']),
    ];
    expect(shape(await asked('hidden'))).toEqual(shape(await asked('not-there')));
  });
  it('is in no survey and relied on nothing, counts among them', async () => {
    const survey =
      '{ decisionsByAuthority(datedFrom: "2024-01-01", datedTo: "2024-12-31") { count counts { count } decisions { decision { title } authority { sentence } } } }';
    const relied = '{ reliedOn(on: "delegation/one") { count challengedCount decisions { decision { title } } } }';
    for (const query of [survey, relied]) expect(JSON.stringify(await sent('reader', query))).not.toMatch(CANARY);
    const count = async (role: string): Promise<unknown> => (await sent(role, relied)).data?.['reliedOn'];
    expect(await count('reader')).toMatchObject({ count: 1 });
    expect(await count('governance-officer')).toMatchObject({ count: 1 });
    const counts = async (role: string): Promise<unknown> => (await sent(role, survey)).data?.['decisionsByAuthority'];
    expect([await counts('reader'), await counts('governance-officer')]).toMatchObject([{ count: 3 }, { count: 4 }]);
  });
});
