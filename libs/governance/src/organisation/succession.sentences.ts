import { because, named, sentence, type NameOf } from '../wording.js';
import type { SuccessionEvent, SuccessionKind } from './succession.events.js';

const AS: Readonly<Record<SuccessionKind, string>> = {
  MERGER: 'by a merger',
  SPLIT: 'by a split',
  TRANSFER_OF_FUNCTIONS: 'by a transfer of functions',
  REPLACEMENT: 'in its place',
  RENAMING: 'by a change of name',
};

export const successionSentence = ({ type, data }: SuccessionEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'SuccessionRecorded': {
      const successor = named(nameOf, 'organisation', data.successor);
      return sentence(`${successor} came after ${named(nameOf, 'organisation', data.predecessor)}, ${AS[data.kind]}`);
    }
    case 'SuccessionEnded':
      return because('the succession ended', data.reason);
  }
};
