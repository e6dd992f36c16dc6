import { ChangeHoldingInput, EndHoldingInput, RecordHoldingInput } from '#wire';
import { OrganisationKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { OrganisationKind } from '#governance';
import { FunctionHoldingFilter, FunctionHoldingView, FunctionView, InstrumentView, OrganisationView } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { FunctionHoldingAnswer, FunctionHoldingConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type FunctionHolding = RecordOf<FunctionHoldingView>;

const NOT_ENDED = 'and that have not ended, unless "holds" asks for those.';

@ArgsType()
class FunctionHoldingsArgs extends LastingPageArgs {
  @Field(() => FunctionHoldingFilter, { description: 'Only holdings that are so.', nullable: true })
  filter?: FunctionHoldingFilter | null;

  @Field(() => ID, { description: `Only those of this function ${NOT_ENDED}`, nullable: true })
  function?: string | null;

  @Field(() => ID, { description: `Only those that name this organisation as the holder ${NOT_ENDED}`, nullable: true })
  organisation?: string | null;

  @Field(() => OrganisationKindEnum, {
    description: `Only those by which every organisation of this kind is a holder ${NOT_ENDED}`,
    nullable: true,
  })
  organisationKind?: OrganisationKind | null;

  @Field(() => ID, { description: `Only those that came from this organisation ${NOT_ENDED}`, nullable: true })
  fromOrganisation?: string | null;

  @Field(() => ID, { description: `Only those that are for this place ${NOT_ENDED}`, nullable: true })
  place?: string | null;
}

@Resolver(() => FunctionHoldingView)
export class FunctionHoldingResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => FunctionHoldingAnswer, {
    description: 'One record of who holds a function, as it stood on a day and as known at a moment.',
  })
  async functionHolding(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('functionHolding', 'functionHolding', args, context);
  }

  @Query(() => FunctionHoldingConnection, { description: 'Who holds which function, as it stood on a day.' })
  async functionHoldings(
    @Args() args: FunctionHoldingsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<FunctionHolding>> {
    const { function: held, organisation, organisationKind, fromOrganisation, place } = args;
    return this.records.page(
      'functionHolding',
      {
        where: { organisationKind },
        subjects: {
          function: ['function', held],
          organisation: ['organisation', organisation],
          fromOrganisation: ['organisation', fromOrganisation],
          places: ['place', place, 'place'],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => FunctionView, { description: 'The function.', nullable: true })
  async function(
    @Parent() { function: held, basis }: FunctionHolding,
    @Context() context: RequestContext,
  ): Promise<RecordOf<FunctionView> | null> {
    return this.records.named('function', held, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description: 'The organisation that holds it; empty where every organisation of a kind does.',
    nullable: true,
  })
  async organisation(
    @Parent() { organisation, basis }: FunctionHolding,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description: 'The organisation that held it before, delegates or directs it.',
    nullable: true,
  })
  async fromOrganisation(
    @Parent() { fromOrganisation, basis }: FunctionHolding,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', fromOrganisation, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that gives it.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: FunctionHolding,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that an organisation, or every organisation of a kind, holds a function. Effective on the first day of that.',
  })
  async recordHolding(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordHoldingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordHolding', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about who holds a function, from a day on.' })
  async changeHolding(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeHoldingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeHolding', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a function is held by somebody no longer, also on a day that nobody knows. Effective on the first day of that.',
  })
  async endHolding(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndHoldingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndHolding', args, data, context);
  }
}
