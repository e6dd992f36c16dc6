import { Field, InputType, SuccessionKindEnum } from '#schema';
import type { SuccessionKind } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr } from './words.js';

@InputType({ description: listedWhere('successions') })
export class SuccessionFilter extends OpenFilter {
  @Field(() => [SuccessionKindEnum], { description: 'How one organisation came after the other.', nullable: true })
  kind?: readonly SuccessionKind[] | null;

  @Field(() => DayRange, { description: 'The first day on which the successor was responsible.', nullable: true })
  tookEffect?: DayRange | null;

  @Field(() => Boolean, { description: 'Whether they no longer hold.', nullable: true })
  ended?: boolean | null;
}

/** @throws Refusal for a range that is none. */
export const successionFiltered = (filter: SuccessionFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  ended: filter.ended === true,
  conditions: [
    ...among('kind', filter.kind),
    ...between('tookEffectOn', daysIn(filter.tookEffect, 'filter.tookEffect')),
    ...isOr('isOver', filter.ended),
  ],
});
