import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { record } from './recorder.js';
import { runRecordedApi, type RecordedApi } from './recorded-api.js';

let api: RecordedApi;
beforeAll(async () => {
  api = await runRecordedApi();
});
afterAll(() => api.close());

describe('one appointment, put right later', () => {
  const answer = async (asAt: string, asKnownAt: string): Promise<unknown> => {
    const { appointment } = await api.data<{ appointment: Record<string, unknown> }>(
      `query ($asAt: Date!, $asKnownAt: KnownAt!) {
        appointment(id: "chair", asAt: $asAt, asKnownAt: $asKnownAt) {
          appointment { stretchFrom person { name } body { name } } absence { kind from position }
        }
      }`,
      { asAt, asKnownAt },
    );
    return appointment;
  };
  const held = (stretchFrom: string): object => ({
    appointment: {
      stretchFrom,
      person: { name: 'Carole Allaway-Martin' },
      body: { name: 'Gloucestershire Health and Wellbeing Partnership' },
    },
    absence: null,
  });

  it('has four answers: two days, each as known before the correction and after', async () => {
    expect([
      await answer('2024-05-15', '2024-08-31'),
      await answer('2024-05-15', '2024-09-01'),
      await answer('2024-06-15', '2024-08-31'),
      await answer('2024-06-15', '2024-09-01'),
    ]).toEqual([
      { appointment: null, absence: { kind: 'NOT_YET_BEGUN', from: '2024-06-01', position: null } },
      held('2024-05-01'),
      held('2024-06-01'),
      held('2024-05-01'),
    ]);
  });

  it('says on its last empty day which correction moved the beginning', async () => {
    expect(await answer('2024-04-30', '2024-09-01')).toEqual({
      appointment: null,
      absence: { kind: 'NOT_YET_BEGUN', from: '2024-05-01', position: 7 },
    });
  });
});

describe('nothing to show (T7)', () => {
  const absence = async (query: string): Promise<unknown> =>
    Object.values(await api.data<Record<string, { absence: unknown }>>(query))[0]?.absence;

  it('never recorded, not yet begun, recorded as none, withdrawn, not yet known', async () => {
    expect(await absence('{ person(id: "nobody") { absence { kind } } }')).toEqual({ kind: 'NEVER_RECORDED' });
    expect(await absence('{ body(id: "hwb", asAt: "2022-06-30") { absence { kind from position } } }')).toEqual({
      ...{ kind: 'NOT_YET_BEGUN', from: '2022-07-01', position: null },
    });
    await record(api, 'DefineSeat', 'leader', '2024-01-01', { title: 'Leader', body: 'hwb' });
    const { after } = await record(api, 'RecordVacancy', 'vacancy', '2024-01-01', { seat: 'leader' });
    expect(await absence(`{ appointment(id: "vacancy", afterReceipt: "${after}") { absence { kind from } } }`)).toEqual(
      { kind: 'RECORDED_AS_NONE', from: '2024-01-01' },
    );
    const receipt = await record(api, 'RegisterPerson', 'mistake', '2024-01-01', { name: 'Nobody At All' });
    const { annul } = await api.data<{ annul: { after: string; position: number } }>(
      `mutation ($events: [ID!]!) { annul(subject: "person/mistake", events: $events,
        why: { kind: NEVER_HAPPENED, reason: "there is no such person" }) { after position } }`,
      { events: receipt.events.map(({ id }) => id) },
    );
    expect(
      await absence(`{ person(id: "mistake", afterReceipt: "${annul.after}") { absence { kind position } } }`),
    ).toEqual({ kind: 'WITHDRAWN', position: annul.position });
  });

  it('is not yet known only against a second state of knowledge', async () => {
    const query = `{ decision(id: "d1", asAt: "2024-09-05", asKnownAt: 7, comparedWith: "2024-09-02") {
      decision { title } absence { kind position } compared { decision { title } basis { asAt asKnownAt } } } }`;
    expect(await api.data(query)).toEqual({
      decision: {
        decision: null,
        absence: { kind: 'NOT_YET_KNOWN', position: expect.any(Number) },
        compared: {
          decision: { title: 'Community urology services' },
          basis: { asAt: '2024-09-05', asKnownAt: '2024-09-02' },
        },
      },
    });
    expect(await absence('{ decision(id: "d1", asAt: "2024-09-05", asKnownAt: 7) { absence { kind } } }')).toEqual({
      kind: 'NEVER_RECORDED',
    });
  });
});

describe('the same basis', () => {
  it('gives the same bytes, also after more was recorded', async () => {
    const query = `{
      history(of: "appointment/chair", asAt: "2024-12-31", asKnownAt: 13) { basis { asAt position recordedAt keptInstants }
        edges { cursor node { eventId sentence status recordedAt correctedBy { sentence } } } }
      timeline(of: "QR1", asAt: "2024-12-31", asKnownAt: 13) { edges { node { from to title recordedAt sentences } } }
      changesBetween(from: 0, to: 13, asAt: "2024-12-31", first: 100) { totalCount summary { late }
        edges { node { title sentence } } basis { from { position recordedAt } to { asAt position recordedAt } } }
    }`;
    const bytes = async (): Promise<string> => {
      const body = JSON.stringify({ query });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${api.url}/graphql`, { method: 'POST', headers, body })).text();
    };
    const before = await bytes();
    expect(before).not.toContain('errors');
    expect(before).toContain('"keptInstants":"test"');
    await record(api, 'ChangeOrganisation', 'icb', '2023-01-01', { name: 'Renamed later' });
    const { after } = await record(api, 'ChangeAppointment', 'chair', '2024-06-10', { role: 'Vice Chair' });
    await api.data(`{ history(of: "QR1", afterReceipt: "${after}") { totalCount } }`);
    expect(await bytes()).toBe(before);
  });
});
