import {
  kindInWords,
  because,
  changesIn,
  dayInWords,
  identified,
  inBrackets,
  inWords,
  listed,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { InstrumentDetails, InstrumentEvent, InstrumentParty } from './instrument.events.js';

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
  parties: (parties, nameOf) => `its parties are ${listed(parties.map((one) => partyInWords(one, nameOf)))}`,
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
      const { version, change, approvedOn, draft, adoptedByDecision } = data;
      const by =
        adoptedByDecision === undefined ? '' : ` by the decision ${named(nameOf, 'decision', adoptedByDecision)}`;
      const approved = approvedOn === undefined ? '' : `, approved on ${dayInWords(approvedOn)}`;
      return because(
        `version ${version}${draft ? ' was circulated as a draft' : ' was issued'}${by}${approved}`,
        change,
      );
    }
    case 'VersionFoundInvalid': {
      const by = data.decision === undefined ? '' : ` by the decision ${named(nameOf, 'decision', data.decision)}`;
      return because(`version ${data.version} was found never to have been valid${by}`, data.reason);
    }
    case 'VersionRatified': {
      const by = data.decision === undefined ? '' : ` by the decision ${named(nameOf, 'decision', data.decision)}`;
      return sentence(`version ${data.version} was ratified${by}`);
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

function partyInWords(party: InstrumentParty, nameOf: NameOf): string {
  const { organisation, body, name, approvedByDecision, approvedOn } = party;
  const who = [
    ...(body === undefined ? [] : [named(nameOf, 'body', body)]),
    ...(organisation === undefined ? [] : [named(nameOf, 'organisation', organisation)]),
    ...(name === undefined ? [] : [name]),
  ];
  const by = approvedByDecision && `approved by the decision ${named(nameOf, 'decision', approvedByDecision)}`;
  const on = approvedOn && `${by ? '' : 'approved '}on ${dayInWords(approvedOn)}`;
  return `${who.join(' of ')}${inBrackets([by, on].filter(Boolean).join(' ') || undefined)}`;
}
