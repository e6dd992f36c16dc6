import {
  AdoptInstrumentInput,
  ChangeInstrumentInput,
  FindVersionInvalidInput,
  IssueVersionInput,
  RatifyVersionInput,
  WithdrawInstrumentInput,
} from '#wire';
import { InstrumentKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { InstrumentKind } from '#governance';
import {
  BodyView,
  DecisionView,
  InstrumentView,
  OrganisationView,
  type DelegationView,
  InstrumentFilter,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import { DelegationsUnderArgs, InstrumentsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DelegationConnection, InstrumentAnswer, InstrumentConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Instrument = RecordOf<InstrumentView>;

@ArgsType()
class InstrumentsArgs extends LastingPageArgs {
  @Field(() => InstrumentFilter, { description: 'Only instruments that are so.', nullable: true })
  filter?: InstrumentFilter | null;

  @Field(() => InstrumentKindEnum, { description: 'Only instruments of this kind.', nullable: true })
  kind?: InstrumentKind | null;

  @Field(() => ID, { description: 'Only those of this organisation.', nullable: true })
  organisation?: string | null;

  @Field(() => ID, { description: 'Only those that govern this body or belong to it.', nullable: true })
  body?: string | null;

  @Field(() => ID, { description: 'Only the provisions of this instrument.', nullable: true })
  partOf?: string | null;
}

@Resolver(() => InstrumentView)
export class InstrumentResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => InstrumentAnswer, { description: 'One instrument, as it stood on a day and as known at a moment.' })
  async instrument(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('instrument', 'instrument', args, context);
  }

  @Query(() => InstrumentConnection, {
    description:
      'Instruments by title, as they stood on a day. One that was withdrawn is in no list of an organisation, body or kind.',
  })
  async instruments(
    @Args() args: InstrumentsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Instrument>> {
    const { kind, organisation, body, partOf } = args;
    return this.records.page(
      'instrument',
      {
        where: { kind },
        subjects: {
          organisation: ['organisation', organisation],
          body: ['body', body],
          partOf: ['instrument', partOf],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation whose instrument it is.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Instrument,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body it governs or belongs to.', nullable: true })
  async body(
    @Parent() { body, basis }: Instrument,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => InstrumentView, {
    description: 'The instrument that this one is a provision of.',
    nullable: true,
  })
  async partOf(
    @Parent() { partOf, basis }: Instrument,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', partOf, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision that adopted it.', nullable: true })
  async adoptedByDecision(
    @Parent() { adoptedByDecision, basis }: Instrument,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', adoptedByDecision, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that stands in its place.', nullable: true })
  async replacedBy(
    @Parent() { replacedBy, basis }: Instrument,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', replacedBy, basis, context);
  }

  @ResolveField(() => InstrumentConnection, { description: 'Its provisions, as far as they are in the register.' })
  async provisions(
    @Parent() instrument: Instrument,
    @Args() under: InstrumentsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<InstrumentView>>> {
    return this.records.listedUnder('instrument', 'partOf', instrument, under, context);
  }

  @ResolveField(() => DelegationConnection, {
    description: 'The delegations that it makes and that have not ended, unless "holds" or "status" asks for those.',
  })
  async delegations(
    @Parent() instrument: Instrument,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'instrument', instrument, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records an instrument, or one provision of one. Effective on the day it takes effect.',
  })
  async adoptInstrument(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: AdoptInstrumentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('AdoptInstrument', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a new version of an instrument. Effective on the day it takes effect.',
  })
  async issueVersion(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: IssueVersionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('IssueVersion', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records that a version was found never to have been valid. Effective on the day from which it never was: the version before stands from then on.',
  })
  async findVersionInvalid(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: FindVersionInvalidInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('FindVersionInvalid', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that a version was ratified. Effective on the day from which it is valid.',
  })
  async ratifyVersion(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RatifyVersionInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RatifyVersion', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about an instrument, from a day on.' })
  async changeInstrument(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeInstrumentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeInstrument', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Withdraws an instrument. Effective on the first day without it.' })
  async withdrawInstrument(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: WithdrawInstrumentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('WithdrawInstrument', args, data, context);
  }
}
