import { Field, InputType, AppointmentCapacityEnum, AppointmentStatusEnum } from '#schema';
import type { AppointmentCapacity, AppointmentStatus } from '#governance';
import { among, between, listedWhere, OpenFilter, type Filtered } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({ description: listedWhere('appointments') })
export class AppointmentFilter extends OpenFilter {
  @Field(() => String, { description: 'Words that stand in the role.', nullable: true })
  role?: string | null;

  @Field(() => [AppointmentCapacityEnum], { description: 'In whose right the seat is held.', nullable: true })
  capacity?: readonly AppointmentCapacity[] | null;

  @Field(() => [AppointmentStatusEnum], { description: 'How firmly the seat is held.', nullable: true })
  status?: readonly AppointmentStatus[] | null;

  @Field(() => Boolean, { description: 'Whether the holder votes.', nullable: true })
  voting?: boolean | null;

  @Field(() => DayRange, { description: 'The first day of office.', nullable: true })
  effective?: DayRange | null;

  @Field(() => DayRange, { description: 'The last day of the term.', nullable: true })
  termEnds?: DayRange | null;
}

/** @throws Refusal for a range that is none. */
export const appointmentFiltered = (filter: AppointmentFilter): Filtered => ({
  notKnown: filter.notKnown ?? 'LEFT_OUT',
  conditions: [
    ...withWords('role', filter.role, 'filter.role'),
    ...among('capacity', filter.capacity),
    ...among('status', filter.status),
    ...isOr('votingRight', filter.voting),
    ...between('inOfficeSince', daysIn(filter.effective, 'filter.effective')),
    ...between('termEnds', daysIn(filter.termEnds, 'filter.termEnds')),
  ],
});
