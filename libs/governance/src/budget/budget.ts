import { given, said, type CivilDate, type Decider, type Fact, type Revised } from '#kernel';
import { refersTo, refersToEach, type Part } from '../lifecycle.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import type { BudgetDetails, BudgetEvent } from './budget.events.js';

/** Last day on which it can be spent, where that is known. */
interface Until {
  readonly until?: CivilDate;
}

export type BudgetCommand =
  | Fact<'SetBudget', BudgetDetails & Until>
  | Fact<'VaryBudget', Revised<BudgetDetails & Until> & { readonly reason?: string }>
  | Fact<'CloseBudget', { readonly reason?: string }>;

const PARTS: Record<BudgetEvent['type'], Part> = {
  BudgetSet: 'begins',
  BudgetVaried: 'goes on',
  BudgetClosed: 'ends',
};

/** Budgets: money set aside for a purpose, and who may spend it. */
export const budget: Decider<TermedLife, BudgetCommand, BudgetEvent> = {
  initial: NO_TERM,

  references: ({ type, data }) =>
    type === 'CloseBudget'
      ? []
      : [
          ...refersTo('organisation', data.organisation, 'organisation'),
          ...refersTo('body', data.body, 'body'),
          ...refersToEach('place', data.places, 'places'),
        ],

  decide({ type, data }) {
    switch (type) {
      case 'SetBudget':
        return { type: 'BudgetSet', data: { ...given(details(data)), name: data.name, amount: data.amount } };
      case 'VaryBudget':
        return { type: 'BudgetVaried', data: said({ ...details(data), reason: data.reason }) };
      case 'CloseBudget':
        return { type: 'BudgetClosed', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, event, effectiveOn) => standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'budget'),
  evolve: (life, event) => termAfter(life, PARTS[event.type], termIn(event)),
};

const details = (data: Revised<BudgetDetails & Until>): Revised<BudgetDetails & { readonly to?: CivilDate }> =>
  said({
    name: data.name,
    organisation: data.organisation,
    body: data.body,
    year: data.year,
    amount: data.amount,
    amountNote: data.amountNote,
    fundingSource: data.fundingSource,
    place: data.place,
    places: data.places && [...data.places],
    to: firstDayWithout(data.until),
    note: data.note,
  });
