import {
  kindInWords,
  because,
  changesIn,
  dayInWords,
  identified,
  inBrackets,
  inWords,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { InstrumentDetails, InstrumentEvent } from './instrument.events.js';

const CHANGES: Changes<InstrumentDetails> = {
  title: (title) => `its title changed to ${quoted(title)}`,
  kind: (kind) => `it is ${kindInWords(kind)}`,
  organisation: (id, nameOf) => `it belongs to ${named(nameOf, 'organisation', id)}`,
  body: (id, nameOf) => `it governs ${named(nameOf, 'body', id)}`,
  partOf: (id, nameOf) => `it is part of ${named(nameOf, 'instrument', id)}`,
  clause: (clause) => `it stands at ${clause}`,
  text: (text) => `it says ${quoted(text)}`,
  adoptedOn: (day) => `it was adopted on ${dayInWords(day)}`,
  adoptedByDecision: (id, nameOf) => `it was adopted by the decision ${named(nameOf, 'decision', id)}`,
  website: (website) => `it is published at ${website}`,
  identifiers: identified,
  note: (note) => `a note says ${quoted(note)}`,
};

export const instrumentSentence = ({ type, data }: InstrumentEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'InstrumentAdopted': {
      const { title, kind, clause, organisation, body, version, draft, adoptedOn, adoptedByDecision } = data;
      const whose = organisation === undefined ? '' : ` of ${named(nameOf, 'organisation', organisation)}`;
      const governs = body === undefined ? '' : ` for ${named(nameOf, 'body', body)}`;
      const on = adoptedOn === undefined ? '' : ` on ${dayInWords(adoptedOn)}`;
      const by =
        adoptedByDecision === undefined ? '' : ` by the decision ${named(nameOf, 'decision', adoptedByDecision)}`;
      const brackets = inBrackets(
        kind === 'OTHER' ? undefined : inWords(kind),
        clause,
        version && `version ${version}`,
        draft ? 'draft' : undefined,
      );
      return sentence(`${quoted(title)}${brackets}${whose}${governs} was adopted${by}${on}`);
    }
    case 'VersionIssued': {
      const { version, change, approvedOn, draft } = data;
      const approved = approvedOn === undefined ? '' : `, approved on ${dayInWords(approvedOn)}`;
      return because(`version ${version}${draft ? ' was circulated as a draft' : ' was issued'}${approved}`, change);
    }
    case 'InstrumentChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'InstrumentWithdrawn': {
      const { reason, replacedBy } = data;
      const by = replacedBy === undefined ? '' : ` and replaced by ${named(nameOf, 'instrument', replacedBy)}`;
      return because(`the instrument was withdrawn${by}`, reason);
    }
  }
};
