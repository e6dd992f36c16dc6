import {
  AdoptPlaceArrangementInput,
  ChangeBodyInput,
  DissolveBodyInput,
  EstablishBodyInput,
  ResumeBodyInput,
  SuspendBodyInput,
} from '#wire';
import { BodyKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { BodyKind } from '#governance';
import {
  BodyView,
  OrganisationView,
  type AppointmentView,
  type BudgetView,
  type DecisionView,
  type DelegationView,
  type MeetingView,
  type ScrutinyView,
  type SeatView,
  BodyFilter,
  InstrumentView,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import {
  SeatsUnderArgs,
  AppointmentsUnderArgs,
  BodiesUnderArgs,
  BudgetsUnderArgs,
  DecisionsUnderArgs,
  DelegationsUnderArgs,
  MeetingsUnderArgs,
  ScrutinyMattersUnderArgs,
} from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import {
  AppointmentConnection,
  BodyAnswer,
  BodyConnection,
  BudgetConnection,
  DecisionConnection,
  DelegationConnection,
  MeetingConnection,
  ScrutinyMatterConnection,
  SeatConnection,
} from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Body = RecordOf<BodyView>;

@ArgsType()
class BodiesArgs extends LastingPageArgs {
  @Field(() => BodyFilter, { description: 'Only bodies that are so.', nullable: true })
  filter?: BodyFilter | null;

  @Field(() => BodyKindEnum, { description: 'Only bodies of this kind.', nullable: true })
  kind?: BodyKind | null;

  @Field(() => ID, {
    description: 'Only those that belong to this organisation, alone or with others.',
    nullable: true,
  })
  owner?: string | null;

  @Field(() => ID, { description: 'Only those that are for this place.', nullable: true })
  place?: string | null;

  @Field(() => ID, { description: 'Only those directly below this body.', nullable: true })
  parentBody?: string | null;
}

@Resolver(() => BodyView)
export class BodyResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => BodyAnswer, { description: 'One body, as it stood on a day and as known at a moment.' })
  async body(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('body', 'body', args, context);
  }

  @Query(() => BodyConnection, {
    description: 'Bodies by name, as they stood on a day. Dissolved ones are left out as soon as a filter is given.',
  })
  async bodies(@Args() args: BodiesArgs, @Context() context: RequestContext): Promise<Connection<Body>> {
    const { kind, owner, place, parentBody } = args;
    return this.records.page(
      'body',
      {
        where: { kind },
        subjects: {
          owner: ['organisation', owner],
          places: ['place', place, 'place'],
          parentBody: ['body', parentBody],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that makes it and its quorum.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Body,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body it is a sub-body of.', nullable: true })
  async parentBody(@Parent() { parentBody, basis }: Body, @Context() context: RequestContext): Promise<Body | null> {
    return this.records.named('body', parentBody, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body it became part of when it was dissolved.', nullable: true })
  async mergedInto(@Parent() { mergedInto, basis }: Body, @Context() context: RequestContext): Promise<Body | null> {
    return this.records.named('body', mergedInto, basis, context);
  }

  @ResolveField(() => [OrganisationView], {
    description: 'The organisations whose body it is; several for a joint body.',
  })
  async owners(
    @Parent() { owners, basis }: Body,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    return this.records.namedEach('organisation', owners, basis, context);
  }

  @ResolveField(() => BodyConnection, { description: 'The bodies directly below it.' })
  async subBodies(
    @Parent() body: Body,
    @Args() under: BodiesUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Body>> {
    return this.records.listedUnder('body', 'parentBody', body, under, context);
  }

  @ResolveField(() => SeatConnection, { description: 'The seats on it, whoever holds them.' })
  async seats(
    @Parent() body: Body,
    @Args() under: SeatsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<SeatView>>> {
    return this.records.listedUnder('seat', 'body', body, under, context);
  }

  @ResolveField(() => AppointmentConnection, {
    description: 'Appointments to the body, or to a seat that is on it that day; none once it has been dissolved.',
  })
  async appointments(
    @Parent() body: Body,
    @Args() under: AppointmentsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<AppointmentView>>> {
    return this.records.listedUnder('appointment', 'body', body, under, context);
  }

  @ResolveField(() => MeetingConnection, { description: 'Its meetings, the earliest first.' })
  async meetings(
    @Parent() body: Body,
    @Args() under: MeetingsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<MeetingView>>> {
    return this.records.listedUnder('meeting', 'body', body, under, context);
  }

  @ResolveField(() => DecisionConnection, {
    description:
      'What it decided, alone or with others, the earliest first; also what was taken at its meetings where no body is said to have decided.',
  })
  async decisions(
    @Parent() body: Body,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'decidingBody', body, under, context);
  }

  @ResolveField(() => DecisionConnection, { description: 'What was put before it and is neither taken nor dropped.' })
  async proposedDecisions(
    @Parent() body: Body,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'proposedTo', body, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'Powers that others let it exercise.' })
  async delegationsReceived(
    @Parent() body: Body,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'delegateBody', body, under, context);
  }

  @ResolveField(() => DelegationConnection, { description: 'Powers that it lets others exercise.' })
  async delegationsGranted(
    @Parent() body: Body,
    @Args() under: DelegationsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DelegationView>>> {
    return this.records.listedUnder('delegation', 'grantedByBody', body, under, context);
  }

  @ResolveField(() => BudgetConnection, { description: 'The budgets that it may spend.' })
  async budgets(
    @Parent() body: Body,
    @Args() under: BudgetsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<BudgetView>>> {
    return this.records.listedUnder('budget', 'body', body, under, context);
  }

  @ResolveField(() => ScrutinyMatterConnection, {
    description: 'What it raised as a scrutiny committee, the earliest first; none for other bodies.',
  })
  async scrutinyMatters(
    @Parent() body: Body,
    @Args() under: ScrutinyMattersUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<ScrutinyView>>> {
    return this.records.listedUnder('scrutiny', 'committee', body, under, context);
  }

  @Mutation(() => ReceiptView, { description: 'Establishes a body. Effective on its first day.' })
  async establishBody(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EstablishBodyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EstablishBody', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a body, from a day on.' })
  async changeBody(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeBodyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeBody', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records how a body decides for a place, from a day on.' })
  async adoptPlaceArrangement(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: AdoptPlaceArrangementInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('AdoptPlaceArrangement', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Suspends a body. Effective on the first day on which it may not act.' })
  async suspendBody(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: SuspendBodyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('SuspendBody', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Lets a suspended body act again. Effective on the first day on which it does.',
  })
  async resumeBody(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ResumeBodyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ResumeBody', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Dissolves a body. Effective on the first day without it.' })
  async dissolveBody(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: DissolveBodyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('DissolveBody', args, data, context);
  }
}
