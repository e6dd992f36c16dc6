import { ChangeReservationInput, EndReservationInput, ReserveMatterInput } from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import { BodyView, InstrumentView, OrganisationView, ReservationFilter, ReservationView } from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { ReservationAnswer, ReservationConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Reservation = RecordOf<ReservationView>;

@ArgsType()
class ReservationsArgs extends LastingPageArgs {
  @Field(() => ReservationFilter, { description: 'Only reservations that are so.', nullable: true })
  filter?: ReservationFilter | null;

  @Field(() => ID, { description: 'Only what is reserved to this body.', nullable: true })
  body?: string | null;

  @Field(() => ID, { description: 'Only what is reserved to this organisation.', nullable: true })
  organisation?: string | null;

  @Field(() => ID, { description: 'Only those that this instrument makes.', nullable: true })
  instrument?: string | null;

  @Field(() => ID, { description: 'Only those that reserve this function of a catalogue.', nullable: true })
  catalogueFunction?: string | null;

  @Field(() => ID, {
    description: 'Only those for this place by name; what is reserved everywhere is not among them.',
    nullable: true,
  })
  place?: string | null;
}

@Resolver(() => ReservationView)
export class ReservationResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => ReservationAnswer, { description: 'One reservation, as it stood on a day and as known at a moment.' })
  async reservation(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('reservation', 'reservation', args, context);
  }

  @Query(() => ReservationConnection, {
    description: 'Reserved matters by the functions they cover, as they stood on a day.',
  })
  async reservations(
    @Args() args: ReservationsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Reservation>> {
    const { body, organisation, instrument, catalogueFunction, place } = args;
    return this.records.page(
      'reservation',
      {
        subjects: {
          body: ['body', body],
          organisation: ['organisation', organisation],
          instrument: ['instrument', instrument],
          catalogueFunction: ['function', catalogueFunction],
          places: ['place', place, 'place'],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => BodyView, { description: 'The body to which it is reserved.', nullable: true })
  async body(
    @Parent() { body, basis }: Reservation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation to which it is reserved.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: Reservation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => InstrumentView, { description: 'The instrument that makes it.', nullable: true })
  async instrument(
    @Parent() { instrument, basis }: Reservation,
    @Context() context: RequestContext,
  ): Promise<RecordOf<InstrumentView> | null> {
    return this.records.named('instrument', instrument, basis, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Reserves a matter. Effective on the first day on which it is reserved.',
  })
  async reserveMatter(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ReserveMatterInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ReserveMatter', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about a reservation, from a day on.' })
  async changeReservation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeReservationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeReservation', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends a reservation. Effective on the first day on which the matter is reserved no longer.',
  })
  async endReservation(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndReservationInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndReservation', args, data, context);
  }
}
