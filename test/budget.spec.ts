import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalIn, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  const fund = { organisation: 'icb', body: 'board', amount: 80_354_800 };
  last = await recordAll(api, [
    ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'Gloucestershire CCG', kind: 'CCG' }],
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    ['SetBudget', 'b1', '2024-04-01', { ...fund, name: 'Better Care Fund', year: '2024/25', until: '2025-03-31' }],
    ['SetBudget', 'b2', '2025-04-01', { ...fund, name: 'Better Care Fund', year: '2025/26' }],
    ['VaryBudget', 'b1', '2024-10-01', { amount: 90_000_000, reason: 'winter' }],
    ['CloseBudget', 'b2', '2025-09-01', { reason: 'moved' }],
  ]);
});
afterAll(() => api.close());

describe('reading budgets', () => {
  it('has the amount of the day, whose money it is and who may spend it', async () => {
    const budget = async (id: string, asAt: string): Promise<unknown> =>
      dataOf<{ budget: { budget: unknown } }>(
        await api.ask(
          `query ($id: ID!, $asAt: Date, $after: String) {
            budget(id: $id, asAt: $asAt, afterReceipt: $after) {
              budget { amount closed variedBecause closedBecause organisation { name } body { name } }
            }
          }`,
          { id, asAt, after: last.after },
        ),
      ).budget.budget;
    const shared = {
      organisation: { name: 'Gloucestershire ICB' },
      body: { name: 'ICB Board' },
      closed: false,
      variedBecause: null,
      closedBecause: null,
    };
    expect(await budget('b1', '2024-09-30')).toEqual({ ...shared, amount: 80_354_800 });
    expect(await budget('b1', '2025-03-31')).toEqual({ ...shared, amount: 90_000_000, variedBecause: 'winter' });
    expect(await budget('b1', '2025-04-01')).toMatchObject({ closed: true });
    expect(await budget('b2', '2025-09-01')).toMatchObject({ closed: true, closedBecause: 'moved' });
  });

  it.each([
    ['year: "2024/25"', '2025-01-01', 1],
    ['year: "2025/26"', '2025-01-01', 0],
    ['body: "board"', '2025-05-01', 1],
    ['organisation: "icb"', '2025-05-01', 1],
    ['organisation: "ccg"', '2025-05-01', 0],
    ['body: "board"', '2025-09-01', 0],
  ])('narrows to %s on %s', async (filter, asAt, count) => {
    const { data } = await api.ask(`{ budgets(asAt: "${asAt}", ${filter}) { totalCount } }`);
    expect(data).toEqual({ budgets: { totalCount: count } });
  });

  it('refuses a page of none, and a part of a penny', async () => {
    expect(refusalIn(await api.ask('{ budgets(first: 0) { totalCount } }'))).toMatchObject({
      code: 'PAGE_SIZE',
      field: 'first',
    });
    const half = { name: 'Half', amount: 0.5 };
    expect(await refusalOf(api, 'SetBudget', 'x', '2025-01-01', half)).toMatchObject({
      code: 'NOT_PENCE',
      field: '$data.amount',
    });
  });
});
