import {
  because,
  changesIn,
  identified,
  inWords,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { SeatDetails, SeatEvent } from './seat.events.js';

const CHANGES: Changes<SeatDetails> = {
  title: (title) => `its title changed to ${quoted(title)}`,
  body: (id, nameOf) => `it is a seat on ${named(nameOf, 'body', id)}`,
  organisation: (id, nameOf) => `it is a post in ${named(nameOf, 'organisation', id)}`,
  category: (category) => `it is for: ${inWords(category)}`,
  source: (source) => `it is owed to: ${inWords(source)}`,
  voting: (voting) => (voting ? 'its holder votes' : 'its holder does not vote'),
  displayTitle: (title) => `it is shown as ${quoted(title)}`,
  rank: (rank) => `its rank is ${quoted(rank)}`,
  constituency: (constituency) => `its constituency is ${constituency}`,
  instrument: (id, nameOf) => `${named(nameOf, 'instrument', id)} provides for it`,
  version: (version) => `version ${version} provides for it`,
  clause: (clause) => `it stands at ${clause}`,
  note: (note) => `a note says ${quoted(note)}`,
  identifiers: identified,
};

export const seatSentence = ({ type, data }: SeatEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'SeatDefined': {
      const on = data.body === undefined ? '' : ` on ${named(nameOf, 'body', data.body)}`;
      const at = data.organisation === undefined ? '' : ` in ${named(nameOf, 'organisation', data.organisation)}`;
      return sentence(`the seat ${quoted(data.displayTitle ?? data.title)}${on}${at} was defined`);
    }
    case 'SeatChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'SeatRemoved':
      return because('the seat was removed', data.reason);
  }
};
