import { DateScalar, Field, ObjectType } from '#schema';
import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { versionKey, type ReservationEvent } from '#governance';
import { HoldingView } from '../holding.view.js';
import { amountColumn } from '../money.view.js';
import { Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import { withTerm } from '../term.js';
import type { LastingView } from '../lasting.js';
import { LimitView, textsOfLimits } from './limit.view.js';

/** The folded state of a reservation, and the GraphQL type `Reservation`. */
@ObjectType('Reservation', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A matter that only one body or organisation may decide, and nobody below it.',
})
export class ReservationView {
  @Field(() => DateScalar, {
    description: 'The first day on which it is reserved, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  inForceFrom?: CivilDate;

  @Field(() => DateScalar, { description: 'Its last day, once it has ended; empty while it lasts.', nullable: true })
  inForceUntil?: CivilDate;

  /** Ids; the resolver shows the subjects themselves. */
  body?: string;
  organisation?: string;
  catalogueFunctions?: readonly string[];
  places?: readonly string[];
  instrument?: string;

  @Field(() => String, { description: 'To whom it is reserved, in the words of the source.', nullable: true })
  reservedToName?: string;

  @Field(() => [String], { description: 'The functions it covers.' })
  functions!: readonly string[];

  @Field(() => LimitView, {
    description: 'Reserved above this amount only; empty where it is reserved whatever it costs.',
    nullable: true,
  })
  above?: LimitView;

  @Field(() => String, { description: 'The version of the instrument that makes it.', nullable: true })
  version?: string;

  @Field(() => String, { description: 'The clause of the instrument that makes it.', nullable: true })
  clause?: string;

  @Field(() => String, { description: 'How the source says it.', nullable: true })
  text?: string;

  @Field(() => DateScalar, { description: 'The last day of its term; empty while no end is known.', nullable: true })
  termEnds?: CivilDate;

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it is reserved no longer.' })
  ended!: boolean;

  @Field(() => String, { description: 'Why it ended.', nullable: true })
  endedBecause?: string;
}

export const reservationView: LastingView<ReservationView> = {
  aggregate: 'reservation',
  initial: { functions: [], ended: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & ReservationEvent;
    switch (type) {
      case 'MatterReserved':
        return said({ ...withTerm(data), inForceFrom: firstDay(event), ended: false });
      case 'ReservationChanged':
        return revised(state, withTerm(data));
      case 'ReservationEnded': {
        const inForceUntil = lastDay(event, state.termEnds);
        return said({ ...state, ended: true, inForceUntil, endedBecause: data.reason });
      }
    }
  },

  turns: ({ termEnds, ended }) => (ended || termEnds === undefined ? [] : [addDays(termEnds, 1)]),
  show: (state, date) =>
    state.ended || state.termEnds === undefined || date <= state.termEnds
      ? state
      : { ...state, ended: true, inForceUntil: state.termEnds },
  isOver: ({ ended }) => ended,
  title: ({ functions }) => functions.join('; '),
  texts: ({ reservedToName, above, clause, text, note, endedBecause }) => [
    ...[reservedToName, ...textsOfLimits(above && [above]), clause, text, note, endedBecause],
  ],
  order: ({ functions }) => functions.join('; ').toLowerCase(),
  untilOver: ['body', 'organisation', 'instrument', 'ofVersion', 'catalogueFunction', 'places'],
  columns: {
    body: ({ body }) => body,
    organisation: ({ organisation }) => organisation,
    instrument: ({ instrument }) => instrument,
    ofVersion: ({ instrument, version }) => versionKey(instrument, version),
    above: ({ above }) => amountColumn(above?.amount),
    termEnds: ({ termEnds }) => termEnds,
    inForceFrom: ({ inForceFrom }) => inForceFrom,
  },
  unindexed: ['above', 'termEnds', 'inForceFrom'],
  lists: {
    catalogueFunction: ({ catalogueFunctions }) => catalogueFunctions,
    places: ({ places }) => places,
  },
};
