import type { Aggregate } from '#governance';
import { Field, InputType } from '#schema';
import { lapsed } from '../questions/lapsing.js';
import type { Restriction } from '../questions/restriction.js';
import { between, listedWhere, NOTHING, OpenFilter, type Condition, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';

@InputType({ description: listedWhere('people') })
export class PersonFilter extends OpenFilter {
  @Field(() => Boolean, {
    description: 'Whether they hold a seat, a post or a role on that day, as far as it is known that they do.',
    nullable: true,
  })
  inOffice?: boolean | null;

  @Field(() => Boolean, {
    description: 'Whether they have declared an interest that is known to hold on that day.',
    nullable: true,
  })
  withInterests?: boolean | null;

  @Field(() => DayRange, { description: 'The first day for which the register has them.', nullable: true })
  onRecord?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const personFiltered = (filter: PersonFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...named('appointment', filter.inOffice),
    ...named('interest', filter.withInterests),
    ...between('onRecordFrom', daysIn(filter.onRecord, 'filter.onRecord')),
  ],
});

/** That somebody is named by something that holds, or by nothing. */
function named(aggregate: Aggregate, wanted: boolean | null | undefined): readonly Condition[] {
  if (wanted === undefined || wanted === null) return [];
  const holds: Restriction = { column: 'holds', oneOf: ['YES'] };
  const restriction: Restriction = { all: [holds, { not: lapsed(aggregate) ?? NOTHING }] };
  const is: Restriction = { namedIn: 'person', by: { aggregate, restriction } };
  return [{ is: wanted ? is : { not: is } }];
}
