import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const CLAUSES = [
  { clause: '4.1', title: 'Place', text: 'The committee commissions community services up to £1.0m.' },
  { clause: '4.2', text: 'No onward delegation.' },
];
const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Millbrook ICB', kind: 'ICB' }],
  ['RegisterOrganisation', 'council', '2022-07-01', { name: 'Millbrook Council', kind: 'COUNCIL' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['TakeDecision', 'first', '2022-07-01', { title: 'Adopt version 1', decidedBy: ['board'] }],
  ['TakeDecision', 'second', '2023-03-14', { title: 'Adopt version 2', decidedBy: ['board'] }],
  ['TakeDecision', 'ratifying', '2023-09-28', { title: 'Ratify version 2', decidedBy: ['board'] }],
  [
    'AdoptInstrument',
    'sord',
    '2022-07-01',
    {
      title: 'Scheme of Reservation and Delegation',
      kind: 'SORD_ENTRY',
      organisation: 'icb',
      parties: [
        { organisation: 'icb', approvedByDecision: 'first', approvedOn: '2022-06-30' },
        { organisation: 'council', body: 'board', name: 'Cabinet' },
      ],
    },
  ],
  ['IssueVersion', 'sord', '2022-07-01', { version: '1', adoptedByDecision: 'first', clauses: CLAUSES }],
  [
    'IssueVersion',
    'sord',
    '2023-05-01',
    {
      version: '2',
      approvedOn: '2023-03-14',
      adoptedByDecision: 'second',
      change: 'limit raised',
      clauses: [
        { ...CLAUSES[0], text: 'The committee commissions community services up to £1.5m.' },
        { clause: '4.3', text: 'After the CFO certifies the budget.' },
      ],
    },
  ],
  ['IssueVersion', 'sord', '2023-06-01', { version: '3', draft: true }],
  [
    'GrantDelegation',
    'one',
    '2022-07-01',
    { functions: ['under version 1'], grantedByBody: 'board', delegateNames: ['c'], instrument: 'sord', version: '1' },
  ],
  [
    'GrantDelegation',
    'two',
    '2023-05-01',
    { functions: ['under version 2'], grantedByBody: 'board', delegateNames: ['c'], instrument: 'sord', version: '2' },
  ],
  ['ReserveMatter', 'closing', '2023-05-01', { functions: ['f'], body: 'board', instrument: 'sord', version: '2' }],
  [
    'DefineSeat',
    'chair',
    '2022-07-01',
    { title: 'Chair', body: 'board', instrument: 'sord', version: '1', clause: '2' },
  ],
  ['ChangeBody', 'board', '2023-05-01', { instrument: 'sord', version: '2', quorum: { members: 7 } }],
];

let api: RunningApi;
let before: number;
let found: number;
let ratified: number;
beforeAll(async () => {
  api = await runApi();
  before = (await recordAll(api, WORLD)).position;
  const reason = 'adopted by an inquorate board';
  found = (await record(api, 'FindVersionInvalid', 'sord', '2023-05-01', { version: '2', reason })).position;
  const data = { version: '2', decision: 'ratifying' };
  ratified = (await record(api, 'RatifyVersion', 'sord', '2023-09-28', data)).position;
  await api.runtime.register.waitFor(ratified, 10_000);
}, 60_000);
afterAll(() => api.close());

interface Shown {
  readonly version: string | null;
  readonly clauses: readonly { readonly clause: string }[] | null;
}

const standing = async (asAt: string, knownAt: number): Promise<readonly unknown[]> => {
  const query = `{ instrument(id: "sord", asAt: "${asAt}", asKnownAt: ${knownAt}) { instrument {
    version clauses { clause } versionAdoptedByDecision { title } invalidVersions { version because since }
  } } }`;
  const { instrument } = dataOf<{ instrument: { instrument: Shown & Record<string, unknown> } }>(await api.ask(query));
  const { version, clauses, versionAdoptedByDecision, invalidVersions } = instrument.instrument;
  const invalid = invalidVersions as readonly { readonly version: string }[] | null;
  const adopting = versionAdoptedByDecision as { readonly title: string } | null;
  return [version, clauses?.map(({ clause }) => clause), adopting?.title, invalid?.map((one) => one.version)];
};

const V1 = ['1', ['4.1', '4.2'], 'Adopt version 1'];
const V2 = ['2', ['4.1', '4.3'], 'Adopt version 2'];

describe('the version in force', () => {
  it('takes effect on its day, not on that of its approval', async () => {
    expect(await standing('2023-04-30', before)).toEqual([...V1, undefined]);
    expect(await standing('2023-05-01', before)).toEqual([...V2, undefined]);
  });
  it('is the one before where it was found never to have been valid, and only as known since', async () => {
    expect(await standing('2023-05-01', found)).toEqual([...V1, ['2']]);
    expect(await standing('2023-04-30', found)).toEqual([...V1, undefined]);
    expect(await standing('2023-05-01', found - 1)).toEqual([...V2, undefined]);
  });
  it('is it again from the day of the ratification on', async () => {
    expect(await standing('2023-09-27', ratified)).toEqual([...V1, ['2']]);
    expect(await standing('2023-09-28', ratified)).toEqual([...V2, undefined]);
    expect(await standing('2023-09-28', found)).toEqual([...V1, ['2']]);
  });
  it('is it from the first day on where the ratification reaches back', async () => {
    const other = [
      ['AdoptInstrument', 'tor', '2022-07-01', { title: 'Terms', kind: 'TERMS_OF_REFERENCE', version: '1' }],
      ['IssueVersion', 'tor', '2023-05-01', { version: '2' }],
      ['FindVersionInvalid', 'tor', '2023-05-01', { version: '2', reason: 'inquorate' }],
      ['RatifyVersion', 'tor', '2023-05-01', { version: '2' }],
    ] as const satisfies readonly Fact[];
    const { after } = await recordAll(api, other);
    const query = (day: string) =>
      api.ask(`{ instrument(id: "tor", asAt: "${day}", afterReceipt: "${after}") { instrument { version } } }`);
    const version = async (day: string) =>
      dataOf<{ instrument: { instrument: Shown } }>(await query(day)).instrument.instrument.version;
    expect([await version('2023-04-30'), await version('2023-05-01')]).toEqual(['1', '2']);
  });
});

describe('the versions of an instrument', () => {
  const shown = async (asAt: string, knownAt: number) => {
    const made = ['delegations', 'reservations', 'seats', 'bodies']
      .map((list) => `${list} { edges { node { id: subject } } }`)
      .join(' ');
    const query = `{ instrument(id: "sord", asAt: "${asAt}", asKnownAt: ${knownAt}) { instrument { versions {
      version effectiveOn approvedOn change draft invalid invalidBecause invalidSince ratifiedOn
      adoptedByDecision { title } ratifiedByDecision { title } foundInvalidByDecision { title } clauses { clause } ${made}
    } } } }`;
    interface Answer {
      readonly instrument: {
        readonly instrument: { readonly versions: readonly Record<string, unknown>[] };
      };
    }
    return dataOf<Answer>(await api.ask(query)).instrument.instrument.versions;
  };
  const ids = (list: unknown): readonly string[] =>
    (list as { readonly edges: readonly { readonly node: { readonly id: string } }[] }).edges.map(
      ({ node }) => node.id,
    );

  it('are all that were issued by the day, each with its days, its decision, and what it makes', async () => {
    const [first, second, draft, ...others] = await shown('2023-06-01', before);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      version: '1',
      effectiveOn: '2022-07-01',
      approvedOn: null,
      draft: false,
      invalid: false,
      adoptedByDecision: { title: 'Adopt version 1' },
      clauses: [{ clause: '4.1' }, { clause: '4.2' }],
    });
    expect(second).toMatchObject({
      version: '2',
      effectiveOn: '2023-05-01',
      approvedOn: '2023-03-14',
      change: 'limit raised',
      adoptedByDecision: { title: 'Adopt version 2' },
    });
    expect(draft).toMatchObject({ version: '3', draft: true, clauses: null });
    const made = (version: Record<string, unknown> | undefined) =>
      ['delegations', 'reservations', 'seats', 'bodies'].map((list) => ids(version?.[list]));
    expect(made(first)).toEqual([['delegation/one'], [], ['seat/chair'], []]);
    expect(made(second)).toEqual([['delegation/two'], ['reservation/closing'], [], ['body/board']]);
    expect(made(draft)).toEqual([[], [], [], []]);
    expect((await shown('2023-04-30', before)).map(({ version }) => version)).toEqual(['1']);
  });
  it('say which was never valid, and by which decision it was ratified, as known then', async () => {
    const [, then] = await shown('2023-12-31', found);
    expect(then).toMatchObject({
      invalid: true,
      invalidBecause: 'adopted by an inquorate board',
      invalidSince: '2023-05-01',
      ratifiedOn: null,
    });
    const [, now] = await shown('2023-12-31', ratified);
    expect(now).toMatchObject({
      invalid: false,
      invalidBecause: null,
      ratifiedOn: '2023-09-28',
      ratifiedByDecision: { title: 'Ratify version 2' },
    });
    expect((await shown('2023-12-31', before))[1]).toMatchObject({ invalid: false, ratifiedOn: null });
  });
});

describe('the difference between two versions', () => {
  const difference = (args: string) =>
    api.ask(`{ instrumentDifference(id: "instrument/sord", ${args}) {
      notKnown from { version } to { version effectiveOn adoptedByDecision { title } }
      clauses { clause change before { title text } after { title text } }
    } }`);

  it('is told clause by clause, with the decision that made it', async () => {
    const { data, errors } = await difference('from: "1", to: "2", asAt: "2023-06-01"');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      instrumentDifference: {
        notKnown: null,
        from: { version: '1' },
        to: { version: '2', effectiveOn: '2023-05-01', adoptedByDecision: { title: 'Adopt version 2' } },
        clauses: [
          {
            clause: '4.1',
            change: 'CHANGED',
            before: { title: 'Place', text: 'The committee commissions community services up to £1.0m.' },
            after: { title: 'Place', text: 'The committee commissions community services up to £1.5m.' },
          },
          { clause: '4.2', change: 'REMOVED', before: { title: null, text: 'No onward delegation.' }, after: null },
          {
            clause: '4.3',
            change: 'ADDED',
            before: null,
            after: { title: null, text: 'After the CFO certifies the budget.' },
          },
        ],
      },
    });
  });
  it('says where it cannot be told, and refuses a version that was not issued by that day', async () => {
    expect((await difference('from: "2", to: "3", asAt: "2023-06-01"')).data).toMatchObject({
      instrumentDifference: { clauses: null, notKnown: 'of version 3 no clauses are recorded' },
    });
    const early = refusalIn(await difference('from: "1", to: "2", asAt: "2023-04-30"'));
    expect(early).toMatchObject({ code: 'INSTRUMENT_VERSION_UNKNOWN', field: 'to' });
    const none = await api.ask('{ instrumentDifference(id: "nothing", from: "1", to: "2") { notKnown } }');
    expect(refusalIn(none)).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'id' });
  });
});

describe('an instrument and its parties', () => {
  it('are seen from both ends', async () => {
    const { data } = await api.ask(`{
      instrument(id: "sord", asAt: "2023-06-01") { instrument { parties {
        organisation { name } body { name } name approvedByDecision { title } approvedOn
      } seats { totalCount } bodies { totalCount } } }
      organisation(id: "council", asAt: "2023-06-01") { organisation { instrumentsAsParty { edges { node { title } } } } }
      decision(id: "first", asAt: "2023-06-01") { decision { instrumentsApproved { totalCount } } }
    }`);
    expect(data).toEqual({
      instrument: {
        instrument: {
          parties: [
            {
              organisation: { name: 'Millbrook ICB' },
              body: null,
              name: null,
              approvedByDecision: { title: 'Adopt version 1' },
              approvedOn: '2022-06-30',
            },
            {
              organisation: { name: 'Millbrook Council' },
              body: { name: 'ICB Board' },
              name: 'Cabinet',
              approvedByDecision: null,
              approvedOn: null,
            },
          ],
          seats: { totalCount: 1 },
          bodies: { totalCount: 1 },
        },
      },
      organisation: {
        organisation: { instrumentsAsParty: { edges: [{ node: { title: 'Scheme of Reservation and Delegation' } }] } },
      },
      decision: { decision: { instrumentsApproved: { totalCount: 1 } } },
    });
  });
  it('is refused where a version was never issued, a clause is there twice, or a party has no name', async () => {
    const of = (command: Fact[0], data: object) => refusalOf(api, command, 'sord', '2024-01-01', data);
    expect(await of('FindVersionInvalid', { version: '9', reason: 'r' })).toMatchObject({
      code: 'INSTRUMENT_VERSION_UNKNOWN',
      field: 'data.version',
      message: expect.stringMatching(/found "1", "2"/),
    });
    const clauses = [CLAUSES[1], CLAUSES[1]];
    expect(await of('IssueVersion', { version: '4', clauses })).toMatchObject({ field: 'data.clauses[1].clause' });
    expect(await of('ChangeInstrument', { parties: [{ approvedOn: '2024-01-01' }] })).toMatchObject({
      field: 'data.parties[0]',
    });
  });
});
