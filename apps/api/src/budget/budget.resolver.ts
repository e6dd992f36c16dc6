import { CloseBudgetInput, SetBudgetInput, VaryBudgetInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { BodyView, BudgetView, OrganisationView, BudgetFilter } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { BudgetAnswer, BudgetConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Budget = RecordOf<BudgetView>;

@ArgsType()
class BudgetsArgs extends LastingPageArgs {
  @Field(() => BudgetFilter, { description: 'Only budgets that are so.', nullable: true })
  filter?: BudgetFilter | null;

  @Field(() => ID, { description: 'Only money of this organisation.', nullable: true })
  organisation?: string | null;

  @Field(() => ID, { description: 'Only what this body may spend.', nullable: true })
  body?: string | null;

  @Field(() => ID, { description: 'Only money that is for this place.', nullable: true })
  place?: string | null;

  @Field(() => String, { description: 'Only budgets of this financial year, as recorded: 2025/26.', nullable: true })
  year?: string | null;
}

@Resolver(() => BudgetView)
export class BudgetResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => BudgetAnswer, { description: 'One budget, as it stood on a day and as known at a moment.' })
  async budget(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('budget', 'budget', args, context);
  }

  @Query(() => BudgetConnection, {
    description:
      'Budgets by year and name, as they stood on a day. Closed ones are left out as soon as a filter is given.',
  })
  async budgets(@Args() args: BudgetsArgs, @Context() context: RequestContext): Promise<Connection<Budget>> {
    const { organisation, body, place, year } = args;
    return this.records.page(
      'budget',
      {
        where: { year },
        subjects: {
          organisation: ['organisation', organisation],
          body: ['body', body],
          places: ['place', place, 'place'],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation whose money it is.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Budget,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body that may spend it.', nullable: true })
  async body(
    @Parent() { body, basis }: Budget,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Sets money aside for a purpose. Effective on the first day on which it can be spent.',
  })
  async setBudget(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SetBudgetInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SetBudget', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records the whole new amount of a budget. Effective on the day from which it holds.',
  })
  async varyBudget(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: VaryBudgetInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('VaryBudget', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Closes a budget. Effective on the first day on which it can no longer be spent.',
  })
  async closeBudget(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: CloseBudgetInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('CloseBudget', args, data, context);
  }
}
