import { ChangeSeatInput, DefineSeatInput, RemoveSeatInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { SeatFilter, BodyView, InstrumentView, OrganisationView, SeatView, type AppointmentView } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import { AppointmentsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { AppointmentConnection, SeatAnswer, SeatConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Seat = RecordOf<SeatView>;

@ArgsType()
class SeatsArgs extends LastingPageArgs {
  @Field(() => SeatFilter, { description: 'Only seats that are so.', nullable: true })
  filter?: SeatFilter | null;

  @Field(() => ID, { description: 'Only seats on this body.', nullable: true })
  body?: string | null;

  @Field(() => ID, { description: 'Only posts in this organisation.', nullable: true })
  organisation?: string | null;
}

@Resolver(() => SeatView)
export class SeatResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => SeatAnswer, { description: 'One seat or post, as it stood on a day and as known at a moment.' })
  async seat(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('seat', 'seat', args, context);
  }

  @Query(() => SeatConnection, {
    description:
      'Seats and posts by title, as they stood on a day. Removed ones are left out as soon as a filter is given.',
  })
  async seats(@Args() args: SeatsArgs, @Context() context: RequestContext): Promise<Connection<Seat>> {
    const { body, organisation } = args;
    return this.records.page(
      'seat',
      { subjects: { body: ['body', body], organisation: ['organisation', organisation] } },
      args,
      context,
    );
  }

  @ResolveField(() => BodyView, { description: 'The body it is a seat on.', nullable: true })
  async body(@Parent() { body, basis }: Seat, @Context() context: RequestContext): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation it is a post in.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Seat,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that provides for it.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Seat,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @ResolveField(() => AppointmentConnection, { description: 'Who held it on the day; nobody where it was vacant.' })
  async appointments(
    @Parent() seat: Seat,
    @Args() under: AppointmentsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordOf<AppointmentView>>> {
    return this.records.listedUnder('appointment', 'seat', seat, under, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Defines a seat on a body or a post in an organisation. Effective on its first day.',
  })
  async defineSeat(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: DefineSeatInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('DefineSeat', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a seat, from a day on.' })
  async changeSeat(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeSeatInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeSeat', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Removes a seat. Effective on the first day without it.' })
  async removeSeat(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RemoveSeatInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RemoveSeat', args, data, context);
  }
}
