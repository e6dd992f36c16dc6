import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { OrganisationDetails, OrganisationEvent } from './organisation.events.js';

export type OrganisationCommand =
  | Fact<'RegisterOrganisation', OrganisationDetails>
  | Fact<'ChangeOrganisation', Revised<OrganisationDetails>>
  | Fact<'CloseOrganisation', { readonly reason?: string }>;

const PARTS: Record<OrganisationEvent['type'], Part> = {
  OrganisationRegistered: 'begins',
  OrganisationChanged: 'goes on',
  OrganisationClosed: 'ends',
};

/** Organisations: the legal persons that are partners in a system, and those they came from. */
export const organisation: Decider<Life, OrganisationCommand, OrganisationEvent> = {
  initial: UNBORN,

  references: ({ data }) => refersTo('organisation', 'parent' in data ? data.parent : undefined, 'parent'),

  decide({ type, data }) {
    switch (type) {
      case 'RegisterOrganisation':
        return {
          type: 'OrganisationRegistered',
          data: said({ ...given(details(data)), name: data.name, kind: data.kind }),
        };
      case 'ChangeOrganisation':
        return { type: 'OrganisationChanged', data: details(data) };
      case 'CloseOrganisation':
        return { type: 'OrganisationClosed', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'organisation'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<OrganisationDetails>): Revised<OrganisationDetails> =>
  said({
    name: data.name,
    kind: data.kind,
    shortName: data.shortName,
    identifiers: identifiersOf(data.identifiers),
    parent: data.parent,
    region: data.region,
    area: data.area,
    system: data.system,
    postcode: data.postcode,
    website: data.website,
    note: data.note,
  });
