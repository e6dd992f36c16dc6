import { changesIn, identified, quoted, sentence, type Changes, type NameOf } from '../wording.js';
import type { PersonDetails, PersonEvent, PersonName } from './person.events.js';

const CHANGES: Changes<PersonDetails> = {
  name: (name) => `the name changed to ${quoted(name)}`,
  displayName: (name) => `the name is shown as ${quoted(name)}`,
  shortName: (name) => `the short name is ${quoted(name)}`,
  gender: (gender) => `the gender is recorded as ${quoted(gender)}`,
  identifiers: identified,
  note: (note) => `a note says ${quoted(note)}`,
};

const shownAs = ({ name, displayName }: PersonName): string =>
  displayName === undefined || displayName === name ? '' : `, shown as ${quoted(displayName)}`;

export const personSentence = ({ type, data }: PersonEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'PersonRegistered':
      return sentence(`${data.name} was registered${shownAs(data)}`);
    case 'PersonChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'NameRecorded':
      return sentence(`the name is ${quoted(data.name)}${shownAs(data)}`);
    case 'NameEnded':
      return sentence(`the name recorded under ${quoted(data.period)} is no longer used`);
  }
};
