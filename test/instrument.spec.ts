import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['TakeDecision', 'adopting', '2022-07-01', { title: 'Adopt the constitution', decidedBy: ['board'] }],
  [
    'AdoptInstrument',
    'constitution',
    '2022-07-01',
    {
      title: 'Constitution',
      kind: 'CONSTITUTION',
      organisation: 'ods:QR1',
      body: 'board',
      version: '1.0',
      adoptedByDecision: 'adopting',
      identifiers: [{ scheme: 'own', value: 'C-1' }],
    },
  ],
  [
    'AdoptInstrument',
    'clause',
    '2022-07-01',
    { title: 'Constitution', kind: 'CONSTITUTION', partOf: 'constitution', clause: '4.2', text: 'The chair presides.' },
  ],
  ['IssueVersion', 'constitution', '2023-04-01', { version: '2.0', change: 'quorum', approvedOn: '2023-03-22' }],
  ['IssueVersion', 'constitution', '2024-01-01', { version: '3.0', draft: true, change: 'seats' }],
  ['ChangeInstrument', 'constitution', '2024-02-01', { note: 'reviewed' }],
  [
    'AdoptInstrument',
    'successor',
    '2025-01-01',
    { title: 'New Constitution', kind: 'CONSTITUTION', organisation: 'ods:QR1' },
  ],
  ['WithdrawInstrument', 'constitution', '2025-01-01', { reason: 'made anew', replacedBy: 'successor' }],
];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

const listed = async (args: string): Promise<unknown> => {
  interface Listed {
    readonly instruments: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  }
  const { instruments } = dataOf<Listed>(await api.ask(`{ instruments(${args}) { edges { node { id: subject } } } }`));
  return instruments.edges.map(({ node }) => node.id);
};

describe('asking about instruments', () => {
  it('shows the version in force on a day, with what belongs to it and whose it is', async () => {
    const query = `query ($asAt: Date!) { instrument(id: "C-1", asAt: $asAt) { instrument {
      version previousVersion draftVersion withdrawn replacedBy { title }
      organisation { name } body { name owners { name } } adoptedByDecision { title }
      partOf { title } provisions { totalCount edges { node { clause partOf { version } } } } delegations { totalCount }
    } } }`;
    const whose = {
      organisation: { name: 'NHS Gloucestershire ICB' },
      body: { name: 'ICB Board', owners: [{ name: 'NHS Gloucestershire ICB' }] },
      adoptedByDecision: { title: 'Adopt the constitution' },
      partOf: null,
      delegations: { totalCount: 0 },
    };
    const provisions = (version: string) => ({
      totalCount: 1,
      edges: [{ node: { clause: '4.2', partOf: { version } } }],
    });
    const shown = async (asAt: string) =>
      dataOf<{ instrument: { instrument: object } }>(await api.ask(query, { asAt }));
    expect((await shown('2023-03-31')).instrument.instrument).toEqual({
      ...whose,
      version: '1.0',
      previousVersion: null,
      draftVersion: null,
      withdrawn: false,
      replacedBy: null,
      provisions: provisions('1.0'),
    });
    expect((await shown('2024-06-01')).instrument.instrument).toEqual({
      ...whose,
      version: '2.0',
      previousVersion: '1.0',
      draftVersion: '3.0',
      withdrawn: false,
      replacedBy: null,
      provisions: provisions('2.0'),
    });
    expect((await shown('2025-01-01')).instrument.instrument).toMatchObject({
      withdrawn: true,
      replacedBy: { title: 'New Constitution' },
    });
  });

  it.each([
    ['asAt: "2024-06-01"', ['constitution', 'clause']],
    ['asAt: "2024-06-01", kind: CONSTITUTION', ['constitution', 'clause']],
    ['asAt: "2024-06-01", kind: PLAN', []],
    ['asAt: "2024-06-01", organisation: "ods:QR1"', ['constitution']],
    ['asAt: "2025-01-01", organisation: "ods:QR1"', ['successor']],
    ['asAt: "2024-06-01", body: "body/board"', ['constitution']],
    ['asAt: "2024-06-01", partOf: "C-1"', ['clause']],
  ])('lists them by %s', async (args, expected) => {
    expect(await listed(args)).toEqual(expected.map((id) => `instrument/${id}`));
  });

  it('is answered as known then and as known now', async () => {
    const first = await record(api, 'AdoptInstrument', 'plan', '2024-01-01', { title: 'A plan', kind: 'PLAN' });
    const later = await record(api, 'ChangeInstrument', 'plan', '2024-02-01', { title: 'The plan' });
    const { data } = await api.ask(
      `query ($position: KnownAt!, $wait: String!) {
        known: instrument(id: "plan", asAt: "2024-03-01", asKnownAt: $position, afterReceipt: $wait) { instrument { title } }
        now: instrument(id: "plan", asAt: "2024-03-01", afterReceipt: $wait) { instrument { title } }
      }`,
      { position: first.position, wait: later.after },
    );
    expect(data).toEqual({ known: { instrument: { title: 'A plan' } }, now: { instrument: { title: 'The plan' } } });
  });

  it('refuses a page of none, an organisation that is not there, and a part of nothing', async () => {
    expect(refusalIn(await api.ask('{ instruments(first: 0) { totalCount } }'))).toMatchObject({ code: 'PAGE_SIZE' });
    expect(refusalIn(await api.ask('{ instruments(organisation: "none") { totalCount } }'))).toMatchObject({
      code: 'UNKNOWN_SUBJECT',
      field: 'organisation',
    });
    const part = { title: 'A clause', kind: 'PLAN', partOf: 'nothing' };
    expect(await refusalOf(api, 'AdoptInstrument', 'part', '2024-01-01', part)).toMatchObject({ field: 'data.partOf' });
  });
});
