import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';

@InputType({ description: listedWhere('instruments') })
export class InstrumentFilter extends OpenFilter {
  @Field(() => DayRange, { description: 'The day on which they were adopted.', nullable: true })
  adopted?: DayRange | null;

  @Field(() => DayRange, { description: 'The day on which the version was approved.', nullable: true })
  approved?: DayRange | null;

  @Field(() => DayRange, { description: 'The first day on which they hold.', nullable: true })
  effective?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const instrumentFiltered = (filter: InstrumentFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...between('adoptedOn', daysIn(filter.adopted, 'filter.adopted')),
    ...between('approvedOn', daysIn(filter.approved, 'filter.approved')),
    ...between('inForceFrom', daysIn(filter.effective, 'filter.effective')),
  ],
});
