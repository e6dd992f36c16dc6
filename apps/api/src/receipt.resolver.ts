import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Receipt } from '#command';
import { ReceiptView } from './graphql/receipt.js';
import { ReceiptTokens } from './receipt-tokens.js';

@Resolver(() => ReceiptView)
export class ReceiptResolver {
  constructor(private readonly tokens: ReceiptTokens) {}

  @ResolveField(() => String, {
    description:
      'Give it to a query as "afterReceipt" and the answer takes this command in. It says nothing by itself.',
  })
  after(@Parent() { after }: Receipt): string {
    return this.tokens.sealed(after);
  }

  @ResolveField(() => [String], {
    description: 'What whoever recorded it has to know besides, in sentences: for example what stays withheld.',
  })
  notes(@Parent() { notes = [] }: Receipt): readonly string[] {
    return notes;
  }
}
