import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalOf, type ShownReceipt } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const FROM = { route: 'DELEGATED', fromOrganisation: 'nhse' };

let api: RunningApi;
let last: ShownReceipt;
let unmapped: number;
beforeAll(async () => {
  api = await runApi();
  const begun = await recordAll(api, [
    ['RegisterOrganisation', 'nhse', '2013-04-01', { name: 'NHS England', kind: 'NHS_ENGLAND' }],
    ['RegisterOrganisation', 'sos', '2018-01-08', { name: 'Secretary of State', kind: 'GOVERNMENT_DEPARTMENT' }],
    ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'Gloucestershire CCG', kind: 'CCG' }],
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'Gloucestershire ICB', kind: 'ICB' }],
    ['CloseOrganisation', 'ccg', '2022-07-01', {}],
    ['DefineFunction', 'direct', '2013-04-01', { name: 'Direct commissioning', catalogue: 'ICS-2022' }],
    [
      'DefineFunction',
      'dental',
      '2013-04-01',
      {
        ...{ name: 'Primary dental services', catalogue: 'ICS-2022', partOf: 'direct', delegable: true },
        ...{ statute: 'National Health Service Act 2006', services: ['dental'] },
        identifiers: [{ scheme: 'map', value: 'F7' }],
      },
    ],
    ['DefineFunction', 'grants', '2013-04-01', { name: 'Grants', catalogue: 'Local', delegable: false }],
    ['RecordHolding', 'h-nhse', '2013-04-01', { function: 'dental', organisation: 'nhse', route: 'CONFERRED' }],
    [
      'RecordHolding',
      'h-ccg',
      '2013-04-01',
      { function: 'dental', organisationKind: 'CCG', ...FROM, until: '2022-06-30' },
    ],
    ['RecordHolding', 'h-icb', '2022-07-01', { function: 'dental', organisationKind: 'ICB', ...FROM }],
    ['RecordHolding', 'h-open', '2013-04-01', { function: 'grants', organisationKind: 'CCG', route: 'CONFERRED' }],
    ['RecordHolding', 'h-grants', '2022-07-01', { function: 'grants', organisation: 'icb', route: 'CONFERRED' }],
    [
      'GrantDelegation',
      'teeth',
      '2022-07-01',
      {
        functions: ['teeth, in the words of the source'],
        grantedByOrganisation: 'nhse',
        delegateOrganisations: ['icb'],
      },
    ],
    ['TakeDecision', 'chairs', '2024-05-01', { title: 'Ten chairs', takenOn: '2024-05-01' }],
    ['ProposeDecision', 'more', '2024-05-01', { title: 'More chairs', catalogueFunctions: ['dental'] }],
  ]);
  unmapped = begun.position;
  last = await recordAll(api, [
    ['VaryDelegation', 'teeth', '2022-07-01', { catalogueFunctions: ['dental'] }],
    ['ChangeDecision', 'chairs', '2024-05-01', { catalogueFunctions: ['dental', 'grants'] }],
    [
      'EndHolding',
      'h-nhse',
      '2026-04-01',
      { reason: 'to the Secretary of State' },
      { effectiveOn: null, startKnown: false, notBefore: '2026-04-01' },
    ],
    [
      'RecordHolding',
      'h-sos',
      '2026-04-01',
      { function: 'dental', organisation: 'sos', route: 'TRANSFERRED', fromOrganisation: 'nhse' },
      { effectiveOn: null, startKnown: false, notBefore: '2026-04-01' },
    ],
  ]);
});
afterAll(() => api.close());

const asked = async <Data extends object>(question: string): Promise<Data> =>
  dataOf<Data>(await api.ask(question.replaceAll('AFTER', `afterReceipt: "${last.after}"`)));

interface Held {
  readonly edges: readonly { readonly node: { readonly id: string; readonly holds: string } }[];
}
const holders = async (asAt: string): Promise<readonly string[]> => {
  const { one } = await asked<{ one: { function: { holders: Held } } }>(
    `{ one: function(id: "F7", asAt: "${asAt}", AFTER) { function { holders { edges { node { id: subject holds } } } } } }`,
  );
  return one.function.holders.edges.map(({ node }) => `${node.id.slice('functionHolding/'.length)} ${node.holds}`);
};
const heldBy = async (organisation: string, asAt: string): Promise<readonly string[]> => {
  const { one } = await asked<{ one: { organisation: { functions: Held } } }>(
    `{ one: organisation(id: "${organisation}", asAt: "${asAt}", AFTER) { organisation {
      functions { knownCount totalCount edges { node { id: subject holds } } } } } }`,
  );
  const ids = one.organisation.functions.edges.map(({ node }) => node.id.slice('functionHolding/'.length));
  expect(one.organisation.functions).toMatchObject({ totalCount: ids.length });
  return ids.toSorted();
};

describe('who holds a function', () => {
  it('is whoever held it on the day: organisations, and every one of a kind', async () => {
    expect((await holders('2022-06-30')).toSorted()).toEqual(['h-ccg YES', 'h-nhse YES']);
    expect((await holders('2022-07-01')).toSorted()).toEqual(['h-icb YES', 'h-nhse YES']);
  });
  it('is not known from the day on which it may have gone over', async () => {
    expect((await holders('2026-03-31')).toSorted()).toEqual(['h-icb YES', 'h-nhse YES']);
    expect((await holders('2026-04-01')).toSorted()).toEqual(['h-icb YES', 'h-nhse NOT_KNOWN', 'h-sos NOT_KNOWN']);
  });
  it('is known of an organisation by its name and by its kind, while it is there', async () => {
    expect(await heldBy('icb', '2022-07-01')).toEqual(['h-grants', 'h-icb']);
    expect(await heldBy('ccg', '2022-06-30')).toEqual(['h-ccg', 'h-open']);
    expect(await heldBy('ccg', '2022-07-01')).toEqual([]);
    expect(await heldBy('sos', '2025-01-01')).toEqual([]);
  });
  it('is told with its last day, and with what it is part of', async () => {
    const { one, all } = await asked<{ one: object; all: object }>(`{
      one: functionHolding(id: "h-ccg", asAt: "2022-07-01", AFTER) { functionHolding {
        holds ended heldUntil organisationKind route function { name partOf { name } } fromOrganisation { name } } }
      all: functionHoldings(organisationKind: ICB, asAt: "2023-01-01", filter: { route: [DELEGATED] }) { totalCount } }`);
    expect(one).toEqual({
      functionHolding: {
        ...{ holds: 'NO', ended: true, heldUntil: '2022-06-30', organisationKind: 'CCG', route: 'DELEGATED' },
        function: { name: 'Primary dental services', partOf: { name: 'Direct commissioning' } },
        fromOrganisation: { name: 'NHS England' },
      },
    });
    expect(all).toEqual({ totalCount: 1 });
  });
});

describe('which function is meant', () => {
  it('stands beside the words of the source since somebody said so, and not before', async () => {
    const DELEGATION = 'delegation { functions catalogueFunctions { name } }';
    const { then, now } = await asked<Record<'then' | 'now', { delegation: object }>>(`{
      then: delegation(id: "teeth", asAt: "2024-01-01", asKnownAt: ${unmapped}, AFTER) { ${DELEGATION} }
      now: delegation(id: "teeth", asAt: "2024-01-01") { ${DELEGATION} } }`);
    const functions = ['teeth, in the words of the source'];
    expect(then.delegation).toEqual({ functions, catalogueFunctions: [] });
    expect(now.delegation).toEqual({ functions, catalogueFunctions: [{ name: 'Primary dental services' }] });
  });
  it('narrows lists, and is listed under the function', async () => {
    const counts = await asked<Record<string, { totalCount: number }>>(`{
      delegations(catalogueFunction: "dental", asAt: "2024-01-01", AFTER) { totalCount }
      decisions(catalogueFunction: "grants", asAt: "2024-06-01") { totalCount }
      both: decisions(catalogueFunction: "F7", asAt: "2024-06-01") { totalCount }
      before: decisions(catalogueFunction: "dental", asAt: "2024-06-01", asKnownAt: ${unmapped}) { totalCount }
      local: functions(catalogue: "Local", asAt: "2024-06-01") { totalCount }
      parts: functions(partOf: "direct", asAt: "2024-06-01") { totalCount }
      kept: functions(filter: { delegable: false }, asAt: "2024-06-01") { totalCount undeterminedCount }
      lawful: functions(filter: { statute: "service act" }, asAt: "2024-06-01") { totalCount }
      called: functions(search: "dental", asAt: "2024-06-01") { totalCount } }`);
    expect(Object.fromEntries(Object.entries(counts).map(([name, { totalCount }]) => [name, totalCount]))).toEqual({
      ...{ delegations: 1, decisions: 1, both: 2, before: 1, local: 1, parts: 1, kept: 1, lawful: 1, called: 1 },
    });
    expect(counts['kept']).toEqual({ totalCount: 1, undeterminedCount: 1 });
  });
  it('is told in sentences', async () => {
    const sentences = async (subject: string): Promise<readonly string[]> => {
      const { history } = await asked<{ history: { edges: readonly { node: { sentence: string } }[] } }>(
        `{ history(of: "${subject}", AFTER) { edges { node { sentence } } } }`,
      );
      return history.edges.map(({ node }) => node.sentence);
    };
    expect(await sentences('decision/more')).toEqual([
      'The decision “More chairs” was proposed, exercising “Primary dental services”.',
    ]);
    expect((await sentences('delegation/teeth')).at(-1)).toBe('It lets others exercise “Primary dental services”.');
    expect(await sentences('functionHolding/h-icb')).toEqual([
      '“Primary dental services” is held by every integrated care board (delegated from NHS England).',
    ]);
  });
});

describe('what is not taken', () => {
  it('is a function that is not there, by the field that names it', async () => {
    const decision = { title: 't', catalogueFunctions: ['dental', 'nothing'] };
    expect(await refusalOf(api, 'TakeDecision', 'x', '2024-01-01', decision)).toMatchObject({
      ...{ code: 'UNKNOWN_REFERENCE', field: 'data.catalogueFunctions[1]' },
    });
    const holding = { function: 'nothing', organisation: 'icb', route: 'CONFERRED' };
    expect(await refusalOf(api, 'RecordHolding', 'x', '2024-01-01', holding)).toMatchObject({ field: 'data.function' });
  });
  it('is a holding by nobody, and one by an organisation and a kind', async () => {
    const held = { function: 'dental', route: 'CONFERRED' };
    expect(await refusalOf(api, 'RecordHolding', 'x', '2024-01-01', held)).toMatchObject({
      ...{ code: 'HELD_BY_NOBODY', field: 'data.organisation' },
    });
    const both = { ...held, organisation: 'icb', organisationKind: 'ICB' };
    expect(await refusalOf(api, 'RecordHolding', 'x', '2024-01-01', both)).toMatchObject({
      ...{ code: 'HELD_BY_BOTH', field: 'data.organisationKind' },
    });
  });
  it('is a list of functions narrowed by one that is not there', async () => {
    const { errors } = await api.ask('{ decisions(catalogueFunction: "nothing") { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'catalogueFunction' });
  });
});
