import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import type { AuthorityTest } from './authority.js';
import { answeredBy, type FactTable } from './fact-table.js';
import type { Matter } from './matter.js';
import { traceOf } from './trace.js';

const day = (text: string) => text as CivilDate;
const pounds = (amount: number) => ({ pence: amount * 100 });
const grant = (from: string, to: string, more: object = {}) => ({
  functions: ['f'],
  catalogueFunctions: ['f'],
  grantedByBody: from,
  delegateBodies: [to],
  onward: 'PERMITTED',
  limits: [{ amount: pounds(1_000), basis: 'PER_DECISION' }],
  ...more,
});
const WORLD: FactTable = {
  'organisation/icb': { kind: 'ICB' },
  'organisation/trust': { kind: 'NHS_TRUST' },
  'organisation/nhse': { kind: 'NHS_ENGLAND' },
  'body/board': { kind: 'ICB_BOARD', owners: ['icb'] },
  ...Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [`body/${id}`, { kind: 'ICB_COMMITTEE', owners: ['icb'] }])),
  'function/f': { name: 'F' },
  'functionHolding/h': { function: 'f', organisation: 'icb' },
  'delegation/1': grant('board', 'a'),
  'delegation/2': grant('a', 'b'),
};
const matter = (more: Partial<Matter> = {}): Matter => ({
  deciders: [{ kind: 'body', id: 'b' }],
  functions: ['f'],
  on: day('2023-05-03'),
  amount: pounds(500),
  places: [],
  conditionsMet: [],
  withheld: [],
  ...more,
});
const traced = (facts: FactTable = {}, more: Partial<Matter> = {}) =>
  answeredBy({ ...WORLD, ...facts }, traceOf(matter(more)));
const told = (facts: FactTable, more: Partial<Matter>) => {
  const { verdict, parts } = traced(facts, more);
  const [part] = parts.filter((one) => one.verdict === verdict);
  const chain = part?.chains[0];
  return [verdict, part?.failure?.test ?? chain?.failure?.test ?? part?.missing[0]?.field];
};
const fails = (test: AuthorityTest, facts: FactTable = {}, more: Partial<Matter> = {}) =>
  expect(told(facts, more)).toEqual(['NOT_AUTHORISED', test]);
const lacks = (field: string, facts: FactTable = {}, more: Partial<Matter> = {}) =>
  expect(told(facts, more)).toEqual(['CANNOT_DETERMINE', field]);
const holds = (facts: FactTable = {}, more: Partial<Matter> = {}) =>
  expect(told(facts, more)).toEqual(['AUTHORISED', undefined]);

describe('a power that is passed on', () => {
  it('holds where it may be', () => holds());
  it('may not widen the amount', () => {
    const wide = { 'delegation/2': grant('a', 'b', { limits: [{ amount: pounds(2_000), basis: 'PER_DECISION' }] }) };
    fails('WIDER', wide, { amount: pounds(1_500) });
    holds(wide, { amount: pounds(1_000) });
  });
  it('may not widen the functions or the places', () => {
    fails('WIDER', { 'delegation/1': grant('board', 'a', { catalogueFunctions: ['g'] }) });
    fails('WIDER', { 'delegation/1': grant('board', 'a', { places: ['p'] }), 'place/q': {} }, { places: ['q'] });
  });
  it('does not outlive what it comes from', () => {
    const ending = { 'delegation/1': grant('board', 'a', { to: '2023-05-04' }) };
    holds(ending);
    fails('OUTLIVES', ending, { on: day('2023-05-04') });
  });
  it('is passed on no further than allowed', () => {
    const three = (depth: number) => ({
      'delegation/1': grant('board', 'a', { onwardDepth: depth }),
      'delegation/3': grant('b', 'c'),
    });
    const by = { deciders: [{ kind: 'body', id: 'c' }] } as const;
    fails('DEPTH', three(1), by);
    holds(three(2), by);
    fails('ONWARD', three(0), by);
    fails('ONWARD', { 'delegation/1': grant('board', 'a', { onward: 'PROHIBITED' }) });
  });
  it('needs it to be said that it may, and consent where that is asked for', () => {
    lacks('onward', { 'delegation/1': grant('board', 'a', { onward: undefined }) });
    const asked = { 'delegation/1': grant('board', 'a', { onward: 'WITH_CONSENT' }) };
    lacks('approvals', asked);
    holds({ ...asked, 'delegation/2': grant('a', 'b', { approvals: [{ body: 'board' }] }) });
    lacks('approvals', { ...asked, 'delegation/2': grant('a', 'b', { approvals: [{ body: 'a' }] }) });
  });
  it('is exercised for whoever holds it, and for nobody else', () => {
    fails('PRINCIPAL', { 'delegation/2': grant('a', 'b', { onBehalfOf: 'trust' }) });
    holds({ 'delegation/2': grant('a', 'b', { onBehalfOf: 'icb' }) });
  });
  it('does not come back to where it was', () => {
    fails('CYCLE', { 'delegation/1': grant('b', 'a') });
    fails('CYCLE', {
      'delegation/1': grant('c', 'a'),
      'delegation/3': grant('d', 'c'),
      'delegation/4': grant('a', 'd'),
    });
  });
  it('ends with whoever granted it', () => {
    const gone = { 'body/a': { kind: 'ICB_COMMITTEE', owners: ['icb'], to: '2023-05-03' } };
    fails('GRANTOR', gone);
    holds(gone, { on: day('2023-05-02') });
    fails('GRANTOR', { 'organisation/icb': { kind: 'ICB', to: '2023-05-03' } });
    fails('DECIDER', {}, { deciders: [{ kind: 'body', id: 'unheard-of' }] });
  });
  it('breaks off where a body passes on what it was never given', () => {
    fails('HOLDER', { 'delegation/1': grant('board', 'c') });
  });
  it('is for a person to judge where it is granted by somebody in words only', () => {
    lacks('grantedByBody', {
      'delegation/2': grant('a', 'b', { grantedByBody: undefined, grantedByName: 'the chair' }),
    });
  });
  it('stays with an organisation that exercises it by its own bodies', () => {
    const down = {
      'functionHolding/h': { function: 'f', organisation: 'nhse' },
      'delegation/0': {
        ...grant('', ''),
        grantedByBody: undefined,
        grantedByOrganisation: 'nhse',
        delegateBodies: undefined,
        delegateOrganisations: ['icb'],
        onward: 'PROHIBITED',
      },
    };
    holds(down);
    fails('ONWARD', { ...down, 'body/b': { kind: 'JOINT_COMMITTEE', owners: ['icb', 'trust'] } });
    expect(traced(down).parts[0]?.chains[0]).toMatchObject({ principal: 'nhse' });
  });
  it('is not delegated at all where the catalogue says so', () =>
    fails('ONWARD', { 'function/f': { name: 'F', delegable: false } }));
});

describe('a matter reserved', () => {
  const reserved = (more: object = {}) => ({ 'reservation/r': { body: 'board', catalogueFunctions: ['f'], ...more } });
  it('is decided by nobody below', () => {
    fails('RESERVED', reserved());
    holds(reserved(), { deciders: [{ kind: 'body', id: 'board' }] });
    holds(reserved({ from: '2023-05-04' }));
    holds(reserved({ to: '2023-05-03' }));
  });
  it('above an amount only', () => {
    const above = reserved({ above: { amount: pounds(400), basis: 'PER_DECISION' } });
    fails('RESERVED', above);
    holds(above, { amount: pounds(400) });
  });
  it('of another organisation is none of this one’s', () =>
    holds({ ...reserved({ body: 'trust-board' }), 'body/trust-board': { kind: 'TRUST_BOARD', owners: ['trust'] } }));
  it('by a version that was found invalid is not reserved', () =>
    holds({
      ...reserved({ instrument: 'sord', version: '2' }),
      'instrument/sord': { invalidVersions: [{ version: '2' }] },
    }));
});

describe('a power given away', () => {
  it('for others to exercise alone is no longer there', () => {
    const by = { deciders: [{ kind: 'body', id: 'board' }] } as const;
    fails('EXCLUSIVE', { 'delegation/1': grant('board', 'a', { exclusive: true }) }, by);
    holds({ 'delegation/1': grant('board', 'a', { exclusive: false }) }, by);
    holds({ 'delegation/1': grant('board', 'a', { exclusive: true, to: '2023-05-03' }) }, by);
  });
});
