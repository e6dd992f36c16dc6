import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }],
  ['EstablishBody', 'hosc', '2022-07-01', { name: 'Health Scrutiny', kind: 'HOSC' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['ConveneMeeting', 'm1', '2024-12-01', { body: 'hosc', heldOn: '2025-01-14' }],
  ['TakeDecision', 'closure', '2024-12-01', { title: 'Close a ward', decidedBy: ['board'], organisation: 'ods:QR1' }],
  [
    'RaiseMatter',
    'report',
    '2025-01-14',
    {
      committee: 'hosc',
      kind: 'REQUEST',
      title: 'A report on beds',
      text: 'Report on beds by March.',
      addressedToOrganisation: 'ods:QR1',
      addressedToBody: 'board',
      raisedOn: '2025-01-14',
      dueOn: '2025-03-01',
      aboutDecision: 'closure',
      aboutMeeting: 'm1',
    },
  ],
  ['RecordLetter', 'report', '2025-01-20', { sentOn: '2025-01-20', to: 'the chief executive' }],
  [
    'RecordResponse',
    'report',
    '2025-02-28',
    { respondedOn: '2025-02-28', outcome: 'PARTLY_ACCEPTED', text: 'In May.' },
  ],
  ['ChangeMatter', 'report', '2025-03-02', { progress: 'waiting' }],
  ['CloseMatter', 'report', '2025-05-30', { outcome: 'report received' }],
  [
    'RaiseMatter',
    'referral',
    '2025-02-01',
    { committee: 'hosc', kind: 'REFERRAL', text: 'To the minister.', raisedOn: '2025-02-01' },
  ],
  ['RaiseMatter', 'undated', '2024-01-01', { committee: 'board', kind: 'QUESTION', text: 'Asked some day.' }],
];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

const listed = async (args: string): Promise<readonly string[]> => {
  interface Listed {
    readonly scrutinyMatters: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  }
  const query = `{ scrutinyMatters(asAt: "2025-06-01" ${args}) { edges { node { id: subject } } } }`;
  const { scrutinyMatters } = dataOf<Listed>(await api.ask(query));
  return scrutinyMatters.edges.map(({ node }) => node.id.slice('scrutiny/'.length));
};

describe('asking what a scrutiny committee raised', () => {
  it('shows the committee, whom it asked, what it is about and what came back', async () => {
    const query = `query ($asAt: Date!) { scrutinyMatter(id: "scrutiny/report", asAt: $asAt) { scrutinyMatter {
      title kind dueOn progress closed outcome letter { sentOn to } response { outcome text }
      committee { name } addressedToOrganisation { name } addressedToBody { name owners { name } }
      aboutDecision { title decidedBy { name } } aboutMeeting { heldOn body { name } }
    } } }`;
    const { data, errors } = await api.ask(query, { asAt: '2025-06-01' });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      scrutinyMatter: {
        scrutinyMatter: {
          title: 'A report on beds',
          kind: 'REQUEST',
          dueOn: '2025-03-01',
          progress: 'waiting',
          closed: true,
          outcome: 'report received',
          letter: { sentOn: '2025-01-20', to: 'the chief executive' },
          response: { outcome: 'PARTLY_ACCEPTED', text: 'In May.' },
          committee: { name: 'Health Scrutiny' },
          addressedToOrganisation: { name: 'NHS Gloucestershire ICB' },
          addressedToBody: { name: 'ICB Board', owners: [{ name: 'NHS Gloucestershire ICB' }] },
          aboutDecision: { title: 'Close a ward', decidedBy: [{ name: 'ICB Board' }] },
          aboutMeeting: { heldOn: '2025-01-14', body: { name: 'Health Scrutiny' } },
        },
      },
    });
    expect((await api.ask(query, { asAt: '2025-02-01' })).data).toMatchObject({
      scrutinyMatter: { scrutinyMatter: { closed: false, progress: null, response: null } },
    });
  });

  it.each([
    ['', ['undated', 'report', 'referral']],
    [', committee: "hosc"', ['report', 'referral']],
    [', kind: REFERRAL', ['referral']],
    [', aboutDecision: "decision/closure"', ['report']],
    [', raisedFrom: "2025-01-14", raisedTo: "2025-01-31"', ['report']],
    [', raisedFrom: "2025-01-15"', ['referral']],
    [', raisedTo: "2025-02-01"', ['report', 'referral']],
    [', search: "beds"', ['report']],
  ])('lists matters by day%s', async (args, expected) => {
    expect(await listed(args)).toEqual(expected);
  });

  it('refuses days the wrong way round, a page of none, and a committee that is not there', async () => {
    const refusal = async (args: string) => refusalIn(await api.ask(`{ scrutinyMatters(${args}) { totalCount } }`));
    expect(await refusal('raisedFrom: "2025-02-01", raisedTo: "2025-01-01"')).toMatchObject({
      code: 'DAY_RANGE',
      field: 'raisedTo',
    });
    expect(await refusal('first: 0')).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    expect(await refusal('committee: "none"')).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'committee' });
  });
});

describe('recording a matter', () => {
  it('is answered as known then and as known now', async () => {
    const raised = { committee: 'hosc', kind: 'QUESTION', text: 'Why?' };
    const first = await record(api, 'RaiseMatter', 'why', '2025-01-01', raised);
    const later = await record(api, 'CloseMatter', 'why', '2025-02-01', { outcome: 'answered' });
    const { data } = await api.ask(
      `query ($position: KnownAt!, $wait: String!) {
        known: scrutinyMatter(id: "why", asAt: "2025-03-01", asKnownAt: $position, afterReceipt: $wait) { scrutinyMatter { closed } }
        now: scrutinyMatter(id: "why", asAt: "2025-03-01", afterReceipt: $wait) { scrutinyMatter { closed } }
      }`,
      { position: first.position, wait: later.after },
    );
    expect(data).toEqual({
      known: { scrutinyMatter: { closed: false } },
      now: { scrutinyMatter: { closed: true } },
    });
  });

  it('refuses a matter of a committee that is not there, and one without a word', async () => {
    const matter = { committee: 'none', kind: 'QUESTION', text: 'Why?' };
    expect(await refusalOf(api, 'RaiseMatter', 'bad', '2025-01-01', matter)).toMatchObject({ field: 'data.committee' });
    const silent = { committee: 'hosc', kind: 'QUESTION', text: '' };
    expect(await refusalOf(api, 'RaiseMatter', 'bad', '2025-01-01', silent)).toMatchObject({
      code: 'INPUT',
      field: 'data.text',
    });
  });
});
