import type { OrganisationKind } from '../organisation/organisation.events.js';
import {
  because,
  changesIn,
  inBrackets,
  inWords,
  lastDayInWords,
  listed,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import { lawInWords } from './function.sentences.js';
import type { HoldingDetails, HoldingEvent, HoldingTerm } from './holding.events.js';

const CHANGES: Changes<HoldingDetails & HoldingTerm> = {
  function: (id, nameOf) => `it is of ${named(nameOf, 'function', id)}`,
  organisation: (id, nameOf) => `it is held by ${named(nameOf, 'organisation', id)}`,
  organisationKind: (kind) => `it is held by ${everyInWords(kind)}`,
  route: (route) => `the function is ${inWords(route)}`,
  fromOrganisation: (id, nameOf) => `it comes from ${named(nameOf, 'organisation', id)}`,
  places: (ids, nameOf) => `it is held for ${namedEach(nameOf, 'place', ids)}`,
  services: (services) => `it is held for ${listed(services)}`,
  statute: (statute) => `it is given by ${statute}`,
  provision: (provision) => `it stands at ${provision}`,
  instrument: (id, nameOf) => `it rests on ${named(nameOf, 'instrument', id)}`,
  source: (source) => `its source is ${quoted(source)}`,
  note: (note) => `a note says ${quoted(note)}`,
  to: (to) => `it runs until ${lastDayInWords(to)}`,
};

export const holdingSentence = ({ type, data }: HoldingEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'HoldingRecorded': {
      const { organisation, organisationKind, fromOrganisation, places, services, to } = data;
      const who =
        organisation === undefined
          ? organisationKind && everyInWords(organisationKind)
          : named(nameOf, 'organisation', organisation);
      const from = fromOrganisation && `from ${named(nameOf, 'organisation', fromOrganisation)}`;
      const route = [inWords(data.route), from].filter(Boolean).join(' ');
      const where = [
        ...(places?.length ? [namedEach(nameOf, 'place', places)] : []),
        ...(services?.length ? [listed(services)] : []),
      ];
      const about = where.length > 0 ? `, for ${where.join(', ')}` : '';
      const until = to === undefined ? '' : `, until ${lastDayInWords(to)}`;
      const held = `${named(nameOf, 'function', data.function)} is held by ${who}`;
      return sentence(`${held}${inBrackets(route, lawInWords(data))}${about}${until}`);
    }
    case 'HoldingChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'HoldingEnded':
      return because('the function is held by it no longer', data.reason);
  }
};

/** `every integrated care board`; of a kind that has one member only, that. */
export const everyInWords = (kind: OrganisationKind): string => {
  if (kind === 'OTHER') return 'every organisation of another kind';
  return kind === 'NHS_ENGLAND' ? inWords(kind) : `every ${inWords(kind)}`;
};
