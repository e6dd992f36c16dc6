import type { Block, Section } from '../document.js';
import type { PlacedEntry } from '../entry.js';
import type { Names } from '../names.js';
import type { Scope } from '../question.js';
import type { LogSource } from '../source.js';

/** What a section reads. */
export interface LogContext {
  readonly source: LogSource;
  readonly scope: Scope;
  readonly names: Names;
}

/** A section before it has a number. */
export type Unnumbered = Omit<Section, 'number'>;

/**
 * A section about the decisions of the log: it is shown every entry once, in the order of the log, and then says what
 * it has to say.
 */
export interface DecisionSection {
  take(placed: PlacedEntry): void;
  section(): Unnumbered;
}

/**
 * Whether a section keeps what repeats the entries. A log that is streamed does not: its tables with `repeats` have no
 * rows and its groups no entries, so that memory does not grow with the log; what they count is the same.
 */
export interface Keeping {
  readonly rows: boolean;
}

/** @param nothing said where there are no blocks. */
export const sectionOf = (
  id: string,
  title: string,
  lead: string,
  blocks: readonly Block[],
  nothing: string,
): Unnumbered => (blocks.length === 0 ? { id, title, lead, blocks, nothing } : { id, title, lead, blocks });
