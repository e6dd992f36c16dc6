import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { DelegationEvent } from '#governance';
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
    const state = after(granted, { type: 'DelegationVaried', data: { limit: { pence: 100 } } });
    expect(state).toMatchObject({ limit: { pence: 100 }, termEnds: '2025-03-31', functions: ['Dental services'] });
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
