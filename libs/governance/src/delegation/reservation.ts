import { Refusal, given, said, type CivilDate, type Decider, type Fact, type Revised } from '#kernel';
import { refersTo, refersToEach, type Part } from '../lifecycle.js';
import { leavesNone, namedAfter, type Named } from '../naming.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import { copiedLimit, refuseUnmeasured } from './limit.js';
import type { ReservationDetails, ReservationEvent } from './reservation.events.js';

/** The last day of the term, inclusive. */
interface Until {
  readonly until?: CivilDate;
}

export type ReservationCommand =
  | Fact<'ReserveMatter', ReservationDetails & Until>
  | Fact<'ChangeReservation', Revised<ReservationDetails & Until>>
  | Fact<'EndReservation', { readonly reason?: string }>;

/** To whom a matter is reserved: at least one is said. */
const HOLDERS: Named = ['body', 'organisation', 'reservedToName'];

export interface ReservationLife extends TermedLife {
  /** Which of `HOLDERS` it names. */
  readonly holders: Named;
}

const PARTS: Record<ReservationEvent['type'], Part> = {
  MatterReserved: 'begins',
  ReservationChanged: 'goes on',
  ReservationEnded: 'ends',
};

/** Reservations: what only one body or organisation may decide, and nobody below it. */
export const reservation: Decider<ReservationLife, ReservationCommand, ReservationEvent> = {
  initial: { ...NO_TERM, holders: [] },

  references: ({ type, data }) =>
    type === 'EndReservation'
      ? []
      : [
          ...refersTo('body', data.body, 'body'),
          ...refersTo('organisation', data.organisation, 'organisation'),
          ...refersToEach('function', data.catalogueFunctions, 'catalogueFunctions'),
          ...refersToEach('place', data.places, 'places'),
          ...refersTo('instrument', data.instrument, 'instrument'),
        ],

  decide({ type, data }) {
    if (type !== 'EndReservation' && data.above) refuseUnmeasured(data.above, 'above');
    switch (type) {
      case 'ReserveMatter':
        if (namedAfter([], HOLDERS, data, true).length === 0) throw toNobody();
        return { type: 'MatterReserved', data: said({ ...given(details(data)), functions: [...data.functions] }) };
      case 'ChangeReservation':
        return { type: 'ReservationChanged', data: details(data) };
      case 'EndReservation':
        return { type: 'ReservationEnded', data: said({ reason: data.reason }) };
    }
  },

  stands(life, event, effectiveOn) {
    if (event.type === 'ReservationChanged' && leavesNone(life.holders, HOLDERS, event.data)) return toNobody();
    return standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'reservation');
  },

  evolve(life, event) {
    const part = PARTS[event.type];
    const holders = part === 'ends' ? life.holders : namedAfter(life.holders, HOLDERS, event.data, part === 'begins');
    return { ...termAfter(life, part, termIn(event)), holders };
  },
};

const toNobody = (): Refusal =>
  new Refusal('RESERVED_TO_NOBODY', 'the reservation names nobody to whom the matter is reserved', {
    field: 'body',
    remedy: 'give body, organisation or reservedToName',
  });

const details = (data: Revised<ReservationDetails & Until>): Revised<ReservationDetails & { to?: CivilDate }> =>
  said({
    body: data.body,
    organisation: data.organisation,
    reservedToName: data.reservedToName,
    functions: data.functions && [...data.functions],
    catalogueFunctions: data.catalogueFunctions && [...data.catalogueFunctions],
    places: data.places && [...data.places],
    above: data.above && copiedLimit(data.above),
    instrument: data.instrument,
    version: data.version,
    clause: data.clause,
    text: data.text,
    to: firstDayWithout(data.until),
    note: data.note,
  });
