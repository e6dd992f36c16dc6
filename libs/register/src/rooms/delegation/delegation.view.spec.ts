import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { Condition, DelegationEvent, Limit } from '#governance';
import { untilOver } from '../last-said.js';
import { delegationView } from './delegation.view.js';

const day = (text: string) => parseCivilDate(text, 'day');
const { show, turns } = delegationView;
const [columns, lists] = [
  untilOver(delegationView, delegationView.columns),
  untilOver(delegationView, delegationView.lists),
];
const after = (...events: readonly DelegationEvent[]) =>
  events.reduce(
    (state, event) =>
      delegationView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent),
    delegationView.initial,
  );

const terms = { grantedByOrganisation: 'NHSE', delegateBodies: ['glos-board'], functions: ['Dental services'] };
const granted: DelegationEvent = { type: 'DelegationGranted', data: { ...terms, to: day('2025-04-01') } };
const suspended: DelegationEvent = { type: 'DelegationSuspended', data: { reason: 'oversight' } };
const revoked: DelegationEvent = { type: 'DelegationRevoked', data: { reason: 'new scheme' } };

const perYear = (pence: number): Limit => ({ amount: { pence }, basis: 'PER_YEAR' });

describe('the term of a delegation', () => {
  it('shows its last day and turns on the day after', () => {
    expect(after(granted).termEnds).toBe('2025-03-31');
    expect(turns(after(granted))).toEqual(['2025-04-01']);
    expect(turns(after({ type: 'DelegationGranted', data: terms }))).toEqual([]);
  });
  it('is in force on its last day and has expired on the next', () => {
    expect(show(after(granted), day('2025-03-31'))).toMatchObject({ status: 'IN_FORCE', ended: false });
    expect(show(after(granted), day('2025-04-01'))).toMatchObject({ status: 'EXPIRED', ended: true });
  });
  it('takes it out of the lists when it has expired', () => {
    const [before, then] = [day('2025-03-31'), day('2025-04-01')].map((on) => show(after(granted), on));
    expect(before && [columns['grantedByOrganisation']?.(before), lists['delegateBody']?.(before)]).toEqual([
      'NHSE',
      ['glos-board'],
    ]);
    expect(then && [columns['grantedByOrganisation']?.(then), lists['delegateBody']?.(then)]).toEqual([
      undefined,
      undefined,
    ]);
  });
  it('goes on without a gap when it is extended on the day it ends', () => {
    const state = after(granted, { type: 'DelegationExtended', data: { to: day('2026-04-01') } });
    expect(show(state, day('2025-04-01'))).toMatchObject({ status: 'IN_FORCE', termEnds: '2026-03-31' });
    expect(turns(state)).toEqual(['2026-04-01']);
  });
  it('is kept by a variation that says nothing of it', () => {
    const state = after(granted, { type: 'DelegationVaried', data: { limits: [perYear(100)] } });
    expect(state).toMatchObject({ limits: [perYear(100)], termEnds: '2025-03-31', functions: ['Dental services'] });
  });
  it('expires while suspended', () => {
    expect(show(after(granted, suspended), day('2025-04-01')).status).toBe('EXPIRED');
  });
});

describe('the status of a delegation', () => {
  it('is suspended and in force again, with the reason only while it holds', () => {
    expect(after(granted, suspended)).toMatchObject({ status: 'SUSPENDED', statusBecause: 'oversight', ended: false });
    expect(after(granted, suspended, { type: 'DelegationResumed', data: {} })).toEqual(after(granted));
  });
  it('stays revoked whatever comes after, also past its term', () => {
    const state = after(granted, revoked, suspended, { type: 'DelegationResumed', data: {} });
    expect(state).toMatchObject({ status: 'REVOKED', ended: true });
    expect(show(state, day('2025-04-01')).status).toBe('REVOKED');
    expect(turns(state)).toEqual([]);
  });
  it('is in force when it is granted again', () => {
    expect(after(granted, revoked, granted)).toEqual(after(granted));
  });
});

describe('the limits of a delegation', () => {
  const limited: DelegationEvent = {
    type: 'DelegationGranted',
    data: { ...terms, limits: [perYear(100), { amount: { pence: 900 }, basis: 'WHOLE_LIFE' }] },
  };
  it('are replaced together, and listed by the highest amount, placeholders left out', () => {
    const limits = (...events: readonly DelegationEvent[]) => columns['limit']?.(after(limited, ...events));
    const [hundred, nine] = [100, 900].map((pence) =>
      columns['limit']?.(after({ ...limited, data: { ...terms, limits: [perYear(pence)] } })),
    );
    expect(limits()).toBe(nine);
    expect(limits({ type: 'DelegationVaried', data: { limits: [perYear(100), perYear(1)] } })).toBe(hundred);
    expect(limits({ type: 'DelegationVaried', data: { limits: null } })).toBeUndefined();
  });
  it('are found by their words and notes', () => {
    const words = { ...perYear(1), amount: { pence: 1, words: 'a penny' }, note: 'net of grants' };
    const state = after({ type: 'DelegationGranted', data: { ...terms, limits: [words] } });
    expect(delegationView.texts?.(state)).toEqual(expect.arrayContaining(['a penny', 'net of grants']));
  });
});

describe('a standing condition', () => {
  const segment: Condition = { key: 'segment', text: 'segment 1 or 2', kind: 'UPSTREAM', applies: 'STANDING' };
  const legal: Condition = { key: 'legal', text: 'legal review', kind: 'CONSULTATION', applies: 'EACH_DECISION' };
  const conditional: DelegationEvent = { type: 'DelegationGranted', data: { ...terms, conditions: [segment, legal] } };
  const satisfied: DelegationEvent = {
    type: 'ConditionSatisfied',
    data: { condition: 'segment', evidence: 'letter', decision: 'd1' },
  };
  const breached: DelegationEvent = { type: 'ConditionBreached', data: { condition: 'segment', reason: 'segment 4' } };
  const of = (...events: readonly DelegationEvent[]) => after(conditional, ...events).conditions;

  it('is not recorded, then satisfied or breached, each until the other is recorded', () => {
    expect(of()).toEqual([{ ...segment, state: 'NOT_RECORDED' }, legal]);
    const met = { ...segment, state: 'SATISFIED', since: '2024-04-01', evidence: 'letter', decision: 'd1' };
    const broken = { ...segment, state: 'BREACHED', since: '2024-04-01', because: 'segment 4' };
    expect(of(satisfied)).toEqual([met, legal]);
    expect(of(satisfied, breached)).toEqual([broken, legal]);
    expect(of(breached, satisfied)).toEqual([met, legal]);
    expect(lists['conditionMetBy']?.(after(conditional, satisfied))).toEqual(['d1']);
    expect(lists['conditionMetBy']?.(after(conditional, satisfied, breached))).toEqual([]);
  });
  it('stays where it is when its words change, and begins anew under another key or after being taken away', () => {
    const vary = (...conditions: readonly Condition[]): DelegationEvent => ({
      type: 'DelegationVaried',
      data: { conditions },
    });
    const words = { ...segment, text: 'segment 1' };
    expect(of(breached, vary(words))).toMatchObject([{ text: 'segment 1', state: 'BREACHED', because: 'segment 4' }]);
    expect(of(breached, vary({ ...segment, key: 'other' }))).toEqual([
      { ...segment, key: 'other', state: 'NOT_RECORDED' },
    ]);
    expect(of(breached, { type: 'DelegationVaried', data: { conditions: null } })).toBeUndefined();
    expect(of(breached, { type: 'DelegationVaried', data: { note: 'n' } })).toEqual(of(breached));
    expect(of(breached, vary(legal), vary(segment))).toEqual([{ ...segment, state: 'NOT_RECORDED' }]);
  });
  it('is breached whatever else there is: the others stay as they are', () => {
    const both = [segment, { ...segment, key: 'two' }];
    const state = after({ type: 'DelegationGranted', data: { ...terms, conditions: both } }, breached);
    expect(state.conditions?.map(({ state: at }) => at)).toEqual(['BREACHED', 'NOT_RECORDED']);
  });
});
