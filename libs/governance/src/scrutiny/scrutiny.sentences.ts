import {
  because,
  changesIn,
  dayInWords,
  inWords,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { MatterDetails, MatterKind, ScrutinyEvent } from './scrutiny.events.js';

const DID: Readonly<Record<MatterKind, string>> = {
  REQUEST: 'made a request',
  RECOMMENDATION: 'made a recommendation',
  REFERRAL: 'made a referral',
  ESCALATION: 'escalated a matter',
  FOLLOW_UP: 'followed up a matter',
  CONSULTATION: 'was consulted',
  QUESTION: 'asked a question',
  CRITICISM: 'made a criticism',
  BUSINESS: 'took up a matter',
};

const CHANGES: Changes<MatterDetails> = {
  committee: (id, nameOf) => `it was raised by ${named(nameOf, 'body', id)}`,
  kind: (kind) => `it is of the kind “${inWords(kind)}”`,
  text: (text) => `it says ${quoted(text)}`,
  title: (title) => `its title changed to ${quoted(title)}`,
  addressedTo: (who) => `it is addressed to ${who}`,
  addressedToOrganisation: (id, nameOf) => `it is addressed to ${named(nameOf, 'organisation', id)}`,
  addressedToBody: (id, nameOf) => `it is addressed to ${named(nameOf, 'body', id)}`,
  raisedOn: (day) => `it was raised on ${dayInWords(day)}`,
  dueOn: (day) => `a response is due by ${dayInWords(day)}`,
  aboutDecision: (id, nameOf) => `it is about the decision ${named(nameOf, 'decision', id)}`,
  aboutMeeting: (id, nameOf) => `it arose at the ${named(nameOf, 'meeting', id)}`,
  progress: (progress) => `it stands at ${quoted(progress)}`,
  note: (note) => `a note says ${quoted(note)}`,
};

export const scrutinySentence = ({ type, data }: ScrutinyEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'MatterRaised': {
      const due = data.dueOn === undefined ? '' : `, for a response by ${dayInWords(data.dueOn)}`;
      const did = `${named(nameOf, 'body', data.committee)} ${DID[data.kind]}${addressee(data, nameOf)}${due}`;
      return sentence(`${did}: ${quoted(data.title ?? data.text)}`);
    }
    case 'LetterSent': {
      const to = data.to === undefined ? '' : ` to ${data.to}`;
      const on = data.sentOn === undefined ? '' : ` on ${dayInWords(data.sentOn)}`;
      return because(`a letter was sent${to}${on}`, data.note);
    }
    case 'ResponseRecorded': {
      const { text, respondedOn, from, outcome } = data;
      const by = from === undefined ? '' : ` from ${from}`;
      const on = respondedOn === undefined ? '' : ` on ${dayInWords(respondedOn)}`;
      return because(`a response came${by}${on}${outcome === undefined ? '' : ` (${inWords(outcome)})`}`, text);
    }
    case 'MatterChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'MatterClosed':
      return because('the matter was closed', data.outcome);
  }
};

function addressee({ addressedTo, addressedToOrganisation, addressedToBody }: MatterDetails, nameOf: NameOf): string {
  if (addressedToOrganisation !== undefined) return ` to ${named(nameOf, 'organisation', addressedToOrganisation)}`;
  if (addressedToBody !== undefined) return ` to ${named(nameOf, 'body', addressedToBody)}`;
  return addressedTo === undefined ? '' : ` to ${addressedTo}`;
}
