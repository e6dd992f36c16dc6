import {
  because,
  changesIn,
  identified,
  kindInWords,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { PlaceDetails, PlaceEvent } from './place.events.js';

const CHANGES: Changes<PlaceDetails> = {
  name: (name) => `its name changed to ${quoted(name)}`,
  kind: (kind) => `it is ${kindInWords(kind)}`,
  parents: (ids, nameOf) => `it lies within ${namedEach(nameOf, 'place', ids)}`,
  identifiers: identified,
  boundary: (boundary) => `its boundary is ${quoted(boundary)}`,
  note: (note) => `a note says ${quoted(note)}`,
};

export const placeSentence = ({ type, data }: PlaceEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'PlaceDefined': {
      const as = data.kind === 'OTHER' ? '' : ` as ${kindInWords(data.kind)}`;
      const within = data.parents?.length ? ` within ${namedEach(nameOf, 'place', data.parents)}` : '';
      return sentence(`${data.name} was defined${as}${within}`);
    }
    case 'PlaceChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'PlaceEnded':
      return because('it is a place no longer', data.reason);
  }
};
