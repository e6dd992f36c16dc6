import { InputType, LimitBasisEnum, SpendingEnum, VatEnum } from '#schema';
import type { Limit, LimitBasis, Spending, Vat } from '#governance';
import { OneOf, Text } from '../fields.js';
import { Money, MoneyInput } from '../money.js';

@InputType({ description: 'A financial limit: how much, and what that is measured on.' })
export class LimitInput implements Limit {
  @Money('The most that may be committed.')
  amount!: MoneyInput;

  /** Asked for by the rules of the room, which say what is needed. */
  @OneOf(LimitBasisEnum, 'What the limit is measured on: always needed. OTHER needs a note that says what.', {
    optional: true,
  })
  basis?: LimitBasis;

  @OneOf(VatEnum, 'Whether value added tax is in the amount, where that is known.', { optional: true })
  vat?: Vat;

  @OneOf(SpendingEnum, 'What sort of money it is a limit of, where it is not of both.', { optional: true })
  spending?: Spending;

  @Text('What else is said about the limit.', { optional: true })
  note?: string;
}
