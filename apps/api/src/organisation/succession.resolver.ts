import { EndSuccessionInput, RecordSuccessionInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { DecisionView, InstrumentView, OrganisationView, SuccessionFilter, SuccessionView } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { SuccessionAnswer, SuccessionConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Succession = RecordOf<SuccessionView>;

@ArgsType()
class SuccessionsArgs extends LastingPageArgs {
  @Field(() => SuccessionFilter, { description: 'Only successions that are so.', nullable: true })
  filter?: SuccessionFilter | null;

  @Field(() => ID, { description: 'Only what came after this organisation.', nullable: true })
  predecessor?: string | null;

  @Field(() => ID, { description: 'Only what this organisation came after.', nullable: true })
  successor?: string | null;

  @Field(() => ID, { description: 'Only those by which the share of this place went over.', nullable: true })
  place?: string | null;
}

@Resolver(() => SuccessionView)
export class SuccessionResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => SuccessionAnswer, {
    description: 'That one organisation came after another, as it stood on a day and as known at a moment.',
  })
  async succession(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('succession', 'succession', args, context);
  }

  @Query(() => SuccessionConnection, { description: 'Which organisations came after which, as it stood on a day.' })
  async successions(
    @Args() args: SuccessionsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Succession>> {
    const { predecessor, successor, place } = args;
    return this.records.page(
      'succession',
      {
        subjects: {
          predecessor: ['organisation', predecessor],
          successor: ['organisation', successor],
          places: ['place', place, 'place'],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation that was.', nullable: true })
  async predecessor(
    @Parent() { predecessor, basis }: Succession,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', predecessor, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation that came after.', nullable: true })
  async successor(
    @Parent() { successor, basis }: Succession,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', successor, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument by which it went over.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Succession,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision by which it went over.', nullable: true })
  async madeByDecision(
    @Parent() { madeByDecision, basis }: Succession,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', madeByDecision, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that one organisation came after another. Effective on the first day of the successor.',
  })
  async recordSuccession(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordSuccessionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordSuccession', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends a succession that was recorded for a time only. Effective on the first day without it.',
  })
  async endSuccession(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndSuccessionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndSuccession', args, data, context);
  }
}
