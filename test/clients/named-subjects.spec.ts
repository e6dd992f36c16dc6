import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { record, recordAll, refusalOf, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

const ods = (value: string) => ({ identifiers: [{ scheme: 'ods', value }] });
const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'ICB', kind: 'ICB', ...ods('QR1') }],
  ['RegisterOrganisation', 'trust', '2022-07-01', { name: 'Trust', kind: 'NHS_TRUST', ...ods('RTE') }],
  ['RegisterOrganisation', 'twin', '2022-07-01', { name: 'Twin', kind: 'OTHER', ...ods('TWO') }],
  ['RegisterOrganisation', 'other', '2022-07-01', { name: 'Other', kind: 'OTHER', ...ods('TWO') }],
  ['RegisterPerson', 'gill', '2022-07-01', { name: 'Gill Example', ...ods('G1') }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'], ...ods('B-1') }],
  ['TakeDecision', 'd1', '2025-01-01', { title: 'One', takenOn: '2025-01-01', reference: 'ICB-1' }],
];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

/** One subject, as it may be called. */
const CALLED = ['icb', 'organisation/icb', 'QR1', 'qr1', 'organisation/icb?asAt=2024-01-01'];

describe('a subject is called alike', () => {
  it.each(CALLED)('by who asks and by who records, as the subject and as one that is named: %s', async (called) => {
    const { data } = await api.ask('query ($id: ID!) { organisation(id: $id) { organisation { subject } } }', {
      id: called,
    });
    expect(data).toEqual({ organisation: { organisation: { subject: 'organisation/icb' } } });
    const note = `as ${called}`;
    const changed = await record(api, 'ChangeOrganisation', called, '2024-01-01', { note });
    expect(changed.subject).toBe('organisation/icb');
    const body = await record(api, 'EstablishBody', null, '2024-01-01', {
      name: note,
      kind: 'ICB_COMMITTEE',
      owners: ['trust', called],
    });
    await api.runtime.register.waitFor(body.position, 10_000);
    const owners = await api.ask('query ($id: ID!) { body(id: $id) { body { owners { subject } } } }', {
      id: body.subject,
    });
    expect(JSON.stringify(owners.data)).toContain('[{"subject":"organisation/trust"},{"subject":"organisation/icb"}]');
  });

  it('also inside a part, and in a list inside it', async () => {
    const votes = { for: 1, named: [{ person: 'G1', vote: 'FOR' }] };
    const { subject } = await record(api, 'TakeDecision', null, '2025-02-01', {
      title: 'Voted',
      takenOn: '2025-02-01',
      decidedBy: ['b-1'],
      votes,
    });
    expect(subject).toMatch(/^decision\//);
  });

  it('when it is sent again with the same commandId, and is recorded once', async () => {
    const fact: Fact = ['ChangeDecision', 'ICB-1', '2025-03-01', { organisation: 'RTE' }, { commandId: 'again' }];
    const first = await record(api, ...fact);
    expect(first).toMatchObject({ subject: 'decision/d1', alreadyRecorded: false });
    expect(await record(api, ...fact)).toEqual({ ...first, alreadyRecorded: true });
    const other: Fact = ['ChangeDecision', 'ICB-1', '2025-03-01', { organisation: 'QR1' }, { commandId: 'again' }];
    expect(await refusalOf(api, ...other)).toMatchObject({ code: 'COMMAND_ID_REUSED' });
  });
});

describe('what is not here is told from what there are several of', () => {
  const naming = (owner: string): Fact => [
    'EstablishBody',
    null,
    '2024-01-01',
    { name: 'B', kind: 'OTHER', owners: [owner] },
  ];

  it('where a command names it', async () => {
    expect(await refusalOf(api, ...naming('NONE'))).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      field: 'data.owners[0]',
    });
    expect(await refusalOf(api, ...naming('TWO'))).toMatchObject({
      code: 'REFERENCE_AMBIGUOUS',
      field: 'data.owners[0]',
      message: expect.stringContaining('organisation/other, organisation/twin'),
    });
  });

  it('where a command is about it', async () => {
    const change = { note: 'x' };
    expect(await refusalOf(api, 'ChangeOrganisation', 'TWO', '2024-01-01', change)).toMatchObject({
      code: 'REFERENCE_AMBIGUOUS',
      field: 'id',
    });
    expect(await refusalOf(api, 'ChangeOrganisation', 'NONE', '2024-01-01', change)).toMatchObject({
      code: 'NOT_BEGUN',
    });
  });

  it('and an id that something begins by is a new one, whatever is called so', async () => {
    const begun = await record(api, 'RegisterOrganisation', 'RTE', '2024-01-01', { name: 'Anew', kind: 'OTHER' });
    expect(begun.subject).toBe('organisation/RTE');
  });
});
