import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['EstablishBody', 'gone', '2022-07-01', { name: 'Gone', kind: 'ICB_COMMITTEE', owners: ['icb'] }],
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Archer' }],
  ['MakeAppointment', 'chair', '2022-07-01', { person: 'ann', body: 'board', role: 'Chair' }],
  ['GrantDelegation', 'lost', '2022-07-01', { functions: ['Art'], grantedByBody: 'gone', delegatePersons: ['ann'] }],
  [
    'GrantDelegation',
    'revoked',
    '2022-07-01',
    { functions: ['Cars'], grantedByBody: 'board', delegateBodies: ['gone'] },
  ],
  ['RevokeDelegation', 'revoked', '2023-01-01', {}],
  [
    'GrantDelegation',
    'scheme',
    '2022-07-01',
    { functions: ['Equipment'], grantedByBody: 'board', delegatePersons: ['ann'] },
  ],
  [
    'GrantDelegation',
    'later',
    '2024-06-01',
    { functions: ['Ships'], grantedByBody: 'board', delegatePersons: ['ann'] },
  ],
  ['DissolveBody', 'gone', '2023-01-01', {}],
  ['DeclareInterest', 'shares', '2022-07-01', { person: 'ann', kind: 'FINANCIAL', nature: 'Shares' }],
  [
    'TakeDecision',
    'early',
    '2024-03-01',
    { title: 'Early', decidedBy: ['board'], takenOn: '2024-03-01', delegation: 'later' },
  ],
  [
    'TakeDecision',
    'art',
    '2022-08-01',
    { title: 'Art', decidedBy: ['gone'], takenOn: '2022-08-01', delegation: 'lost' },
  ],
  ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'County CCG', kind: 'CCG', region: 'South West' }],
  ['CloseOrganisation', 'ccg', '2022-07-01', {}],
  ['RecordSuccession', 'came', '2022-07-01', { predecessor: 'ccg', successor: 'icb', kind: 'REPLACEMENT' }],
  ['RecordSuccession', 'wrong', '2022-07-01', { predecessor: 'icb', successor: 'ccg', kind: 'TRANSFER_OF_FUNCTIONS' }],
  ['EndSuccession', 'wrong', '2023-01-01', {}],
  ['RegisterPerson', 'bob', '2022-07-01', { name: 'Bob Baker' }],
  [
    'DefineSeat',
    'north',
    '2022-07-01',
    { title: 'North seat', body: 'board', category: 'PLACE_MEMBER', voting: true, constituency: 'North district' },
  ],
  ['DefineSeat', 'south', '2023-07-01', { title: 'South seat', body: 'board' }],
  ['MakeAppointment', 'past', '2022-07-01', { person: 'bob', seat: 'north' }],
  ['EndAppointment', 'past', '2023-07-01', {}],
  ['RemoveSeat', 'north', '2024-01-01', {}],
  [
    'PlaceStandingOrder',
    'monthly',
    '2022-07-01',
    {
      committee: 'board',
      every: 'MONTH',
      firstDay: '2022-07-01',
      daysAfterPeriod: 5,
      reader: 'PUBLIC',
      recipient: 'The scrutiny officer',
    },
  ],
  ['EndStandingOrder', 'monthly', '2024-01-01', {}],
];

interface Found {
  readonly totalCount: number;
  readonly undeterminedCount: number;
  readonly edges: readonly { readonly node: { readonly subject: string } }[];
}
const FOUND = '{ totalCount undeterminedCount edges { node { subject } } }';
const idsIn = ({ edges }: Found): string[] => edges.map(({ node }) => node.subject.split('/')[1] ?? '').toSorted();

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await recordAll(api, WORLD);
}, 60_000);
afterAll(() => api.close());

const found = async (list: string, args: string): Promise<readonly [string[], number]> => {
  const query = `{ list: ${list}(first: 100, asAt: "2024-03-15", ${args}) ${FOUND} }`;
  const { list: page } = dataOf<{ list: Found }>(await api.ask(query));
  expect(page.totalCount).toBe(page.edges.length);
  return [idsIn(page), page.undeterminedCount];
};

describe('what has ended is found by what it last said, where it is asked for', () => {
  it.each<[string, string, string[]]>([
    ['delegations', 'grantedByBody: "gone", holds: NO', ['lost']],
    ['delegations', 'grantedByBody: "gone"', []],
    ['delegations', 'grantedByBody: "board", holds: NO', ['revoked']],
    ['delegations', 'grantedByBody: "board", filter: { status: [REVOKED] }', ['revoked']],
    ['delegations', 'grantedByBody: "gone", filter: { status: [LAPSED] }', ['lost']],
    ['delegations', 'grantedByBody: "board", filter: { status: [REVOKED, IN_FORCE] }', ['revoked', 'scheme']],
    ['delegations', 'grantedByBody: "board", holds: YES', ['scheme']],
    ['delegations', 'delegateBody: "gone", holds: NO', ['revoked']],
    ['delegations', 'delegatePerson: "ann", grantedByBody: "gone", holds: NO', ['lost']],
    ['appointments', 'person: "bob", holds: NO', ['past']],
    ['appointments', 'person: "bob"', []],
    ['appointments', 'body: "board", holds: NO', ['past']],
    ['appointments', 'body: "board"', ['chair']],
    ['bodies', 'owner: "icb", holds: NO', ['gone']],
    ['bodies', 'kind: ICB_COMMITTEE, holds: NO', ['gone']],
    ['seats', 'body: "board", holds: NO', ['north']],
    ['seats', 'body: "board"', ['south']],
    ['organisations', 'kind: CCG, holds: NO', ['ccg']],
    ['standingOrders', 'committee: "board", holds: NO', ['monthly']],
    ['bodies', 'search: "gone", owner: "icb", holds: NO', ['gone']],
    ['delegations', 'search: "cars", delegateBody: "gone", holds: NO', ['revoked']],
    ['appointments', 'search: "chair", body: "board", holds: NO', []],
  ])('%s(%s)', async (list, args, expected) => {
    const query = `{ list: ${list}(first: 100, asAt: "2024-03-15", ${args}) ${FOUND} }`;
    expect([query, (await found(list, args))[0]]).toEqual([query, expected]);
  });

  it('below a record too, from its beginning and from its end', async () => {
    const query = `{ body(id: "board", asAt: "2024-03-15") { body {
      a: delegationsGranted(holds: NO) ${FOUND} b: delegationsGranted(holds: NO, last: 5) ${FOUND}
      c: appointments(holds: NO) ${FOUND} d: seats(holds: NO) ${FOUND} e: appointments ${FOUND}
    } } }`;
    const { body } = dataOf<{ body: { body: Record<string, Found> } }>(await api.ask(query));
    expect(Object.values(body.body).map((list) => [list.totalCount, ...idsIn(list)])).toEqual([
      [1, 'revoked'],
      [1, 'revoked'],
      [1, 'past'],
      [1, 'north'],
      [1, 'chair'],
    ]);
  });
});

describe('the lists of the smaller rooms are narrowed', () => {
  it.each<[string, string, string[], number]>([
    ['seats', '{ constituency: "north" }', ['north'], 0],
    ['seats', '{ voting: true }', ['north'], 1],
    ['seats', '{ category: [PLACE_MEMBER], defined: { to: "2022-12-31" } }', ['north'], 0],
    ['organisations', '{ region: "west" }', ['ccg'], 0],
    ['organisations', '{ closed: { from: "2022-07-01", to: "2022-07-01" } }', ['ccg'], 0],
    ['organisations', '{ opened: { from: "2022-01-01" } }', ['icb'], 0],
    ['people', '{ inOffice: true }', ['ann'], 0],
    ['people', '{ inOffice: false }', ['bob'], 0],
    ['people', '{ withInterests: false, onRecord: { to: "2022-07-01" } }', ['bob'], 0],
    ['successions', '{ kind: [REPLACEMENT] }', ['came'], 0],
    ['successions', '{ ended: true }', ['wrong'], 0],
    ['successions', '{ tookEffect: { from: "2022-07-02" } }', [], 0],
    ['standingOrders', '{ every: [MONTH], recipient: "scrutiny" }', ['monthly'], 0],
    ['standingOrders', '{ reader: [OFFICERS] }', [], 0],
    ['decisionLogs', '{ withdrawn: false, issued: { from: "2022-07-01" } }', [], 0],
    ['decisions', '{ function: "ships" }', ['early'], 0],
    ['decisions', '{ function: "art" }', ['art'], 0],
  ])('%s: %s', async (list, filter, expected, notKnown) => {
    expect(await found(list, `filter: ${filter}`)).toEqual([expected, notKnown]);
  });

  it('what has ended by a filter that asks for it', async () => {
    expect((await found('successions', 'predecessor: "icb", filter: { ended: true }'))[0]).toEqual(['wrong']);
    expect((await found('successions', 'predecessor: "icb"'))[0]).toEqual([]);
    expect((await found('organisations', 'kind: CCG, filter: { closed: { to: "2022-12-31" } }'))[0]).toEqual(['ccg']);
  });
});
