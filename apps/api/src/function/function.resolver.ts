import { ChangeFunctionInput, DefineFunctionInput, EndFunctionInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import {
  FunctionFilter,
  FunctionView,
  type DecisionView,
  type DelegationView,
  type FunctionHoldingView,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import {
  DecisionsUnderArgs,
  DelegationsUnderArgs,
  FunctionHoldingsUnderArgs,
  FunctionsUnderArgs,
} from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import {
  DecisionConnection,
  DelegationConnection,
  FunctionAnswer,
  FunctionConnection,
  FunctionHoldingConnection,
} from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type CatalogueFunction = RecordOf<FunctionView>;

@ArgsType()
class FunctionsArgs extends LastingPageArgs {
  @Field(() => FunctionFilter, { description: 'Only functions that are so.', nullable: true })
  filter?: FunctionFilter | null;

  @Field(() => String, {
    description: 'Only functions of this catalogue, as it is recorded: ICS-2022.',
    nullable: true,
  })
  catalogue?: string | null;

  @Field(() => ID, { description: 'Only those that are directly part of this function.', nullable: true })
  partOf?: string | null;
}

@Resolver(() => FunctionView)
export class FunctionResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => FunctionAnswer, { description: 'One function, as it stood on a day and as known at a moment.' })
  async function(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('function', 'function', args, context);
  }

  @Query(() => FunctionConnection, { description: 'Functions of the catalogues by name, as they stood on a day.' })
  async functions(
    @Args() args: FunctionsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<CatalogueFunction>> {
    const { catalogue, partOf } = args;
    return this.records.page(
      'function',
      { where: { catalogue }, subjects: { partOf: ['function', partOf] } },
      args,
      context,
    );
  }

  @ResolveField(() => FunctionView, { description: 'The wider function that it is part of.', nullable: true })
  async partOf(
    @Parent() { partOf, basis }: CatalogueFunction,
    @Context() context: RequestContext,
  ): Promise<CatalogueFunction | null> {
    return this.records.named('function', partOf, basis, context);
  }

  @ResolveField(() => FunctionConnection, { description: 'The functions that are directly part of it.' })
  async parts(
    @Parent() wider: CatalogueFunction,
    @Args() under: FunctionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<CatalogueFunction>> {
    return this.records.listedUnder('function', 'partOf', wider, under, context);
  }

  @ResolveField(() => FunctionHoldingConnection, {
    description: 'Who holds it: organisations, and kinds of organisations of which every one does.',
  })
  async holders(
    @Parent() held: CatalogueFunction,
    @Args() under: FunctionHoldingsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<FunctionHoldingView>>> {
    return this.records.listedUnder('functionHolding', 'function', held, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'The delegations that let others exercise it.' })
  async delegations(
    @Parent() exercised: CatalogueFunction,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'catalogueFunction', exercised, under, context);
  }

  @ResolveField(() => DecisionConnection, { description: 'The decisions that exercise it, the earliest first.' })
  async decisions(
    @Parent() exercised: CatalogueFunction,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'catalogueFunction', exercised, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Enters a duty or power in a catalogue. Effective on the day from which it is one.',
  })
  async defineFunction(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: DefineFunctionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('DefineFunction', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a function, from a day on.' })
  async changeFunction(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeFunctionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeFunction', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends a function. Effective on the first day on which nobody has it.',
  })
  async endFunction(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndFunctionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndFunction', args, data, context);
  }
}
