import type { Fact } from '#kernel';

/** How one organisation came after another. */
export const SUCCESSION_KINDS = {
  MERGER: 'Two or more became one.',
  SPLIT: 'One became two or more.',
  TRANSFER_OF_FUNCTIONS: 'Functions moved; the predecessor may go on.',
  REPLACEMENT: 'One took the place of the other, whole.',
  RENAMING: 'The source treats a change of name as a new organisation.',
} as const;
export type SuccessionKind = keyof typeof SUCCESSION_KINDS;

export interface SuccessionRecordedData {
  /** Id of the organisation that was. */
  readonly predecessor: string;
  /** Id of the organisation that came after. */
  readonly successor: string;
  readonly kind: SuccessionKind;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type SuccessionEvent =
  /** Effective on the first day of the successor's responsibility. */
  Fact<'SuccessionRecorded', SuccessionRecordedData> | Fact<'SuccessionEnded', { readonly reason?: string }>;
