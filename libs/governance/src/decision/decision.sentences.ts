import type { Revised } from '#kernel';
import {
  because,
  changesIn,
  clausesOf,
  dayInWords,
  identified,
  inBrackets,
  inWords,
  listed,
  moneyInWords,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import { TAX } from '../delegation/limit.sentences.js';
import type { ConditionMet, DecisionChanges, DecisionDetails, DecisionEvent, Procurement } from './decision.events.js';
import { classifiedSentence, liftedSentence, withheldFromTheFirst } from './disclosure.sentences.js';
import { votesInWords } from './votes.js';

const PROCUREMENT: Changes<Procurement> = {
  route: (route) => `the route is ${inWords(route)}`,
  supplier: (supplier) => `the supplier is ${supplier}`,
  noticeId: (notice) => `the notice is ${notice}`,
  standstillUntil: (day) => `the standstill runs until ${dayInWords(day)}`,
  tenderDeadline: (day) => `tenders are due by ${dayInWords(day)}`,
};

const CHANGES: Changes<DecisionChanges> = {
  reference: (reference) => `its reference is ${reference}`,
  title: (title) => `its title changed to ${quoted(title)}`,
  decidedBy: (ids, nameOf) => `it was decided by ${namedEach(nameOf, 'body', ids)}`,
  officer: (id, nameOf) => `it was decided by ${named(nameOf, 'person', id)}`,
  appointment: (id, nameOf) => `whoever decided acted as ${named(nameOf, 'appointment', id)}`,
  decidedByName: (name) => `it was decided by ${name}`,
  organisation: (id, nameOf) => `${named(nameOf, 'organisation', id)} answers for it`,
  accountable: (ids, nameOf) => `${namedEach(nameOf, 'organisation', ids)} answer for it together`,
  places: (ids, nameOf) => `it is for ${namedEach(nameOf, 'place', ids)}`,
  catalogueFunctions: (ids, nameOf) => `it exercises ${namedEach(nameOf, 'function', ids)}`,
  kind: (kind) => `it is of the kind “${inWords(kind)}”`,
  route: (route) => `it came about by: ${inWords(route)}`,
  outcome: (outcome) => `its outcome is ${quoted(outcome)}`,
  method: (method) => `its method was ${quoted(method)}`,
  votes: (votes) => `it was voted on: ${votesInWords(votes)}`,
  text: (text) => `it says ${quoted(text)}`,
  reasons: (reasons) => `its reasons are ${quoted(reasons)}`,
  alternatives: (alternatives) => `the alternatives were ${quoted(alternatives)}`,
  takenOn: (day) => `it was taken on ${dayInWords(day)}`,
  noticedOn: (day) => `it was made known on ${dayInWords(day)}`,
  publishedOn: (day) => `it was published on ${dayInWords(day)}`,
  stage: (stage) => `its stage is ${quoted(stage)}`,
  amount: (amount) => `its amount is ${moneyInWords(amount)}`,
  amountPerYear: (amount) => `its amount a year is ${moneyInWords(amount)}`,
  amountNote: (note) => `on its amount it says ${quoted(note)}`,
  spending: (spending) => `it is ${inWords(spending)} money`,
  vat: (vat) => `its amount is ${TAX[vat]}`,
  term: (term) => `its term is ${quoted(term)}`,
  legalBasis: (basis) => `its legal basis is ${quoted(basis)}`,
  procurement: procurementInWords,
  provider: (id, nameOf) => `it buys from ${named(nameOf, 'organisation', id)}`,
  delegation: (id, nameOf) => `it was taken under the delegation ${named(nameOf, 'delegation', id)}`,
  conditionsMet: (conditions) => listed(conditions.map(metInWords)),
  instrument: (id, nameOf) => `it rests on ${named(nameOf, 'instrument', id)}`,
  meeting: (id, nameOf) => `it was taken at the ${named(nameOf, 'meeting', id)}`,
  implements: (id, nameOf) => `it gives effect to the scrutiny matter ${named(nameOf, 'scrutiny', id)}`,
  supersedes: (id, nameOf) => `it replaces the decision ${named(nameOf, 'decision', id)}`,
  tags: (tags) => `it is tagged ${tags.join(', ')}`,
  identifiers: identified,
  website: (website) => `it is published at ${website}`,
  conflictInSource: (conflict) => `the source contradicts itself: ${quoted(conflict)}`,
  note: (note) => `a note says ${quoted(note)}`,
  bodies: (ids, nameOf) => `it is to be decided by ${namedEach(nameOf, 'body', ids)}`,
  summary: (summary) => `in short: ${quoted(summary)}`,
  dueOn: (day) => `it is to be decided by ${dayInWords(day)}`,
  key: (key) => (key ? 'it is a key decision' : 'it is no key decision'),
};

export const decisionSentence = ({ type, data }: DecisionEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'DecisionProposed': {
      const to = data.bodies?.length ? ` to ${namedEach(nameOf, 'body', data.bodies)}` : '';
      const by = data.dueOn === undefined ? '' : `, to be decided by ${dayInWords(data.dueOn)}`;
      return sentence(
        `the decision ${quoted(data.title)}${inBrackets(data.reference)} was proposed${to}${by}${exercising(data, nameOf)}`,
        withheldFromTheFirst(data),
      );
    }
    case 'DecisionTaken':
      return sentence(
        `the decision ${quoted(data.title)}${essentials(data)} was taken${taker(data, nameOf)}${exercising(data, nameOf)}`,
        withheldFromTheFirst(data),
      );
    case 'DecisionChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'DecisionPublished': {
      const where = data.where === undefined ? '' : ` at ${data.where}`;
      return sentence(`the decision was published on ${dayInWords(data.publishedOn)}${where}`);
    }
    case 'DecisionCalledIn':
      return because('the decision was called in', data.reason);
    case 'DecisionReleased':
      return because('the decision was released from call-in', data.reason);
    case 'DecisionImplemented':
      return because('the decision was carried out', data.note);
    case 'DecisionSuperseded': {
      const what = data.part === undefined ? 'the decision' : `a part of the decision, ${quoted(data.part)},`;
      return sentence(`${what} was replaced by the decision ${named(nameOf, 'decision', data.by)}`);
    }
    case 'DecisionRescinded': {
      const by = data.by === undefined ? '' : ` by the decision ${named(nameOf, 'decision', data.by)}`;
      return because(`the decision was rescinded${by}`, data.reason);
    }
    case 'DecisionLapsed':
      return because('the decision lapsed', data.reason);
    case 'DecisionClassified':
      return classifiedSentence(data);
    case 'ExemptionLifted':
      return liftedSentence(data);
  }
};

const essentials = (details: DecisionDetails): string => {
  const { reference, kind, amount, spending, vat, amountPerYear, outcome, stage } = details;
  return inBrackets(
    reference,
    kind && inWords(kind),
    amount === undefined ? undefined : moneyInWords(amount),
    spending && inWords(spending),
    vat && TAX[vat],
    amountPerYear === undefined ? undefined : `${moneyInWords(amountPerYear)} a year`,
    outcome,
    stage,
  );
};

const metInWords = ({ condition, on, evidence }: ConditionMet): string =>
  `the condition ${quoted(condition)} was met${on === undefined ? '' : ` on ${dayInWords(on)}`}${evidence === undefined ? '' : `: ${quoted(evidence)}`}`;

const exercising = (
  { catalogueFunctions: ids }: Pick<DecisionDetails, 'catalogueFunctions'>,
  nameOf: NameOf,
): string => (ids?.length ? `, exercising ${namedEach(nameOf, 'function', ids)}` : '');

function taker(
  { decidedBy, officer, appointment, decidedByName, takenOn, meeting }: DecisionDetails,
  nameOf: NameOf,
): string {
  const hat = appointment === undefined ? '' : ` as ${named(nameOf, 'appointment', appointment)}`;
  const who = [
    ...(decidedBy ?? []).map((id) => named(nameOf, 'body', id)),
    ...(officer === undefined ? [] : [`${named(nameOf, 'person', officer)}${hat}`]),
  ];
  const by = who.length > 0 ? listed(who) : decidedByName;
  const on = takenOn === undefined ? '' : ` on ${dayInWords(takenOn)}`;
  return `${by === undefined ? '' : ` by ${by}`}${on}${meeting === undefined ? '' : `, at the ${named(nameOf, 'meeting', meeting)}`}`;
}

function procurementInWords(procurement: Revised<Procurement>, nameOf: NameOf): string {
  return `on its procurement: ${clausesOf(PROCUREMENT, procurement, nameOf).join(', ') || 'nothing'}`;
}
