import { ChangeMatterInput, CloseMatterInput, RaiseMatterInput, RecordLetterInput, RecordResponseInput } from '#wire';
import { DateScalar, MatterKindEnum } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { MatterKind } from '#governance';
import type { CivilDate } from '#kernel';
import { BodyView, DecisionView, MeetingView, OrganisationView, ScrutinyView, ScrutinyMatterFilter } from '#register';
import { OneArgs, PageArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { ScrutinyMatterAnswer, ScrutinyMatterConnection } from '../graphql/connections.js';
import { daysInOrder } from '../graphql/day-range.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Matter = RecordOf<ScrutinyView>;

@ArgsType()
class ScrutinyMattersArgs extends PageArgs {
  @Field(() => ScrutinyMatterFilter, { description: 'Only matters that are so.', nullable: true })
  filter?: ScrutinyMatterFilter | null;

  @Field(() => ID, { description: 'Only matters that this committee raised.', nullable: true })
  committee?: string | null;

  @Field(() => MatterKindEnum, { description: 'Only matters of this kind.', nullable: true })
  kind?: MatterKind | null;

  @Field(() => ID, { description: 'Only matters about this decision.', nullable: true })
  aboutDecision?: string | null;

  @Field(() => DateScalar, {
    description: 'Only matters raised on this day or later. One whose day is not known is left out.',
    nullable: true,
  })
  raisedFrom?: CivilDate | null;

  @Field(() => DateScalar, {
    description: 'Only matters raised on this day or earlier. One whose day is not known is left out.',
    nullable: true,
  })
  raisedTo?: CivilDate | null;
}

@Resolver(() => ScrutinyView)
export class ScrutinyResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => ScrutinyMatterAnswer, {
    description: 'One matter before a scrutiny committee, as it stood on a day and as known at a moment.',
  })
  async scrutinyMatter(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('scrutiny', 'scrutinyMatter', args, context);
  }

  @Query(() => ScrutinyMatterConnection, {
    description:
      'Matters before scrutiny committees by the day they were raised, as they stood on a day; closed ones among them.',
  })
  async scrutinyMatters(
    @Args() args: ScrutinyMattersArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Matter>> {
    const { committee, kind, aboutDecision, raisedFrom, raisedTo } = args;
    return this.records.page(
      'scrutiny',
      {
        where: { kind },
        subjects: { committee: ['body', committee], aboutDecision: ['decision', aboutDecision] },
        orderRange: daysInOrder({ raisedFrom, raisedTo }),
      },
      args,
      context,
    );
  }

  @ResolveField(() => BodyView, { description: 'The committee that raised it.', nullable: true })
  async committee(
    @Parent() { committee, basis }: Matter,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', committee, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation to which it was addressed.', nullable: true })
  async addressedToOrganisation(
    @Parent() { addressedToOrganisation, basis }: Matter,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', addressedToOrganisation, basis, context);
  }

  @ResolveField(() => BodyView, { description: 'The body to which it was addressed.', nullable: true })
  async addressedToBody(
    @Parent() { addressedToBody, basis }: Matter,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', addressedToBody, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision it is about.', nullable: true })
  async aboutDecision(
    @Parent() { aboutDecision, basis }: Matter,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', aboutDecision, basis, context);
  }

  @ResolveField(() => MeetingView, {
    description: 'The meeting it is about, or at which it was raised.',
    nullable: true,
  })
  async aboutMeeting(
    @Parent() { aboutMeeting, basis }: Matter,
    @Context() context: RequestContext,
  ): Promise<RecordOf<MeetingView> | null> {
    return this.records.named('meeting', aboutMeeting, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a matter that a scrutiny committee raised. Effective on the day it was raised.',
  })
  async raiseMatter(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RaiseMatterInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RaiseMatter', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a letter sent about a matter. Effective on the day it was sent.',
  })
  async recordLetter(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordLetterInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordLetter', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records an answer received to a matter. Effective on the day of the answer.',
  })
  async recordResponse(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordResponseInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordResponse', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a matter, from a day on.' })
  async changeMatter(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeMatterInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeMatter', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Closes a matter. Effective on the day it was closed.' })
  async closeMatter(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: CloseMatterInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('CloseMatter', args, data, context);
  }
}
