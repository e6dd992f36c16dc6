import { Field, HoldingRouteEnum, InputType } from '#schema';
import type { HoldingRoute } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';

@InputType({ description: listedWhere('holdings of functions') })
export class FunctionHoldingFilter extends OpenFilter {
  @Field(() => [HoldingRouteEnum], { description: 'How they came about.', nullable: true })
  route?: readonly HoldingRoute[] | null;

  @Field(() => DayRange, { description: 'The first day on which the function is held.', nullable: true })
  effective?: DayRange | null;

  @Field(() => DayRange, { description: 'The last day of their term.', nullable: true })
  termEnds?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const functionHoldingFiltered = (filter: FunctionHoldingFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...among('route', filter.route),
    ...between('heldSince', daysIn(filter.effective, 'filter.effective')),
    ...between('termEnds', daysIn(filter.termEnds, 'filter.termEnds')),
  ],
});
