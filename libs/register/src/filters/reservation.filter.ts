import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { AmountRange, amountsIn, DayRange, daysIn } from './ranges.js';
import { inTitle } from './words.js';

@InputType({ description: listedWhere('reservations') })
export class ReservationFilter extends OpenFilter {
  @Field(() => String, { description: 'Words that stand among the functions they cover.', nullable: true })
  function?: string | null;

  @Field(() => AmountRange, {
    description: 'The amount above which they reserve. One that reserves whatever it costs has none.',
    nullable: true,
  })
  above?: AmountRange | null;

  @Field(() => DayRange, { description: 'The last day of their term.', nullable: true })
  termEnds?: DayRange | null;

  @Field(() => DayRange, { description: 'The first day on which they reserve.', nullable: true })
  effective?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const reservationFiltered = (filter: ReservationFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...inTitle(filter.function, 'filter.function'),
    ...between('above', amountsIn(filter.above, 'filter.above')),
    ...between('termEnds', daysIn(filter.termEnds, 'filter.termEnds')),
    ...between('inForceFrom', daysIn(filter.effective, 'filter.effective')),
  ],
});
