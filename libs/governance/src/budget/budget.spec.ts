import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import { scenario } from '#testing';
import { budget } from './budget.js';
import type { BudgetDetails, BudgetEvent } from './budget.events.js';

const { given } = scenario(budget);
const day = (text: string): CivilDate => text as CivilDate;
const community: BudgetDetails = {
  name: 'Community services',
  organisation: 'QR1',
  body: 'millbrook',
  year: '2025/26',
  amount: { pence: 600_000_000 },
  amountNote: 'rounded',
  fundingSource: 'ICB allocation',
  place: 'Millbrook',
  note: 'n',
};
const set: BudgetEvent = { type: 'BudgetSet', data: community };
const closed: BudgetEvent = { type: 'BudgetClosed', data: {} };

describe('setting a budget', () => {
  it('keeps what was said, with the last day as the first day without', () => {
    given()
      .when({ type: 'SetBudget', data: { ...community, until: day('2026-03-31') } })
      .gives({ type: 'BudgetSet', data: { ...community, to: day('2026-04-01') } });
  });
  it('refers to the organisation and the body', () => {
    expect(budget.references({ type: 'SetBudget', data: community })).toEqual([
      { aggregate: 'organisation', id: 'QR1', field: 'organisation' },
      { aggregate: 'body', id: 'millbrook', field: 'body' },
    ]);
  });
  it('is refused twice, and possible again after it was closed', () => {
    given(set).when({ type: 'SetBudget', data: community }).refuses('ALREADY_BEGUN');
    given(set, closed).when({ type: 'SetBudget', data: community }).gives(set);
  });
  it('covers no day where it ends on the day it starts, and is refused where it ends before', () => {
    given()
      .when({ type: 'SetBudget', data: { ...community, until: day('2025-03-31') } })
      .gives({ type: 'BudgetSet', data: { ...community, to: day('2025-04-01') } });
    given()
      .when({ type: 'SetBudget', data: { ...community, until: day('2025-03-30') } })
      .refuses('ENDS_BEFORE_START');
  });
});

describe('varying a budget', () => {
  it('states the whole new amount, which may be nothing', () => {
    given(set)
      .when({ type: 'VaryBudget', data: { amount: { pence: 0 }, reason: 'savings' } })
      .gives({ type: 'BudgetVaried', data: { amount: { pence: 0 }, reason: 'savings' } });
  });
  it('is refused before it was set', () => {
    given()
      .when({ type: 'VaryBudget', data: { amount: { pence: 1 } } })
      .refuses('NOT_BEGUN');
  });
});

describe('closing a budget', () => {
  it('says why', () => {
    given(set)
      .when({ type: 'CloseBudget', data: { reason: 'merged' } })
      .gives({ type: 'BudgetClosed', data: { reason: 'merged' } });
  });
  it('is refused before it was set, and twice', () => {
    given().when({ type: 'CloseBudget', data: {} }).refuses('ENDS_BEFORE_START');
    given(set, closed).when({ type: 'CloseBudget', data: {} }).refuses('ALREADY_ENDED');
  });
});
