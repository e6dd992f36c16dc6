import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalOf, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'nhse', '2013-04-01', { name: 'NHS England', kind: 'NHS_ENGLAND' }],
  ['RegisterOrganisation', 'ods:QR1', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['ods:QR1'] }],
  ['RegisterPerson', 'jones', '2022-07-01', { name: 'A Jones' }],
  ['AdoptInstrument', 'agreement', '2022-07-01', { title: 'Delegation Agreement', kind: 'S65Z5_DELEGATION' }],
  ['GrantDelegation', 'life', '2022-07-01', { functions: ['f'], grantedByBody: 'board', delegateNames: ['them'] }],
];

const perDecision = (pence: number) => ({ amount: { pence }, basis: 'PER_DECISION' });
const WHO = { grantedByName: 'NHS England', delegateNames: ['all 42 ICBs'] };

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

describe('the terms of a delegation', () => {
  it('shows its parties, limits and conditions in full, and where a standing condition is on each day', async () => {
    const segment = { key: 'segment', text: 'Oversight segment 1 or 2', kind: 'UPSTREAM', applies: 'STANDING' };
    const chair = {
      key: 'chair',
      text: 'After talks',
      kind: 'CONSULTATION',
      applies: 'EACH_DECISION',
      with: 'the chair',
    };
    const { after } = await recordAll(api, [
      ['TakeDecision', 'agreed', '2022-12-20', { title: 'Agree to the scheme', decidedBy: ['board'] }],
      ['DefineSeat', 'cfo', '2023-01-01', { title: 'Chief Finance Officer', organisation: 'ods:QR1' }],
      ['DefineSeat', 'ceo', '2023-01-01', { title: 'Chief Executive', organisation: 'ods:QR1' }],
      [
        'GrantDelegation',
        'full',
        '2023-01-01',
        {
          functions: ['paying'],
          grantedBySeat: 'ceo',
          grantedByPerson: 'jones',
          delegateSeats: ['cfo'],
          onBehalfOf: 'nhse',
          excludedProviders: ['ods:QR1'],
          limits: [
            { amount: { pounds: '1000000' }, basis: 'PER_DECISION', vat: 'EXCLUDED', spending: 'REVENUE' },
            { amount: { pounds: '5000000' }, basis: 'OTHER', note: 'a quarter' },
          ],
          conditions: [segment, chair],
          onward: 'PERMITTED',
          onwardDepth: 2,
          instrument: 'agreement',
          version: '2',
          noticeDays: 90,
          replaces: 'life',
          approvals: [{ body: 'board', decision: 'agreed', on: '2022-12-20' }],
        },
      ],
      ['SatisfyCondition', 'full', '2023-02-01', { condition: 'segment', evidence: 'letter', decision: 'agreed' }],
      ['BreachCondition', 'full', '2023-03-01', { condition: 'segment', reason: 'segment 4' }],
      ['VaryDelegation', 'full', '2023-03-15', { noticeDays: 30 }],
      ['SatisfyCondition', 'full', '2023-04-01', { condition: 'segment' }],
    ]);
    const days = ['2023-01-31', '2023-02-01', '2023-02-28', '2023-03-01', '2023-03-31', '2023-04-01'];
    const states = days.map(async (day) => {
      const query = `{ delegation(id: "full", asAt: "${day}", afterReceipt: "${after}") { delegation {
        conditions { key state since evidence because decision { title } }
      } } }`;
      const { delegation } = dataOf<{ delegation: { delegation: { conditions: readonly object[] } } }>(
        await api.ask(query),
      );
      return delegation.delegation.conditions;
    });
    const other = { key: 'chair', state: null, since: null, evidence: null, because: null, decision: null };
    const as = (state: string, since: string | null, more: object = {}) => [
      { ...other, key: 'segment', state, since, ...more },
      other,
    ];
    const met = { evidence: 'letter', decision: { title: 'Agree to the scheme' } };
    expect(await Promise.all(states)).toEqual([
      as('NOT_RECORDED', null),
      as('SATISFIED', '2023-02-01', met),
      as('SATISFIED', '2023-02-01', met),
      as('BREACHED', '2023-03-01', { because: 'segment 4' }),
      as('BREACHED', '2023-03-01', { because: 'segment 4' }),
      as('SATISFIED', '2023-04-01'),
    ]);
    const { data } = await api.ask(`{
      delegation(id: "full", asAt: "2023-01-31") { delegation {
        grantedBySeat { title delegationsGranted { totalCount } } grantedByPerson { name }
        delegateSeats { title delegationsReceived { totalCount } } onBehalfOf { name } excludedProviders { name }
        limits { amount { pounds } basis vat spending note inWords } onward onwardDepth version noticeDays
        replaces { functions } approvals { body { name } organisation { name } name decision { title } on note }
      } }
      of: delegations(delegateSeat: "cfo", grantedBySeat: "seat/ceo", grantedByPerson: "jones", asAt: "2023-01-31") { totalCount }
      none: delegations(delegateSeat: "ceo", asAt: "2023-01-31") { totalCount }
      approved: body(id: "board", asAt: "2023-01-31") { body { delegationsApproved { edges { node { functions } } } } }
    }`);
    expect(data).toEqual({
      delegation: {
        delegation: {
          grantedBySeat: { title: 'Chief Executive', delegationsGranted: { totalCount: 1 } },
          grantedByPerson: { name: 'A Jones' },
          delegateSeats: [{ title: 'Chief Finance Officer', delegationsReceived: { totalCount: 1 } }],
          onBehalfOf: { name: 'NHS England' },
          excludedProviders: [{ name: 'NHS Gloucestershire ICB' }],
          limits: [
            {
              amount: { pounds: '1000000.00' },
              basis: 'PER_DECISION',
              vat: 'EXCLUDED',
              spending: 'REVENUE',
              note: null,
              inWords: '£1,000,000.00 per decision (revenue, without VAT)',
            },
            {
              amount: { pounds: '5000000.00' },
              basis: 'OTHER',
              vat: null,
              spending: null,
              note: 'a quarter',
              inWords: '£5,000,000.00 (“a quarter”)',
            },
          ],
          onward: 'PERMITTED',
          onwardDepth: 2,
          version: '2',
          noticeDays: 90,
          replaces: { functions: ['f'] },
          approvals: [
            {
              body: { name: 'ICB Board' },
              organisation: null,
              name: null,
              decision: { title: 'Agree to the scheme' },
              on: '2022-12-20',
              note: null,
            },
          ],
        },
      },
      of: { totalCount: 1 },
      none: { totalCount: 0 },
      approved: { body: { delegationsApproved: { edges: [{ node: { functions: ['paying'] } }] } } },
    });
  });

  it('refuses by name a limit without its basis or with one twice, and a condition that there is not', async () => {
    const limited = async (...limits: readonly object[]) =>
      refusalOf(api, 'VaryDelegation', 'life', '2024-02-02', { limits });
    expect(await limited(perDecision(1), { ...perDecision(2), vat: 'INCLUDED' }, perDecision(3))).toMatchObject({
      code: 'CONTRADICTS_ITSELF',
      field: 'data.limits[2].basis',
    });
    expect(await limited({ amount: { pence: 1 } })).toMatchObject({
      code: 'CONTRADICTS_ITSELF',
      field: 'data.limits[0].basis',
      remedy: expect.stringMatching(/PER_DECISION, PER_YEAR, WHOLE_LIFE/),
    });
    expect(await limited({ ...perDecision(1), basis: 'OTHER' })).toMatchObject({ field: 'data.limits[0].note' });
    expect(await refusalOf(api, 'SatisfyCondition', 'full', '2023-05-01', { condition: 'chair' })).toMatchObject({
      code: 'CONDITION_UNKNOWN',
      field: 'data.condition',
      message: expect.stringMatching(/"segment"/),
    });
    expect(
      await refusalOf(api, 'GrantDelegation', 'self', '2023-05-01', { functions: ['f'], ...WHO, replaces: 'self' }),
    ).toMatchObject({ code: 'NAMES_ITSELF', field: 'data.replaces' });
  });
});
