import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { withStatements } from './statements.js';

const taken = (id: string, data: object): Fact => [
  'TakeDecision',
  id,
  '2024-03-02',
  { title: `Decision ${id}`, reference: id.toUpperCase(), decidedBy: ['board'], takenOn: '2024-03-01', ...data },
];

const WORLD: readonly Fact[] = [
  [
    'RegisterOrganisation',
    'icb',
    '2022-07-01',
    { name: 'County ICB', shortName: 'The board of Gloucester', kind: 'ICB' },
  ],
  [
    'EstablishBody',
    'board',
    '2022-07-01',
    { name: 'Old Board', kind: 'ICB_BOARD', owners: ['icb'], remit: 'Health and care' },
  ],
  [
    'EstablishBody',
    'forum',
    '2022-07-01',
    { name: 'Forum', kind: 'ICP', owners: ['icb'], note: 'Sits with the board.' },
  ],
  ['ChangeBody', 'board', '2024-01-01', { name: 'Integrated Care Board' }],
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Archer' }],
  ['RegisterPerson', 'ake', '2022-08-01', { name: 'Åke Åkesson', shortName: 'Åkesson' }],
  ['DefineSeat', 'chair', '2022-07-01', { title: 'Chair', body: 'board', note: 'Elected by the districts' }],
  [
    'AdoptInstrument',
    'rules',
    '2022-07-01',
    {
      title: 'Constitution',
      kind: 'CONSTITUTION',
      text: 'The board sets budgets.',
      identifiers: [{ scheme: 'local', value: 'Gov 12/b' }],
    },
  ],
  [
    'GrantDelegation',
    'scheme',
    '2022-07-01',
    {
      functions: ['Equipment'],
      grantedByBody: 'board',
      delegatePersons: ['ann'],
      conditions: [{ key: '1', text: 'Only with two quotes', kind: 'OTHER', applies: 'EACH_DECISION' }],
    },
  ],
  taken('formed', { reference: 'FORMED-2024/25-0007', kind: 'MAKE_GRANT', reasons: 'Wheelchairs are scarce' }),
  taken('chairs', { title: 'Wheelchair service', kind: 'APPROVE', text: 'As the decision of 2023' }),
  ['EstablishBody', 'gone', '2022-07-01', { name: 'Gone', kind: 'ICB_COMMITTEE', owners: ['icb'] }],
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

let api: RunningApi;
let renamed: { readonly position: number };
beforeAll(async () => {
  api = await runApi();
  await recordAll(api, WORLD);
  renamed = await record(api, 'ChangeBody', 'forum', '2023-01-01', { name: 'Assembly' });
  await recordAll(
    api,
    Array.from({ length: 150 }, (_, index): Fact => [
      ...(['RegisterPerson', `p${String(index).padStart(3, '0')}`, '2022-08-01'] as const),
      { name: `Member number ${index}` },
    ]),
  );
}, 60_000);
afterAll(() => api.close());

interface Found {
  readonly totalCount: number;
  readonly undeterminedCount?: number;
  readonly edges: readonly {
    readonly node: { readonly subject: string };
    readonly foundIn?: readonly string[] | null;
  }[];
}

const found = async (list: string, search: string, more = ', asAt: "2024-03-15"'): Promise<string[]> => {
  const query = `query ($search: String) { list: ${list}(search: $search${more}) {
    totalCount edges { node { subject } foundIn } } }`;
  const { list: page } = dataOf<{ list: Found }>(await api.ask(query, { search }));
  expect(page.totalCount).toBe(page.edges.length);
  return page.edges.map(({ node, foundIn }) => [node.subject.split('/')[1], ...(foundIn ?? [])].join(' '));
};

describe('a search of a list', () => {
  it.each<[string, string, readonly string[]]>([
    ['decisions', 'formed-2024/25-0007', ['formed REFERENCE']],
    ['decisions', 'formed-2024/25', []],
    ['decisions', 'wheelchair', ['chairs TITLE', 'formed TEXT']],
    ['decisions', 'decision', ['formed TITLE', 'chairs TEXT']],
    ['decisions', 'decision scarce', ['formed TITLE TEXT']],
    ['decisions', 'chair', []],
    ['decisions', ' ', ['art', 'early', 'chairs', 'formed']],
    ['decisions', '---', []],
    ['instruments', ' gov  12/B', ['rules REFERENCE']],
    ['instruments', 'constit', ['rules TITLE']],
    ['instruments', 'budget', ['rules TEXT']],
    ['bodies', 'board', ['board TITLE', 'forum TEXT']],
    ['bodies', 'old', ['board FORMER_TITLE']],
    ['bodies', 'old health', ['board FORMER_TITLE TEXT']],
    ['organisations', 'board gloucester', ['icb TITLE']],
    ['people', 'akes', ['ake TITLE']],
    ['seats', 'district', ['chair TEXT', 'north TEXT']],
    ['delegations', 'QUOTES', ['scheme TEXT']],
  ])('of %s for %j, in the order of where it is found', async (list, search, expected) => {
    expect(await found(list, search)).toEqual(expected);
  });

  it('is of what was said by then and known then: a name as of its day, one of before as it is known', async () => {
    const before = `, asKnownAt: ${renamed.position - 1}`;
    expect(await found('bodies', 'assembly', ', asAt: "2022-08-01"')).toEqual([]);
    expect(await found('bodies', 'assembly', ', asAt: "2023-01-01"')).toEqual(['forum TITLE']);
    expect(await found('bodies', 'assembly', `, asAt: "2023-01-01"${before}`)).toEqual([]);
    expect(await found('bodies', 'forum', ', asAt: "2023-01-01"')).toEqual(['forum FORMER_TITLE']);
    expect(await found('bodies', 'forum', `, asAt: "2023-01-01"${before}`)).toEqual(['forum TITLE']);
    await record(api, 'ChangeBody', 'forum', '2022-09-01', { name: 'Conference' });
    expect(await found('bodies', 'conference', ', asAt: "2023-01-01"')).toEqual(['forum FORMER_TITLE']);
    expect(await found('bodies', 'conference', `, asAt: "2023-01-01", asKnownAt: ${renamed.position}`)).toEqual([]);
  });

  it('goes with a filter, and with what else a list is narrowed to', async () => {
    const on = ', asAt: "2024-03-15"';
    expect(await found('decisions', 'decision', `${on}, filter: { kind: [MAKE_GRANT] }`)).toEqual(['formed TITLE']);
    expect(await found('decisions', 'formed-2024/25-0007', `${on}, filter: { kind: [APPROVE] }`)).toEqual([]);
    expect(await found('decisions', 'decision', `${on}, organisation: "icb", body: "board"`)).toHaveLength(2);
    expect(await found('bodies', 'board', `${on}, kind: ICP`)).toEqual(['forum TEXT']);
    expect(await found('bodies', 'board', `${on}, owner: "icb", holds: YES`)).toHaveLength(2);
  });

  it('is paged from the best on, and from nowhere else', async () => {
    const seen: string[] = [];
    for (let after = '', more = true; more;) {
      const query = `{ people(search: "member", first: 40${after}) { edges { node { subject } } pageInfo { hasNextPage endCursor } } }`;
      const { people } = dataOf<{ people: Found & { pageInfo: { hasNextPage: boolean; endCursor: string } } }>(
        await api.ask(query),
      );
      seen.push(...people.edges.map(({ node }) => node.subject));
      more = people.pageInfo.hasNextPage;
      after = `, after: "${people.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(Array.from({ length: 150 }, (_, index) => `person/p${String(index).padStart(3, '0')}`));
    for (const [part, field] of [
      ['last: 5', 'last'],
      ['order: BACKWARDS', 'order'],
    ]) {
      const answer = await api.ask(`{ people(search: "member", ${part}) { totalCount } }`);
      expect(refusalIn(answer)).toMatchObject({ code: 'PAGE_SIZE', field });
    }
    const listed = await api.ask('{ people { pageInfo { endCursor } } }');
    const { endCursor } = dataOf<{ people: { pageInfo: { endCursor: string } } }>(listed).people.pageInfo;
    expect(
      refusalIn(await api.ask(`{ people(search: "member", after: "${endCursor}") { totalCount } }`)),
    ).toMatchObject({
      code: 'NOT_A_CURSOR',
    });
  });

  it('reads no more of a word that stands in all than of one that stands in some', async () => {
    const rows = async (search: string): Promise<number> => {
      const query = `{ people(search: "${search}", first: 20) { edges { node { subject } } } }`;
      const { rows: read, answer } = await withStatements(() => api.ask(query));
      expect(dataOf<{ people: Found }>(answer).people.edges).toHaveLength(20);
      return read;
    };
    expect(await rows('member')).toBeLessThan(150);
    expect(await rows('mem num')).toBeLessThan(150);
  });
});

const FOUND = '{ totalCount undeterminedCount edges { node { subject } } }';
const idsIn = ({ edges }: Pick<Found, 'edges'>): string[] =>
  edges.map(({ node }) => node.subject.split('/')[1] ?? '').toSorted();

const listed = async (list: string, args: string): Promise<readonly [string[], number]> => {
  const query = `{ list: ${list}(first: 100, asAt: "2024-03-15", ${args}) ${FOUND} }`;
  const { list: page } = dataOf<{ list: Found }>(await api.ask(query));
  expect(page.totalCount).toBe(page.edges.length);
  return [idsIn(page), page.undeterminedCount ?? 0];
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
    ['seats', 'body: "board"', ['chair', 'south']],
    ['organisations', 'kind: CCG, holds: NO', ['ccg']],
    ['standingOrders', 'committee: "board", holds: NO', ['monthly']],
    ['bodies', 'search: "gone", owner: "icb", holds: NO', ['gone']],
    ['delegations', 'search: "cars", delegateBody: "gone", holds: NO', ['revoked']],
    ['appointments', 'search: "chair", body: "board", holds: NO', []],
  ])('%s(%s)', async (list, args, expected) => {
    const query = `{ list: ${list}(first: 100, asAt: "2024-03-15", ${args}) ${FOUND} }`;
    expect([query, (await listed(list, args))[0]]).toEqual([query, expected]);
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
    ['seats', '{ voting: true }', ['north'], 2],
    ['seats', '{ category: [PLACE_MEMBER], defined: { to: "2022-12-31" } }', ['north'], 1],
    ['organisations', '{ region: "west" }', ['ccg'], 0],
    ['organisations', '{ closed: { from: "2022-07-01", to: "2022-07-01" } }', ['ccg'], 0],
    ['organisations', '{ opened: { from: "2022-01-01" } }', ['icb'], 0],
    ['people', '{ inOffice: true }', ['ann'], 0],
    ['people', '{ inOffice: false, onRecord: { to: "2022-07-01" } }', ['bob'], 0],
    ['people', '{ withInterests: false, onRecord: { to: "2022-07-01" } }', ['bob'], 0],
    ['successions', '{ kind: [REPLACEMENT] }', ['came'], 0],
    ['successions', '{ ended: true }', ['wrong'], 0],
    ['successions', '{ tookEffect: { from: "2022-07-02" } }', [], 0],
    ['standingOrders', '{ every: [MONTH], recipient: "scrutiny" }', ['monthly'], 0],
    ['standingOrders', '{ reader: [OFFICERS] }', [], 0],
    ['decisionLogs', '{ withdrawn: false, issued: { from: "2022-07-01" } }', [], 0],
    ['decisions', '{ function: "ships" }', ['early'], 2],
    ['decisions', '{ function: "art" }', ['art'], 2],
  ])('%s: %s', async (list, filter, expected, notKnown) => {
    expect(await listed(list, `filter: ${filter}`)).toEqual([expected, notKnown]);
  });

  it('what has ended by a filter that asks for it', async () => {
    expect((await listed('successions', 'predecessor: "icb", filter: { ended: true }'))[0]).toEqual(['wrong']);
    expect((await listed('successions', 'predecessor: "icb"'))[0]).toEqual([]);
    expect((await listed('organisations', 'kind: CCG, filter: { closed: { to: "2022-12-31" } }'))[0]).toEqual(['ccg']);
  });
});
