import { DateScalar, KnownAtScalar } from '#schema';
import { Args, ArgsType, Context, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { AGGREGATES, type Aggregate } from '#governance';
import { Refusal, isRefusal, type CivilDate } from '#kernel';
import { type Basis } from '#register';
import { USUAL_PAGE } from '../graphql/arguments.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { Changes } from './changes.js';
import { AggregateEnum, ChangeConnection } from './changes.view.js';

@ArgsType()
class ChangesArgs {
  @Field(() => KnownAtScalar, { description: 'The earlier moment: what was recorded after it is told.' })
  from!: number | string;

  @Field(() => KnownAtScalar, {
    description: 'The later moment: what was recorded up to it is told. Now where it is left out.',
    nullable: true,
  })
  to?: number | string | null;

  @Field(() => AggregateEnum, { description: 'Only recordings about subjects of this kind.', nullable: true })
  aggregate?: Aggregate | null;

  @Field(() => DateScalar, {
    description:
      'The day by whose names subjects are called; a sentence about an earlier day has the name of that day, with this one behind it. Today where it is left out.',
    nullable: true,
  })
  asAt?: CivilDate | null;

  @Field(() => String, {
    description: 'The "after" of a receipt: the answer waits, for a few seconds, until it takes that command in.',
    nullable: true,
  })
  afterReceipt?: string | null;

  @Field(() => Int, { description: 'How many entries to give: 1 to 100.', defaultValue: USUAL_PAGE })
  first!: number;

  @Field(() => String, { description: 'The "endCursor" of the page before this one.', nullable: true })
  after?: string | null;
}

@Resolver(() => ChangeConnection)
export class ChangesResolver {
  constructor(
    private readonly records: Records,
    private readonly changes: Changes,
  ) {}

  @Query(() => ChangeConnection, {
    description:
      'What was recorded after one moment up to another, in that order and in plain words: what is new, what was corrected or annulled, and what was recorded late.',
  })
  async changesBetween(@Args() args: ChangesArgs, @Context() context: RequestContext): Promise<ChangeConnection> {
    const { aggregate } = args;
    for (const read of aggregate ? [aggregate] : AGGREGATES) mayRead(context.actor, read);
    const to = await this.basis('to', args, context);
    const from = await this.basis('from', args, context);
    return this.changes.between({ from, to, aggregate }, args, context);
  }

  /** @throws what the basis refuses, under the name that the moment has here. */
  private async basis(name: 'from' | 'to', args: ChangesArgs, context: RequestContext): Promise<Basis> {
    const { asAt, afterReceipt } = args;
    try {
      return await this.records.basis({ asAt, afterReceipt, asKnownAt: args[name] }, context);
    } catch (thrown) {
      if (!isRefusal(thrown) || thrown.detail.field !== 'asKnownAt') throw thrown;
      throw new Refusal(thrown.code, thrown.message.replaceAll('asKnownAt', name), {
        ...thrown.detail,
        field: name,
        remedy: thrown.detail.remedy?.replaceAll('asKnownAt', name),
      });
    }
  }
}
