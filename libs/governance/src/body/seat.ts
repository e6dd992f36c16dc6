import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { SeatDetails, SeatEvent } from './seat.events.js';

export type SeatCommand =
  | Fact<'DefineSeat', SeatDetails>
  | Fact<'ChangeSeat', Revised<SeatDetails>>
  | Fact<'RemoveSeat', { readonly reason?: string }>;

const PARTS: Record<SeatEvent['type'], Part> = { SeatDefined: 'begins', SeatChanged: 'goes on', SeatRemoved: 'ends' };

/** Seats: positions on a body and posts in an organisation, whoever holds them. */
export const seat: Decider<Life, SeatCommand, SeatEvent> = {
  initial: UNBORN,

  references: ({ type, data }) =>
    type === 'RemoveSeat'
      ? []
      : [
          ...refersTo('body', data.body, 'body'),
          ...refersTo('organisation', data.organisation, 'organisation'),
          ...refersTo('instrument', data.instrument, 'instrument'),
        ],

  decide({ type, data }) {
    switch (type) {
      case 'DefineSeat':
        return { type: 'SeatDefined', data: said({ ...given(details(data)), title: data.title }) };
      case 'ChangeSeat':
        return { type: 'SeatChanged', data: details(data) };
      case 'RemoveSeat':
        return { type: 'SeatRemoved', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'seat'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<SeatDetails>): Revised<SeatDetails> =>
  said({
    title: data.title,
    body: data.body,
    organisation: data.organisation,
    category: data.category,
    source: data.source,
    voting: data.voting,
    displayTitle: data.displayTitle,
    rank: data.rank,
    constituency: data.constituency,
    instrument: data.instrument,
    version: data.version,
    clause: data.clause,
    note: data.note,
    identifiers: identifiersOf(data.identifiers),
  });
