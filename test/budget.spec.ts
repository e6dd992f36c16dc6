import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalIn, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const MONTHLY = { every: 'MONTH', firstDay: '2023-01-01', daysAfterPeriod: 5, reader: 'PUBLIC', recipient: 'them' };

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  const fund = { organisation: 'icb', body: 'board', amount: { pence: 80_354_800 } };
  last = await recordAll(api, [
    ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'Gloucestershire CCG', kind: 'CCG' }],
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    ['SetBudget', 'b1', '2024-04-01', { ...fund, name: 'Better Care Fund', year: '2024/25', until: '2025-03-31' }],
    ['SetBudget', 'b2', '2025-04-01', { ...fund, name: 'Better Care Fund', year: '2025/26' }],
    ['VaryBudget', 'b1', '2024-10-01', { amount: { pence: 90_000_000 }, reason: 'winter' }],
    ['CloseBudget', 'b2', '2025-09-01', { reason: 'moved' }],
    ['RegisterPerson', 'jo', '2020-01-01', { name: 'Jo Dean' }],
    ['EstablishBody', 'panel', '2022-07-01', { name: 'Panel', kind: 'OTHER', owners: ['icb'] }],
    ['SetBudget', 'hanging', '2023-04-01', { ...fund, body: 'panel', name: 'Panel fund' }],
    [
      'DeclareInterest',
      'hanging',
      '2021-01-01',
      { person: 'jo', organisation: 'ccg', kind: 'FINANCIAL', nature: 'Shares' },
    ],
    ['PlaceStandingOrder', 'hanging', '2023-01-01', { committee: 'panel', ...MONTHLY }],
    ['AdoptInstrument', 'hanging', '2023-01-01', { title: 'Terms', kind: 'OTHER', body: 'panel' }],
    ['AdoptInstrument', 'scheme', '2023-01-01', { title: 'Scheme', kind: 'OTHER', organisation: 'icb' }],
    ['AdoptInstrument', 'clause', '2023-01-01', { title: 'Clause', kind: 'OTHER', partOf: 'scheme' }],
    [
      'GrantDelegation',
      'hanging',
      '2023-01-01',
      { functions: ['to pay'], delegatePersons: ['jo'], grantedByOrganisation: 'icb', instrument: 'clause' },
    ],
    ['DissolveBody', 'panel', '2024-01-01', {}],
    ['CloseOrganisation', 'ccg', '2024-01-01', {}],
    ['WithdrawInstrument', 'scheme', '2024-01-01', {}],
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
              budget { amount { pence } closed variedBecause closedBecause organisation { name } body { name } }
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
    expect(await budget('b1', '2024-09-30')).toEqual({ ...shared, amount: { pence: 80_354_800 } });
    expect(await budget('b1', '2025-03-31')).toEqual({
      ...shared,
      amount: { pence: 90_000_000 },
      variedBecause: 'winter',
    });
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
    const half = { name: 'Half', amount: { pence: 0.5 } };
    expect(await refusalOf(api, 'SetBudget', 'x', '2025-01-01', half)).toMatchObject({
      code: 'NOT_PENCE',
      field: '$data.amount.pence',
    });
  });
});

describe('what hangs on a body, an organisation or an instrument', () => {
  it.each([
    ['budget', 'budgets(body: "panel"', 'availableUntil', 'Panel'],
    ['interest', 'interests(organisation: "ccg"', 'heldUntil', 'Gloucestershire CCG'],
    ['standingOrder', 'standingOrders(committee: "panel"', 'inForceUntil', 'Panel'],
    ['instrument', 'instruments(body: "panel"', 'inForceUntil', 'Panel'],
    ['delegation', 'delegations(delegatePerson: "jo"', 'inForceUntil', 'Scheme'],
  ])('lapses with it on its last day, and leaves the lists: %s', async (room, list, until, name) => {
    const ended = ['interest', 'standingOrder', 'delegation'].includes(room) ? 'ended' : '';
    const asked = async (asAt: string) => {
      const one = `one: ${room}(id: "${room}/hanging", asAt: "${asAt}", afterReceipt: "${last.after}") { ${room} {
        holds ${ended} until: ${until} end { day } lapsed { name lastDay inWords } } }`;
      const answer = await api.ask(`{ ${one} list: ${list}, asAt: "${asAt}") { totalCount } }`);
      return dataOf<{ one: Record<string, object>; list: object }>(answer);
    };
    const over = ended && { ended: true };
    const holding = await asked('2023-12-31');
    expect(holding).toMatchObject({
      one: { [room]: { holds: 'YES', lapsed: null, until: null } },
      list: { totalCount: 1 },
    });
    const inWords = `no, it lapsed with ${name} on 31 December 2023`;
    expect(await asked('2024-01-01')).toMatchObject({
      one: {
        [room]: {
          ...over,
          ...{ holds: 'NO', until: '2023-12-31', end: { day: '2023-12-31' } },
          lapsed: { name, lastDay: '2023-12-31', inWords },
        },
      },
      list: { totalCount: 0 },
    });
  });
});
