import { Field, InputType } from '#schema';
import { between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { withWords } from './words.js';

@InputType({ description: listedWhere('organisations') })
export class OrganisationFilter extends OpenFilter {
  @Field(() => String, { description: 'Words that stand in the name of their region.', nullable: true })
  region?: string | null;

  @Field(() => String, { description: 'Words that stand in the area they serve.', nullable: true })
  area?: string | null;

  @Field(() => String, { description: 'Words that stand in the name of their integrated care system.', nullable: true })
  system?: string | null;

  @Field(() => DayRange, { description: 'The day on which they opened.', nullable: true })
  opened?: DayRange | null;

  @Field(() => DayRange, {
    description: 'The day on which they closed, the first without them. One that has not closed has none.',
    nullable: true,
  })
  closed?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const organisationFiltered = (filter: OrganisationFilter): Filtered => {
  const closed = daysIn(filter.closed, 'filter.closed');
  return {
    notKnown: filter.notKnown ?? 'LEFT_OUT',
    ended: closed !== undefined,
    conditions: [
      ...withWords('region', filter.region, 'filter.region'),
      ...withWords('area', filter.area, 'filter.area'),
      ...withWords('system', filter.system, 'filter.system'),
      ...between('openedOn', daysIn(filter.opened, 'filter.opened')),
      ...between('closedOn', closed),
    ],
  };
};
