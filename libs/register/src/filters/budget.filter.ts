import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { AmountRange, amountsIn, DayRange, daysIn } from './ranges.js';
import { withWords } from './words.js';

@InputType({ description: listedWhere('budgets') })
export class BudgetFilter extends OpenFilter {
  @Field(() => AmountRange, { description: 'The amount as it stands. A placeholder is no amount.', nullable: true })
  amount?: AmountRange | null;

  @Field(() => String, { description: 'Words that stand in where the money comes from.', nullable: true })
  fundingSource?: string | null;

  @Field(() => String, { description: 'Words that stand in the name of the place.', nullable: true })
  place?: string | null;

  @Field(() => DayRange, { description: 'The last day on which they can be spent.', nullable: true })
  termEnds?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const budgetFiltered = (filter: BudgetFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...between('amount', amountsIn(filter.amount, 'filter.amount')),
    ...withWords('fundingSource', filter.fundingSource, 'filter.fundingSource'),
    ...withWords('place', filter.place, 'filter.place'),
    ...between('termEnds', daysIn(filter.termEnds, 'filter.termEnds')),
  ],
});
