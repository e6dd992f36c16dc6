import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalIn, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  last = await recordAll(api, [
    ['RegisterOrganisation', 'trust', '2006-07-01', { name: 'Hospitals Trust', kind: 'NHS_TRUST' }],
    [
      'RegisterPerson',
      'ann',
      '2020-01-01',
      { name: 'Ann Early', identifiers: [{ scheme: 'moderngov', value: '4711' }] },
    ],
    ['RecordName', 'ann', '2024-05-01', { period: 'n2', name: 'Ann Later', displayName: 'Cllr Ann Later' }],
    ['RegisterPerson', 'bob', '2020-01-01', { name: 'Bob Example' }],
    ['MakeAppointment', 'a1', '2023-01-01', { person: 'ann', organisation: 'trust', role: 'Governor' }],
    [
      'DeclareInterest',
      'i1',
      '2023-02-01',
      { person: 'ann', kind: 'FINANCIAL', nature: 'Shares', organisation: 'trust', until: '2024-12-31' },
    ],
    ['DeclareInterest', 'i2', '2023-03-01', { person: 'ann', kind: 'INDIRECT', nature: 'Spouse’s practice' }],
    ['DeclareInterest', 'i3', '2023-03-01', { person: 'bob', kind: 'FINANCIAL', nature: 'Consultancy' }],
    ['AmendInterest', 'i2', '2024-01-01', { organisationName: 'A practice in Stroud' }],
    ['EndInterest', 'i3', '2024-06-01', { reason: 'sold' }],
  ]);
});
afterAll(() => api.close());

describe('reading a person', () => {
  it('has the name of the day, what was held and what was declared', async () => {
    const ann = async (asAt: string): Promise<unknown> =>
      dataOf<{ person: unknown }>(
        await api.ask(
          `query ($asAt: Date, $after: String) {
            person(id: "4711", asAt: $asAt, afterReceipt: $after) { person {
              name displayName names { period }
              appointments { edges { node { role organisation { name } } } }
              interests { totalCount edges { node { nature kind } } }
              delegationsReceived { totalCount } decisionsTaken { totalCount }
            } }
          }`,
          { asAt, after: last.after },
        ),
      ).person;
    const shares = { node: { nature: 'Shares', kind: 'FINANCIAL' } };
    const practice = { node: { nature: 'Spouse’s practice', kind: 'INDIRECT' } };
    const shared = {
      appointments: { edges: [{ node: { role: 'Governor', organisation: { name: 'Hospitals Trust' } } }] },
      delegationsReceived: { totalCount: 0 },
      decisionsTaken: { totalCount: 0 },
    };
    expect(await ann('2024-04-30')).toEqual({
      person: {
        ...shared,
        name: 'Ann Early',
        displayName: null,
        names: [],
        interests: { totalCount: 2, edges: [shares, practice] },
      },
    });
    expect(await ann('2025-01-01')).toEqual({
      person: {
        ...shared,
        name: 'Ann Later',
        displayName: 'Cllr Ann Later',
        names: [{ period: 'n2' }],
        interests: { totalCount: 1, edges: [practice] },
      },
    });
  });

  it('lists people by name, and finds them by words', async () => {
    const names = async (args: string): Promise<readonly string[]> =>
      dataOf<{ people: { edges: { node: { name: string } }[] } }>(
        await api.ask(`{ people(asAt: "2025-01-01"${args}) { edges { node { name } } } }`),
      ).people.edges.map(({ node }) => node.name);
    expect(await names('')).toEqual(['Bob Example', 'Ann Later']);
    expect(await names(', search: "cllr ann"')).toEqual(['Ann Later']);
    // By the name she bore before, too.
    expect(await names(', search: "early"')).toEqual(['Ann Later']);
    expect(await names(', search: "nobody"')).toEqual([]);
  });

  it('is refused where a page is too large', async () => {
    expect(refusalIn(await api.ask('{ people(first: 101) { totalCount } }'))).toMatchObject({ code: 'PAGE_SIZE' });
  });
});

describe('reading interests', () => {
  it('has whose it is and what it is in, on the day', async () => {
    const { data } = await api.ask(`{
      running: interest(id: "i1", asAt: "2024-12-31") { interest { ended person { name } organisation { name } } }
      over: interest(id: "i1", asAt: "2025-01-01") { interest { ended organisation { name } } }
      amended: interest(id: "i2", asAt: "2024-01-01") { interest { organisationName organisation { name } } }
      ended: interest(id: "i3", asAt: "2024-06-01") { interest { ended endedBecause } }
    }`);
    const organisation = { name: 'Hospitals Trust' };
    expect(data).toEqual({
      running: { interest: { ended: false, person: { name: 'Ann Later' }, organisation } },
      over: { interest: { ended: true, organisation } },
      amended: { interest: { organisationName: 'A practice in Stroud', organisation: null } },
      ended: { interest: { ended: true, endedBecause: 'sold' } },
    });
  });

  it('narrows a list to a person or an organisation', async () => {
    const natures = async (args: string): Promise<readonly string[]> =>
      dataOf<{ interests: { edges: { node: { nature: string } }[] } }>(
        await api.ask(`{ interests(${args}) { edges { node { nature } } } }`),
      ).interests.edges.map(({ node }) => node.nature);
    expect(await natures('asAt: "2024-01-01", person: "ann"')).toEqual(['Shares', 'Spouse’s practice']);
    expect(await natures('asAt: "2024-01-01", organisation: "trust"')).toEqual(['Shares']);
    expect(await natures('asAt: "2024-07-01", person: "bob"')).toEqual([]);
  });
});

describe('recording about people', () => {
  it('ends a name, and shows the last one known', async () => {
    const { after } = await recordAll(api, [
      ['RecordName', 'bob', '2024-01-01', { period: 'r', name: 'Robert Example' }],
      ['EndName', 'bob', '2024-07-01', { period: 'r' }],
    ]);
    const { data } = await api.ask(
      'query ($after: String) { person(id: "bob", asAt: "2024-07-01", afterReceipt: $after) { person { name names { name } } } }',
      { after },
    );
    expect(data).toEqual({ person: { person: { name: 'Robert Example', names: [] } } });
  });

  it('is refused by code and field', async () => {
    expect(await refusalOf(api, 'RegisterPerson', 'ann', '2021-01-01', { name: 'Ann Again' })).toMatchObject({
      code: 'ALREADY_BEGUN',
    });
    expect(await refusalOf(api, 'RegisterPerson', 'x', '2021-01-01', { name: 'Half \ud83d' })).toMatchObject({
      code: 'INPUT',
      field: 'data.name',
    });
    const shares = { person: 'nobody', kind: 'FINANCIAL', nature: 'Shares' };
    expect(await refusalOf(api, 'DeclareInterest', 'x', '2021-01-01', shares)).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      field: 'data.person',
    });
  });
});
