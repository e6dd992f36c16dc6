import { DateScalar } from '#schema';
import type { Type } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import {
  BodyView,
  BudgetView,
  FunctionHoldingView,
  InstrumentView,
  InterestView,
  LapseView,
  ReservationView,
  SeatView,
  StandingOrderView,
} from '#register';
import { Lapses } from '../lapses.js';
import type { RequestContext } from '../request-context.js';
import { LAPSED, Lapsing, type Hanging } from './lapsing.js';

/** Own fields of a record, as what it hangs on leaves them. */
type Own = Hanging & Readonly<Record<string, unknown>>;

/** @returns a resolver of what its records have lapsed with. */
const lapsedOf = (view: Type) => {
  @Resolver(() => view)
  class LapsedResolver {
    protected readonly lapsing: Lapsing;

    constructor(lapses: Lapses) {
      this.lapsing = new Lapsing(lapses);
    }

    @ResolveField(() => LapseView, { description: LAPSED, nullable: true })
    async lapsed(@Parent() record: Hanging, @Context() context: RequestContext): Promise<LapseView | null> {
      return this.lapsing.shown(record, context);
    }
  }
  return LapsedResolver;
};

/** @param until the field that says its last day, once it has ended. */
const lastDayOf = (view: Type, until: string): Type => {
  @Resolver(() => view)
  class LastDayResolver extends lapsedOf(view) {
    @ResolveField(until, () => DateScalar, {
      description: 'Its last day, once it has ended, also with what it hangs on; empty while it lasts.',
      nullable: true,
    })
    async lastDay(@Parent() record: Own, @Context() context: RequestContext): Promise<CivilDate | undefined> {
      return (record[until] as CivilDate | undefined) ?? this.lapsing.lastDay(record, context);
    }
  }
  return LastDayResolver;
};

const endingOf = (view: Type, until: string): Type => {
  @Resolver(() => view)
  class EndingResolver extends lastDayOf(view, until) {
    private readonly ends: Lapsing;

    constructor(lapses: Lapses) {
      super(lapses);
      this.ends = new Lapsing(lapses);
    }

    @ResolveField(() => Boolean, { description: 'True once it has ended, or lapsed.' })
    async ended(@Parent() record: Own, @Context() context: RequestContext): Promise<boolean> {
      return record['ended'] === true || this.ends.hasLapsed(record, context);
    }
  }
  return EndingResolver;
};

export const LAPSING_RESOLVERS: readonly Type[] = [
  lapsedOf(BodyView),
  lapsedOf(SeatView),
  lastDayOf(BudgetView, 'availableUntil'),
  lastDayOf(InstrumentView, 'inForceUntil'),
  endingOf(FunctionHoldingView, 'heldUntil'),
  endingOf(InterestView, 'heldUntil'),
  endingOf(ReservationView, 'inForceUntil'),
  endingOf(StandingOrderView, 'inForceUntil'),
];
