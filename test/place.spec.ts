import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let last: ShownReceipt;
beforeAll(async () => {
  api = await runApi();
  const gss = (value: string): object => ({ identifiers: [{ scheme: 'gss', value }] });
  last = await recordAll(api, [
    ['DefinePlace', 'frimley', '2022-07-01', { name: 'Frimley', kind: 'SYSTEM', ...gss('E54000034') }],
    ['DefinePlace', 'surrey', '2022-07-01', { name: 'Surrey Heartlands', kind: 'SYSTEM', ...gss('E54000063') }],
    ['DefinePlace', 'heath', '2022-07-01', { name: 'Surrey Heath', kind: 'PLACE', parents: ['frimley'] }],
    ['DefinePlace', 'farnham', '2022-07-01', { name: 'Farnham', kind: 'NEIGHBOURHOOD', parents: ['heath'] }],
    ['ChangePlace', 'heath', '2026-04-01', { parents: ['surrey'], name: 'Surrey Heath and Farnham' }],
    ['EndPlace', 'frimley', '2026-04-01', { reason: 'divided between its neighbours' }],
    ['EstablishBody', 'committee', '2022-07-01', { name: 'Place committee', kind: 'ICB_COMMITTEE', places: ['heath'] }],
    [
      'GrantDelegation',
      'buying',
      '2022-07-01',
      {
        functions: ['community services'],
        grantedByName: 'the board',
        delegateBodies: ['committee'],
        places: ['heath'],
        scope: { place: 'Surrey Heath, as in the map' },
      },
    ],
    [
      'SetBudget',
      'pool',
      '2024-04-01',
      { name: 'Pool', amount: { pence: 100 }, place: 'the Heath', places: ['heath', 'farnham'] },
    ],
    [
      'TakeDecision',
      'beds',
      '2024-05-01',
      { title: 'Twenty beds', takenOn: '2024-05-01', decidedBy: ['committee'], places: ['farnham'] },
    ],
    ['TakeDecision', 'other', '2024-05-01', { title: 'Elsewhere', takenOn: '2024-05-01' }],
    ['ChangeDecision', 'beds', '2024-06-01', { places: ['heath', 'farnham'] }],
  ]);
});
afterAll(() => api.close());

const asked = async <Data extends object>(question: string): Promise<Data> =>
  dataOf<Data>(await api.ask(question.replaceAll('AFTER', `afterReceipt: "${last.after}"`)));

describe('a place', () => {
  it('lies within what it lay within on the day, by a code or by id', async () => {
    const PLACE = 'place { name kind parents { name } parts { edges { node { name } } } holds }';
    const on = async (id: string, asAt: string): Promise<unknown> =>
      (await asked<{ place: { place: unknown } }>(`{ place(id: "${id}", asAt: "${asAt}", AFTER) { ${PLACE} } }`)).place
        .place;
    const farnham = { edges: [{ node: { name: 'Farnham' } }] };
    expect(await on('heath', '2026-03-31')).toEqual({
      ...{ name: 'Surrey Heath', kind: 'PLACE', parents: [{ name: 'Frimley' }], parts: farnham, holds: 'YES' },
    });
    expect(await on('heath', '2026-04-01')).toMatchObject({
      name: 'Surrey Heath and Farnham',
      parents: [{ name: 'Surrey Heartlands' }],
    });
    expect(await on('E54000034', '2026-04-01')).toMatchObject({ name: 'Frimley', holds: 'NO', parts: { edges: [] } });
  });

  it('has what is for it, and each of these says so beside the words of its source', async () => {
    const data = await asked<{ place: { place: object } }>(`{ place(id: "heath", asAt: "2025-01-01", AFTER) { place {
      bodies { edges { node { name places { name } } } }
      delegations { edges { node { scope { place } places { name } } } }
      budgets { edges { node { place places { name } } } }
      decisions { edges { node { title places { name } } } } } } }`);
    const places = [{ name: 'Surrey Heath' }];
    const both = [{ name: 'Surrey Heath' }, { name: 'Farnham' }];
    expect(data.place.place).toEqual({
      bodies: { edges: [{ node: { name: 'Place committee', places } }] },
      delegations: { edges: [{ node: { scope: { place: 'Surrey Heath, as in the map' }, places } }] },
      budgets: { edges: [{ node: { place: 'the Heath', places: both } }] },
      decisions: { edges: [{ node: { title: 'Twenty beds', places: both } }] },
    });
  });

  it('narrows lists, as they stood on the day', async () => {
    const counts = await asked<Record<string, { totalCount: number }>>(`{
      before: decisions(place: "heath", asAt: "2024-05-31", AFTER) { totalCount }
      since: decisions(place: "heath", asAt: "2024-06-01") { totalCount }
      bodies(place: "heath", asAt: "2025-01-01") { totalCount }
      delegations(place: "heath", asAt: "2025-01-01") { totalCount }
      budgets(place: "farnham", asAt: "2025-01-01") { totalCount }
      none: budgets(place: "frimley", asAt: "2025-01-01") { totalCount }
      systems: places(kind: SYSTEM, asAt: "2026-03-31") { totalCount }
      left: places(kind: SYSTEM, asAt: "2026-04-01") { totalCount }
      within: places(parent: "frimley", asAt: "2026-03-31") { totalCount }
      ended: places(filter: { ended: { from: "2026-04-01" } }, asAt: "2026-04-01") { totalCount }
      drawn: places(filter: { boundary: "river" }, asAt: "2026-04-01") { totalCount }
      called: places(search: "heath", asAt: "2026-04-01") { totalCount } }`);
    expect(Object.fromEntries(Object.entries(counts).map(([name, { totalCount }]) => [name, totalCount]))).toEqual({
      ...{ before: 0, since: 1, bodies: 1, delegations: 1, budgets: 1, none: 0 },
      ...{ systems: 2, left: 1, within: 1, ended: 1, drawn: 0, called: 1 },
    });
  });

  it('is told in sentences, and one that is not there is refused where it is named', async () => {
    const { history } = await asked<{ history: { edges: readonly { node: { sentence: string } }[] } }>(
      '{ history(of: "place/heath", AFTER) { edges { node { sentence } } } }',
    );
    expect(history.edges.map(({ node }) => node.sentence)).toEqual([
      'Surrey Heath was defined as a place within Frimley.',
      'Its name changed to “Surrey Heath and Farnham”; it lies within Surrey Heartlands.',
    ]);
    const nowhere = { name: 'n', amount: { pence: 1 }, places: ['heath', 'nowhere'] };
    expect(await refusalOf(api, 'SetBudget', 'x', '2024-04-01', nowhere)).toMatchObject({ field: 'data.places[1]' });
    const empty = { name: 'n', kind: 'PLACE', parents: [] };
    expect(await refusalOf(api, 'DefinePlace', 'x', '2024-04-01', empty)).toMatchObject({ field: 'data.parents' });
  });
});
