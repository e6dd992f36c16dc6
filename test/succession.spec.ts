import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalOf, type Fact, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  last = await recordAll(api, [
    ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'Gloucestershire CCG', kind: 'CCG' }],
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['RecordSuccession', 's1', '2022-07-01', { predecessor: 'ccg', successor: 'icb', kind: 'REPLACEMENT' }],
  ]);
});
afterAll(() => api.close());

describe('reading what came after an organisation', () => {
  const SUCCESSION = 'kind ended predecessor { name } successor { name }';
  const replaced = {
    kind: 'REPLACEMENT',
    ended: false,
    predecessor: { name: 'Gloucestershire CCG' },
    successor: { name: 'Gloucestershire ICB' },
  };

  it('has both organisations, from either side', async () => {
    const { data } = await api.ask(
      `query ($after: String) {
      succession(id: "s1", asAt: "2022-07-01", afterReceipt: $after) { succession { ${SUCCESSION} } }
      ccg: organisation(id: "ccg", afterReceipt: $after) { organisation { succeededBy { edges { node { ${SUCCESSION} } } } } }
      icb: organisation(id: "icb", afterReceipt: $after) { organisation { cameAfter { edges { node { ${SUCCESSION} } } } } }
    }`,
      { after: last.after },
    );
    const edges = [{ node: replaced }];
    expect(data).toEqual({
      succession: { succession: replaced },
      ccg: { organisation: { succeededBy: { edges } } },
      icb: { organisation: { cameAfter: { edges } } },
    });
  });

  it('narrows a list to either side, until the succession ends', async () => {
    const { after } = await recordAll(api, [['EndSuccession', 's1', '2025-01-01', { reason: 'hosted for a time' }]]);
    const { data } = await api.ask(
      `query ($after: String) {
        from: successions(predecessor: "ccg", asAt: "2024-12-31", afterReceipt: $after) { totalCount }
        to: successions(successor: "icb", asAt: "2024-12-31", afterReceipt: $after) { totalCount }
        back: successions(predecessor: "icb", asAt: "2024-12-31", afterReceipt: $after) { totalCount }
        over: successions(predecessor: "ccg", asAt: "2025-01-01", afterReceipt: $after) { totalCount }
      }`,
      { after },
    );
    expect(data).toEqual({
      from: { totalCount: 1 },
      to: { totalCount: 1 },
      back: { totalCount: 0 },
      over: { totalCount: 0 },
    });
  });

  it('says what share went to which of several, by place and by function, and is found by it', async () => {
    const share = (successor: string, more: object): Fact => [
      'RecordSuccession',
      `frimley-${successor}`,
      '2026-04-01',
      { predecessor: 'frimley', successor, kind: 'ABOLITION', instrument: 'order', madeByDecision: 'made', ...more },
    ];
    const { after } = await recordAll(api, [
      ['RegisterOrganisation', 'frimley', '2022-07-01', { name: 'Frimley ICB', kind: 'ICB' }],
      ['RegisterOrganisation', 'valley', '2026-04-01', { name: 'Thames Valley ICB', kind: 'ICB' }],
      ['RegisterOrganisation', 'surrey', '2026-04-01', { name: 'Surrey and Sussex ICB', kind: 'ICB' }],
      ['DefinePlace', 'east', '2022-07-01', { name: 'East Berkshire', kind: 'PLACE' }],
      ['DefinePlace', 'heath', '2022-07-01', { name: 'Surrey Heath', kind: 'PLACE' }],
      ['DefineFunction', 'grants', '2022-07-01', { name: 'Grants' }],
      ['AdoptInstrument', 'order', '2026-04-01', { title: 'The order', kind: 'ESTABLISHMENT_ORDER' }],
      ['TakeDecision', 'made', '2026-03-01', { title: 'Make the order' }],
      share('valley', { places: ['east'] }),
      share('surrey', { places: ['heath'], catalogueFunctions: ['grants'], share: 'as in the schedule' }),
    ]);
    const { frimley, all } = dataOf<{ frimley: object; all: object }>(
      await api.ask(`{
      frimley: organisation(id: "frimley", asAt: "2026-04-01", afterReceipt: "${after}") { organisation {
        succeededBy { edges { node { kind share places { name } catalogueFunctions { name } successor { name }
          instrument { title successions { totalCount } } madeByDecision { title successionsMade { totalCount } } } } } } }
      all: successions(place: "heath", asAt: "2026-04-01") { totalCount } }`),
    );
    const both = {
      kind: 'ABOLITION',
      instrument: { title: 'The order', successions: { totalCount: 2 } },
      madeByDecision: { title: 'Make the order', successionsMade: { totalCount: 2 } },
    };
    const heath = { ...both, share: 'as in the schedule', places: [{ name: 'Surrey Heath' }] };
    const east = { ...both, share: null, places: [{ name: 'East Berkshire' }], catalogueFunctions: [] };
    expect(frimley).toEqual({
      organisation: {
        succeededBy: {
          edges: [
            {
              node: {
                ...heath,
                catalogueFunctions: [{ name: 'Grants' }],
                successor: { name: 'Surrey and Sussex ICB' },
              },
            },
            { node: { ...east, successor: { name: 'Thames Valley ICB' } } },
          ],
        },
      },
    });
    expect(all).toEqual({ totalCount: 1 });
    const missing = { predecessor: 'frimley', successor: 'surrey', kind: 'SPLIT', places: ['nowhere'] };
    expect(await refusalOf(api, 'RecordSuccession', 'x', '2026-04-01', missing)).toMatchObject({
      ...{ code: 'UNKNOWN_REFERENCE', field: 'data.places[0]' },
    });
  });

  it('is not known to hold where nobody knows the day, from the first on which it may', async () => {
    const day = { effectiveOn: null, startKnown: false, notBefore: '2027-04-01', notAfter: '2028-03-31' };
    const { after } = await recordAll(api, [
      ['RegisterOrganisation', 'nhse', '2013-04-01', { name: 'NHS England', kind: 'NHS_ENGLAND' }],
      ['RegisterOrganisation', 'sos', '2013-04-01', { name: 'Secretary of State', kind: 'GOVERNMENT_DEPARTMENT' }],
      [
        'RecordSuccession',
        'nhse-sos',
        '2027-04-01',
        { predecessor: 'nhse', successor: 'sos', kind: 'TRANSFER_OF_FUNCTIONS' },
        day,
      ],
    ]);
    const on = (name: string, asAt: string): string =>
      `${name}: organisation(id: "nhse", asAt: "${asAt}", afterReceipt: "${after}") { organisation {
        succeededBy { knownCount notKnownCount edges { node { holds tookEffectOn } } } } }`;
    const data = dataOf<Record<string, { organisation: { succeededBy: object } }>>(
      await api.ask(`{ ${on('before', '2027-03-31')} ${on('maybe', '2027-04-01')} ${on('surely', '2028-03-31')} }`),
    );
    const said = (name: string): object | undefined => data[name]?.organisation.succeededBy;
    expect(said('before')).toMatchObject({ edges: [] });
    const maybe = { holds: 'NOT_KNOWN', tookEffectOn: null };
    expect(said('maybe')).toEqual({ knownCount: 0, notKnownCount: 1, edges: [{ node: maybe }] });
    expect(said('surely')).toMatchObject({ knownCount: 1, notKnownCount: 0 });
  });

  it('refuses a successor nobody has recorded', async () => {
    const data = { predecessor: 'ccg', successor: 'nobody', kind: 'MERGER' };
    expect(await refusalOf(api, 'RecordSuccession', 'x', '2022-07-01', data)).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      field: 'data.successor',
    });
  });
});
