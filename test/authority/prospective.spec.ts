import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Envelope } from '#kernel';
import { dataOf, record, recordAll, refusalOf, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

const limit = (pounds: number) => [{ amount: { pounds: String(pounds) }, basis: 'PER_DECISION' }];
const body = (id: string, kind = 'ICB_COMMITTEE'): Fact => [
  'EstablishBody',
  id,
  '2022-07-01',
  { name: `The ${id}`, kind, owners: ['icb'] },
];
const grant = (from: string, to: string, more: object = {}): object => ({
  functions: ['buying'],
  catalogueFunctions: ['f'],
  grantedByBody: from,
  delegateBodies: [to],
  onward: 'PERMITTED',
  limits: limit(1_000),
  until: '2030-03-31',
  ...more,
});

let api: RunningApi;
beforeAll(async () => {
  api = await runApi({ BUDGET_GOVERNANCE_OFFICER: '1000000' });
  await recordAll(api, [
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'ICB', kind: 'ICB' }],
    ['DefineFunction', 'f', '2022-07-01', { name: 'Buying' }],
    ['RecordHolding', 'h', '2022-07-01', { function: 'f', organisation: 'icb', route: 'CONFERRED' }],
    ['DefinePlace', 'here', '2022-07-01', { name: 'Here', kind: 'PLACE' }],
    ['DefinePlace', 'there', '2022-07-01', { name: 'There', kind: 'PLACE' }],
    body('board', 'ICB_BOARD'),
    ...['a', 'b', 'c'].map((id) => body(id)),
    body('forum', 'PLACE_CONSULTATIVE_FORUM'),
    ['GrantDelegation', 'one', '2024-04-01', grant('board', 'a', { onwardDepth: 1, places: ['here'] })],
  ]);
}, 60_000);
afterAll(() => api.close());

const FIRST = { mode: 'PROSPECTIVE' };
const within = { places: ['here'], limits: limit(1_000) };

describe('a grant that is checked first', () => {
  it.each([
    ['more money than is held', grant('a', 'b', { ...within, limits: limit(1_001) }), 'BR-051'],
    ['no limit where there is one above', grant('a', 'b', { places: ['here'], limits: undefined }), 'BR-051'],
    ['places that are not held', grant('a', 'b', { ...within, places: ['there'] }), 'BR-051'],
    ['no places where there are some above', grant('a', 'b', { limits: limit(1_000) }), undefined],
    ['a longer time than is held', grant('a', 'b', { ...within, until: '2030-04-01' }), 'BR-051'],
    ['an open end where there is one above', grant('a', 'b', { ...within, until: undefined }), 'BR-051'],
    ['a power back to where it came from', grant('a', 'board', within), undefined],
    ['what the grantor was never given', grant('c', 'b', within), 'BR-050'],
    ['power to a body that only advises', grant('board', 'forum', within), 'BR-054'],
  ])('is refused %s, and records nothing', async (_, data, rule) => {
    const head = await api.runtime.store.head();
    const refusal = await refusalOf(api, 'GrantDelegation', 'x', '2024-05-01', data, FIRST);
    expect(['NOT_AUTHORISED', 'AUTHORITY_NOT_DETERMINED']).toContain(refusal['code']);
    if (rule !== undefined) expect(refusal).toMatchObject({ code: 'NOT_AUTHORISED', rule });
    expect(await api.runtime.store.head()).toBe(head);
  });

  it('is recorded where it is within what is held, with what it was checked on', async () => {
    const known = await api.runtime.store.head();
    await record(api, 'GrantDelegation', 'two', '2024-05-01', grant('a', 'b', within), FIRST);
    const [event] = await api.runtime.store.readStream('delegation/two');
    expect((JSON.parse(event?.envelope ?? '{}') as Envelope).checkedOn).toEqual({
      position: known,
      edition: '2026-11',
    });
    const deeper = await refusalOf(api, 'GrantDelegation', 'three', '2024-06-01', grant('b', 'c', within), FIRST);
    expect(deeper).toMatchObject({ code: 'NOT_AUTHORISED', rule: 'BR-052' });
  });

  it('is refused to be varied beyond it, and taken again where it is sent again', async () => {
    const wider = await refusalOf(api, 'VaryDelegation', 'two', '2024-06-01', { limits: limit(2_000) }, FIRST);
    expect(wider).toMatchObject({ code: 'NOT_AUTHORISED', rule: 'BR-051' });
    const named = { ...FIRST, commandId: 'narrower' };
    const once = await record(api, 'VaryDelegation', 'two', '2024-06-01', { limits: limit(500) }, named);
    const again = await record(api, 'VaryDelegation', 'two', '2024-06-01', { limits: limit(500) }, named);
    expect([again.alreadyRecorded, again.position]).toEqual([true, once.position]);
  });
});

describe('the same without asking', () => {
  it('is recorded as what happened, and fails in the trace', async () => {
    const cycle: readonly Fact[] = [
      ['GrantDelegation', 'x', '2024-05-01', { ...grant('c', 'b', within), functions: ['x'] }],
      ['GrantDelegation', 'y', '2024-05-01', { ...grant('b', 'c', within), functions: ['y'] }],
    ];
    const { after } = await recordAll(api, cycle);
    const matter = {
      decider: 'body/c',
      functions: ['f'],
      on: '2024-07-01',
      amount: { pounds: '10' },
      places: ['here'],
      kind: 'APPROVE',
    };
    const asked = `query ($matter: MatterInput!) { mayDecide(matter: $matter, afterReceipt: "${after}") { authority {
      verdict parts { chains { failure { test } } } } } }`;
    interface Told {
      readonly mayDecide: {
        readonly authority: {
          readonly verdict: string;
          readonly parts: readonly {
            readonly chains: readonly { readonly failure: { readonly test: string } | null }[];
          }[];
        };
      };
    }
    const { authority } = dataOf<Told>(await api.ask(asked, { matter })).mayDecide;
    expect(authority.verdict).toBe('NOT_AUTHORISED');
    expect(authority.parts[0]?.chains.map(({ failure }) => failure?.test).toSorted()).toEqual(['CYCLE', 'DEPTH']);
  });
});
