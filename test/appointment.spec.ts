import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  last = await recordAll(api, [
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    ['DefineSeat', 'chair', '2022-07-01', { title: 'Chair', body: 'board' }],
    ['DefineSeat', 'deputy', '2022-07-01', { title: 'Deputy', body: 'board' }],
    ['RegisterPerson', 'gill', '2022-07-01', { name: 'Gill Example' }],
    ['RegisterPerson', 'mary', '2022-07-01', { name: 'Mary Example' }],
    ['TakeDecision', 'd1', '2022-06-30', { title: 'Appoint a chair', takenOn: '2022-06-30', decidedBy: ['board'] }],
    [
      'MakeAppointment',
      'a-gill',
      '2022-07-01',
      {
        person: 'gill',
        seat: 'chair',
        body: 'board',
        organisation: 'icb',
        role: 'Chair',
        until: '2025-06-30',
        madeByDecision: 'd1',
      },
    ],
    [
      'MakeAppointment',
      'a-mary',
      '2023-01-01',
      { person: 'mary', seat: 'deputy', body: 'board', role: 'Deputy', deputyFor: 'gill', capacity: 'DEPUTY' },
    ],
    ['RecordCapacity', 'a-later', '2023-01-01', { period: 'row 7', acting: true }],
    ['RecordVacancy', 'v-chair', '2025-07-01', { seat: 'chair', note: 'no successor named' }],
  ]);
});
afterAll(() => api.close());

const ENDS =
  'person { name } seat { title } body { name } organisation { name } deputyFor { name } madeByDecision { title }';

const appointment = async (id: string, args: string, fields = ENDS): Promise<unknown> =>
  dataOf<{ appointment: unknown }>(
    await api.ask(
      `query ($id: ID!, $after: String) {
        appointment(id: $id, afterReceipt: $after, ${args}) { appointment { ${fields} } absence { kind from } }
      }`,
      { id, after: last.after },
    ),
  ).appointment;

describe('reading an appointment', () => {
  it('has who holds what, for whom, and by which decision', async () => {
    expect(await appointment('a-gill', 'asAt: "2024-01-01"')).toEqual({
      appointment: {
        person: { name: 'Gill Example' },
        seat: { title: 'Chair' },
        body: { name: 'ICB Board' },
        organisation: { name: 'Gloucestershire ICB' },
        deputyFor: null,
        madeByDecision: { title: 'Appoint a chair' },
      },
      absence: null,
    });
    expect(
      await appointment('a-mary', 'asAt: "2024-01-01"', 'capacity deputyFor { name } organisation { name }'),
    ).toEqual({
      appointment: { capacity: 'DEPUTY', deputyFor: { name: 'Gill Example' }, organisation: null },
      absence: null,
    });
  });

  it('has nobody where only a characteristic is recorded by then', async () => {
    expect(
      await appointment('a-later', 'asAt: "2024-01-01"', 'capacities { period acting } person { name } seat { title }'),
    ).toEqual({
      appointment: { capacities: [{ period: 'row 7', acting: true }], person: null, seat: null },
      absence: null,
    });
  });

  it('ends by itself on the day after its term', async () => {
    expect(await appointment('a-gill', 'asAt: "2025-06-30"', 'ended stretchUntil termEnds')).toMatchObject({
      appointment: { ended: false, stretchUntil: '2025-06-30', termEnds: '2025-06-30' },
    });
    expect(await appointment('a-gill', 'asAt: "2025-07-01"', 'ended')).toMatchObject({ appointment: { ended: true } });
  });

  it('tells a vacancy from what was never recorded', async () => {
    expect(await appointment('v-chair', 'asAt: "2025-07-01"')).toEqual({
      appointment: null,
      absence: { kind: 'RECORDED_AS_NONE', from: '2025-07-01' },
    });
    expect(await appointment('no-such', 'asAt: "2025-07-01"')).toEqual({
      appointment: null,
      absence: { kind: 'NEVER_RECORDED', from: null },
    });
  });

  it('shows who held a seat on a day', async () => {
    const { data } = await api.ask(`{
      held: seat(id: "chair", asAt: "2025-06-30") { seat { appointments { edges { node { person { name } } } } } }
      vacant: seat(id: "chair", asAt: "2025-07-01") { seat { appointments { totalCount } } }
    }`);
    expect(data).toEqual({
      held: { seat: { appointments: { edges: [{ node: { person: { name: 'Gill Example' } } }] } } },
      vacant: { seat: { appointments: { totalCount: 0 } } },
    });
  });
});

describe('listing appointments', () => {
  it.each([
    ['person: "mary"', ['Deputy']],
    ['seat: "chair"', ['Chair']],
    ['body: "board"', ['Chair', 'Deputy']],
    ['organisation: "icb"', ['Chair']],
    ['person: "person/gill", seat: "seat/deputy"', []],
  ])('narrows to %s', async (filter, roles) => {
    const { appointments } = dataOf<{ appointments: { edges: { node: { role: string } }[]; totalCount: number } }>(
      await api.ask(`{ appointments(asAt: "2024-01-01", ${filter}) { totalCount edges { node { role } } } }`),
    );
    expect(appointments.edges.map(({ node }) => node.role)).toEqual(roles);
    expect(appointments.totalCount).toBe(roles.length);
  });

  it('refuses more than 100 at once and a person nobody has recorded', async () => {
    expect(refusalIn(await api.ask('{ appointments(first: 101) { totalCount } }'))).toMatchObject({
      code: 'PAGE_SIZE',
      field: 'first',
    });
    expect(refusalIn(await api.ask('{ appointments(person: "nobody") { totalCount } }'))).toMatchObject({
      code: 'UNKNOWN_SUBJECT',
      field: 'person',
    });
  });
});

describe('recording about an appointment', () => {
  it('changes it, gives it a new term, and ends it', async () => {
    await recordAll(api, [
      ['MakeAppointment', 'a2', '2024-01-01', { person: 'mary', role: 'Adviser', until: '2024-12-31' }],
      ['ChangeAppointment', 'a2', '2024-03-01', { status: 'INTERIM', body: 'board' }],
      ['RecordCapacity', 'a2', '2024-04-01', { period: 'leave', onLeave: true, leaveReason: 'parental' }],
      ['EndCapacity', 'a2', '2024-09-01', { period: 'leave' }],
      ['ExtendTerm', 'a2', '2025-01-01', { until: '2025-12-31' }],
    ]);
    last = await record(api, 'EndAppointment', 'a2', '2025-03-01', { reason: 'resigned' });
    const seen = async (asAt: string): Promise<unknown> =>
      appointment(
        'a2',
        `asAt: "${asAt}"`,
        'status body { name } capacities { leaveReason } termEnds ended endedBecause',
      );
    const none = { status: 'INTERIM', body: { name: 'ICB Board' }, capacities: [], ended: false, endedBecause: null };
    expect(await seen('2024-05-01')).toMatchObject({
      appointment: { ...none, capacities: [{ leaveReason: 'parental' }], termEnds: '2024-12-31' },
    });
    expect(await seen('2025-02-28')).toMatchObject({ appointment: { ...none, termEnds: '2025-12-31' } });
    expect(await seen('2025-03-01')).toMatchObject({ appointment: { ...none, ended: true, endedBecause: 'resigned' } });
  });

  it('is put right by naming the event, and what was said before stays answerable', async () => {
    const made = await record(api, 'MakeAppointment', 'a3', '2024-01-01', { person: 'gill', role: 'Observer' });
    const corrects = made.events[0]?.id;
    const why = { kind: 'ERROR', reason: 'the minutes name Mary' };
    last = await record(
      api,
      'MakeAppointment',
      'a3',
      '2024-01-01',
      { person: 'mary', role: 'Observer' },
      { corrects, why },
    );
    expect(await appointment('a3', 'asAt: "2024-06-01"', 'person { name }')).toMatchObject({
      appointment: { person: { name: 'Mary Example' } },
    });
    expect(
      await appointment('a3', `asAt: "2024-06-01", asKnownAt: "${made.position}"`, 'person { name }'),
    ).toMatchObject({
      appointment: { person: { name: 'Gill Example' } },
    });
  });

  it('is refused by code and field', async () => {
    expect(await refusalOf(api, 'MakeAppointment', 'x', '2025-01-01', { person: 'gill' })).toMatchObject({
      code: 'APPOINTMENT_TO_NOTHING',
    });
    expect(
      await refusalOf(api, 'MakeAppointment', 'x', '2025-01-01', { person: 'nobody', role: 'Chair' }),
    ).toMatchObject({ code: 'UNKNOWN_REFERENCE', field: 'data.person' });
    expect(await refusalOf(api, 'EndAppointment', 'a-gill', '2022-06-30', {})).toMatchObject({
      code: 'ENDS_BEFORE_START',
    });
  });
});
