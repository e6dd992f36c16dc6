import { DateScalar } from '#schema';
import { Args, Context, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import { BodyView, lapsed, SeatView, type AppointmentView, type HoldingView, type Restriction } from '#register';
import { SeatsUnderArgs } from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import { SeatConnection } from '../graphql/connections.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Seat = RecordOf<SeatView>;
type Appointment = RecordOf<AppointmentView & HoldingView>;

@ObjectType('Vacancy', { description: 'That it is recorded that nobody holds a seat.' })
export class VacancyView {
  @Field(() => String, { description: 'Id of the appointment of nobody.' })
  id!: string;

  @Field(() => DateScalar, { description: 'Its first day; empty where nobody knows it.', nullable: true })
  since!: CivilDate | null;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note!: string | null;

  @Field(() => Int, { description: 'Position of the recording.' })
  recordedFrom!: number;
}

const HELD = lapsed('appointment');
const VACANT: Restriction = {
  all: [
    { namedIn: 'seat', by: { aggregate: 'appointment', recordedAsNone: true } },
    { not: { namedIn: 'seat', by: { aggregate: 'appointment', restriction: HELD && { not: HELD } } } },
  ],
};

/** That a seat is recorded as vacant, told apart from a seat of which nothing is recorded (T7). */
@Resolver(() => SeatView)
export class VacancyResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => Boolean, {
    description:
      'True where it is recorded that nobody holds it, false where somebody is known to; empty where neither is recorded, where nobody knows, and where both are recorded.',
    nullable: true,
  })
  async vacant(@Parent() seat: Seat, @Context() context: RequestContext): Promise<boolean | null> {
    const [vacancy, holders] = await Promise.all([this.vacancy(seat, context), this.holders(seat, context)]);
    const [known = 0, all] = await Promise.all([holders.knownCount, holders.totalCount]);
    if (vacancy) return all === 0 ? true : null;
    return known > 0 ? false : null;
  }

  @ResolveField(() => DateScalar, {
    description: 'The first day on which nobody holds it, where that is recorded and its day is known.',
    nullable: true,
  })
  async vacantSince(@Parent() seat: Seat, @Context() context: RequestContext): Promise<CivilDate | null> {
    return (await this.vacancy(seat, context))?.since ?? null;
  }

  @ResolveField(() => VacancyView, {
    description: 'The recording that nobody holds it; empty where there is none on that day.',
    nullable: true,
  })
  async vacancy(@Parent() seat: Seat, @Context() context: RequestContext): Promise<VacancyView | null> {
    const recorded = await this.records.listedUnder<AppointmentView & HoldingView>(
      'appointment',
      'seat',
      seat,
      { first: 1 },
      context,
      { recordedAsNone: true },
    );
    const node: Appointment | undefined = recorded.edges[0]?.node;
    if (!node) return null;
    return {
      id: node.nodeId,
      since: node.inOfficeSince ?? null,
      note: node.note ?? null,
      recordedFrom: node.recordedFrom,
    };
  }

  private async holders(seat: Seat, context: RequestContext): Promise<Connection<Appointment>> {
    return this.records.listedUnder('appointment', 'seat', seat, { first: 1 }, context);
  }
}

@Resolver(() => BodyView)
export class VacantSeatsResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => SeatConnection, {
    description:
      'The seats on it of which it is recorded that they are vacant, and which nobody is recorded as holding.',
  })
  async vacantSeats(
    @Parent() body: RecordOf<BodyView>,
    @Args() under: SeatsUnderArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<Seat>> {
    return this.records.listedUnder('seat', 'body', body, under, context, { only: VACANT, as: 'vacant seat' });
  }
}
