import { quoted, sentence, type NameOf } from '../wording.js';
import type { PersonEvent, PersonName } from './person.events.js';

const shownAs = ({ name, displayName }: PersonName): string =>
  displayName === undefined || displayName === name ? '' : `, shown as ${quoted(displayName)}`;

export const personSentence = ({ type, data }: PersonEvent, _nameOf: NameOf): string => {
  switch (type) {
    case 'PersonRegistered':
      return sentence(`${data.name} was registered${shownAs(data)}`);
    case 'NameRecorded':
      return sentence(`the name is ${quoted(data.name)}${shownAs(data)}`);
    case 'NameEnded':
      return sentence(`the name recorded under ${quoted(data.period)} is no longer used`);
  }
};
