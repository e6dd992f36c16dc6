import { Field, LimitBasisEnum, ObjectType, SpendingEnum, VatEnum } from '#schema';
import type { Limit, LimitBasis, Spending, Vat } from '#governance';
import { MoneyView, amountColumn } from '../money.view.js';

@ObjectType('Limit', { description: 'A financial limit: how much, and what that is measured on.' })
export class LimitView implements Limit {
  @Field(() => MoneyView, {
    description: 'The most that may be committed; empty where the source says only how it is measured.',
    nullable: true,
  })
  amount?: MoneyView;

  @Field(() => LimitBasisEnum, { description: 'What it is measured on; empty where nobody said.', nullable: true })
  basis?: LimitBasis;

  @Field(() => VatEnum, {
    description: 'Whether value added tax is in the amount, where that is known.',
    nullable: true,
  })
  vat?: Vat;

  @Field(() => SpendingEnum, {
    description: 'What sort of money it is a limit of; empty where it is not of one sort alone.',
    nullable: true,
  })
  spending?: Spending;

  @Field(() => String, { description: 'What else is said about the limit.', nullable: true })
  note?: string;
}

/** What lists are narrowed by: the highest amount of several limits. */
export const highestAmount = (limits: readonly Limit[] | undefined): string | undefined =>
  (limits ?? [])
    .flatMap(({ amount }) => amountColumn(amount) ?? [])
    .toSorted()
    .at(-1);

/** Its words, for a search. */
export const textsOfLimits = (limits: readonly Limit[] | undefined): readonly (string | undefined)[] =>
  (limits ?? []).flatMap(({ amount, note }) => [amount?.words, note]);
