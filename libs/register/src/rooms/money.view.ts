import { Field, ObjectType, PenceScalar } from '#schema';
import { isPlaceholder, type Money } from '#kernel';

@ObjectType('Money', { description: 'An amount of money, in both units and in the words of its source.' })
export class MoneyView implements Money {
  @Field(() => PenceScalar, { description: 'In whole pence: 80354800 is £803,548.00.' })
  pence!: number;

  @Field(() => String, {
    description: 'How the source writes it, where that says more than the figure.',
    nullable: true,
  })
  words?: string;

  /** As far as somebody said so; the resolver shows what follows. */
  placeholder?: boolean;
}

/** An amount as text whose order is that of the figures, also below nought. */
export const amountKey = (pence: number): string =>
  (BigInt(pence) - BigInt(Number.MIN_SAFE_INTEGER)).toString().padStart(17, '0');

/** What lists are narrowed by: a figure that only fills a form is no amount. */
export const amountColumn = (money: Money | undefined): string | undefined =>
  money === undefined || isPlaceholder(money) ? undefined : amountKey(money.pence);
