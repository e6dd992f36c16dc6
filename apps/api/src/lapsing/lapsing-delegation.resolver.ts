import { DateScalar, DelegationStatusEnum } from '#schema';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DelegationStatus } from '#governance';
import type { CivilDate } from '#kernel';
import { DelegationView, LapseView, type HoldingView } from '#register';
import { Lapses } from '../lapses.js';
import type { RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { LAPSED, Lapsing, type Hanging } from './lapsing.js';

type Delegation = RecordOf<DelegationView & HoldingView>;

@Resolver(() => DelegationView)
export class LapsingDelegationResolver {
  private readonly lapsing: Lapsing;

  constructor(lapses: Lapses) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => LapseView, { description: LAPSED, nullable: true })
  async lapsed(@Parent() record: Hanging, @Context() context: RequestContext): Promise<LapseView | null> {
    return this.lapsing.shown(record, context);
  }

  @ResolveField(() => DelegationStatusEnum, { description: 'Where it stands.' })
  async status(@Parent() delegation: Delegation, @Context() context: RequestContext): Promise<DelegationStatus> {
    return (await this.lapsing.hasLapsed(delegation, context)) ? 'LAPSED' : delegation.status;
  }

  @ResolveField(() => Boolean, { description: 'True once it has expired, was revoked or has lapsed.' })
  async ended(@Parent() delegation: Delegation, @Context() context: RequestContext): Promise<boolean> {
    return delegation.ended || this.lapsing.hasLapsed(delegation, context);
  }

  @ResolveField(() => DateScalar, {
    description: 'Its last day, once it has ended; empty while it lasts.',
    nullable: true,
  })
  async inForceUntil(
    @Parent() delegation: Delegation,
    @Context() context: RequestContext,
  ): Promise<CivilDate | undefined> {
    return delegation.inForceUntil ?? this.lapsing.lastDay(delegation, context);
  }
}
