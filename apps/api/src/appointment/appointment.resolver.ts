import {
  ChangeAppointmentInput,
  EndAppointmentInput,
  EndCapacityInput,
  ExtendTermInput,
  MakeAppointmentInput,
  RecordCapacityInput,
  RecordVacancyInput,
} from '#wire';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Receipt } from '#command';
import {
  AppointmentView,
  BodyView,
  DecisionView,
  OrganisationView,
  PersonView,
  SeatView,
  AppointmentFilter,
} from '#register';
import { LastingPageArgs, OneArgs, RecordArgs } from '../graphql/arguments.js';
import type { Connection } from '../graphql/connection.js';
import { AppointmentAnswer, AppointmentConnection } from '../graphql/connections.js';
import { ReceiptView } from '../graphql/receipt.js';
import { Recording } from '../recording.js';
import { Records, type OneAnswer, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Appointment = RecordOf<AppointmentView>;

@ArgsType()
class AppointmentsArgs extends LastingPageArgs {
  @Field(() => AppointmentFilter, { description: 'Only appointments that are so.', nullable: true })
  filter?: AppointmentFilter | null;

  @Field(() => ID, { description: 'Only what this person held.', nullable: true })
  person?: string | null;

  @Field(() => ID, { description: 'Only holders of this seat.', nullable: true })
  seat?: string | null;

  @Field(() => ID, { description: 'Only those to this body, or to a seat that is on it that day.', nullable: true })
  body?: string | null;

  @Field(() => ID, {
    description: 'Only those to this organisation, or to a post that is in it that day.',
    nullable: true,
  })
  organisation?: string | null;
}

@Resolver(() => AppointmentView)
export class AppointmentResolver {
  constructor(
    private readonly records: Records,
    private readonly recording: Recording,
  ) {}

  @Query(() => AppointmentAnswer, { description: 'One appointment, as it stood on a day and as known at a moment.' })
  async appointment(@Args() args: OneArgs, @Context() context: RequestContext): Promise<OneAnswer> {
    return this.records.one('appointment', 'appointment', args, context);
  }

  @Query(() => AppointmentConnection, {
    description:
      'Appointments by role, as they stood on a day. Those that had ended, by themselves or with their body, are left out as soon as a filter is given.',
  })
  async appointments(
    @Args() args: AppointmentsArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Appointment>> {
    const { person, seat, body, organisation } = args;
    return this.records.page(
      'appointment',
      {
        subjects: {
          person: ['person', person],
          seat: ['seat', seat],
          body: ['body', body],
          organisation: ['organisation', organisation],
        },
      },
      args,
      context,
    );
  }

  @ResolveField(() => PersonView, {
    description: 'Who was appointed; empty where only a characteristic is recorded by then.',
    nullable: true,
  })
  async person(
    @Parent() { person, basis }: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', person, basis, context);
  }

  @ResolveField(() => SeatView, { description: 'The seat or post.', nullable: true })
  async seat(
    @Parent() { seat, basis }: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<SeatView> | null> {
    return this.records.named('seat', seat, basis, context);
  }

  @ResolveField(() => BodyView, {
    description:
      'The body it is on: the one that it names, or else the one that its seat is on, on the day of the answer.',
    nullable: true,
  })
  async body(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<BodyView> | null> {
    const { basis } = appointment;
    const body = appointment.body ?? (await this.seatOf(appointment, context))?.body;
    return this.records.named('body', body, basis, context);
  }

  @ResolveField(() => OrganisationView, {
    description:
      'The organisation it is in: the one that it names, or else the one that its seat is in, on the day of the answer.',
    nullable: true,
  })
  async organisation(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<OrganisationView> | null> {
    const { basis } = appointment;
    const organisation = appointment.organisation ?? (await this.seatOf(appointment, context))?.organisation;
    return this.records.named('organisation', organisation, basis, context);
  }

  @ResolveField(() => [BodyView], {
    description: 'Every body that it is on: the one that it names and the one that its seat is on, where they differ.',
  })
  async bodies(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<BodyView>[]> {
    const { body, basis } = appointment;
    const ids = distinct(body, (await this.seatOf(appointment, context))?.body);
    return this.records.namedEach('body', ids, basis, context);
  }

  @ResolveField(() => [OrganisationView], {
    description:
      'Every organisation that it is in: the one that it names and the one that its seat is in, where they differ.',
  })
  async organisations(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<readonly RecordOf<OrganisationView>[]> {
    const { organisation, basis } = appointment;
    const ids = distinct(organisation, (await this.seatOf(appointment, context))?.organisation);
    return this.records.namedEach('organisation', ids, basis, context);
  }

  private async seatOf({ seat, basis }: Appointment, context: RequestContext): Promise<RecordOf<SeatView> | null> {
    return this.records.named('seat', seat, basis, context);
  }

  @ResolveField(() => PersonView, { description: 'The person deputised for.', nullable: true })
  async deputyFor(
    @Parent() { deputyFor, basis }: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', deputyFor, basis, context);
  }

  @ResolveField(() => DecisionView, { description: 'The decision that made the appointment.', nullable: true })
  async madeByDecision(
    @Parent() { madeByDecision, basis }: Appointment,
    @Context() context: RequestContext,
  ): Promise<RecordOf<DecisionView> | null> {
    return this.records.named('decision', madeByDecision, basis, context);
  }

  @Mutation(() => ReceiptView, { description: 'Appoints a person. Effective on the first day in the seat or role.' })
  async makeAppointment(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: MakeAppointmentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('MakeAppointment', args, data, context);
  }

  @Mutation(() => ReceiptView, { description: 'Records what changed about an appointment, from a day on.' })
  async changeAppointment(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ChangeAppointmentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ChangeAppointment', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records a characteristic of an appointment, such as acting or on leave. Effective on its first day.',
  })
  async recordCapacity(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordCapacityInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordCapacity', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends a characteristic of an appointment. Effective on the first day without it.',
  })
  async endCapacity(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndCapacityInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndCapacity', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description:
      'Records a new term. Effective on the day from which it holds: on the day after the old term it joins without a gap.',
  })
  async extendTerm(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: ExtendTermInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('ExtendTerm', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Ends an appointment or a vacancy. Effective on the first day without it.',
  })
  async endAppointment(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: EndAppointmentInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('EndAppointment', args, data, context);
  }

  @Mutation(() => ReceiptView, {
    description: 'Records that nobody holds a seat. Effective on the first day on which it is vacant.',
  })
  async recordVacancy(
    @Args() args: RecordArgs,
    @Args('data', { description: 'What is recorded.' }) data: RecordVacancyInput,
    @Context() context: RequestContext,
  ): Promise<Receipt> {
    return this.recording.record('RecordVacancy', args, data, context);
  }
}

const distinct = (...ids: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(ids.filter((id) => id !== undefined)),
];
