import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import type { AuthorityTest } from './authority.js';
import { answeredBy, type FactTable } from './fact-table.js';
import { matterOf, type Matter } from './matter.js';
import { traceOf } from './trace.js';

const day = (text: string) => text as CivilDate;
const pounds = (amount: number) => ({ pence: amount * 100 });
const grant = (from: string, more: object) => ({
  functions: ['f'],
  catalogueFunctions: ['f'],
  grantedByBody: from,
  onward: 'PERMITTED',
  ...more,
});
const WORLD: FactTable = {
  'organisation/icb': { kind: 'ICB' },
  'organisation/council': { kind: 'COUNCIL' },
  'body/board': { kind: 'ICB_BOARD', owners: ['icb'] },
  'body/cabinet': { kind: 'COUNCIL_EXECUTIVE', owners: ['council'] },
  'body/joint': { kind: 'JOINT_COMMITTEE', owners: ['icb', 'council'] },
  'body/forum': { kind: 'PLACE_CONSULTATIVE_FORUM', owners: ['icb'] },
  'function/f': { name: 'F' },
  'functionHolding/h': { function: 'f', organisation: 'icb' },
  'functionHolding/c': { function: 'f', organisation: 'council' },
  'seat/place-director': { organisation: 'icb' },
  'seat/council-director': { organisation: 'council' },
  'delegation/to-post': grant('board', { delegateSeats: ['place-director'] }),
  'delegation/icb-joint': grant('board', {
    delegateBodies: ['joint'],
    limits: [{ amount: pounds(2_000_000), basis: 'PER_DECISION' }],
  }),
  'delegation/council-joint': grant('cabinet', {
    delegateBodies: ['joint'],
    limits: [{ amount: pounds(1_000_000), basis: 'PER_DECISION' }],
  }),
  'appointment/icb-hat': { person: 'jo', seat: 'place-director', status: 'SUBSTANTIVE' },
};
const matter = (more: Partial<Matter>): Matter => ({
  deciders: [{ kind: 'person', id: 'jo' }],
  functions: ['f'],
  on: day('2023-05-03'),
  amount: pounds(900_000),
  kind: 'APPROVE',
  places: [],
  conditionsMet: [],
  decision: 'x',
  withheld: [],
  ...more,
});
const traced = (more: Partial<Matter> = {}, facts: FactTable = {}) =>
  answeredBy({ ...WORLD, ...facts }, traceOf(matter(more)));
const told = (more: Partial<Matter>, facts: FactTable) => {
  const { verdict, parts } = traced(more, facts);
  const [part] = parts.filter((one) => one.verdict === verdict);
  return [verdict, part?.failure?.test ?? part?.chains[0]?.failure?.test ?? part?.missing[0]?.field];
};
const fails = (test: AuthorityTest, more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['NOT_AUTHORISED', test]);
const lacks = (field: string, more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['CANNOT_DETERMINE', field]);
const holds = (more: Partial<Matter> = {}, facts: FactTable = {}) =>
  expect(told(more, facts)).toEqual(['AUTHORISED', undefined]);

describe('whoever holds a post', () => {
  const twoHats = { 'appointment/council-hat': { person: 'jo', seat: 'council-director', status: 'SUBSTANTIVE' } };
  it('acts in it on the day', () => {
    holds();
    expect(traced().parts[0]?.chains[0]?.hops.at(-1)).toMatchObject({ kind: 'HOLDS_POST', by: { id: 'icb-hat' } });
  });
  it('does not before, or after', () => {
    const held = (more: object) => ({ 'appointment/icb-hat': { person: 'jo', seat: 'place-director', ...more } });
    fails('POST', { on: day('2023-04-30') }, held({ from: '2023-05-01' }));
    holds({ on: day('2023-05-01') }, held({ from: '2023-05-01' }));
    holds({ on: day('2023-05-02') }, held({ to: '2023-05-03' }));
    fails('POST', {}, held({ to: '2023-05-03' }));
    fails('POST', {}, held({ status: 'SUSPENDED' }));
    lacks('start', {}, held({ holds: 'NOT_KNOWN' }));
  });
  it('that is vacant is nobody', () => {
    const vacant = {
      'appointment/icb-hat': { person: 'sam', seat: 'place-director', to: '2023-05-01' },
      'appointment/v': { seat: 'place-director', vacant: true },
    };
    fails('POST', { delegation: 'to-post' }, vacant);
  });
  it('only designate has no authority', () => {
    fails('DESIGNATE', {}, { 'appointment/icb-hat': { person: 'jo', seat: 'place-director', status: 'DESIGNATE' } });
    fails(
      'DESIGNATE',
      {},
      { 'appointment/icb-hat': { person: 'jo', seat: 'place-director', capacities: [{ status: 'DESIGNATE' }] } },
    );
  });
  it('of several hats says which, and the hat has to have the power', () => {
    lacks('actingUnder', {}, twoHats);
    holds({ hat: 'icb-hat' }, twoHats);
    fails('HOLDER', { hat: 'council-hat' }, twoHats);
    fails('HAT', { hat: 'other' }, { 'appointment/other': { person: 'sam', seat: 'place-director' } });
  });
  it('gives power on to another officer', () => {
    const onward = {
      'appointment/deputy': { person: 'ash', seat: 'council-director' },
      'delegation/officer': grant('board', {
        grantedByBody: undefined,
        grantedBySeat: 'place-director',
        delegatePersons: ['ash'],
      }),
    };
    holds({ deciders: [{ kind: 'person', id: 'ash' }] }, onward);
  });
});

describe('a delegation that is named', () => {
  it('is tested also where it is to somebody else', () => {
    const { parts } = traced({ delegation: 'icb-joint' });
    expect(parts[0]?.verdict).toBe('AUTHORISED');
    expect(parts[0]?.chains.map(({ failure }) => failure?.test)).toEqual([undefined, 'DELEGATE']);
  });
});

describe('a joint committee', () => {
  const by = { deciders: [{ kind: 'body', id: 'joint' }] } as const;
  it('has what every parent gave: the least of their limits', () => {
    holds({ ...by, amount: pounds(1_000_000) });
    const { verdict, parts } = traced({ ...by, amount: pounds(1_500_000) });
    expect([verdict, parts.map(({ parent, verdict: each }) => [parent, each])]).toEqual([
      'NOT_AUTHORISED',
      [
        ['icb', 'AUTHORISED'],
        ['council', 'NOT_AUTHORISED'],
      ],
    ]);
  });
  it('has nothing where one parent gave nothing', () => {
    const { parts } = traced(by, { 'delegation/council-joint': { functions: [], grantedByBody: 'cabinet' } });
    expect(parts.map(({ parent, failure }) => [parent, failure?.test])).toEqual([
      ['icb', undefined],
      ['council', 'HOLDER'],
    ]);
  });
  it('reaches only to the people that each of them gave it for', () => {
    const places = {
      'place/a': {},
      'place/b': {},
      'delegation/icb-joint': grant('board', { delegateBodies: ['joint'], places: ['a'] }),
      'delegation/council-joint': grant('cabinet', { delegateBodies: ['joint'], places: ['a', 'b'] }),
    };
    holds({ ...by, places: ['a'] }, places);
    fails('PLACE', { ...by, places: ['b'] }, places);
  });
  it('is another thing than committees in common, which decide for each parent', () => {
    const common = { 'body/joint': { kind: 'COMMITTEE_IN_COMMON', owners: ['icb', 'council'] } };
    fails('PER_PARENT', by, common);
    holds(by, { 'body/joint': { kind: 'COMMITTEE_IN_COMMON', owners: ['icb'] } });
  });
});

describe('a consultative forum', () => {
  const by = { deciders: [{ kind: 'body', id: 'forum' }] } as const;
  it('approves nothing, whatever was delegated to it', () =>
    fails('ADVISORY', by, { 'delegation/forum': grant('board', { delegateBodies: ['forum'] }) }));
  it('may recommend', () => holds({ ...by, kind: 'RECOMMEND' }));
  it('of whose decision nobody says what it does may have recommended', () =>
    lacks('kind', { ...by, kind: undefined } as unknown as Partial<Matter>));
});

describe('a decision of the register', () => {
  const of = (state: object) => answeredBy(WORLD, traceOf(matterOf('x', { status: 'TAKEN', taken: true, ...state })));
  it('that says little names what is missing, and is never a yes', () => {
    const { verdict, parts } = of({});
    expect([verdict, parts[0]?.missing.map(({ field }) => field)]).toEqual([
      'CANNOT_DETERMINE',
      ['takenOn', 'decidedBy', 'catalogueFunctions'],
    ]);
  });
  it('goes by what it says', () => {
    const said = { takenOn: '2023-05-03', decidedBy: ['board'], officer: 'jo', catalogueFunctions: ['f'] };
    expect(of(said)).toMatchObject({ verdict: 'AUTHORISED', parts: [{ decider: { kind: 'body', id: 'board' } }] });
  });
  it('exercising two functions needs both', () => {
    const said = { takenOn: '2023-05-03', decidedBy: ['board'], catalogueFunctions: ['f', 'g'] };
    expect(of(said).parts.map(({ function: id, verdict }) => [id, verdict])).toEqual([
      ['f', 'AUTHORISED'],
      ['g', 'CANNOT_DETERMINE'],
    ]);
  });
  it('tells apart what is not recorded and what is withheld', () => {
    const { parts } = of({
      takenOn: '2023-05-03',
      decidedBy: ['board'],
      withheldParts: [{ field: 'catalogueFunctions' }],
    });
    expect(parts[0]?.missing[0]?.datum).toContain('withheld from you');
  });
});
