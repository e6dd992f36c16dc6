import { Field, InputType } from '#schema';
import { between, NotKnownEnum, type Filtered, type NotKnown } from './condition.js';
import { AmountRange, amountsIn, DayRange, daysIn } from './ranges.js';
import { withWords } from './words.js';

@InputType({
  description:
    'What budgets have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.',
})
export class BudgetFilter {
  @Field(() => AmountRange, { description: 'The amount as it stands. A placeholder is no amount.', nullable: true })
  amount?: AmountRange | null;

  @Field(() => String, { description: 'Words that stand in where the money comes from.', nullable: true })
  fundingSource?: string | null;

  @Field(() => String, { description: 'Words that stand in the name of the place.', nullable: true })
  place?: string | null;

  @Field(() => DayRange, { description: 'The last day on which they can be spent.', nullable: true })
  termEnds?: DayRange | null;

  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
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
