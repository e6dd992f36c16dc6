import {
  because,
  changesIn,
  identified,
  inBrackets,
  listed,
  named,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { FunctionDetails, FunctionEvent } from './function.events.js';

const CHANGES: Changes<FunctionDetails> = {
  name: (name) => `its name changed to ${quoted(name)}`,
  catalogue: (catalogue) => `it is of the catalogue ${catalogue}`,
  statute: (statute) => `it is given by ${statute}`,
  provision: (provision) => `it stands at ${provision}`,
  source: (source) => `the catalogue has it from ${quoted(source)}`,
  services: (services) => `it is about ${listed(services)}`,
  delegable: (delegable) => (delegable ? 'it may be delegated on' : 'it may not be delegated on'),
  partOf: (id, nameOf) => `it is part of ${named(nameOf, 'function', id)}`,
  identifiers: identified,
  note: (note) => `a note says ${quoted(note)}`,
};

export const functionSentence = ({ type, data }: FunctionEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'FunctionDefined': {
      const { name, catalogue, partOf, delegable } = data;
      const whole = partOf === undefined ? undefined : `part of ${named(nameOf, 'function', partOf)}`;
      const about = inBrackets(catalogue, lawInWords(data), whole);
      const on = delegable === false ? 'which may not be delegated on' : undefined;
      return sentence([`the function ${quoted(name)}${about} was defined`, on].filter(Boolean).join(', '));
    }
    case 'FunctionChanged':
      return changesIn(CHANGES, data, nameOf);
    case 'FunctionEnded':
      return because('it is a function no longer', data.reason);
  }
};

/** `National Health Service Act 2006, s3`; undefined where no law is named. */
export const lawInWords = ({ statute, provision }: Pick<FunctionDetails, 'statute' | 'provision'>) =>
  [statute, provision].filter((part) => part !== undefined).join(', ') || undefined;
