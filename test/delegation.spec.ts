import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'nhse', '2013-04-01', { name: 'NHS England', kind: 'NHS_ENGLAND' }],
  ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['EstablishBody', 'primary', '2022-07-01', { name: 'Primary Care Committee', kind: 'ICB_COMMITTEE' }],
  ['RegisterPerson', 'jones', '2022-07-01', { name: 'A Jones' }],
  ['AdoptInstrument', 'agreement', '2023-04-01', { title: 'Delegation Agreement', kind: 'S65Z5_DELEGATION' }],
  ['TakeDecision', 'accepting', '2023-03-20', { title: 'Accept the delegation', decidedBy: ['board'] }],
  [
    'GrantDelegation',
    'dental',
    '2023-04-01',
    {
      functions: ['dental services'],
      grantedByOrganisation: 'nhse',
      delegateOrganisations: ['ods:QR1'],
      instrument: 'agreement',
      madeByDecision: 'accepting',
      powers: ['DECIDE'],
      limits: [{ amount: { pence: 500_000_00 }, basis: 'PER_DECISION' }],
      until: '2025-03-31',
    },
  ],
  [
    'GrantDelegation',
    'contracts',
    '2023-04-01',
    {
      functions: ['awarding contracts'],
      grantedByBody: 'board',
      delegateBodies: ['primary'],
      delegatePersons: ['jones'],
    },
  ],
  ['TakeDecision', 'award', '2024-01-10', { title: 'A contract', takenOn: '2024-01-10', delegation: 'contracts' }],
];

/** Who grants and who receives, where it does not matter. */
const perDecision = (pence: number) => ({ amount: { pence }, basis: 'PER_DECISION' });
const WHO = { grantedByName: 'NHS England', delegateNames: ['all 42 ICBs'] };

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

const functionsOf = async (args: string): Promise<readonly string[]> => {
  interface Listed {
    readonly delegations: { readonly edges: readonly { readonly node: { readonly functions: readonly string[] } }[] };
  }
  const { delegations } = dataOf<Listed>(await api.ask(`{ delegations(${args}) { edges { node { functions } } } }`));
  return delegations.edges.flatMap(({ node }) => node.functions);
};

/** Where a delegation stands, day by day. */
const statuses = async (id: string, days: readonly string[], more = ''): Promise<readonly string[]> => {
  const shown = days.map(async (day) => {
    const query = `{ delegation(id: "${id}", asAt: "${day}"${more}) { delegation { status } } }`;
    const { delegation } = dataOf<{ delegation: { delegation: { status: string } } }>(await api.ask(query));
    return delegation.delegation.status;
  });
  return Promise.all(shown);
};

describe('asking about delegations', () => {
  it('shows who grants one, who receives it, what makes it and what was decided under it', async () => {
    const { data, errors } = await api.ask(`{
      dental: delegation(id: "dental", asAt: "2024-06-01") { delegation {
        functions limits { amount { pence } basis vat inWords } termEnds status
        grantedByOrganisation { name } grantedByBody { name } delegateOrganisations { name } delegateBodies { name }
        instrument { title delegations { edges { node { functions } } } } madeByDecision { title decidedBy { name } }
        decisions { totalCount }
      } }
      contracts: delegation(id: "delegation/contracts", asAt: "2024-06-01") { delegation {
        grantedByBody { name owners { name } } delegateBodies { name } delegatePersons { name }
        decisions { totalCount edges { node { title basis { asAt } } } }
      } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      dental: {
        delegation: {
          functions: ['dental services'],
          limits: [
            {
              amount: { pence: 500_000_00 },
              basis: 'PER_DECISION',
              vat: null,
              inWords: '£500,000.00 per decision',
            },
          ],
          termEnds: '2025-03-31',
          status: 'IN_FORCE',
          grantedByOrganisation: { name: 'NHS England' },
          grantedByBody: null,
          delegateOrganisations: [{ name: 'NHS Gloucestershire ICB' }],
          delegateBodies: [],
          instrument: {
            title: 'Delegation Agreement',
            delegations: { edges: [{ node: { functions: ['dental services'] } }] },
          },
          madeByDecision: { title: 'Accept the delegation', decidedBy: [{ name: 'ICB Board' }] },
          decisions: { totalCount: 0 },
        },
      },
      contracts: {
        delegation: {
          grantedByBody: { name: 'ICB Board', owners: [{ name: 'NHS Gloucestershire ICB' }] },
          delegateBodies: [{ name: 'Primary Care Committee' }],
          delegatePersons: [{ name: 'A Jones' }],
          decisions: { totalCount: 1, edges: [{ node: { title: 'A contract', basis: { asAt: '2024-06-01' } } }] },
        },
      },
    });
  });

  it.each([
    ['grantedByOrganisation: "nhse"', ['dental services']],
    ['grantedByBody: "board"', ['awarding contracts']],
    ['instrument: "agreement"', ['dental services']],
    ['delegateOrganisation: "organisation/ods:QR1"', ['dental services']],
    ['delegateBody: "primary"', ['awarding contracts']],
    ['delegatePerson: "jones"', ['awarding contracts']],
    ['delegatePerson: "jones", grantedByOrganisation: "nhse"', []],
    ['search: "contracts"', ['awarding contracts']],
  ])('lists those of %s', async (args, expected) => {
    expect(await functionsOf(`asAt: "2024-06-01", ${args}`)).toEqual(expected);
  });

  it('leaves out of a receiver’s list what has ended, on its last day still there', async () => {
    const received = 'delegateOrganisation: "ods:QR1"';
    expect(await functionsOf(`${received}, asAt: "2025-03-31"`)).toEqual(['dental services']);
    expect(await functionsOf(`${received}, asAt: "2025-04-01"`)).toEqual([]);
    expect(await statuses('dental', ['2025-03-31', '2025-04-01'])).toEqual(['IN_FORCE', 'EXPIRED']);
  });

  it('refuses a page of 101 and names the argument that names nothing', async () => {
    expect(refusalIn(await api.ask('{ delegations(first: 101) { totalCount } }'))).toMatchObject({ code: 'PAGE_SIZE' });
    expect(refusalIn(await api.ask('{ delegations(delegateBody: "nobody") { totalCount } }'))).toMatchObject({
      code: 'UNKNOWN_SUBJECT',
      field: 'delegateBody',
    });
  });
});

describe('the delegation of a decision', () => {
  it('has the limit of the day it was taken in a field named for it, and today’s beside it', async () => {
    const { after } = await recordAll(api, [
      ['GrantDelegation', 'cap', '2023-01-01', { functions: ['f'], limits: [perDecision(1_000_000_00)], ...WHO }],
      ['TakeDecision', 'under', '2023-06-01', { title: 'Under it', takenOn: '2023-06-01', delegation: 'cap' }],
      ['TakeDecision', 'sometime', '2023-06-01', { title: 'Some day', delegation: 'cap' }],
      ['VaryDelegation', 'cap', '2024-01-01', { limits: [perDecision(50_000_00)] }],
      ['RevokeDelegation', 'cap', '2025-01-01', {}],
    ]);
    const { data, errors } = await api.ask(`{
      under: decision(id: "under", asAt: "2024-06-01", afterReceipt: "${after}") { decision { ...both } }
      later: decision(id: "under", asAt: "2025-06-01") { decision { ...both } }
      undated: decision(id: "sometime", asAt: "2024-06-01") { decision { ...both } }
    } fragment both on Decision { delegation { limits { amount { pence } } status } delegationWhenTaken { limits { amount { pence } } status basis { asAt } } }`);
    expect(errors).toBeUndefined();
    const whenTaken = {
      limits: [{ amount: { pence: 1_000_000_00 } }],
      status: 'IN_FORCE',
      basis: { asAt: '2023-06-01' },
    };
    expect(data).toEqual({
      under: {
        decision: {
          delegation: { limits: [{ amount: { pence: 50_000_00 } }], status: 'IN_FORCE' },
          delegationWhenTaken: whenTaken,
        },
      },
      later: {
        decision: {
          delegation: { limits: [{ amount: { pence: 50_000_00 } }], status: 'REVOKED' },
          delegationWhenTaken: whenTaken,
        },
      },
      undated: {
        decision: {
          delegation: { limits: [{ amount: { pence: 50_000_00 } }], status: 'IN_FORCE' },
          delegationWhenTaken: null,
        },
      },
    });
  });
});

describe('recording the life of a delegation', () => {
  it('varies, suspends, resumes, extends and takes it back', async () => {
    const { after } = await recordAll(api, [
      ['GrantDelegation', 'life', '2024-01-01', { functions: ['a function'], until: '2024-06-30', ...WHO }],
      ['VaryDelegation', 'life', '2024-02-01', { limits: [perDecision(100)] }],
      ['SuspendDelegation', 'life', '2024-03-01', { reason: 'a review' }],
      ['ResumeDelegation', 'life', '2024-04-01', {}],
      ['ExtendDelegation', 'life', '2024-07-01', { until: '2024-12-31' }],
      ['RevokeDelegation', 'life', '2024-10-01', { reason: 'no longer needed' }],
    ]);
    const days = ['2024-01-01', '2024-03-01', '2024-04-01', '2024-06-30', '2024-07-01', '2024-10-01'];
    expect(await statuses('life', days, `, afterReceipt: "${after}"`)).toEqual([
      'IN_FORCE',
      'SUSPENDED',
      'IN_FORCE',
      'IN_FORCE',
      'IN_FORCE',
      'REVOKED',
    ]);
  });

  it('is answered as known then and as known now, when its start turns out to be a year later', async () => {
    const planned = await record(api, 'GrantDelegation', 'specialised', '2024-04-01', {
      functions: ['specialised'],
      ...WHO,
    });
    const why = { kind: 'CANCELLED_BEFORE_EFFECT', reason: 'put off by a year' };
    const put = { corrects: planned.events[0]?.id, why };
    const moved = await record(
      api,
      'GrantDelegation',
      'specialised',
      '2025-04-01',
      { functions: ['specialised'], ...WHO },
      put,
    );
    const { data } = await api.ask(
      `query ($position: KnownAt!, $wait: String!) {
        known: delegation(id: "specialised", asAt: "2024-06-01", asKnownAt: $position, afterReceipt: $wait) { delegation { stretchFrom } absence { kind } }
        now: delegation(id: "specialised", asAt: "2024-06-01", afterReceipt: $wait) { delegation { stretchFrom } absence { kind from position } }
      }`,
      { position: planned.position, wait: moved.after },
    );
    expect(data).toEqual({
      known: { delegation: { stretchFrom: '2024-04-01' }, absence: null },
      now: { delegation: null, absence: { kind: 'NOT_YET_BEGUN', from: '2025-04-01', position: moved.position } },
    });
  });

  it('refuses one without functions and one that nobody granted before', async () => {
    expect(await refusalOf(api, 'GrantDelegation', 'none', '2024-01-01', { functions: [] })).toMatchObject({
      code: 'INPUT',
      field: 'data.functions',
    });
    expect(await refusalOf(api, 'RevokeDelegation', 'none', '2024-01-01', {})).toMatchObject({ rule: 'T8' });
  });
});
