import { searchable } from '../../engine/view.js';
import { yesOrNo } from '../yes-or-no.js';
import { AppointmentCapacityEnum, AppointmentStatusEnum, DateScalar, Field, ObjectType } from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import {
  type AppointmentCapacity,
  type AppointmentEvent,
  type AppointmentStatus,
  type AppointmentTerms,
  type CapacityPeriod,
} from '#governance';
import { HoldingView } from '../holding.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';

@ObjectType('CapacityPeriod', {
  description: 'A characteristic of an appointment that was running on the day of the answer.',
})
export class CapacityPeriodView implements CapacityPeriod {
  @Field(() => String, { description: 'Key of this stretch among the appointment’s own, as the source has it.' })
  period!: string;

  @Field(() => AppointmentStatusEnum, { description: 'How firmly the post was held.', nullable: true })
  status?: AppointmentStatus;

  @Field(() => String, { description: 'Standing in the cabinet, in the words of the source.', nullable: true })
  cabinetStatus?: string;

  @Field(() => Boolean, { description: 'Whether the holder covered for somebody.', nullable: true })
  acting?: boolean;

  @Field(() => Boolean, { description: 'Whether the holder was on leave.', nullable: true })
  onLeave?: boolean;

  @Field(() => String, { description: 'Why the holder was on leave.', nullable: true })
  leaveReason?: string;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;
}

/** The folded state of an appointment, and the GraphQL type `Appointment`. */
@ObjectType('Appointment', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'That somebody holds a seat or role for a spell; or that nobody holds a seat.',
})
export class AppointmentView implements AppointmentTerms {
  @Field(() => DateScalar, {
    description: 'First day of the appointment or vacancy itself, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  inOfficeSince?: CivilDate;

  @Field(() => DateScalar, {
    description: 'Last day of it, once it has ended; empty while it lasts, and where nobody knows the day.',
    nullable: true,
  })
  inOfficeUntil?: CivilDate;

  /** Ids of who holds what; the resolver shows them. All are missing where only a capacity is recorded by then. */
  person?: string;
  seat?: string;
  body?: string;
  organisation?: string;

  @Field(() => String, { description: 'What the person is there, in the words of the source.', nullable: true })
  role?: string;

  @Field(() => AppointmentCapacityEnum, { description: 'In whose right the seat is held.', nullable: true })
  capacity?: AppointmentCapacity;

  @Field(() => AppointmentStatusEnum, { description: 'How firmly the seat is held.', nullable: true })
  status?: AppointmentStatus;

  @Field(() => DateScalar, { description: 'Last day of the term, where it is known in advance.', nullable: true })
  termEnds?: CivilDate;

  @Field(() => DateScalar, { description: 'When it was meant to end; nothing ends by it.', nullable: true })
  expectedEnd?: CivilDate;

  @Field(() => Boolean, {
    description: 'Whether the holder votes; empty where the source does not say.',
    nullable: true,
  })
  votingRight?: boolean;

  @Field(() => String, { description: 'Who nominated the person.', nullable: true })
  nominatedBy?: string;

  @Field(() => String, { description: 'Who appointed the person.', nullable: true })
  appointedBy?: string;

  /** Ids of the person deputised for and of the decision that made it; the resolver shows them. */
  deputyFor?: string;
  madeByDecision?: string;

  @Field(() => [DateScalar], {
    description: 'Days on which the source shows the person in the role; none is a start.',
    nullable: true,
  })
  seenOn?: readonly CivilDate[];

  @Field(() => DateScalar, { description: 'When it was announced.', nullable: true })
  announcedOn?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => [CapacityPeriodView], {
    description: 'Characteristics running on the day, the latest last; none once it has ended.',
  })
  capacities!: readonly CapacityPeriodView[];

  @Field(() => Boolean, { description: 'True where it is recorded that nobody holds the seat.' })
  vacant!: boolean;

  @Field(() => Boolean, { description: 'True once it has ended, by its term or by what came first.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

const NOTHING: AppointmentView = { capacities: [], vacant: false, ended: false };

export const appointmentView: LastingView<AppointmentView> = {
  aggregate: 'appointment',
  initial: NOTHING,

  project(state, event) {
    const { type, data } = event as DomainEvent & AppointmentEvent;
    switch (type) {
      case 'AppointmentMade':
        return said({
          ...withTerm(data),
          inOfficeSince: firstDay(event),
          capacities: state.capacities,
          vacant: false,
          ended: false,
        });
      case 'AppointmentChanged':
        return { ...revised(state, withTerm(data)), vacant: state.vacant && data.person === undefined };
      case 'CapacityRecorded':
        return { ...state, capacities: [...state.capacities.filter(({ period }) => period !== data.period), data] };
      case 'CapacityEnded': {
        const capacities = state.capacities.filter(({ period }) => period !== data.period);
        return capacities.length === state.capacities.length ? state : { ...state, capacities };
      }
      case 'TermExtended':
        return revised(state, withTerm(data));
      case 'AppointmentEnded':
        return said({
          ...state,
          ended: true,
          inOfficeUntil: lastDay(event, state.termEnds),
          endedBecause: data.reason,
        });
      case 'VacancyRecorded':
        return said({
          ...data,
          inOfficeSince: firstDay(event),
          capacities: state.capacities,
          vacant: true,
          ended: false,
        });
    }
  },

  turns: ({ termEnds, ended }) => (termEnds === undefined || ended ? [] : [addDays(termEnds, 1)]),

  show(state, date) {
    const ended = state.ended || (state.termEnds !== undefined && state.termEnds < date);
    if (!ended || (state.ended && state.capacities.length === 0)) return state;
    return { ...state, ...(!state.ended && { inOfficeUntil: state.termEnds }), ended, capacities: [] };
  },

  isOver: ({ ended }) => ended,
  title({ person, seat, body, organisation, role, vacant }) {
    if (vacant) return `vacancy of ${seat}`;
    const parts = [person, role ?? seat ?? body ?? organisation].filter((part) => part !== undefined);
    return parts.length === 0 ? 'appointment not yet made' : parts.join(', ');
  },
  titles: ({ role }) => [role],
  texts: ({ nominatedBy, appointedBy, note, endedBecause, capacities }) => [
    ...[nominatedBy, appointedBy, note, endedBecause],
    ...capacities.flatMap(({ cabinetStatus, leaveReason, note: noted }) => [cabinetStatus, leaveReason, noted]),
  ],
  // A list of a body's members reads role by role; those without a role come last.
  order: ({ role, seat, person }) => `${role?.toLowerCase() ?? '~'} ${seat ?? '~'} ${person ?? '~'}`,
  untilOver: ['person', 'seat', 'body', 'organisation', 'deputyFor'],
  columns: {
    person: ({ person }) => person,
    seat: ({ seat }) => seat,
    body: ({ body }) => body,
    organisation: ({ organisation }) => organisation,
    deputyFor: ({ deputyFor }) => deputyFor,
    madeByDecision: ({ madeByDecision }) => madeByDecision,
    role: ({ role }) => role && searchable(role),
    capacity: ({ capacity }) => capacity,
    status: ({ status }) => status,
    votingRight: ({ votingRight }) => (votingRight === undefined ? undefined : yesOrNo(votingRight)),
    termEnds: ({ termEnds }) => termEnds,
    inOfficeSince: ({ inOfficeSince }) => inOfficeSince,
  },
  unindexed: ['role', 'capacity', 'status', 'votingRight', 'termEnds', 'inOfficeSince'],
  lists: {},
  through: { body: { names: 'seat', aggregate: 'seat' }, organisation: { names: 'seat', aggregate: 'seat' } },
  recordsNone: ({ vacant, ended }) => vacant && !ended,
};
