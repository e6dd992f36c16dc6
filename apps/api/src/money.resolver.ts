import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { isPlaceholder, plainPounds } from '#kernel';
import { MoneyView } from '#register';

/** What follows from the pence. */
@Resolver(() => MoneyView)
export class MoneyResolver {
  @ResolveField(() => String, {
    description: 'In pounds, as text that loses nothing: "803548.00". No sign of the currency, no separators.',
  })
  pounds(@Parent() { pence }: MoneyView): string {
    return plainPounds(pence);
  }

  @ResolveField(() => Boolean, {
    description:
      'True where the figure stands in its source only because a form asks for one: said so, or £0.01 where nobody said otherwise. It is added to nothing.',
  })
  placeholder(@Parent() money: MoneyView): boolean {
    return isPlaceholder(money);
  }
}
