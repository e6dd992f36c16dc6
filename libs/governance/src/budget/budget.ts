import { addDays, said, type CivilDate, type Decider, type Fact } from '#kernel';
import { refersTo, type Part } from '../lifecycle.js';
import { NO_TERM, standsInTerm, termAfter, type TermedLife } from '../term.js';
import type { BudgetDetails, BudgetEvent } from './budget.events.js';

export type BudgetCommand =
  | Fact<'SetBudget', BudgetDetails & { readonly until?: CivilDate }>
  | Fact<'VaryBudget', { readonly amount: number; readonly reason?: string }>
  | Fact<'CloseBudget', { readonly reason?: string }>;

const PARTS: Record<BudgetEvent['type'], Part> = {
  BudgetSet: 'begins',
  BudgetVaried: 'goes on',
  BudgetClosed: 'ends',
};

/** Budgets: money set aside for a purpose, and who may spend it. */
export const budget: Decider<TermedLife, BudgetCommand, BudgetEvent> = {
  initial: NO_TERM,

  references: (command) =>
    command.type === 'SetBudget'
      ? [
          ...refersTo('organisation', command.data.organisation, 'organisation'),
          ...refersTo('body', command.data.body, 'body'),
        ]
      : [],

  decide({ type, data }) {
    switch (type) {
      case 'SetBudget': {
        const { name, organisation, body, year, amount, amountNote, fundingSource, place, until, note } = data;
        const to = until && addDays(until, 1);
        return {
          type: 'BudgetSet',
          data: said({ name, organisation, body, year, amount, amountNote, fundingSource, place, to, note }),
        };
      }
      case 'VaryBudget':
        return { type: 'BudgetVaried', data: said({ amount: data.amount, reason: data.reason }) };
      case 'CloseBudget':
        return { type: 'BudgetClosed', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, event, effectiveOn) => standsInTerm(life, PARTS[event.type], termOf(event), effectiveOn, 'budget'),
  evolve: (life, event) => termAfter(life, PARTS[event.type], termOf(event)),
};

const termOf = ({ data }: BudgetEvent): { readonly to?: CivilDate } => ('to' in data ? { to: data.to } : {});
