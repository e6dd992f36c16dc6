import { describe, expect, it } from '@jest/globals';
import type { BudgetEvent } from '#governance';
import type { CivilDate, DomainEvent } from '#kernel';
import { untilOver } from '../last-said.js';
import { budgetView, type BudgetView } from './budget.view.js';

const { show, turns } = budgetView;
const columns = untilOver(budgetView, budgetView.columns);
const fold = (...events: readonly BudgetEvent[]): BudgetView =>
  events.reduce(
    (state, event) =>
      budgetView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent & BudgetEvent),
    budgetView.initial,
  );
const day = (text: string): CivilDate => text as CivilDate;
const set: BudgetEvent = {
  type: 'BudgetSet',
  data: {
    name: 'Community',
    organisation: 'o',
    body: 'b',
    year: '2025/26',
    amount: { pence: 600 },
    to: day('2026-04-01'),
  },
};
const listedBy = (shown: BudgetView) => ['organisation', 'body', 'year'].map((name) => columns[name]?.(shown));

describe('the amount of a budget', () => {
  it('is the last one stated, with the reason of that variation only', () => {
    const varied = fold(set, { type: 'BudgetVaried', data: { amount: { pence: 500 }, reason: 'savings' } });
    expect(varied).toMatchObject({ amount: { pence: 500 }, variedBecause: 'savings', name: 'Community' });
    const again = fold(
      set,
      { type: 'BudgetVaried', data: { amount: { pence: 500 }, reason: 'savings' } },
      { type: 'BudgetVaried', data: { amount: { pence: 0 } } },
    );
    expect([again.amount, again.variedBecause]).toEqual([{ pence: 0 }, undefined]);
  });
});

describe('the end of a budget', () => {
  it('comes by itself on the day after its last day', () => {
    expect([fold(set).termEnds, turns(fold(set))]).toEqual(['2026-03-31', ['2026-04-01']]);
    expect(listedBy(show(fold(set), day('2026-03-31')))).toEqual(['o', 'b', '2025/26']);
    expect(listedBy(show(fold(set), day('2026-04-01')))).toEqual([undefined, undefined, undefined]);
  });
  it('comes by an event that is earlier, and leaves no turn', () => {
    const closed = fold(set, { type: 'BudgetClosed', data: { reason: 'merged' } });
    expect([closed.closed, closed.closedBecause, turns(closed)]).toEqual([true, 'merged', []]);
  });
});
