import { Refusal, given, said, type CivilDate, type Decider, type Fact, type Revised } from '#kernel';
import { refersTo, refersToEach, type Part } from '../lifecycle.js';
import { namedAfter, type Named } from '../naming.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import type { HoldingDetails, HoldingEvent, HoldingTerm } from './holding.events.js';

/** Last day of a term, where it is known. */
interface Until {
  readonly until?: CivilDate;
}

export type HoldingCommand =
  | Fact<'RecordHolding', HoldingDetails & Until>
  | Fact<'ChangeHolding', Revised<HoldingDetails & Until>>
  | Fact<'EndHolding', { readonly reason?: string }>;

export interface HoldingState extends TermedLife {
  /** Which of `HOLDERS` it names. */
  readonly holders: Named;
}

/** Who holds it: exactly one of them is said. */
const HOLDERS = ['organisation', 'organisationKind'] as const;

const PARTS: Record<HoldingEvent['type'], Part> = {
  HoldingRecorded: 'begins',
  HoldingChanged: 'goes on',
  HoldingEnded: 'ends',
};

/** Holdings: which organisation, or which kind of them, holds which function, one spell to a subject. */
export const functionHolding: Decider<HoldingState, HoldingCommand, HoldingEvent> = {
  initial: { ...NO_TERM, holders: [] },

  references: ({ type, data }) =>
    type === 'EndHolding'
      ? []
      : [
          ...refersTo('function', data.function, 'function'),
          ...refersTo('organisation', data.organisation, 'organisation'),
          ...refersTo('organisation', data.fromOrganisation, 'fromOrganisation'),
          ...refersToEach('place', data.places, 'places'),
          ...refersTo('instrument', data.instrument, 'instrument'),
        ],

  decide({ type, data }) {
    switch (type) {
      case 'RecordHolding': {
        const refusal = notOneHolder(namedAfter([], HOLDERS, data, true));
        if (refusal) throw refusal;
        const { function: held, route } = data;
        return { type: 'HoldingRecorded', data: said({ ...given(details(data)), function: held, route }) };
      }
      case 'ChangeHolding':
        return { type: 'HoldingChanged', data: details(data) };
      case 'EndHolding':
        return { type: 'HoldingEnded', data: said({ reason: data.reason }) };
    }
  },

  stands(state, event, effectiveOn) {
    const { holders } = state;
    if (event.type === 'HoldingChanged' && holders.length > 0) {
      const refusal = notOneHolder(namedAfter(holders, HOLDERS, event.data, false));
      if (refusal) return refusal;
    }
    return standsInTerm(state, PARTS[event.type], termIn(event), effectiveOn, 'holding');
  },

  evolve(state, event) {
    const part = PARTS[event.type];
    const holders = part === 'ends' ? state.holders : namedAfter(state.holders, HOLDERS, event.data, part === 'begins');
    return { ...termAfter(state, part, termIn(event)), holders };
  },
};

function notOneHolder(holders: Named): Refusal | undefined {
  if (holders.length === 1) return undefined;
  return holders.length === 0
    ? new Refusal('HELD_BY_NOBODY', 'the holding names nobody who holds the function', {
        field: 'organisation',
        rule: 'T8',
        remedy: 'give organisation, or organisationKind where every organisation of a kind holds it',
      })
    : new Refusal('HELD_BY_BOTH', 'organisationKind stands beside an organisation: needed one of the two', {
        field: 'organisationKind',
        rule: 'T8',
        remedy: 'leave one of organisation and organisationKind out; a change takes away the other with null',
      });
}

const details = (data: Revised<HoldingDetails & Until>): Revised<HoldingDetails & HoldingTerm> =>
  said({
    function: data.function,
    organisation: data.organisation,
    organisationKind: data.organisationKind,
    route: data.route,
    fromOrganisation: data.fromOrganisation,
    places: data.places && [...data.places],
    services: data.services && [...data.services],
    statute: data.statute,
    provision: data.provision,
    instrument: data.instrument,
    source: data.source,
    to: firstDayWithout(data.until),
    note: data.note,
  });
