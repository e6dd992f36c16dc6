import { Field, InputType, DelegationPowerEnum, DelegationStatusEnum } from '#schema';
import type { DelegationPower, DelegationStatus } from '#governance';
import { lapsed } from '../questions/lapsing.js';
import type { Restriction } from '../questions/restriction.js';
import { between, listedWhere, NOTHING, OpenFilter, type Filtered } from './condition.js';
import { AmountRange, amountsIn, DayRange, daysIn } from './ranges.js';
import { inTitle } from './words.js';

@InputType({ description: listedWhere('delegations') })
export class DelegationFilter extends OpenFilter {
  @Field(() => [DelegationStatusEnum], {
    description: 'Where they stand as they are shown, lapsed also where only what they hang on says so.',
    nullable: true,
  })
  status?: readonly DelegationStatus[] | null;

  @Field(() => String, { description: 'Words that stand among the functions they cover.', nullable: true })
  function?: string | null;

  @Field(() => [DelegationPowerEnum], { description: 'What their delegates may do.', nullable: true })
  power?: readonly DelegationPower[] | null;

  @Field(() => AmountRange, {
    description: 'The most that may be committed, by the highest of several limits. A placeholder is no amount.',
    nullable: true,
  })
  limit?: AmountRange | null;

  @Field(() => DayRange, { description: 'The day by which they are to be reviewed.', nullable: true })
  review?: DayRange | null;

  @Field(() => DayRange, { description: 'The last day of their term.', nullable: true })
  termEnds?: DayRange | null;

  @Field(() => DayRange, { description: 'The first day on which they hold.', nullable: true })
  effective?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const delegationFiltered = (filter: DelegationFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  ended: (filter.status ?? undefined) !== undefined,
  conditions: [
    ...(filter.status ? [{ is: standing(filter.status) }] : []),
    ...inTitle(filter.function, 'filter.function'),
    ...(filter.power
      ? [
          {
            is: { listed: filter.power.map((value) => ({ by: 'power', value })) },
            ...(filter.power.length > 0 && { notKnown: { unlisted: ['power'] } }),
          },
        ]
      : []),
    ...between('limit', amountsIn(filter.limit, 'filter.limit')),
    ...between('reviewOn', daysIn(filter.review, 'filter.review')),
    ...between('termEnds', daysIn(filter.termEnds, 'filter.termEnds')),
    ...between('inForceFrom', daysIn(filter.effective, 'filter.effective')),
  ],
});

/** Where delegations stand as what they hang on leaves them. */
function standing(statuses: readonly DelegationStatus[]): Restriction {
  const over = lapsed('delegation') ?? NOTHING;
  const gone: Restriction = { all: [over, { not: { column: 'holds', oneOf: ['NO'] } }] };
  const own: Restriction = { all: [{ column: 'status', oneOf: statuses }, { not: gone }] };
  return { any: [own, statuses.includes('LAPSED') ? gone : NOTHING] };
}
