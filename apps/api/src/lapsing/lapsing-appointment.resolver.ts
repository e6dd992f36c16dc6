import { DateScalar } from '#schema';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import { AppointmentView, CapacityPeriodView, LapseView, type HoldingView } from '#register';
import { Lapses } from '../lapses.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { LAPSED, Lapsing, type Hanging } from './lapsing.js';

type Appointment = RecordOf<AppointmentView & HoldingView>;

@Resolver(() => AppointmentView)
export class LapsingAppointmentResolver {
  private readonly lapsing: Lapsing;

  constructor(lapses: Lapses) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => LapseView, { description: LAPSED, nullable: true })
  async lapsed(@Parent() record: Hanging, @Context() context: RequestContext): Promise<LapseView | null> {
    return this.lapsing.shown(record, context);
  }

  @ResolveField(() => Boolean, {
    description: 'True once it has ended, by its term, with its body or seat, or by what came first.',
  })
  async ended(@Parent() appointment: Appointment, @Context() context: RequestContext): Promise<boolean> {
    return appointment.ended || this.lapsing.hasLapsed(appointment, context);
  }

  @ResolveField(() => DateScalar, {
    description: 'Last day of it, once it has ended; empty while it lasts, and where nobody knows the day.',
    nullable: true,
  })
  async inOfficeUntil(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<CivilDate | undefined> {
    return appointment.inOfficeUntil ?? this.lapsing.lastDay(appointment, context);
  }

  @ResolveField(() => [CapacityPeriodView], {
    description: 'Characteristics running on the day, the latest last; none once it has ended.',
  })
  async capacities(
    @Parent() appointment: Appointment,
    @Context() context: RequestContext,
  ): Promise<readonly CapacityPeriodView[]> {
    return (await this.lapsing.hasLapsed(appointment, context)) ? [] : appointment.capacities;
  }
}
