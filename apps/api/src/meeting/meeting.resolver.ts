import {
  CancelMeetingInput,
  ConveneMeetingInput,
  RecordAttendanceInput,
  RecordMinutesInput,
  RecordQuorumInput,
  RescheduleMeetingInput,
} from '#wire';
import { DateScalar } from '#schema';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import type { CivilDate } from '#kernel';
import { BodyView, MeetingView, type DecisionView, MeetingFilter } from '#register';
import { OneArgs, PageArgs, RecordArgs } from '../graphql/arguments.js';
import { DecisionsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { DecisionConnection, MeetingAnswer, MeetingConnection } from '../graphql/connections.js';
import { daysInOrder } from '../graphql/day-range.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import type { AttendeeOnBasis, MinutesOnBasis } from './meeting-parts.resolver.js';

type Meeting = RecordOf<MeetingView>;

@ArgsType()
class MeetingsArgs extends PageArgs {
  @Field(() => MeetingFilter, { description: 'Only meetings that are so.', nullable: true })
  filter?: MeetingFilter | null;

  @Field(() => ID, { description: 'Only meetings of this body.', nullable: true })
  body?: string | null;

  @Field(() => DateScalar, { description: 'Only meetings held on this day or later.', nullable: true })
  heldFrom?: CivilDate | null;

  @Field(() => DateScalar, { description: 'Only meetings held on this day or earlier.', nullable: true })
  heldTo?: CivilDate | null;
}

@Resolver(() => MeetingView)
export class MeetingResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => MeetingAnswer, { description: 'One meeting, as it stood on a day and as known at a moment.' })
  async meeting(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('meeting', 'meeting', args, context);
  }

  @Query(() => MeetingConnection, {
    description:
      'Meetings by the day they are held, as they stood on a day: those convened by then, cancelled ones among them.',
  })
  async meetings(@Args() args: MeetingsArgs, @Context() context: RequestContext): Promise<Connection<Meeting>> {
    const { body, heldFrom, heldTo } = args;
    return this.records.page(
      'meeting',
      { subjects: { body: ['body', body] }, orderRange: daysInOrder({ heldFrom, heldTo }) },
      args,
      context,
    );
  }

  @ResolveField(() => BodyView, { description: 'The body that meets.', nullable: true })
  async body(
    @Parent() { body, basis }: Meeting,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField('attendees')
  attendees(@Parent() { attendees, basis }: Meeting): readonly AttendeeOnBasis[] | undefined {
    return attendees?.map((attendee) => ({ ...attendee, basis }));
  }

  @ResolveField('minutes')
  minutes(@Parent() { minutes, basis }: Meeting): MinutesOnBasis | undefined {
    return minutes && { ...minutes, basis };
  }

  @ResolveField(() => DecisionConnection, { description: 'The decisions taken at it.' })
  async decisions(
    @Parent() meeting: Meeting,
    @Args() under: DecisionsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<DecisionView>>> {
    return this.records.listedUnder('decision', 'meeting', meeting, under, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records a meeting of a body. Effective on the day it was convened.' })
  async conveneMeeting(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ConveneMeetingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ConveneMeeting', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Gives a meeting a new day or time. Effective on the day this was settled.',
  })
  async rescheduleMeeting(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RescheduleMeetingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RescheduleMeeting', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Cancels a meeting. Effective on the day it was cancelled.' })
  async cancelMeeting(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: CancelMeetingInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('CancelMeeting', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records who came to a meeting, as a whole list. Effective on the day of the meeting.',
  })
  async recordAttendance(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordAttendanceInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordAttendance', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records whether a meeting had a quorum. Effective on the day of the meeting.',
  })
  async recordQuorum(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordQuorumInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordQuorum', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records where the minutes of a meeting stand. Effective on the day from which they stand so.',
  })
  async recordMinutes(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordMinutesInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordMinutes', args, data, context);
  }
}
