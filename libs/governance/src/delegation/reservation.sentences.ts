import { because, changesIn, lastDayInWords, listed, named, namedEach, quoted, sentence } from '../wording.js';
import type { Changes, NameOf } from '../wording.js';
import type { DelegationTerm } from './delegation.events.js';
import { limitInWords } from './limit.sentences.js';
import type { ReservationDetails, ReservationEvent } from './reservation.events.js';

const CHANGES: Changes<ReservationDetails & DelegationTerm> = {
  body: (id, nameOf) => `it is reserved to ${named(nameOf, 'body', id)}`,
  organisation: (id, nameOf) => `it is reserved to ${named(nameOf, 'organisation', id)}`,
  reservedToName: (name) => `it is reserved to ${name}`,
  functions: (functions) => `it covers ${listed(functions.map(quoted))}`,
  catalogueFunctions: (ids, nameOf) => `it reserves ${namedEach(nameOf, 'function', ids)}`,
  places: (ids, nameOf) => `it is reserved for ${namedEach(nameOf, 'place', ids)}`,
  above: (limit) => `it is reserved above ${limitInWords(limit)}`,
  instrument: (id, nameOf) => `it rests on ${named(nameOf, 'instrument', id)}`,
  version: (version) => `it is made by version ${version}`,
  clause: (clause) => `it stands at ${clause}`,
  text: (text) => `its words are ${quoted(text)}`,
  note: (note) => `a note says ${quoted(note)}`,
  to: (to) => `it runs until ${lastDayInWords(to)}`,
};

export const reservationSentence = ({ type, data }: ReservationEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'MatterReserved': {
      const told = `${listed(data.functions.map(quoted))} ${data.functions.length === 1 ? 'was' : 'were'} reserved`;
      const exercised = data.catalogueFunctions?.length
        ? `, which is ${namedEach(nameOf, 'function', data.catalogueFunctions)}`
        : '';
      const places = data.places?.length ? `, for ${namedEach(nameOf, 'place', data.places)}` : '';
      const above = data.above === undefined ? '' : `, above ${limitInWords(data.above)}`;
      const until = data.to === undefined ? '' : `, until ${lastDayInWords(data.to)}`;
      return sentence(`${told} to ${holders(data, nameOf)}${exercised}${places}${above}${until}`);
    }
    case 'ReservationChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'ReservationEnded':
      return because('the reservation ended', data.reason);
  }
};

const holders = ({ body, organisation, reservedToName }: ReservationDetails, nameOf: NameOf): string =>
  listed([
    ...(body === undefined ? [] : [named(nameOf, 'body', body)]),
    ...(organisation === undefined ? [] : [named(nameOf, 'organisation', organisation)]),
    ...(reservedToName === undefined ? [] : [reservedToName]),
  ]);
