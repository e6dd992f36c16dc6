import { because, inBrackets, named, namedEach, sentence, type NameOf } from '../wording.js';
import type { SuccessionEvent, SuccessionKind } from './succession.events.js';

const AS: Readonly<Record<SuccessionKind, string>> = {
  MERGER: 'by a merger',
  SPLIT: 'by a split',
  TRANSFER_OF_FUNCTIONS: 'by a transfer of functions',
  REPLACEMENT: 'in its place',
  RENAMING: 'by a change of name',
  ABOLITION: 'which was abolished',
  ESTABLISHMENT: 'established anew',
  BOUNDARY_CHANGE: 'by a change of boundaries',
  TRANSFER_SCHEME: 'by a transfer scheme',
};

export const successionSentence = ({ type, data }: SuccessionEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'SuccessionRecorded': {
      const successor = named(nameOf, 'organisation', data.successor);
      const { places, catalogueFunctions, share, instrument, madeByDecision } = data;
      const went = inBrackets(
        places?.length ? `for ${namedEach(nameOf, 'place', places)}` : undefined,
        catalogueFunctions?.length ? `with ${namedEach(nameOf, 'function', catalogueFunctions)}` : undefined,
        share,
        instrument && `by ${named(nameOf, 'instrument', instrument)}`,
        madeByDecision && `by the decision ${named(nameOf, 'decision', madeByDecision)}`,
      );
      const after = named(nameOf, 'organisation', data.predecessor);
      return sentence(`${successor} came after ${after}, ${AS[data.kind]}${went}`);
    }
    case 'SuccessionEnded':
      return because('the succession ended', data.reason);
  }
};
