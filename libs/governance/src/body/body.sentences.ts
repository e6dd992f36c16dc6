import {
  kindInWords,
  because,
  changesIn,
  identified,
  inWords,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { BodyDetails, BodyEvent, QuorumRule } from './body.events.js';

const CHANGES: Changes<BodyDetails> = {
  name: (name) => `its name changed to ${quoted(name)}`,
  kind: (kind) => `it is ${kindInWords(kind)}`,
  owners: (ids, nameOf) => `it belongs to ${namedEach(nameOf, 'organisation', ids)}`,
  parentBody: (id, nameOf) => `it is a sub-body of ${named(nameOf, 'body', id)}`,
  places: (ids, nameOf) => `it is for ${namedEach(nameOf, 'place', ids)}`,
  legalPersonality: (personality) => `in law it is: ${inWords(personality)}`,
  remit: (remit) => `its remit is ${quoted(remit)}`,
  powers: (powers) => `its powers are ${quoted(powers)}`,
  meets: (meets) => `it meets ${quoted(meets)}`,
  quorum: quorumInWords,
  publicityRegime: (regime) =>
    regime === 'NONE' ? 'no law on publicity applies to it' : `it publishes under the ${inWords(regime)}`,
  identifiers: identified,
  category: (category) => `it is listed under ${quoted(category)}`,
  instrument: (id, nameOf) => `it and its quorum rest on ${named(nameOf, 'instrument', id)}`,
  version: (version) => `it is made by version ${version}`,
  website: (website) => `its website is ${website}`,
  note: (note) => `a note says ${quoted(note)}`,
};

export const bodySentence = ({ type, data }: BodyEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'BodyEstablished': {
      const of = data.owners?.length ? ` of ${namedEach(nameOf, 'organisation', data.owners)}` : '';
      const under = data.parentBody === undefined ? '' : `, under ${named(nameOf, 'body', data.parentBody)}`;
      const places = data.places?.length ? `, for ${namedEach(nameOf, 'place', data.places)}` : '';
      const as = data.kind === 'OTHER' ? '' : ` as ${kindInWords(data.kind)}`;
      return sentence(`${data.name} was established${as}${of}${under}${places}`);
    }
    case 'BodyChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'PlaceArrangementAdopted':
      return sentence(`for ${data.place} it adopted the arrangement “${inWords(data.arrangement)}”`);
    case 'BodySuspended':
      return because('the body was suspended', data.reason);
    case 'BodyResumed':
      return because('the body acts again', data.reason);
    case 'BodyDissolved': {
      const into = data.mergedInto === undefined ? '' : ` and became part of ${named(nameOf, 'body', data.mergedInto)}`;
      return because(`the body was dissolved${into}`, data.reason);
    }
  }
};

function quorumInWords({ members, note }: QuorumRule): string {
  const count = members === undefined ? undefined : `${members} ${members === 1 ? 'member' : 'members'}`;
  const rest = note === undefined ? undefined : quoted(note);
  return `its quorum is ${[count, rest].filter((part) => part !== undefined).join(', ') || 'not stated'}`;
}
