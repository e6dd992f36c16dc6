import { searchable } from '../../engine/view.js';
import { amountColumn } from '../money.view.js';
import { Field, ObjectType, DateScalar } from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import type { BudgetEvent } from '#governance';
import { HoldingView } from '../holding.view.js';
import { MoneyView } from '../money.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';

/** The folded state of a budget, and the GraphQL type `Budget`. */
@ObjectType('Budget', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'Money set aside for a purpose, and who may spend it.',
})
export class BudgetView {
  @Field(() => DateScalar, {
    description: 'The first day on which it can be spent, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  availableFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'The last day on which it could be spent, once it is closed.',
    nullable: true,
  })
  availableUntil?: CivilDate;

  @Field(() => String, { description: 'What the budget is called.' })
  name!: string;

  /** Ids of whose money it is and of who may spend it; the resolver shows them. */
  organisation?: string;
  body?: string;
  places?: readonly string[];

  @Field(() => String, { description: 'The financial year, for example 2025/26.', nullable: true })
  year?: string;

  @Field(() => MoneyView, { description: 'The amount as it stands.' })
  amount!: MoneyView;

  @Field(() => String, {
    description: 'What the figure leaves out: rounded, an estimate, including VAT.',
    nullable: true,
  })
  amountNote?: string;

  @Field(() => String, { description: 'Where the money comes from.', nullable: true })
  fundingSource?: string;

  @Field(() => String, { description: 'Name of the place it is for.', nullable: true })
  place?: string;

  @Field(() => DateScalar, {
    description: 'Last day on which it can be spent, where that is known in advance.',
    nullable: true,
  })
  termEnds?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => String, { description: 'Why the amount was last varied.', nullable: true })
  variedBecause?: string;

  @Field(() => Boolean, { description: 'True once it can no longer be spent.' })
  closed!: boolean;

  @Field(() => String, { description: 'Why it was closed.', nullable: true })
  closedBecause?: string;
}

export const budgetView: LastingView<BudgetView> = {
  aggregate: 'budget',
  initial: { name: '', amount: { pence: 0 }, closed: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & BudgetEvent;
    switch (type) {
      case 'BudgetSet':
        return said({ ...withTerm(data), availableFrom: firstDay(event), closed: false });
      case 'BudgetVaried': {
        const { variedBecause: _because, ...rest } = state;
        const { reason, ...changes } = data;
        return { ...revised(rest, withTerm(changes)), ...(reason !== undefined && { variedBecause: reason }) };
      }
      case 'BudgetClosed':
        return said({
          ...state,
          closed: true,
          availableUntil: lastDay(event, state.termEnds),
          closedBecause: data.reason,
        });
    }
  },

  turns: ({ termEnds, closed }) => (termEnds === undefined || closed ? [] : [addDays(termEnds, 1)]),
  show: (state, date) =>
    !state.closed && state.termEnds !== undefined && state.termEnds < date
      ? { ...state, closed: true, availableUntil: state.termEnds }
      : state,
  isOver: ({ closed }) => closed,
  title: ({ name, year }) => (year === undefined ? name : `${name} ${year}`),
  texts: ({ amount, amountNote, fundingSource, place, note, variedBecause, closedBecause }) => [
    ...[amount.words, amountNote, fundingSource, place, note, variedBecause, closedBecause],
  ],
  order: ({ name, year }) => `${year ?? ''} ${name.toLowerCase()}`,
  untilOver: ['organisation', 'body', 'year', 'places'],
  columns: {
    organisation: ({ organisation }) => organisation,
    body: ({ body }) => body,
    year: ({ year }) => year,
    amount: ({ amount }) => amountColumn(amount),
    fundingSource: ({ fundingSource }) => fundingSource && searchable(fundingSource),
    place: ({ place }) => place && searchable(place),
    termEnds: ({ termEnds }) => termEnds,
  },
  unindexed: ['amount', 'fundingSource', 'place', 'termEnds'],
  lists: { places: ({ places }) => places },
};
