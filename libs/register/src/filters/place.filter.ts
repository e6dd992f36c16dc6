import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { withWords } from './words.js';

@InputType({ description: listedWhere('places') })
export class PlaceFilter extends OpenFilter {
  @Field(() => String, { description: 'Words that stand in how their boundary runs.', nullable: true })
  boundary?: string | null;

  @Field(() => DayRange, { description: 'The day from which they are places.', nullable: true })
  defined?: DayRange | null;

  @Field(() => DayRange, {
    description: 'The first day on which they are places no longer. One that has not ended has none.',
    nullable: true,
  })
  ended?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const placeFiltered = (filter: PlaceFilter): Filtered => {
  const ended = daysIn(filter.ended, 'filter.ended');
  return {
    notKnown: filter.notKnown ?? 'LEFT_OUT',
    ended: ended !== undefined,
    conditions: [
      ...withWords('boundary', filter.boundary, 'filter.boundary'),
      ...between('definedOn', daysIn(filter.defined, 'filter.defined')),
      ...between('endedOn', ended),
    ],
  };
};
