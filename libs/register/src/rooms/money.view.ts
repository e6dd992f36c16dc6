import { Field, ObjectType, PenceScalar } from '#schema';
import type { Money } from '#kernel';

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
