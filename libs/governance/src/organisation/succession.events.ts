import type { Fact } from '#kernel';

/** How one organisation came after another. */
export const SUCCESSION_KINDS = {
  MERGER: 'Two or more became one.',
  SPLIT: 'One became two or more.',
  TRANSFER_OF_FUNCTIONS: 'Functions moved; the predecessor may go on.',
  REPLACEMENT: 'One took the place of the other, whole.',
  RENAMING: 'The source treats a change of name as a new organisation.',
  ABOLITION: 'The predecessor was abolished, and what was its own went to others.',
  ESTABLISHMENT: 'The successor was established anew, with what had been others’.',
  BOUNDARY_CHANGE: 'A part of the area moved from one to the other; both may go on.',
  TRANSFER_SCHEME: 'Property, rights and liabilities moved by a scheme; the predecessor may go on.',
} as const;
export type SuccessionKind = keyof typeof SUCCESSION_KINDS;

/** What went over where not all of it did. Without any of it the source says nothing of shares. */
export interface SuccessionShare {
  /** Ids of the places whose share went over. */
  readonly places?: readonly string[];
  /** Ids of the functions of a catalogue that went over. */
  readonly catalogueFunctions?: readonly string[];
  /** The share in the words of the source. */
  readonly share?: string;
}

export interface SuccessionRecordedData extends SuccessionShare {
  /** Id of the organisation that was. */
  readonly predecessor: string;
  /** Id of the organisation that came after. */
  readonly successor: string;
  readonly kind: SuccessionKind;
  /** Id of the instrument by which it went over: an order, a transfer scheme. */
  readonly instrument?: string;
  /** Id of the decision by which it went over. */
  readonly madeByDecision?: string;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type SuccessionEvent =
  /** Effective on the first day of the successor's responsibility. */
  Fact<'SuccessionRecorded', SuccessionRecordedData> | Fact<'SuccessionEnded', { readonly reason?: string }>;
