import {
  kindInWords,
  because,
  changesIn,
  identified,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { OrganisationDetails, OrganisationEvent } from './organisation.events.js';

const CHANGES: Changes<OrganisationDetails> = {
  name: (name) => `its name changed to ${quoted(name)}`,
  kind: (kind) => `it is ${kindInWords(kind)}`,
  shortName: (name) => `it is called ${quoted(name)} for short`,
  identifiers: identified,
  parent: (id, nameOf) => `it belongs to ${named(nameOf, 'organisation', id)}`,
  region: (region) => `its region is ${region}`,
  area: (area) => `the area it serves is ${area}`,
  system: (system) => `it is part of ${system}`,
  postcode: (postcode) => `its postcode is ${postcode}`,
  website: (website) => `its website is ${website}`,
  note: (note) => `a note says ${quoted(note)}`,
};

export const organisationSentence = ({ type, data }: OrganisationEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'OrganisationRegistered': {
      const within = data.parent === undefined ? '' : ` belonging to ${named(nameOf, 'organisation', data.parent)}`;
      return sentence(
        `${data.name} was registered${data.kind === 'OTHER' ? '' : ` as ${kindInWords(data.kind)}`}${within}`,
      );
    }
    case 'OrganisationChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'OrganisationClosed':
      return because('the organisation closed', data.reason);
  }
};
