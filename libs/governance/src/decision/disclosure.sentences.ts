import { because, dayInWords, inWords, listed, quoted, sentence } from '../wording.js';
import type { ClassedAtOnce } from './decision.events.js';
import {
  DECISION_PARTS,
  type Classification,
  type DecisionPart,
  type DisclosureClass,
  type Lifting,
} from './disclosure.js';

/** What a part is called in a sentence: `The words of the decision.` is `the words of the decision`. */
const partInWords = (field: DecisionPart): string => {
  const words = DECISION_PARTS[field].replace(/\.$/, '').replace(/[:,].*$/, '');
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
};

const what = (fields: readonly DecisionPart[] | undefined): string =>
  fields === undefined ? 'the decision' : `of the decision, ${listed(fields.map(partInWords))}`;

const are = (fields: readonly DecisionPart[] | undefined): string => ((fields?.length ?? 1) > 1 ? 'were' : 'was');

const classInWords = (disclosure: DisclosureClass): string => inWords(disclosure);

function ground({ ground: on }: Pick<Classification, 'ground'>): string {
  return on === undefined ? '' : ` (${on === 'OTHER' ? 'on another ground' : inWords(on)})`;
}

const review = ({ reviewOn }: Pick<Classification, 'reviewOn'>): string =>
  reviewOn === undefined ? '' : `, to be looked at again by ${dayInWords(reviewOn)}`;

export const classifiedSentence = (data: Classification): string => {
  const by = data.decidedBy === undefined ? '' : ` by ${data.decidedBy}`;
  return sentence(
    `${what(data.fields)} ${are(data.fields)} classed as ${classInWords(data.disclosure)}${ground(data)}${by}${review(data)}`,
    data.reasoning && `on the public interest it says ${quoted(data.reasoning)}`,
    data.publicTitle && `its public title is ${quoted(data.publicTitle)}`,
  );
};

export const liftedSentence = ({ fields, reason }: Lifting): string =>
  because(`${what(fields)} ${are(fields)} made public`, reason);

/** What stands behind the sentence of a decision that was withheld as it was recorded. */
export const withheldFromTheFirst = ({ disclosure }: ClassedAtOnce): string | undefined =>
  disclosure &&
  classifiedSentence(disclosure)
    .replace(/\.$/, '')
    .replace(/^\w/, (first) => first.toLowerCase());
