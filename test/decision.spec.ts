import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { withStatements } from './statements.js';

const WORLD: readonly Fact[] = [
  [
    'RegisterOrganisation',
    'ods:QR1',
    '2022-07-01',
    { name: 'NHS Gloucestershire ICB', kind: 'ICB', identifiers: [{ scheme: 'ods', value: 'QR1' }] },
  ],
  ['RegisterOrganisation', 'glos', '2022-07-01', { name: 'Gloucestershire County Council', kind: 'COUNCIL' }],
  ['RegisterPerson', 'jones', '2022-07-01', { name: 'A Jones' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['EstablishBody', 'hosc', '2022-07-01', { name: 'Health Scrutiny', kind: 'HOSC', owners: ['glos'] }],
  ['AdoptInstrument', 'sord', '2022-07-01', { title: 'Scheme of Delegation', kind: 'SORD_ENTRY', body: 'board' }],
  [
    'GrantDelegation',
    'contracts',
    '2022-07-01',
    { functions: ['awarding contracts'], grantedByBody: 'board', delegatePersons: ['jones'], instrument: 'sord' },
  ],
  ['ConveneMeeting', 'jan', '2024-12-20', { body: 'board', heldOn: '2025-01-01' }],
  ['RaiseMatter', 'beds', '2024-11-01', { committee: 'hosc', kind: 'RECOMMENDATION', text: 'Open more beds.' }],
  ['TakeDecision', 'd2024', '2024-12-31', { title: 'Last of 2024', organisation: 'ods:QR1', takenOn: '2024-12-31' }],
  [
    'TakeDecision',
    'first',
    '2025-01-01',
    {
      title: 'First of 2025',
      reference: 'ICB-2025/26-0001',
      decidedBy: ['board'],
      officer: 'jones',
      organisation: 'ods:QR1',
      accountable: ['glos'],
      delegation: 'contracts',
      instrument: 'sord',
      meeting: 'jan',
      implements: 'beds',
      supersedes: 'd2024',
      kind: 'APPROVE',
      takenOn: '2025-01-01',
      amount: { pence: 80_354_800 },
    },
  ],
  [
    'TakeDecision',
    'last',
    '2025-06-01',
    { title: 'Last of 2025', accountable: ['ods:QR1', 'glos'], officer: 'jones', noticedOn: '2025-12-31' },
  ],
  ['TakeDecision', 'd2026', '2026-01-01', { title: 'First of 2026', organisation: 'ods:QR1', takenOn: '2026-01-01' }],
  ['TakeDecision', 'undated', '2023-01-01', { title: 'Nobody knows when', organisation: 'ods:QR1' }],
  ['ProposeDecision', 'asked', '2025-03-01', { title: 'Put to the board', bodies: ['board'], organisation: 'ods:QR1' }],
  ['RaiseMatter', 'why', '2025-02-01', { committee: 'hosc', kind: 'QUESTION', text: 'Why?', aboutDecision: 'first' }],
];

interface Titles {
  readonly decisions: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

let api: RunningApi;
let world: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  world = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(world.position, 10_000);
}, 60_000);
afterAll(() => api.close());

const list = async (args: string, asAt = '2026-06-01'): Promise<Titles['decisions']> => {
  const query = `{ decisions(asAt: "${asAt}" ${args}) { totalCount edges { node { title } } pageInfo { hasNextPage endCursor } } }`;
  return dataOf<Titles>(await api.ask(query)).decisions;
};
const titles = async (args: string, asAt?: string): Promise<readonly string[]> =>
  (await list(args, asAt)).edges.map(({ node }) => node.title);

/** Where a decision stands, as at a day. */
const statusOf = async (id: string, asAt: string, more = ''): Promise<unknown> => {
  const query = `{ decision(id: "${id}", asAt: "${asAt}" ${more}) { decision { status ended } absence { kind } } }`;
  return dataOf<{ decision: unknown }>(await api.ask(query)).decision;
};

describe('asking what an organisation decided in a year', () => {
  it('is one question: both days count, the day it goes by decides, and each says when it was recorded', async () => {
    const { data, errors } = await api.ask(`{
      decisions(organisation: "QR1", datedFrom: "2025-01-01", datedTo: "2025-12-31") {
        edges { node { title datedOn recordedAt recordedFrom } }
      }
    }`);
    expect(errors).toBeUndefined();
    const recorded = { recordedAt: expect.stringMatching(/^20\d\d-.*Z$/), recordedFrom: expect.any(Number) };
    expect(data).toEqual({
      decisions: {
        edges: [
          { node: { title: 'First of 2025', datedOn: '2025-01-01', ...recorded } },
          { node: { title: 'Last of 2025', datedOn: '2025-12-31', ...recorded } },
        ],
      },
    });
  });

  it('leaves out at every edge what is a day too early or too late', async () => {
    expect(await titles('organisation: "QR1", datedFrom: "2025-01-02", datedTo: "2025-12-30"')).toEqual([]);
    expect(await titles('organisation: "QR1", datedFrom: "2024-12-31", datedTo: "2024-12-31"')).toEqual([
      'Last of 2024',
    ]);
    expect(await titles('organisation: "QR1", datedFrom: "2026-01-01"')).toEqual(['First of 2026']);
  });

  it('leaves out what nobody can date, as soon as a day is asked for', async () => {
    expect(await titles('organisation: "QR1", datedTo: "2024-12-31"')).toEqual(['Last of 2024']);
    expect(await titles('organisation: "QR1"')).toEqual([
      'Put to the board',
      'Nobody knows when',
      'Last of 2024',
      'First of 2025',
      'Last of 2025',
      'First of 2026',
    ]);
  });

  it('leaves out what takes effect only later than the day asked about', async () => {
    expect(await titles('organisation: "QR1", datedFrom: "2025-01-01"', '2025-05-31')).toEqual(['First of 2025']);
  });

  it('is refused where the last day is before the first', async () => {
    const answer = await api.ask('{ decisions(datedFrom: "2025-02-01", datedTo: "2025-01-31") { totalCount } }');
    expect(refusalIn(answer)).toEqual({
      code: 'DAY_RANGE',
      field: 'datedTo',
      message: 'datedTo is 2025-01-31, before datedFrom, which is 2025-02-01',
      remedy: 'give the same day or a later one',
    });
  });
});

describe('listing decisions', () => {
  it.each([
    ['body: "board"', ['First of 2025']],
    ['proposedTo: "board"', ['Put to the board']],
    ['organisation: "glos"', ['First of 2025', 'Last of 2025']],
    ['officer: "person/jones"', ['First of 2025', 'Last of 2025']],
    ['officer: "jones", meeting: "jan"', ['First of 2025']],
    ['delegation: "contracts"', ['First of 2025']],
    ['search: "LAST of"', ['Last of 2024', 'Last of 2025']],
  ])('narrows them to %s', async (args, expected) => {
    expect(await titles(args)).toEqual(expected);
  });

  it('goes on from a cursor until all have been shown once', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 4; page++) {
      const { edges, pageInfo, totalCount } = await list(`organisation: "QR1", first: 2${after}`);
      expect(totalCount).toBe(6);
      seen.push(...edges.map(({ node }) => node.title));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(await titles('organisation: "QR1"'));
  });

  it('refuses a page of none or of more than 100', async () => {
    for (const first of [0, 101, -1]) {
      const refusal = refusalIn(await api.ask(`{ decisions(first: ${first}) { totalCount } }`));
      expect(refusal).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    }
  });

  it('names the argument that names nothing, as it is called in the question', async () => {
    for (const argument of ['body', 'organisation', 'officer', 'proposedTo']) {
      const refusal = refusalIn(await api.ask(`{ decisions(${argument}: "nobody") { totalCount } }`));
      expect(refusal).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: argument });
      expect(refusal['message']).toMatch(new RegExp(`^${argument} names no `));
    }
  });
});

describe('one decision', () => {
  it('shows everything it names as records on its own basis', async () => {
    const { data, errors } = await api.ask(`{
      decision(id: "ICB-2025/26-0001", asAt: "2025-02-01") {
        absence { kind }
        decision {
          id title amount { pence } kind
          decidedBy { name } bodies { name } officer { name } organisation { name } accountable { name basis { asAt } }
          delegation { functions instrument { title } } instrument { title } meeting { heldOn body { name } }
          implements { text committee { name } } supersedes { title supersededBy { title } }
          supersededBy { title } rescindedBy { title }
          scrutinyMatters { totalCount edges { node { text aboutDecision { title basis { asAt } } } } }
        }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      decision: {
        absence: null,
        decision: {
          id: 'decision/first?asAt=2025-02-01',
          title: 'First of 2025',
          amount: { pence: 80_354_800 },
          kind: 'APPROVE',
          decidedBy: [{ name: 'ICB Board' }],
          bodies: [],
          officer: { name: 'A Jones' },
          organisation: { name: 'NHS Gloucestershire ICB' },
          accountable: [{ name: 'Gloucestershire County Council', basis: { asAt: '2025-02-01' } }],
          delegation: { functions: ['awarding contracts'], instrument: { title: 'Scheme of Delegation' } },
          instrument: { title: 'Scheme of Delegation' },
          meeting: { heldOn: '2025-01-01', body: { name: 'ICB Board' } },
          implements: { text: 'Open more beds.', committee: { name: 'Health Scrutiny' } },
          supersedes: { title: 'Last of 2024', supersededBy: { title: 'First of 2025' } },
          supersededBy: null,
          rescindedBy: null,
          scrutinyMatters: {
            totalCount: 1,
            edges: [
              { node: { text: 'Why?', aboutDecision: { title: 'First of 2025', basis: { asAt: '2025-02-01' } } } },
            ],
          },
        },
      },
    });
  });

  it('goes through its life day by day', async () => {
    const { after } = await recordAll(api, [
      ['ProposeDecision', 'life', '2025-01-10', { title: 'A life', bodies: ['board'], reference: 'L-1' }],
      ['TakeDecision', 'life', '2025-02-01', { title: 'A life', takenOn: '2025-02-01' }],
      ['PublishDecision', 'life', '2025-02-03', { publishedOn: '2025-02-03', where: 'the minutes' }],
      ['CallInDecision', 'life', '2025-02-05', { reason: 'no consultation' }],
      ['ReleaseDecision', 'life', '2025-02-20', { reason: 'consulted' }],
      ['ChangeDecision', 'life', '2025-02-25', { amount: { pence: 12_300 } }],
      ['ImplementDecision', 'life', '2025-03-01', { note: 'done' }],
      ['TakeDecision', 'part', '2025-03-20', { title: 'Another', takenOn: '2025-03-20' }],
      ['SupersedeDecision', 'life', '2025-04-01', { by: 'part', part: 'paragraph 2' }],
      ['RescindDecision', 'life', '2025-05-01', { by: 'part', reason: 'not needed' }],
      ['ProposeDecision', 'lapsing', '2025-01-10', { title: 'Nothing came of it' }],
      ['LapseDecision', 'lapsing', '2025-03-01', { reason: 'no money' }],
    ]);
    const wait = `, afterReceipt: "${after}"`;
    const statuses: unknown[] = [];
    for (const day of ['01-09', '01-10', '02-04', '02-05', '02-20', '03-01', '04-01', '05-01']) {
      statuses.push(await statusOf('L-1', `2025-${day}`, wait));
    }
    const standing = (status: string, ended = false) => ({ decision: { status, ended }, absence: null });
    expect(statuses).toEqual([
      { decision: null, absence: { kind: 'NOT_YET_BEGUN' } },
      standing('PROPOSED'),
      standing('TAKEN'),
      standing('CALLED_IN'),
      standing('TAKEN'),
      standing('IMPLEMENTED'),
      standing('PART_SUPERSEDED'),
      standing('RESCINDED', true),
    ]);
    expect(await statusOf('lapsing', '2025-03-01')).toEqual(standing('LAPSED', true));
  });

  it('is answered as known then and as known now, after a correction', async () => {
    const first = await record(api, 'TakeDecision', 'slip', '2025-07-01', { title: 'A slip', takenOn: '2025-07-01' });
    const why = { kind: 'ERROR', reason: 'the minutes say September' };
    const second = await record(
      api,
      'TakeDecision',
      'slip',
      '2025-09-01',
      { title: 'A slip', takenOn: '2025-09-01' },
      { corrects: first.events[0]?.id, why },
    );
    const answer = await api.ask(
      `query ($position: KnownAt!, $wait: String) {
        known: decision(id: "slip", asAt: "2025-08-01", asKnownAt: $position, afterReceipt: $wait) { decision { datedOn } absence { kind } }
        now: decision(id: "slip", asAt: "2025-08-01", afterReceipt: $wait) { decision { datedOn } absence { kind from } }
        compared: decision(id: "slip", asAt: "2025-10-01", asKnownAt: $position, comparedWith: "2100-01-01", afterReceipt: $wait) {
          decision { datedOn } compared { decision { datedOn } }
        }
      }`,
      { position: first.position, wait: second.after },
    );
    expect(dataOf(answer)).toEqual({
      known: { decision: { datedOn: '2025-07-01' }, absence: null },
      now: { decision: null, absence: { kind: 'NOT_YET_BEGUN', from: '2025-09-01' } },
      compared: { decision: { datedOn: '2025-07-01' }, compared: { decision: { datedOn: '2025-09-01' } } },
    });
  });
});

describe('recording a decision', () => {
  it('refuses one taken twice, a reference used twice, and a body that is not there, with code and field', async () => {
    const again = { title: 'Again', takenOn: '2025-01-02' };
    expect(await refusalOf(api, 'TakeDecision', 'first', '2025-01-02', again)).toMatchObject({
      code: 'DECISION_ALREADY_TAKEN',
      remedy: expect.any(String),
    });
    const taken = await refusalOf(api, 'TakeDecision', 'other', '2025-01-02', {
      ...again,
      reference: 'ICB-2025/26-0001',
    });
    expect(taken).toMatchObject({ code: 'DUPLICATE_REFERENCE', field: 'data.reference' });
    const nowhere = await refusalOf(api, 'TakeDecision', 'other', '2025-01-02', { ...again, decidedBy: ['nobody'] });
    expect(nowhere['field']).toMatch(/^data\.decidedBy/);
    expect(await refusalOf(api, 'TakeDecision', 'other', '2025-01-02', { ...again, title: ' ' })).toMatchObject({
      code: 'INPUT',
      field: 'data.title',
    });
    expect(await statusOf('other', '2026-01-01')).toEqual({ decision: null, absence: { kind: 'NEVER_RECORDED' } });
  });
});

describe('the number of SQL statements', () => {
  const NESTED = `query ($first: Int!) { decisions(search: "many", first: $first) { totalCount edges { node {
    title decidedBy { name owners { name } } officer { name } organisation { name } accountable { name }
    meeting { heldOn body { name } } delegation { functions grantedByBody { name } }
    scrutinyMatters { totalCount edges { node { text committee { name } } } }
  } } } }`;

  const statements = async (first: number): Promise<{ readonly count: number; readonly rows: readonly object[] }> => {
    const { texts, answer } = await withStatements(() => api.ask(NESTED, { first }));
    const { decisions } = dataOf<{ decisions: { edges: readonly object[] } }>(answer);
    return { count: texts.length, rows: decisions.edges };
  };

  it('is the same for 29 decisions of 30 with all that they name as for 5', async () => {
    const facts = Array.from({ length: 30 }, (_, index): readonly Fact[] => [
      ['RegisterPerson', `p${index}`, '2024-01-01', { name: `Officer ${index}` }],
      [
        'EstablishBody',
        `b${index}`,
        '2024-01-01',
        { name: `Body ${index}`, kind: 'ICB_COMMITTEE', owners: ['ods:QR1'] },
      ],
      ['ConveneMeeting', `m${index}`, '2024-01-01', { body: `b${index}`, heldOn: '2024-02-01' }],
      [
        'TakeDecision',
        `many${index}`,
        '2024-02-01',
        {
          title: `Many ${index}`,
          decidedBy: [`b${index}`, 'board'],
          officer: `p${index}`,
          meeting: `m${index}`,
          delegation: 'contracts',
          organisation: index % 2 === 0 ? 'ods:QR1' : 'glos',
          accountable: ['glos'],
        },
      ],
      [
        'RaiseMatter',
        `q${index}`,
        '2024-03-01',
        { committee: 'hosc', kind: 'QUESTION', text: `Question ${index}`, aboutDecision: `many${index}` },
      ],
    ]);
    const receipts = await Promise.all(facts.map(async (some) => recordAll(api, some)));
    await api.runtime.register.waitFor(Math.max(...receipts.map(({ position }) => position)), 10_000);
    await statements(5);
    const few = await statements(5);
    const many = await statements(29);
    expect([few.rows.length, many.rows.length]).toEqual([5, 29]);
    expect(few.count).toBeGreaterThan(8);
    expect(many.count).toBe(few.count);
    expect(many.rows).toContainEqual({
      node: {
        title: 'Many 7',
        decidedBy: [
          { name: 'Body 7', owners: [{ name: 'NHS Gloucestershire ICB' }] },
          { name: 'ICB Board', owners: [{ name: 'NHS Gloucestershire ICB' }] },
        ],
        officer: { name: 'Officer 7' },
        organisation: { name: 'Gloucestershire County Council' },
        accountable: [{ name: 'Gloucestershire County Council' }],
        meeting: { heldOn: '2024-02-01', body: { name: 'Body 7' } },
        delegation: { functions: ['awarding contracts'], grantedByBody: { name: 'ICB Board' } },
        scrutinyMatters: {
          totalCount: 1,
          edges: [{ node: { text: 'Question 7', committee: { name: 'Health Scrutiny' } } }],
        },
      },
    });
  }, 60_000);
});
