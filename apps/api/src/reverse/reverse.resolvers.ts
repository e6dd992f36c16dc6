import type { Type } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LastingUnderArgs, UnderArgs } from '../graphql/arguments.js';
import * as filtered from '../graphql/filter-arguments.js';
import type { Connection } from '../graphql/connection.js';
import type { Aggregate } from '#governance';
import { Records, type Listing, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { REVERSES, type Reverse } from './reverses.js';

type Under = LastingUnderArgs & Pick<Listing, 'filter'>;

/** What lists of a room take, where they can be narrowed. */
const FILTERED: Partial<Record<Aggregate, Type>> = {
  appointment: filtered.AppointmentsUnderArgs,
  body: filtered.BodiesUnderArgs,
  decision: filtered.DecisionsUnderArgs,
  delegation: filtered.DelegationsUnderArgs,
  functionHolding: filtered.FunctionHoldingsUnderArgs,
  instrument: filtered.InstrumentsUnderArgs,
  reservation: filtered.ReservationsUnderArgs,
  interest: filtered.InterestsUnderArgs,
  meeting: filtered.MeetingsUnderArgs,
  scrutiny: filtered.ScrutinyMattersUnderArgs,
  decisionLog: filtered.IssuedDecisionLogsUnderArgs,
  organisation: filtered.OrganisationsUnderArgs,
  seat: filtered.SeatsUnderArgs,
  standingOrder: filtered.StandingOrdersUnderArgs,
  succession: filtered.SuccessionsUnderArgs,
};

/** The resolver of one such list: what any resolver of a list under a record is, written once for all of them. */
const resolverOf = ({ on, field, description, aggregate, column, connection, lasts }: Reverse): Type => {
  @Resolver(() => on)
  class ReverseResolver {
    constructor(private readonly records: Records) {}

    @ResolveField(field, () => connection, { description })
    async listed(
      @Parent() record: RecordOf<object>,
      @Args({ type: () => FILTERED[aggregate] ?? (lasts ? LastingUnderArgs : UnderArgs) })
      under: Under,
      @Context() context: RequestContext,
    ): Promise<Connection<RecordOf<object>>> {
      return this.records.listedUnder(aggregate, column, record, under, context);
    }
  }
  return ReverseResolver;
};

export const REVERSE_RESOLVERS: readonly Type[] = REVERSES.map(resolverOf);
