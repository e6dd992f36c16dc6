import type { Type } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  BodyView,
  BudgetView,
  DecisionView,
  DelegationView,
  FunctionHoldingView,
  PlaceView,
  ReservationView,
  SuccessionView,
} from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Placed = RecordOf<{ readonly places?: readonly string[] }>;

const placed = (view: Type, description: string): Type => {
  @Resolver(() => view)
  class PlacedResolver {
    constructor(private readonly records: Records) {}

    @ResolveField(() => [PlaceView], { description })
    async places(
      @Parent() { places, basis }: Placed,
      @Context() context: RequestContext,
    ): Promise<readonly RecordOf<PlaceView>[]> {
      return this.records.namedEach('place', places, basis, context);
    }
  }
  return PlacedResolver;
};

/** The places of whatever is for some: by their ids, beside names in the words of a source. */
export const PLACED_RESOLVERS: readonly Type[] = [
  placed(BodyView, 'The places it is for.'),
  placed(BudgetView, 'The places it is for, beside the name that the source gives.'),
  placed(DecisionView, 'The places it is for.'),
  placed(DelegationView, 'The places that it reaches to, beside the words of its scope.'),
  placed(SuccessionView, 'The places whose share went over; all of them where there is none.'),
  placed(FunctionHoldingView, 'The places for which it is held; everywhere where there is none.'),
  placed(ReservationView, 'The places for which it is reserved; everywhere without any.'),
];
