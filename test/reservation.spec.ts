import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['DefinePlace', 'forest', '2022-07-01', { name: 'Forest of Dean', kind: 'PLACE' }],
  ['DefineFunction', 'care', '2022-07-01', { name: 'Arranging care', catalogue: 'ICS' }],
  ['AdoptInstrument', 'sord', '2022-07-01', { title: 'Scheme', kind: 'SORD_ENTRY', organisation: 'ods:QR1' }],
  [
    'ReserveMatter',
    'closing',
    '2022-07-01',
    {
      functions: ['closing a service'],
      catalogueFunctions: ['care'],
      body: 'board',
      organisation: 'ods:QR1',
      places: ['forest'],
      above: { amount: { pounds: '1000000' }, basis: 'WHOLE_LIFE' },
      instrument: 'sord',
      version: '1',
      clause: '4',
      text: 'The Board alone decides on closures.',
    },
  ],
  [
    'ReserveMatter',
    'budget',
    '2022-07-01',
    { functions: ['approving the budget'], body: 'board', until: '2024-03-31', text: 'Approval.' },
  ],
  [
    'ReserveMatter',
    'powers',
    '2022-07-01',
    { functions: ['making regulations'], reservedToName: 'Secretary of State' },
  ],
  ['ChangeReservation', 'closing', '2023-04-01', { version: '2', above: null }],
  ['EndReservation', 'closing', '2025-01-01', { reason: 'version 3' }],
  ['DissolveBody', 'board', '2026-04-01', {}],
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
    readonly reservations: { readonly edges: readonly { readonly node: { readonly functions: readonly string[] } }[] };
  }
  const { reservations } = dataOf<Listed>(await api.ask(`{ reservations(${args}) { edges { node { functions } } } }`));
  return reservations.edges.flatMap(({ node }) => node.functions);
};

describe('asking about reserved matters', () => {
  it('shows to whom, above what and by which version, on each day, and both ends of what is named', async () => {
    const { data, errors } = await api.ask(`{
      first: reservation(id: "closing", asAt: "2023-03-31") { reservation { ...all } }
      second: reservation(id: "reservation/closing", asAt: "2023-04-01") { reservation { version ended above { note } } }
      last: reservation(id: "closing", asAt: "2024-12-31") { reservation { ended inForceUntil } }
      over: reservation(id: "closing", asAt: "2025-01-01") { reservation { ended endedBecause inForceUntil } }
    } fragment all on Reservation {
      functions version clause text ended inForceFrom above { amount { pounds } basis vat }
      body { name reservations { edges { node { functions } } } }
      organisation { name reservations { totalCount } }
      catalogueFunctions { name reservations { totalCount } }
      places { name reservations { totalCount } }
      instrument { title reservations { totalCount } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      first: {
        reservation: {
          functions: ['closing a service'],
          version: '1',
          clause: '4',
          text: 'The Board alone decides on closures.',
          ended: false,
          inForceFrom: '2022-07-01',
          above: { amount: { pounds: '1000000.00' }, basis: 'WHOLE_LIFE', vat: null },
          body: {
            name: 'ICB Board',
            reservations: {
              edges: [
                { node: { functions: ['approving the budget'] } },
                { node: { functions: ['closing a service'] } },
              ],
            },
          },
          organisation: { name: 'NHS Gloucestershire ICB', reservations: { totalCount: 1 } },
          catalogueFunctions: [{ name: 'Arranging care', reservations: { totalCount: 1 } }],
          places: [{ name: 'Forest of Dean', reservations: { totalCount: 1 } }],
          instrument: { title: 'Scheme', reservations: { totalCount: 1 } },
        },
      },
      second: { reservation: { version: '2', ended: false, above: null } },
      last: { reservation: { ended: false, inForceUntil: null } },
      over: { reservation: { ended: true, endedBecause: 'version 3', inForceUntil: '2024-12-31' } },
    });
  });

  it.each([
    ['body: "board"', '2024-03-31', ['approving the budget', 'closing a service']],
    ['body: "board"', '2024-04-01', ['closing a service']],
    ['body: "board"', '2025-01-01', []],
    ['organisation: "ods:QR1"', '2023-01-01', ['closing a service']],
    ['instrument: "sord"', '2023-01-01', ['closing a service']],
    ['catalogueFunction: "care"', '2023-01-01', ['closing a service']],
    ['place: "forest"', '2023-01-01', ['closing a service']],
    ['filter: { function: "budget" }', '2023-01-01', ['approving the budget']],
    ['filter: { above: { from: { pounds: "1000000" } } }', '2023-03-31', ['closing a service']],
    ['filter: { above: { from: { pounds: "1000000.01" } } }', '2023-03-31', []],
    ['search: "closures"', '2023-01-01', ['closing a service']],
    ['search: "Secretary"', '2023-01-01', ['making regulations']],
  ])('lists those of %s on %s', async (args, day, expected) => {
    expect(await listed(`${args}, asAt: "${day}"`)).toEqual(expected);
  });

  it('lapses with the body to which it is reserved', async () => {
    const { after } = await recordAll(api, [
      ['ReserveMatter', 'late', '2025-02-01', { functions: ['naming it'], body: 'board' }],
    ]);
    const query = (day: string) =>
      api.ask(`{ reservation(id: "late", asAt: "${day}", afterReceipt: "${after}") { reservation { ended holds } } }`);
    const shown = async (day: string) =>
      dataOf<{ reservation: { reservation: { ended: boolean; holds: string } } }>(await query(day)).reservation
        .reservation;
    expect(await shown('2026-03-31')).toMatchObject({ ended: false, holds: 'YES' });
    expect(await shown('2026-04-01')).toMatchObject({ ended: true, holds: 'NO' });
  });

  it('refuses one to nobody, one above an amount without a basis, and one without functions', async () => {
    const refused = async (data: object) => refusalOf(api, 'ReserveMatter', 'none', '2024-01-01', data);
    expect(await refused({ functions: ['f'] })).toMatchObject({ code: 'RESERVED_TO_NOBODY', field: 'data.body' });
    expect(await refused({ functions: ['f'], body: 'board', above: { amount: { pence: 1 } } })).toMatchObject({
      code: 'CONTRADICTS_ITSELF',
      field: 'data.above.basis',
    });
    expect(await refused({ functions: [], body: 'board' })).toMatchObject({ code: 'INPUT', field: 'data.functions' });
  });
});
