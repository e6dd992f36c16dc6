import {
  because,
  changesIn,
  dayInWords,
  inWords,
  lastDayInWords,
  named,
  quoted,
  sentence,
  withArticle,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { CivilDate } from '#kernel';
import type { InterestDetails, InterestEvent } from './interest.events.js';

const CHANGES: Changes<InterestDetails & { readonly to?: CivilDate }> = {
  person: (id, nameOf) => `it is held by ${named(nameOf, 'person', id)}`,
  kind: (kind) => `it is ${withArticle(inWords(kind))} interest`,
  nature: (nature) => `it consists in ${quoted(nature)}`,
  organisation: (id, nameOf) => `it is in ${named(nameOf, 'organisation', id)}`,
  organisationName: (name) => `it is in ${name}`,
  declaredOn: (day) => `it was declared on ${dayInWords(day)}`,
  publishedOn: (day) => `it was published on ${dayInWords(day)}`,
  note: (note) => `a note says ${quoted(note)}`,
  to: (to) => `it runs until ${lastDayInWords(to)}`,
};

export const interestSentence = ({ type, data }: InterestEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'InterestDeclared': {
      const where =
        data.organisation === undefined ? data.organisationName : named(nameOf, 'organisation', data.organisation);
      const until = data.to === undefined ? '' : `, until ${lastDayInWords(data.to)}`;
      const interest = `${withArticle(inWords(data.kind))} interest${where === undefined ? '' : ` in ${where}`}`;
      return sentence(`${named(nameOf, 'person', data.person)} declared ${interest}${until}: ${quoted(data.nature)}`);
    }
    case 'InterestAmended':
      return changesIn(CHANGES, data, nameOf);
    case 'InterestEnded':
      return because('the interest ended', data.reason);
  }
};
