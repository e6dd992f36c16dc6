import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAll, refusalOf, type ShownReceipt } from './recorder.js';
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

  it('refuses a successor nobody has recorded', async () => {
    const data = { predecessor: 'ccg', successor: 'nobody', kind: 'MERGER' };
    expect(await refusalOf(api, 'RecordSuccession', 'x', '2022-07-01', data)).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      field: 'data.successor',
    });
  });
});
