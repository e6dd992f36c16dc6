import { Field, InputType, AppointmentCapacityEnum, AppointmentStatusEnum } from '#schema';
import type { AppointmentCapacity, AppointmentStatus } from '#governance';
import { between, among, NotKnownEnum, type Filtered, type NotKnown } from './condition.js';
import { DayRange, daysIn } from './ranges.js';
import { isOr, withWords } from './words.js';

@InputType({
  description:
    'What appointments have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.',
})
export class AppointmentFilter {
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

  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
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
