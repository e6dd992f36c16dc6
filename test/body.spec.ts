import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, record, recordAll, refusalIn, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
let renamed: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  await recordAll(api, [
    ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['RegisterOrganisation', 'e10', '1889-04-01', { name: 'Gloucestershire County Council', kind: 'COUNCIL' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
    [
      'EstablishBody',
      'icp',
      '2022-07-01',
      {
        name: 'One Gloucestershire Partnership',
        kind: 'ICP',
        owners: ['ods:QR1', 'e10'],
        identifiers: [{ scheme: 'moderngov', value: '653' }],
        quorum: { members: 5 },
      },
    ],
    [
      'EstablishBody',
      'quality',
      '2022-07-01',
      { name: 'Quality Committee', kind: 'ICB_COMMITTEE', owners: ['ods:QR1'], parentBody: 'board' },
    ],
    [
      'EstablishBody',
      'finance',
      '2022-09-01',
      { name: 'Finance Committee', kind: 'ICB_COMMITTEE', owners: ['ods:QR1'], parentBody: 'board' },
    ],
    ['DefineSeat', 'chair', '2022-07-01', { title: 'Chair', body: 'board', category: 'CHAIR', source: 'STATUTE' }],
    ['RegisterPerson', 'gill', '2022-07-01', { name: 'Gill Example' }],
    ['MakeAppointment', 'a1', '2022-07-01', { person: 'gill', seat: 'chair', body: 'board', role: 'Chair' }],
  ]);
  renamed = await record(api, 'ChangeBody', 'quality', '2024-04-01', { name: 'System Quality Committee' });
  last = await recordAll(api, [
    ['AdoptPlaceArrangement', 'icp', '2023-04-01', { place: 'Forest of Dean', arrangement: 'CONSULTATIVE_FORUM' }],
    ['SuspendBody', 'finance', '2024-01-01', { reason: 'nobody to chair it' }],
    ['ResumeBody', 'finance', '2024-03-01', {}],
    ['DissolveBody', 'finance', '2025-04-01', { reason: 'merged', mergedInto: 'quality' }],
    ['ConveneMeeting', 'm2', '2025-01-01', { body: 'board', heldOn: '2025-03-26' }],
    ['ConveneMeeting', 'm1', '2025-01-02', { body: 'board', heldOn: '2025-01-29' }],
    ['SetBudget', 'b1', '2025-04-01', { name: 'Quality improvement', body: 'quality', amount: { pence: 12_500_000 } }],
    ['ChangeSeat', 'chair', '2025-01-01', { voting: true }],
    [
      'RegisterOrganisation',
      '11M',
      '2022-07-01',
      { name: 'NHS Gloucestershire (sub-ICB location)', kind: 'SUB_ICB_LOCATION', parent: 'ods:QR1' },
    ],
    ['SetBudget', 'b2', '2025-04-01', { name: 'Grants', organisation: 'ods:QR1', amount: { pence: 5_000 } }],
  ]);
});
afterAll(() => api.close());

interface Named {
  readonly name: string;
}
const namesIn = ({ edges }: { readonly edges: readonly { readonly node: Named }[] }): readonly string[] =>
  edges.map(({ node }) => node.name);

interface Bodies {
  readonly bodies: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: Named }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly endCursor: string | null;
    };
  };
}

describe('reading a body', () => {
  it('has its owners, the bodies above and below, seats and holders on the basis of the question', async () => {
    const { body } = dataOf<{ body: object }>(
      await api.ask(
        `query ($after: String) {
          body(id: "board", asAt: "2023-01-01", afterReceipt: $after) {
            basis { asAt }
            body {
              id: subject name kind
              owners { id: subject name basis { asAt } }
              parentBody { name }
              subBodies { totalCount edges { node { name parentBody { name basis { asAt position } } } } }
              seats { edges { node { title voting body { name } organisation { name }
                appointments { edges { node { person { name basis { asAt } } } } } } } }
            }
          }
        }`,
        { after: last.after },
      ),
    );
    const above = { name: 'ICB Board', basis: { asAt: '2023-01-01', position: last.position } };
    const held = { edges: [{ node: { person: { name: 'Gill Example', basis: { asAt: '2023-01-01' } } } }] };
    expect(body).toEqual({
      basis: { asAt: '2023-01-01' },
      body: {
        id: 'body/board',
        name: 'ICB Board',
        kind: 'ICB_BOARD',
        owners: [{ id: 'organisation/ods:QR1', name: 'Gloucestershire ICB', basis: { asAt: '2023-01-01' } }],
        parentBody: null,
        subBodies: {
          totalCount: 2,
          edges: [
            { node: { name: 'Finance Committee', parentBody: above } },
            { node: { name: 'Quality Committee', parentBody: above } },
          ],
        },
        seats: {
          edges: [
            {
              node: {
                title: 'Chair',
                voting: null,
                body: { name: 'ICB Board' },
                organisation: null,
                appointments: held,
              },
            },
          ],
        },
      },
    });
  });

  it('shows the name of the day, and against a second state of knowledge what was known then', async () => {
    const nameAs = async (args: string): Promise<unknown> =>
      dataOf<{ body: object }>(
        await api.ask(
          `query ($after: String) {
            body(id: "quality", afterReceipt: $after, ${args}) {
              body { name stretchFrom stretchUntil }
              compared { body { name } }
            }
          }`,
          { after: last.after },
        ),
      ).body;
    expect(await nameAs('asAt: "2024-03-31"')).toEqual({
      body: { name: 'Quality Committee', stretchFrom: '2022-07-01', stretchUntil: '2024-03-31' },
      compared: null,
    });
    const before = renamed.position - 1;
    expect(await nameAs(`asAt: "2024-04-01", asKnownAt: "${before}", comparedWith: "${last.position}"`)).toEqual({
      body: { name: 'Quality Committee', stretchFrom: '2022-07-01', stretchUntil: null },
      compared: { body: { name: 'System Quality Committee' } },
    });
  });

  it('is found by the reference others give it, and by its global id', async () => {
    for (const id of ['653', 'icp', 'body/icp']) {
      const { data } = await api.ask(
        `query ($id: ID!) { body(id: $id, asAt: "2024-01-01") { body { id: subject
        quorum { members } placeArrangements { place arrangement } owners { name } } } }`,
        { id },
      );
      expect(data).toEqual({
        body: {
          body: {
            id: 'body/icp',
            quorum: { members: 5 },
            placeArrangements: [{ place: 'Forest of Dean', arrangement: 'CONSULTATIVE_FORUM' }],
            owners: [{ name: 'Gloucestershire ICB' }, { name: 'Gloucestershire County Council' }],
          },
        },
      });
    }
  });

  it('says that it was suspended, and into what it was merged', async () => {
    const { was, now } = dataOf<Record<'was' | 'now', unknown>>(
      await api.ask(`{
        was: body(id: "finance", asAt: "2024-02-01") { body { suspended suspendedBecause dissolved } }
        now: body(id: "finance", asAt: "2025-04-01") { body { suspended dissolved dissolvedBecause mergedInto { name } } }
      }`),
    );
    expect(was).toEqual({ body: { suspended: true, suspendedBecause: 'nobody to chair it', dissolved: false } });
    const mergedInto = { name: 'System Quality Committee' };
    expect(now).toEqual({ body: { suspended: false, dissolved: true, dissolvedBecause: 'merged', mergedInto } });
  });

  it('says why there is nothing before its first day', async () => {
    const { data } = await api.ask(
      '{ body(id: "finance", asAt: "2022-08-31") { body { name } absence { kind from } } }',
    );
    expect(data).toEqual({ body: { body: null, absence: { kind: 'NOT_YET_BEGUN', from: '2022-09-01' } } });
  });

  it('has its meetings in the order of their days, and its budgets', async () => {
    const { data } = await api.ask(`{
      board: body(id: "board") { body { meetings { edges { node { heldOn } } } delegationsReceived { totalCount }
        delegationsGranted { totalCount } decisions { totalCount } proposedDecisions { totalCount }
        scrutinyMatters { totalCount } appointments { edges { node { role } } } } }
      quality: body(id: "quality") { body { budgets { edges { node { name amount { pence } } } } } }
    }`);
    const none = { totalCount: 0 };
    expect(data).toEqual({
      board: {
        body: {
          meetings: { edges: [{ node: { heldOn: '2025-01-29' } }, { node: { heldOn: '2025-03-26' } }] },
          delegationsReceived: none,
          delegationsGranted: none,
          decisions: none,
          proposedDecisions: none,
          scrutinyMatters: none,
          appointments: { edges: [{ node: { role: 'Chair' } }] },
        },
      },
      quality: {
        body: { budgets: { edges: [{ node: { name: 'Quality improvement', amount: { pence: 12_500_000 } } }] } },
      },
    });
  });
});

describe('reading the organisation of a body', () => {
  it('leads to its bodies, its money and its people', async () => {
    const { data } = await api.ask(`{ organisation(id: "ods:QR1", asAt: "2025-05-01") { organisation {
      bodies(first: 2) { totalCount edges { node { name owners { name } } } pageInfo { hasNextPage } }
      parts { edges { node { name } } } budgets { edges { node { amount { pence } } } }
      seats { totalCount } appointments { totalCount } accountableFor { totalCount }
      delegationsReceived { totalCount } delegationsGranted { totalCount }
    } } }`);
    const none = { totalCount: 0 };
    const icb = { name: 'Gloucestershire ICB' };
    expect(data).toEqual({
      organisation: {
        organisation: {
          bodies: {
            totalCount: 3,
            edges: [
              { node: { name: 'ICB Board', owners: [icb] } },
              {
                node: {
                  name: 'One Gloucestershire Partnership',
                  owners: [icb, { name: 'Gloucestershire County Council' }],
                },
              },
            ],
            pageInfo: { hasNextPage: true },
          },
          parts: { edges: [{ node: { name: 'NHS Gloucestershire (sub-ICB location)' } }] },
          budgets: { edges: [{ node: { amount: { pence: 5_000 } } }] },
          seats: none,
          appointments: none,
          accountableFor: none,
          delegationsReceived: none,
          delegationsGranted: none,
        },
      },
    });
  });
});

describe('listing bodies and seats', () => {
  const names = async (args: string): Promise<readonly string[]> =>
    namesIn(dataOf<Bodies>(await api.ask(`{ bodies(${args}) { edges { node { name } } } }`)).bodies);

  it('narrows to a kind, an owner, the body above, and words', async () => {
    expect(await names('asAt: "2024-01-01", kind: ICP')).toEqual(['One Gloucestershire Partnership']);
    expect(await names('asAt: "2024-01-01", owner: "organisation/e10"')).toEqual(['One Gloucestershire Partnership']);
    expect(await names('asAt: "2024-01-01", owner: "ods:QR1", kind: ICB_COMMITTEE')).toEqual([
      'Finance Committee',
      'Quality Committee',
    ]);
    expect(await names('asAt: "2024-01-01", parentBody: "board", search: "FINANCE"')).toEqual(['Finance Committee']);
    expect(await names('asAt: "2025-04-01", parentBody: "board"')).toEqual(['System Quality Committee']);
  });

  it('narrows seats to a body or an organisation', async () => {
    const { data } = await api.ask(`{
      on: seats(body: "board", asAt: "2025-02-01") { edges { node { title voting } } }
      in: seats(organisation: "ods:QR1") { totalCount }
    }`);
    expect(data).toEqual({ on: { edges: [{ node: { title: 'Chair', voting: true } }] }, in: { totalCount: 0 } });
  });

  it('goes on from page to page by cursor, and ends', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 5; pages++) {
      const { bodies }: Bodies = dataOf<Bodies>(
        await api.ask(
          `query ($after: String) { bodies(first: 3, after: $after, asAt: "2024-01-01") {
            totalCount edges { node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
          { after },
        ),
      );
      expect([bodies.totalCount, bodies.pageInfo.hasPreviousPage]).toEqual([4, after !== null]);
      seen.push(...namesIn(bodies));
      after = bodies.pageInfo.endCursor;
      if (!bodies.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(['Finance Committee', 'ICB Board', 'One Gloucestershire Partnership', 'Quality Committee']);
  });

  it.each([101, 0, -1])('refuses a page of %i, also under a record', async (first) => {
    for (const query of [
      `{ bodies(first: ${first}) { totalCount } }`,
      `{ body(id: "board") { body { seats(first: ${first}) { totalCount } } } }`,
    ]) {
      expect(refusalIn(await api.ask(query))).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    }
  });

  it('refuses a cursor that is none, and an owner nobody has recorded', async () => {
    expect(refusalIn(await api.ask('{ bodies(after: "x") { totalCount } }'))).toMatchObject({
      code: 'NOT_A_CURSOR',
      field: 'after',
    });
    expect(refusalIn(await api.ask('{ bodies(owner: "nobody") { totalCount } }'))).toMatchObject({
      code: 'UNKNOWN_SUBJECT',
      field: 'owner',
    });
  });
});

describe('recording about a body', () => {
  it('gives the same receipt for the same command, and an id of its own where none was given', async () => {
    const fact = [
      'EstablishBody',
      null,
      '2025-01-01',
      { name: 'A forum', kind: 'OTHER' },
      { commandId: 'forum' },
    ] as const;
    const first = await record(api, ...fact);
    expect(first).toMatchObject({ subject: expect.stringMatching(/^body\/[0-9a-f-]{36}$/), alreadyRecorded: false });
    expect(await record(api, ...fact)).toEqual({ ...first, alreadyRecorded: true });
  });

  it('is refused by code and field', async () => {
    const forum = { name: 'Forum', kind: 'OTHER' };
    expect(await refusalOf(api, 'EstablishBody', 'x', '2025-01-01', { ...forum, owners: ['nobody'] })).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      field: 'data.owners[0]',
      rule: 'BR-008',
    });
    expect(await refusalOf(api, 'EstablishBody', 'x', '2025-01-01', { ...forum, name: ' ' })).toMatchObject({
      code: 'INPUT',
      field: 'data.name',
    });
    expect(await refusalOf(api, 'EstablishBody', 'x', '31/03/2025', forum)).toMatchObject({
      code: 'NOT_A_DATE',
      field: '$recording.effectiveOn',
    });
    expect(await refusalOf(api, 'DissolveBody', 'board', '2022-06-30', {})).toMatchObject({
      code: 'ENDS_BEFORE_START',
    });
    expect(await refusalOf(api, 'RemoveSeat', 'no-such-seat', '2025-01-01', {})).toMatchObject({
      code: 'ENDS_BEFORE_START',
    });
  });

  it('takes a seat away', async () => {
    await record(api, 'DefineSeat', 'observer', '2024-01-01', { title: 'Observer', body: 'icp' });
    const { after } = await record(api, 'RemoveSeat', 'observer', '2025-01-01', { reason: 'not needed' });
    const { data } = await api.ask(
      `query ($after: String) {
        seat(id: "observer", asAt: "2025-01-01", afterReceipt: $after) { seat { removed removedBecause body { name } } }
        seats(body: "icp", asAt: "2025-01-01", afterReceipt: $after) { totalCount }
      }`,
      { after },
    );
    expect(data).toEqual({
      seat: {
        seat: { removed: true, removedBecause: 'not needed', body: { name: 'One Gloucestershire Partnership' } },
      },
      seats: { totalCount: 0 },
    });
  });
});
