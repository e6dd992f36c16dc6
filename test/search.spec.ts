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
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Åkesson', shortName: 'Åkesson' }],
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
      functions: ['Buying'],
      grantedByBody: 'board',
      delegateNames: ['the clerk'],
      conditions: ['Only with two quotes'],
    },
  ],
  taken('formed', { reference: 'FORMED-2024/25-0007', kind: 'MAKE_GRANT', reasons: 'Wheelchairs are scarce' }),
  taken('chairs', { title: 'Wheelchair service', kind: 'APPROVE', text: 'As the decision of 2023' }),
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
      ...(['RegisterPerson', `p${String(index).padStart(3, '0')}`, '2022-07-01'] as const),
      { name: `Member number ${index}` },
    ]),
  );
}, 60_000);
afterAll(() => api.close());

interface Found {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly node: { readonly subject: string };
    readonly foundIn: readonly string[] | null;
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
    ['decisions', ' ', ['chairs', 'formed']],
    ['decisions', '---', []],
    ['instruments', ' gov  12/B', ['rules REFERENCE']],
    ['instruments', 'constit', ['rules TITLE']],
    ['instruments', 'budget', ['rules TEXT']],
    ['bodies', 'board', ['board TITLE', 'forum TEXT']],
    ['bodies', 'old', ['board FORMER_TITLE']],
    ['bodies', 'old health', ['board FORMER_TITLE TEXT']],
    ['organisations', 'board gloucester', ['icb TITLE']],
    ['people', 'akes', ['ann TITLE']],
    ['seats', 'district', ['chair TEXT']],
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
