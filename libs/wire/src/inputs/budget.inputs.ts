import { InputType, PartialType } from '#schema';
import type { CivilDate } from '#kernel';
import type { BudgetDetails } from '#governance';
import { LastDay, Prose, Subject, Text } from '../fields.js';
import { Money, MoneyInput } from '../money.js';

@InputType({
  description: 'Money that is set aside for a purpose. Effective on the first day on which it can be spent.',
})
export class SetBudgetInput implements BudgetDetails {
  @Text('What the budget is called.')
  name!: string;

  @Subject('organisation', 'The organisation whose money it is.', { optional: true })
  organisation?: string;

  @Subject('body', 'The body that may spend it.', { optional: true })
  body?: string;

  @Text('The financial year, for example 2025/26.', { optional: true, max: 40 })
  year?: string;

  @Money('The amount.')
  amount!: MoneyInput;

  @Text('What the figure leaves out: rounded, an estimate, including VAT.', { optional: true })
  amountNote?: string;

  @Text('Where the money comes from.', { optional: true })
  fundingSource?: string;

  @Text('Name of the place it is for.', { optional: true })
  place?: string;

  @Subject('place', 'The places it is for, beside the name that the source gives.', { optional: true, many: true })
  places?: string[];

  @LastDay('Last day on which it can be spent, where that is known in advance.', { optional: true })
  until?: CivilDate;

  @Prose('What else the source says.', { optional: true })
  note?: string;
}

@InputType({
  description:
    'A new amount for a budget, or what else changed about it. What is not given stays as it was; null takes it away.',
})
export class VaryBudgetInput extends PartialType(SetBudgetInput, InputType) {
  @Money('The whole new amount, not the difference.', { optional: true })
  declare amount?: MoneyInput;

  @Prose('Why it was varied.', { optional: true })
  reason?: string;
}

@InputType({ description: 'The closing of a budget. Effective on the first day on which it can no longer be spent.' })
export class CloseBudgetInput {
  @Prose('Why it was closed.', { optional: true })
  reason?: string;
}
