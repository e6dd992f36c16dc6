import { Field, InputType } from '#schema';
import { between, NotKnownEnum, type Filtered, type NotKnown } from './condition.js';
import { DayRange, daysIn } from './ranges.js';

@InputType({
  description:
    'What instruments have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.',
})
export class InstrumentFilter {
  @Field(() => DayRange, { description: 'The day on which they were adopted.', nullable: true })
  adopted?: DayRange | null;

  @Field(() => DayRange, { description: 'The day on which the version was approved.', nullable: true })
  approved?: DayRange | null;

  @Field(() => DayRange, { description: 'The first day on which they hold.', nullable: true })
  effective?: DayRange | null;

  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
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
