import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Filter } from './filtered-by-hand.js';
import { dataOf, recordAll, refusalIn, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const taken = (id: string, data: object): Fact => [
  'TakeDecision',
  id,
  '2024-03-02',
  { title: `Decision ${id}`, reference: id.toUpperCase(), decidedBy: ['board'], takenOn: '2024-03-01', ...data },
];

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  [
    'EstablishBody',
    'gone',
    '2022-07-01',
    { name: 'Gone', kind: 'ICB_COMMITTEE', owners: ['icb'], category: 'Old ones' },
  ],
  [
    'GrantDelegation',
    'lost',
    '2022-07-01',
    {
      functions: ['Buying of art'],
      grantedByBody: 'gone',
      delegateNames: ['the clerk'],
      limits: [
        { amount: { pounds: '50000' }, basis: 'PER_DECISION' },
        { amount: { pounds: '49999' }, basis: 'PER_YEAR' },
      ],
      powers: ['DECIDE'],
      reviewOn: '2024-06-30',
    },
  ],
  [
    'GrantDelegation',
    'scheme',
    '2022-07-01',
    {
      functions: ['Buying of equipment', 'Letting of premises'],
      grantedByOrganisation: 'icb',
      delegateBodies: ['board'],
    },
  ],
  taken('award', {
    kind: 'AWARD_CONTRACT',
    route: 'MEETING_IN_PUBLIC',
    amount: { pounds: '1000.00' },
    tags: ['Estates', 'Ärzte'],
    procurement: { route: 'PSR_DIRECT_C', supplier: 'G DOC Limited', standstillUntil: '2024-03-20' },
    delegation: 'scheme',
  }),
  taken('grant', { kind: 'MAKE_GRANT', amount: { pounds: '-5.00' }, tags: ['estates'] }),
  taken('formed', {
    reference: 'FORMED-2024/25-0007',
    kind: 'MAKE_GRANT',
    amount: { pounds: '0.01' },
    procurement: { supplier: 'Limited Care' },
  }),
  taken('bare', { takenOn: undefined }),
  taken('old', {}),
  taken('new', { kind: 'APPROVE', supersedes: 'old' }),
  ['ChangeDecision', 'award', '2024-03-02', { key: true }],
  ['ChangeDecision', 'grant', '2024-03-02', { key: false }],
  ['ProposeDecision', 'plan', '2024-03-02', { title: 'Plan', bodies: ['board'] }],
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Archer' }],
  ['DissolveBody', 'gone', '2023-01-01', {}],
  [
    'MakeAppointment',
    'chair',
    '2022-07-01',
    {
      person: 'ann',
      body: 'board',
      role: 'Chair of the Board',
      capacity: 'EX_OFFICIO',
      votingRight: true,
      until: '2025-06-30',
    },
  ],
  ['MakeAppointment', 'member', '2023-01-01', { person: 'ann', body: 'board', role: 'Member' }],
  [
    'DeclareInterest',
    'shares',
    '2022-07-01',
    { person: 'ann', kind: 'FINANCIAL', nature: 'Shares', declaredOn: '2022-08-01' },
  ],
  [
    'DeclareInterest',
    'charity',
    '2022-07-01',
    { person: 'ann', kind: 'NON_FINANCIAL_PERSONAL', nature: 'Trustee of a hospice' },
  ],
  [
    'SetBudget',
    'place',
    '2022-07-01',
    { name: 'Place', amount: { pounds: '2000000' }, organisation: 'icb', place: 'Forest' },
  ],
  [
    'AdoptInstrument',
    'constitution',
    '2022-07-01',
    {
      title: 'Constitution',
      kind: 'CONSTITUTION',
      identifiers: [{ scheme: 'local', value: 'GOV 12/b' }],
      organisation: 'icb',
      adoptedOn: '2022-07-01',
    },
  ],
  ['ConveneMeeting', 'm1', '2024-01-01', { body: 'board', heldOn: '2024-02-01', inPublic: true }],
  ['RecordQuorum', 'm1', '2024-02-01', { quorate: false }],
  ['ConveneMeeting', 'm2', '2024-01-01', { body: 'board', heldOn: '2024-03-01' }],
  ['CancelMeeting', 'm2', '2024-02-20', {}],
  [
    'RaiseMatter',
    'asked',
    '2024-01-10',
    { committee: 'board', kind: 'RECOMMENDATION', text: 'More beds', dueOn: '2024-02-10' },
  ],
  ['RaiseMatter', 'noted', '2024-01-11', { committee: 'board', kind: 'RECOMMENDATION', text: 'Fewer forms' }],
  ['CloseMatter', 'noted', '2024-01-20', {}],
  ['PublishDecision', 'award', '2024-03-09', { publishedOn: '2024-03-09' }],
  ['CallInDecision', 'grant', '2024-03-10', { reason: 'costs' }],
];

interface Found {
  readonly totalCount: number;
  readonly undeterminedCount: number;
  readonly edges: readonly { readonly node: { readonly subject: string } }[];
}

let api: RunningApi;
let after: string;
beforeAll(async () => {
  api = await runApi();
  ({ after } = await recordAll(api, WORLD));
}, 60_000);
afterAll(() => api.close());

const FOUND = '{ totalCount undeterminedCount edges { node { subject } } }';
const idsIn = ({ edges }: Found): string[] => edges.map(({ node }) => node.subject.replace('decision/', '')).toSorted();

const found = async (filter: object, asAt = '2024-03-15'): Promise<string[]> => {
  const query = `query ($filter: DecisionFilter, $after: String) {
    decisions(first: 100, asAt: "${asAt}", afterReceipt: $after, filter: $filter) ${FOUND} }`;
  const { decisions } = dataOf<{ decisions: Found }>(await api.ask(query, { filter, after }));
  expect(decisions.totalCount).toBe(decisions.edges.length);
  return [...idsIn(decisions), `${decisions.undeterminedCount} not known`];
};

describe('a list of decisions is narrowed', () => {
  const NOBODY = ['0 not known'];
  it.each<[string, Filter, string[]]>([
    ['by what they do', { kind: ['MAKE_GRANT'] }, ['formed', 'grant', '3 not known']],
    ['by any of several', { kind: ['MAKE_GRANT', 'APPROVE'] }, ['formed', 'grant', 'new', '3 not known']],
    ['by an empty list, to nothing', { disclosure: [] }, NOBODY],
    ['by no kind, to nothing, not even to what says none', { kind: [] }, ['0 not known']],
    ['by their route', { route: ['MEETING_IN_PUBLIC'] }, ['award', '6 not known']],
    ['by key, to what is said to be none', { key: false }, ['grant', '5 not known']],
    ['by a tag, in whatever case and with whatever marks', { tag: ['ESTATES'] }, ['award', 'grant', '0 not known']],
    ['by a tag with a mark', { tag: ['arzte'] }, ['award', '0 not known']],
    ['by a part of a tag, to nothing', { tag: ['estate'] }, NOBODY],
    ['by words of the supplier', { supplier: 'limited doc' }, ['award', '0 not known']],
    ['by how the supplier was chosen', { procurementRoute: ['PSR_DIRECT_C'] }, ['award', '6 not known']],
    ['by the function of their delegation', { function: 'premises' }, ['award', '6 not known']],
    ['by all at once', { kind: ['MAKE_GRANT'], tag: ['estates'], key: false }, ['grant', '0 not known']],
  ])('%s', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it.each<[string, string, string[], string[]]>([
    ['2024-03-15', 'a day in a standstill', ['IN_STANDSTILL'], ['award']],
    ['2024-03-20', 'the last day of a standstill', ['IN_STANDSTILL'], ['award']],
    ['2024-03-21', 'the day after it', ['IN_STANDSTILL'], []],
    ['2024-03-21', 'the day after it', ['TAKEN'], ['award', 'bare', 'formed', 'new']],
    ['2024-03-15', 'what another replaces', ['SUPERSEDED'], ['old']],
    ['2024-03-15', 'what is called in', ['CALLED_IN'], ['grant']],
    ['2024-03-15', 'what is proposed', ['PROPOSED'], ['plan']],
  ])('by where they stand, as at %s: %s, %j', async (asAt, _, status, expected) => {
    expect(await found({ status }, asAt)).toEqual([...expected, '0 not known']);
  });

  it('by an amount, both ends in it, in pence or pounds, below nought too; a placeholder is none', async () => {
    const amounts = async (from?: object, to?: object) => found({ amount: { from, to } });
    expect(await amounts({ pounds: '1,000' })).toEqual(['award', '5 not known']);
    expect(await amounts({ pence: 100_001 })).toEqual(['5 not known']);
    expect(await amounts(undefined, { pence: 100_000 })).toEqual(['award', 'grant', '5 not known']);
    expect(await amounts(undefined, { pence: 99_999 })).toEqual(['grant', '5 not known']);
    expect(await amounts({ pence: -500 }, { pence: -500 })).toEqual(['grant', '5 not known']);
    expect(await amounts({ pence: -499 }, { pence: 99_999 })).toEqual(['5 not known']);
  });

  it('by days, first and last in the range; what is only proposed was known not to be taken', async () => {
    expect(await found({ taken: { from: '2024-03-01', to: '2024-03-01' } })).toEqual([
      ...['award', 'formed', 'grant', 'new', 'old', '1 not known'],
    ]);
    expect(await found({ taken: { from: '2024-03-02' } })).toEqual(['1 not known']);
    expect(await found({ taken: { to: '2024-02-29' } })).toEqual(['1 not known']);
    expect(await found({ effective: { to: '2024-03-01' } })).toEqual(['0 not known']);
    expect((await found({ effective: { to: '2024-03-02' } })).length).toBe(7);
    expect(await found({ published: { from: '2024-03-09', to: '2024-03-09' } })).toEqual(['award', '6 not known']);
    expect(await found({ published: { from: '2024-03-10' } })).toEqual(['6 not known']);
    expect(await found({ published: {} })).toHaveLength(8);
  });

  it('by the moment of recording, both ends in the range', async () => {
    const query = '{ decisions(first: 100, asAt: "2024-03-15") { edges { node { subject recordedAt } } } }';
    const { decisions } = dataOf<{ decisions: { edges: { node: { subject: string; recordedAt: string } }[] } }>(
      await api.ask(query),
    );
    for (const { node } of decisions.edges) {
      const at = decisions.edges.filter((edge) => edge.node.recordedAt === node.recordedAt);
      expect(await found({ recorded: { from: node.recordedAt, to: node.recordedAt } })).toEqual([
        ...at.map((edge) => edge.node.subject.replace('decision/', '')).toSorted(),
        '0 not known',
      ]);
    }
  });

  it('with what is not known beside, or alone', async () => {
    const filter = { key: true, amount: { from: { pence: 0 } } };
    expect(await found(filter)).toEqual(['award', '5 not known']);
    expect(await found({ ...filter, notKnown: 'INCLUDED' })).toEqual([
      ...['award', 'bare', 'formed', 'new', 'old', 'plan', '5 not known'],
    ]);
    expect(await found({ ...filter, notKnown: 'ALONE' })).toEqual([
      ...['bare', 'formed', 'new', 'old', 'plan', '5 not known'],
    ]);
  });

  it('below a record too, from its beginning and from its end', async () => {
    const query = `{ body(id: "board", asAt: "2024-03-15") { body {
      first: decisions(first: 1, filter: { kind: [MAKE_GRANT] }) ${FOUND}
      last: decisions(last: 1, filter: { kind: [MAKE_GRANT] }) ${FOUND}
      award: decisions(first: 5, filter: { kind: [AWARD_CONTRACT] }) ${FOUND}
    } } }`;
    const { body } = dataOf<{ body: { body: Record<string, Found> } }>(await api.ask(query));
    const told = Object.values(body.body).map((list) => [list.totalCount, list.undeterminedCount, idsIn(list)]);
    expect(told).toEqual([
      [2, 2, ['formed']],
      [2, 2, ['grant']],
      [1, 2, ['award']],
    ]);
  });
});

describe('the lists of other rooms are narrowed', () => {
  it.each<[string, string, string, string[], number]>([
    ['delegations', 'Delegation', '{ status: [LAPSED] }', ['lost'], 0],
    ['delegations', 'Delegation', '{ status: [IN_FORCE] }', ['scheme'], 0],
    ['delegations', 'Delegation', '{ function: "buying" }', ['lost', 'scheme'], 0],
    ['delegations', 'Delegation', '{ limit: { from: { pounds: "50000" } } }', ['lost'], 1],
    ['delegations', 'Delegation', '{ limit: { from: { pounds: "50000.01" } } }', [], 1],
    ['delegations', 'Delegation', '{ power: [] }', [], 0],
    ['delegations', 'Delegation', '{ review: { to: "2024-06-30" } }', ['lost'], 1],
    ['delegations', 'Delegation', '{ power: [DECIDE], notKnown: INCLUDED }', ['lost', 'scheme'], 1],
    ['appointments', 'Appointment', '{ role: "chair" }', ['chair'], 0],
    ['appointments', 'Appointment', '{ capacity: [EX_OFFICIO], voting: true }', ['chair'], 1],
    ['appointments', 'Appointment', '{ termEnds: { from: "2025-06-30", to: "2025-06-30" } }', ['chair'], 1],
    ['appointments', 'Appointment', '{ effective: { from: "2023-01-01" } }', ['member'], 0],
    ['interests', 'Interest', '{ kind: [FINANCIAL], declared: { to: "2022-08-01" } }', ['shares'], 0],
    ['interests', 'Interest', '{ nature: "hospice" }', ['charity'], 0],
    ['budgets', 'Budget', '{ amount: { to: { pence: 200000000 } }, place: "forest" }', ['place'], 0],
    ['budgets', 'Budget', '{ amount: { to: { pence: 199999999 } } }', [], 0],
    ['instruments', 'Instrument', '{ adopted: { from: "2022-07-01", to: "2022-07-01" } }', ['constitution'], 0],
    ['meetings', 'Meeting', '{ quorate: false }', ['m1'], 1],
    ['meetings', 'Meeting', '{ cancelled: true }', ['m2'], 0],
    ['meetings', 'Meeting', '{ inPublic: true, cancelled: false }', ['m1'], 0],
    ['scrutinyMatters', 'ScrutinyMatter', '{ closed: false }', ['asked'], 0],
    ['scrutinyMatters', 'ScrutinyMatter', '{ due: { from: "2024-02-11" } }', [], 1],
    ['bodies', 'Body', '{ category: "old" }', ['gone'], 0],
    ['bodies', 'Body', '{ established: { to: "2022-06-30" } }', [], 0],
  ])('%s (%s): %s', async (list, _, filter, expected, notKnown) => {
    const query = `{ list: ${list}(first: 100, asAt: "2024-03-15", filter: ${filter}) ${FOUND} }`;
    const { list: page } = dataOf<{ list: Found }>(await api.ask(query));
    const ids = page.edges.map(({ node }) => node.subject.split('/')[1]).toSorted();
    expect([ids, page.totalCount, page.undeterminedCount]).toEqual([expected, expected.length, notKnown]);
  });

  it('below a record too', async () => {
    const query = `{ body(id: "board", asAt: "2024-03-15") { body { meetings(filter: { cancelled: true }) ${FOUND}
      appointments(filter: { role: "member" }) ${FOUND} instruments(filter: {}) ${FOUND} } } }`;
    const { body } = dataOf<{ body: { body: Record<string, Found> } }>(await api.ask(query));
    expect(Object.values(body.body).map(({ totalCount }) => totalCount)).toEqual([1, 1, 0]);
  });
});

describe('a filter that cannot be is refused', () => {
  it.each<[object, string, string]>([
    [{ taken: { from: '2024-03-02', to: '2024-03-01' } }, 'DAY_RANGE', 'filter.taken.to'],
    [{ amount: { from: { pence: 2 }, to: { pence: 1 } } }, 'RANGE_BACKWARDS', 'filter.amount.to'],
    [{ amount: { from: {} } }, 'NOT_PENCE', 'filter.amount.from'],
    [{ amount: { to: { pence: 1, pounds: '1' } } }, 'NOT_PENCE', 'filter.amount.to'],
    [{ amount: { to: { pounds: '1.234' } } }, 'NOT_PENCE', 'filter.amount.to'],
    [{ supplier: 'x'.repeat(201) }, 'SEARCH_TOO_LONG', 'filter.supplier'],
  ])('%j: %s', async (filter, code, field) => {
    const query = 'query ($filter: DecisionFilter) { decisions(filter: $filter) { totalCount } }';
    expect(refusalIn(await api.ask(query, { filter }))).toMatchObject({ code, field });
  });
});
