import type { Fact } from '#kernel';
import type { NameOf } from '../wording.js';

/** What a decision is called, in a sentence about something else, by whoever is not to know of it: its id would be a name too. */
export const WITHHELD_NAME = 'withheld';

/** Fields of events in which a decision is named, in any room. */
const NAMING = ['supersedes', 'by', 'madeByDecision', 'adoptedByDecision', 'aboutDecision'] as const;

/** The decisions that an event names, besides that which it is about. */
export const decisionsNamedBy = ({ type, data }: Fact): readonly string[] =>
  NAMING.filter((field) => field !== 'by' || type.startsWith('Decision')).flatMap((field) => {
    const id = (data as Readonly<Record<string, unknown>>)[field];
    return typeof id === 'string' ? [id] : [];
  });

/**
 * Whether an event names a decision that whoever is told of it may not know of. Where it comes from, for whom and why it
 * was recorded may then be the other's papers, and is as little told.
 */
export const namesWithheld = (event: Fact, nameOf: NameOf): boolean =>
  decisionsNamedBy(event).some((id) => nameOf('decision', id) === WITHHELD_NAME);
