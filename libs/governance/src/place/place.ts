import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersToEach, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { PlaceDetails, PlaceEvent } from './place.events.js';

export type PlaceCommand =
  | Fact<'DefinePlace', PlaceDetails>
  | Fact<'ChangePlace', Revised<PlaceDetails>>
  | Fact<'EndPlace', { readonly reason?: string }>;

const PARTS: Record<PlaceEvent['type'], Part> = {
  PlaceDefined: 'begins',
  PlaceChanged: 'goes on',
  PlaceEnded: 'ends',
};

/** Places: systems, places and neighbourhoods, which bodies, delegations, budgets and decisions are for. */
export const place: Decider<Life, PlaceCommand, PlaceEvent> = {
  initial: UNBORN,

  references: ({ data }) => refersToEach('place', 'parents' in data ? data.parents : undefined, 'parents'),

  decide({ type, data }) {
    switch (type) {
      case 'DefinePlace':
        return { type: 'PlaceDefined', data: said({ ...given(details(data)), name: data.name, kind: data.kind }) };
      case 'ChangePlace':
        return { type: 'PlaceChanged', data: details(data) };
      case 'EndPlace':
        return { type: 'PlaceEnded', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'place'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<PlaceDetails>): Revised<PlaceDetails> =>
  said({
    name: data.name,
    kind: data.kind,
    parents: data.parents && [...data.parents],
    identifiers: identifiersOf(data.identifiers),
    boundary: data.boundary,
    note: data.note,
  });
