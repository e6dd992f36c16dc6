import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['EstablishBody', 'hosc', '2022-07-01', { name: 'Health Scrutiny', kind: 'HOSC' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD' }],
  ['RegisterPerson', 'jones', '2022-07-01', { name: 'A Jones' }],
  ['RecordName', 'jones', '2025-02-01', { period: 'married', name: 'A Smith' }],
  ['ConveneMeeting', 'm1', '2024-12-01', { body: 'hosc', heldOn: '2025-01-14', startsAt: '10:00', provisional: true }],
  ['ConveneMeeting', 'm2', '2024-12-01', { body: 'hosc', heldOn: '2025-03-11' }],
  ['ConveneMeeting', 'm3', '2024-12-01', { body: 'board', heldOn: '2025-01-14', startsAt: '09:30' }],
  [
    'RescheduleMeeting',
    'm1',
    '2025-01-02',
    { heldOn: '2025-01-21', startsAt: '14:00', provisional: false, reason: 'snow' },
  ],
  [
    'RecordAttendance',
    'm1',
    '2025-01-21',
    {
      attendees: [
        { person: 'jones', attendance: 'PRESENT', capacity: 'chair' },
        { name: 'Cllr Nobody', attendance: 'APOLOGIES' },
      ],
    },
  ],
  ['RecordQuorum', 'm1', '2025-01-21', { quorate: true, present: 5, required: 4 }],
  ['RecordMinutes', 'm1', '2025-03-11', { status: 'CONFIRMED', confirmedOn: '2025-03-11', atMeeting: 'm2' }],
  ['CancelMeeting', 'm3', '2025-01-10', { reason: 'not quorate' }],
  ['TakeDecision', 'd1', '2025-01-21', { title: 'Ask for a report', decidedBy: ['hosc'], meeting: 'm1' }],
];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

const listed = async (args: string, asAt = '2025-06-01'): Promise<readonly string[]> => {
  interface Listed {
    readonly meetings: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  }
  const { meetings } = dataOf<Listed>(
    await api.ask(`{ meetings(asAt: "${asAt}" ${args}) { edges { node { id: subject } } } }`),
  );
  return meetings.edges.map(({ node }) => node.id.slice('meeting/'.length));
};

describe('asking about meetings', () => {
  it('shows who came, the quorum, where the minutes stand and what was decided, on the basis of the meeting', async () => {
    const query = `query ($asAt: Date!) { meeting(id: "m1", asAt: $asAt) { meeting {
      heldOn startsAt movedFrom movedBecause provisional cancelled body { name }
      attendees { name attendance capacity person { name basis { asAt } } }
      quorum { quorate present required }
      minutes { status atMeeting { heldOn body { name } basis { asAt } } }
      decisions { totalCount edges { node { title } } }
    } } }`;
    const { data, errors } = await api.ask(query, { asAt: '2025-03-11' });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      meeting: {
        meeting: {
          heldOn: '2025-01-21',
          startsAt: '14:00',
          movedFrom: '2025-01-14',
          movedBecause: 'snow',
          provisional: false,
          cancelled: false,
          body: { name: 'Health Scrutiny' },
          attendees: [
            {
              name: null,
              attendance: 'PRESENT',
              capacity: 'chair',
              person: { name: 'A Smith', basis: { asAt: '2025-03-11' } },
            },
            { name: 'Cllr Nobody', attendance: 'APOLOGIES', capacity: null, person: null },
          ],
          quorum: { quorate: true, present: 5, required: 4 },
          minutes: {
            status: 'CONFIRMED',
            atMeeting: { heldOn: '2025-03-11', body: { name: 'Health Scrutiny' }, basis: { asAt: '2025-03-11' } },
          },
          decisions: { totalCount: 1, edges: [{ node: { title: 'Ask for a report' } }] },
        },
      },
    });
    const before = await api.ask(query, { asAt: '2025-01-22' });
    expect(before.data).toMatchObject({
      meeting: { meeting: { minutes: null, attendees: [{ person: { name: 'A Jones' } }, { person: null }] } },
    });
    expect((await api.ask(query, { asAt: '2025-01-01' })).data).toMatchObject({
      meeting: { meeting: { heldOn: '2025-01-14', attendees: null, quorum: null, decisions: { totalCount: 0 } } },
    });
  });

  it.each([
    ['', ['m3', 'm1', 'm2']],
    [', body: "hosc"', ['m1', 'm2']],
    [', heldFrom: "2025-01-21"', ['m1', 'm2']],
    [', heldFrom: "2025-01-22"', ['m2']],
    [', heldTo: "2025-01-14"', ['m3']],
    [', heldTo: "2025-01-13"', []],
    [', heldFrom: "2025-01-14", heldTo: "2025-01-21"', ['m3', 'm1']],
    [', body: "body/hosc", heldFrom: "2025-03-11", heldTo: "2025-03-11"', ['m2']],
  ])('lists them by day%s', async (args, expected) => {
    expect(await listed(args)).toEqual(expected);
  });

  it('lists them as they stood: before it was moved, under its old day', async () => {
    expect(await listed(', body: "hosc", heldTo: "2025-01-14"', '2025-01-01')).toEqual(['m1']);
    expect(await listed(', body: "hosc"', '2024-11-30')).toEqual([]);
  });

  it('refuses days the wrong way round, a page of 101, and a body that is not there', async () => {
    const refusal = async (args: string) => refusalIn(await api.ask(`{ meetings(${args}) { totalCount } }`));
    expect(await refusal('heldFrom: "2025-02-01", heldTo: "2025-01-01"')).toMatchObject({
      code: 'DAY_RANGE',
      field: 'heldTo',
    });
    expect(await refusal('first: 101')).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    expect(await refusal('body: "none"')).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'body' });
    expect(await refusal('heldFrom: "2025-02-30"')).toMatchObject({ code: 'NOT_A_DATE', field: 'heldFrom' });
  });
});

describe('recording a meeting', () => {
  it('is answered as known then and as known now', async () => {
    const first = await record(api, 'ConveneMeeting', 'late', '2025-01-01', { body: 'board', heldOn: '2025-05-01' });
    const later = await record(api, 'CancelMeeting', 'late', '2025-02-01', { reason: 'an election' });
    const { data } = await api.ask(
      `query ($position: KnownAt!, $wait: String!) {
        known: meeting(id: "late", asAt: "2025-03-01", asKnownAt: $position, afterReceipt: $wait) { meeting { cancelled } }
        now: meeting(id: "late", asAt: "2025-03-01", afterReceipt: $wait) { meeting { cancelled cancelledBecause } }
      }`,
      { position: first.position, wait: later.after },
    );
    expect(data).toEqual({
      known: { meeting: { cancelled: false } },
      now: { meeting: { cancelled: true, cancelledBecause: 'an election' } },
    });
  });

  it('refuses a time that is none, an empty list, and a person who is not there', async () => {
    const convened = { body: 'board', heldOn: '2025-05-01' };
    expect(
      await refusalOf(api, 'ConveneMeeting', 'bad', '2025-01-01', { ...convened, startsAt: '25:00' }),
    ).toMatchObject({ code: 'INPUT', field: 'data.startsAt' });
    expect(await refusalOf(api, 'RecordAttendance', 'm2', '2025-03-11', { attendees: [] })).toMatchObject({
      code: 'INPUT',
      field: 'data.attendees',
    });
    const attendees = [{ person: 'nobody', attendance: 'PRESENT' }];
    const refusal = await refusalOf(api, 'RecordAttendance', 'm2', '2025-03-11', { attendees });
    expect(refusal['field']).toMatch(/^data\.attendees/);
  });
});
