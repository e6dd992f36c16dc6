import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import { answeredBy, type FactTable } from './fact-table.js';
import { chainVerdict, type AuthorityTest } from './authority.js';
import type { Matter } from './matter.js';
import { traceOf } from './trace.js';

const day = (text: string) => text as CivilDate;
const pounds = (amount: number) => ({ pence: amount * 100 });

/** An ICB whose board delegates community services to a place committee. */
const WORLD: FactTable = {
  'organisation/icb': { kind: 'ICB' },
  'organisation/council': { kind: 'COUNCIL' },
  'body/board': { kind: 'ICB_BOARD', owners: ['icb'] },
  'body/place': { kind: 'ICB_COMMITTEE', owners: ['icb'] },
  'body/sub': { kind: 'ICB_SUBCOMMITTEE', owners: ['icb'] },
  'place/system': {},
  'place/millbrook': { parents: ['system'] },
  'place/elsewhere': { parents: ['system'] },
  'function/commissioning': { name: 'Arrange provision' },
  'function/community': { name: 'Community services', partOf: 'commissioning' },
  'function/dental': { name: 'Dental services' },
  'functionHolding/icbs': { function: 'commissioning', organisationKind: 'ICB' },
  'delegation/d1': {
    functions: ['community services'],
    catalogueFunctions: ['community'],
    grantedByBody: 'board',
    delegateBodies: ['place'],
    places: ['millbrook'],
    limits: [{ amount: pounds(1_000_000), basis: 'WHOLE_LIFE' }],
    onward: 'PROHIBITED',
    powers: ['DECIDE'],
  },
};

const matter = (more: Partial<Matter> = {}): Matter => ({
  deciders: [{ kind: 'body', id: 'place' }],
  functions: ['community'],
  on: day('2023-05-03'),
  amount: pounds(900_000),
  places: ['millbrook'],
  conditionsMet: [],
  decision: 'x',
  withheld: [],
  ...more,
});
const traced = (more: Partial<Matter> = {}, facts: FactTable = {}) =>
  answeredBy({ ...WORLD, ...facts }, traceOf(matter(more)));
const varied = (terms: object, from = 'd1'): FactTable => ({
  [`delegation/${from}`]: { ...WORLD['delegation/d1'], ...terms },
});
/** The verdict, and the first test that the best chain fails, or the datum that is missing. */
const told = (more: Partial<Matter> = {}, facts: FactTable = {}): readonly [string, string | undefined] => {
  const { verdict, parts } = traced(more, facts);
  const [part] = parts.filter((one) => one.verdict === verdict);
  const [chain] = part?.chains ?? [];
  const why = part?.failure?.test ?? chain?.failure?.test ?? part?.missing[0]?.field;
  return [verdict, why];
};
const fails = (test: AuthorityTest, more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['NOT_AUTHORISED', test]);
const lacks = (field: string, more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['CANNOT_DETERMINE', field]);
const holds = (more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['AUTHORISED', undefined]);

describe('a chain', () => {
  it('leads from the law to whoever decides, hop by hop', () => {
    const { verdict, parts } = traced();
    expect(verdict).toBe('AUTHORISED');
    expect(parts[0]?.chains[0]?.hops.map(({ kind, from, to, by }) => [kind, from?.id, to.id, by.id])).toEqual([
      ['HOLDS_FUNCTION', undefined, 'icb', 'icbs'],
      ['ACTS_FOR', 'icb', 'board', 'board'],
      ['DELEGATED', 'board', 'place', 'd1'],
    ]);
    expect(parts[0]?.chains[0]).toMatchObject({ principal: 'icb', grantedBy: 'icb', missing: [] });
  });
  it('is not needed by the board itself, nor a delegation', () =>
    holds({ deciders: [{ kind: 'body', id: 'board' }], amount: pounds(9e9) }));
  it('is missing where nothing was delegated', () => fails('HOLDER', { deciders: [{ kind: 'body', id: 'sub' }] }));
  it('is missing where another function was', () => fails('HOLDER', {}, varied({ catalogueFunctions: ['dental'] })));
  it('needs somebody who holds the function', () => {
    fails('HOLDER', {}, { 'functionHolding/icbs': { function: 'commissioning', organisationKind: 'CCG' } });
    fails(
      'HOLDER',
      {},
      { 'functionHolding/icbs': { function: 'commissioning', organisationKind: 'ICB', to: '2023-05-03' } },
    );
    holds({}, { 'functionHolding/icbs': { function: 'commissioning', organisationKind: 'ICB', to: '2023-05-04' } });
    lacks('holders', {}, { 'functionHolding/icbs': { function: 'dental', organisationKind: 'ICB' } });
  });
  it('does not begin with a function that another lets an organisation exercise: its delegation says on what terms', () => {
    const lent = {
      'organisation/nhse': { kind: 'NHS_ENGLAND' },
      'functionHolding/icbs': {
        function: 'commissioning',
        organisationKind: 'ICB',
        route: 'DELEGATED',
        fromOrganisation: 'nhse',
      },
      'functionHolding/nhse': { function: 'commissioning', organisation: 'nhse', route: 'CONFERRED' },
    };
    lacks('delegations', {}, lent);
    const terms = {
      ...WORLD['delegation/d1'],
      delegateBodies: undefined,
      delegateOrganisations: ['icb'],
      grantedByBody: undefined,
      grantedByOrganisation: 'nhse',
    };
    holds({}, { ...lent, 'delegation/nhse': terms });
    fails(
      'WIDER',
      {},
      { ...lent, 'delegation/nhse': { ...terms, limits: [{ amount: pounds(5), basis: 'WHOLE_LIFE' }] } },
    );
  });
  it('does not tell of what was delegated of other functions where the function is held in law', () => {
    const other = {
      ...WORLD['delegation/d1'],
      catalogueFunctions: ['dental'],
      grantedByBody: undefined,
      grantedByName: 'NHS England',
      delegateBodies: undefined,
      delegateOrganisations: ['icb'],
    };
    expect(traced({}, { 'delegation/other': other }).parts[0]?.chains.length).toBe(1);
  });
  it('tells of every way, those that hold first', () => {
    const more = { ...WORLD['delegation/d1'], limits: [{ amount: pounds(10), basis: 'PER_DECISION' }] };
    const [part] = traced({}, { 'delegation/a-small-one': more }).parts;
    expect(part?.chains.map(chainVerdict)).toEqual(['AUTHORISED', 'NOT_AUTHORISED']);
    expect(part?.verdict).toBe('AUTHORISED');
  });
});

describe('the day', () => {
  it('is tested on both sides of both edges', () => {
    fails('INTERVAL', { on: day('2023-04-30') }, varied({ from: '2023-05-01' }));
    holds({ on: day('2023-05-01') }, varied({ from: '2023-05-01' }));
    holds({ on: day('2024-03-31') }, varied({ to: '2024-04-01' }));
    fails('INTERVAL', { on: day('2024-04-01') }, varied({ to: '2024-04-01' }));
  });
  it('may be one on which nobody knows whether it was in force', () =>
    lacks('start', {}, varied({ holds: 'NOT_KNOWN' })));
  it('finds a suspended edge', () => fails('SUSPENSION', {}, varied({ status: 'SUSPENDED' })));
  it('finds that another took its place, from that day on', () => {
    const after = {
      'delegation/d2': {
        ...WORLD['delegation/d1'],
        from: '2023-06-01',
        replaces: 'd1',
        limits: [{ amount: pounds(1), basis: 'WHOLE_LIFE' }],
      },
    };
    holds({ on: day('2023-05-31') }, after);
    expect(traced({ on: day('2023-06-01') }, after).parts[0]?.chains.map(({ failure }) => failure?.test)).toEqual([
      'REPLACED',
      'LIMIT',
    ]);
  });
});

describe('the scope', () => {
  it('reaches to places within it, and to no others', () => {
    holds({}, varied({ places: ['system'] }));
    fails('PLACE', { places: ['elsewhere'] });
    fails('PLACE', { places: ['millbrook', 'elsewhere'] });
    lacks('places', { places: [] });
  });
  it('that is only in words is a datum that is missing', () => {
    lacks('places', {}, varied({ places: undefined, scope: { place: 'Millbrook' } }));
    lacks('catalogueFunctions', {}, varied({ catalogueFunctions: undefined }));
  });
  it('leaves out a provider', () => {
    fails('PROVIDER', { provider: 'acme' }, varied({ excludedProviders: ['acme'] }));
    lacks('provider', {}, varied({ excludedProviders: ['acme'] }));
    holds({ provider: 'other' }, varied({ excludedProviders: ['acme'] }));
  });
  it('gives no power to decide where it only recommends', () => fails('POWER', {}, varied({ powers: ['RECOMMEND'] })));
});

describe('a limit', () => {
  const limit = (...limits: readonly object[]) => varied({ limits });
  it('is met at the edge and not a penny beyond', () => {
    holds({ amount: { pence: 100_000_000 } });
    fails('LIMIT', { amount: { pence: 100_000_001 } });
  });
  it('needs an amount, and a placeholder is none', () => {
    lacks('amount', { amount: undefined } as unknown as Partial<Matter>);
    lacks('amount', { amount: { pence: 1 } });
  });
  it('on a year counts what was decided before in it', () => {
    const yearly = limit({ amount: pounds(1_000_000), basis: 'PER_YEAR' });
    const other = (takenOn: string, amount: number | undefined, status = 'TAKEN') => ({
      'decision/other': {
        delegation: 'd1',
        takenOn,
        taken: true,
        status,
        ...(amount !== undefined && { amount: pounds(amount) }),
      },
    });
    holds({}, { ...yearly, ...other('2023-04-02', 100_000) });
    fails('LIMIT', {}, { ...yearly, ...other('2023-04-02', 100_001) });
    holds({}, { ...yearly, ...other('2023-03-31', 100_001) });
    holds({}, { ...yearly, ...other('2023-04-02', 100_001, 'RESCINDED') });
    holds({}, { ...yearly, ...other('2023-05-04', 100_001) });
    lacks('amount', {}, { ...yearly, ...other('2023-04-02', undefined) });
  });
  it('with and without VAT is compared only as far as is sure', () => {
    const with_ = limit({ amount: pounds(1_000_000), basis: 'WHOLE_LIFE', vat: 'INCLUDED' });
    const without = limit({ amount: pounds(1_000_000), basis: 'WHOLE_LIFE', vat: 'EXCLUDED' });
    lacks('vat', { amount: pounds(900_000) }, with_);
    fails('LIMIT', { amount: pounds(1_000_001) }, with_);
    holds({ amount: pounds(900_000) }, without);
    lacks('vat', { amount: pounds(1_000_001) }, without);
    fails('LIMIT', { amount: pounds(1_000_001), vat: 'EXCLUDED' }, without);
  });
  it('for revenue says nothing about capital', () => {
    const revenue = limit({ amount: pounds(1_000_000), basis: 'WHOLE_LIFE', spending: 'REVENUE' });
    holds({ spending: 'REVENUE' }, revenue);
    lacks('spending', {}, revenue);
    lacks('spending', { spending: 'CAPITAL' }, revenue);
    const both = limit(
      { amount: pounds(1_000_000), basis: 'WHOLE_LIFE', spending: 'REVENUE' },
      { amount: pounds(500_000), basis: 'WHOLE_LIFE', spending: 'CAPITAL' },
    );
    holds({ amount: pounds(500_000) }, both);
    lacks('spending', { amount: pounds(500_001) }, both);
    fails('LIMIT', { amount: pounds(500_001), spending: 'CAPITAL' }, both);
  });
  it('that cannot be measured is for a person to judge', () =>
    lacks('conditionsMet', {}, limit({ amount: pounds(1), basis: 'OTHER', note: 'a tenth' })));
});

describe('a condition', () => {
  const asked = varied({
    conditions: [{ key: 'cfo', text: 'the CFO certifies the budget', applies: 'EACH_DECISION' }],
  });
  const met = (on: string) => ({ conditionsMet: [{ delegation: 'd1', condition: 'cfo', on: day(on) }] });
  it('of each decision has to be met by the day', () => {
    lacks('conditionsMet', {}, asked);
    holds(met('2023-05-03'), asked);
    fails('CONDITION', met('2023-05-04'), asked);
    lacks('conditionsMet', { conditionsMet: [{ delegation: 'another', condition: 'cfo' }] }, asked);
  });
  it('that stands is met, breached, or not known', () => {
    const standing = (state?: string) =>
      varied({ conditions: [{ key: '1', text: 'segment 1 or 2', applies: 'STANDING', state }] });
    holds({}, standing('SATISFIED'));
    fails('CONDITION', {}, standing('BREACHED'));
    lacks('conditions', {}, standing());
  });
});

describe('an invalid version', () => {
  const instrument = (...invalid: readonly string[]) => ({
    'instrument/sord': { invalidVersions: invalid.map((version) => ({ version, because: 'adopted inquorate' })) },
  });
  const v1 = { ...WORLD['delegation/d1'], instrument: 'sord', version: '1', from: '2022-07-01' };
  const v2 = { ...v1, version: '2', from: '2023-05-01', limits: [{ amount: pounds(1_500_000), basis: 'WHOLE_LIFE' }] };
  const both = (...invalid: readonly string[]) => ({ ...instrument(...invalid), 'delegation/d1': [v1, v2] });
  it('leaves what the version before made', () => {
    holds({ amount: pounds(1_200_000) }, both());
    fails('LIMIT', { amount: pounds(1_200_000) }, both('2'));
    holds({ amount: pounds(900_000) }, both('2'));
    expect(traced({}, both('2')).parts[0]?.chains[0]?.hops.at(-1)).toMatchObject({
      terms: { version: '1' },
      notes: [
        expect.stringContaining('£1,000,000.00'),
        'version 2 of ⟦instrument/sord⟧ was found invalid: adopted inquorate',
      ],
    });
  });
  it('leaves nothing where there was none before', () => fails('VERSION', {}, both('1', '2')));
  it('is no way to what it replaces while it is valid', () => {
    const replaced = (...invalid: readonly string[]) => ({
      ...instrument(...invalid),
      'delegation/d1': v1,
      'delegation/d2': { ...v2, replaces: 'd1' },
    });
    holds({ amount: pounds(1_200_000) }, replaced());
    expect(traced({}, replaced()).parts[0]?.chains.map(({ failure }) => failure?.test)).toEqual([
      undefined,
      'REPLACED',
    ]);
    expect(traced({}, replaced('2')).parts[0]?.chains.map(({ failure }) => failure?.test)).toEqual([
      undefined,
      'VERSION',
    ]);
  });
  it('of an instrument that has ended gives nothing', () =>
    fails('INSTRUMENT', {}, { ...both(), 'instrument/sord': { to: '2023-05-03' } }));
});
