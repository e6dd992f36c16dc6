import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, refersToEach, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { BodyDetails, BodyDissolvedData, BodyEvent, PlaceArrangementData } from './body.events.js';

export type BodyCommand =
  | Fact<'EstablishBody', BodyDetails>
  | Fact<'ChangeBody', Revised<BodyDetails>>
  | Fact<'AdoptPlaceArrangement', PlaceArrangementData>
  | Fact<'SuspendBody', { readonly reason?: string }>
  | Fact<'ResumeBody', { readonly reason?: string }>
  | Fact<'DissolveBody', BodyDissolvedData>;

const PARTS: Record<BodyEvent['type'], Part> = {
  BodyEstablished: 'begins',
  BodyChanged: 'goes on',
  PlaceArrangementAdopted: 'goes on',
  BodySuspended: 'goes on',
  BodyResumed: 'goes on',
  BodyDissolved: 'ends',
};

/** Bodies: boards, committees, forums and groups, each with its owners and its remit. */
export const body: Decider<Life, BodyCommand, BodyEvent> = {
  initial: UNBORN,

  references({ type, data }) {
    switch (type) {
      case 'EstablishBody':
      case 'ChangeBody':
        return [
          ...refersToEach('organisation', data.owners, 'owners'),
          ...refersTo('body', data.parentBody, 'parentBody'),
          ...refersToEach('place', data.places, 'places'),
          ...refersTo('instrument', data.instrument, 'instrument'),
        ];
      case 'DissolveBody':
        return refersTo('body', data.mergedInto, 'mergedInto');
      case 'AdoptPlaceArrangement':
      case 'SuspendBody':
      case 'ResumeBody':
        return [];
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'EstablishBody':
        return { type: 'BodyEstablished', data: said({ ...given(details(data)), name: data.name, kind: data.kind }) };
      case 'ChangeBody':
        return { type: 'BodyChanged', data: details(data) };
      case 'AdoptPlaceArrangement':
        return { type: 'PlaceArrangementAdopted', data: { place: data.place, arrangement: data.arrangement } };
      case 'SuspendBody':
        return { type: 'BodySuspended', data: said({ reason: data.reason }) };
      case 'ResumeBody':
        return { type: 'BodyResumed', data: said({ reason: data.reason }) };
      case 'DissolveBody':
        return { type: 'BodyDissolved', data: said({ reason: data.reason, mergedInto: data.mergedInto }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'body'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<BodyDetails>): Revised<BodyDetails> =>
  said({
    name: data.name,
    kind: data.kind,
    owners: data.owners && [...data.owners],
    parentBody: data.parentBody,
    places: data.places && [...data.places],
    legalPersonality: data.legalPersonality,
    remit: data.remit,
    powers: data.powers,
    meets: data.meets,
    quorum: data.quorum && said({ members: data.quorum.members, note: data.quorum.note }),
    instrument: data.instrument,
    version: data.version,
    publicityRegime: data.publicityRegime,
    identifiers: identifiersOf(data.identifiers),
    category: data.category,
    website: data.website,
    note: data.note,
  });
