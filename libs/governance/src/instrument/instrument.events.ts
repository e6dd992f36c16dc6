import type { CivilDate, Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What sort of document or provision an instrument is. */
export const INSTRUMENT_KINDS = {
  STATUTE: 'An Act, or a provision of one.',
  ESTABLISHMENT_ORDER: 'The order that establishes a body and its area.',
  TRANSFER_SCHEME: 'A scheme that transfers staff, property or liabilities.',
  CONSTITUTION: 'The constitution of an organisation, or a clause of it.',
  STANDING_ORDER: 'Standing orders: how meetings are held and decisions taken.',
  SORD_ENTRY: 'A scheme of reservation and delegation, or an entry of one.',
  FINANCIAL_SCHEME: 'Standing financial instructions or a financial scheme of delegation.',
  OPERATIONAL_SCHEME: 'An operational scheme of delegation.',
  TERMS_OF_REFERENCE: 'The terms of reference of a body.',
  S65Z5_DELEGATION: 'A delegation of functions under section 65Z5 of the NHS Act 2006.',
  S65Z5_JOINT_EXERCISE: 'A joint exercise of functions under section 65Z5 of the NHS Act 2006.',
  S65Z6_JOINT_COMMITTEE: 'The arrangements of a joint committee under section 65Z6 of the NHS Act 2006.',
  S65Z6_POOLED_FUND: 'A pooled fund under section 65Z6 of the NHS Act 2006.',
  S75_AGREEMENT: 'A partnership agreement between the NHS and a council under section 75 of the NHS Act 2006.',
  S13YB_DIRECTION: 'A direction of NHS England under section 13YB of the NHS Act 2006.',
  S7A_ARRANGEMENT: 'A public health arrangement under section 7A of the NHS Act 2006.',
  LGA1972_S101: 'A delegation by a council under section 101 of the Local Government Act 1972.',
  LGA1972_S102: 'A committee appointed under section 102 of the Local Government Act 1972.',
  LGA1972_S113: 'Staff placed at the disposal of another body under section 113 of the Local Government Act 1972.',
  OFFICER_LETTER: 'A letter by which an officer authorises another.',
  BOARD_RESOLUTION: 'A resolution of a board or committee.',
  CONTRACT: 'A contract.',
  MOU: 'A memorandum of understanding: it binds nobody in law.',
  POLICY: 'A policy.',
  HANDBOOK: 'A governance handbook: several of the others bound together.',
  PLAN: 'A plan.',
  STRATEGY: 'A strategy.',
  OTHER: 'Something else; the note says what.',
} as const;
export type InstrumentKind = keyof typeof INSTRUMENT_KINDS;

/** A party to an instrument, and how it approved it. At least one of the first three. */
export interface InstrumentParty {
  readonly organisation?: string;
  readonly body?: string;
  /** The words of the source, where it is not in the register. */
  readonly name?: string;
  readonly approvedByDecision?: string;
  readonly approvedOn?: CivilDate;
}

/** A clause of a version, in the words of the source. */
export interface Clause {
  /** By which it is named: `4.2`, `Schedule 1B paragraph 3`. */
  readonly clause: string;
  readonly title?: string;
  readonly text: string;
}

/** One document, or one provision of it that a source states (`partOf` and `text`). */
export interface InstrumentDetails {
  readonly title: string;
  readonly kind: InstrumentKind;
  /** Id of the organisation whose instrument it is. */
  readonly organisation?: string;
  /** Id of the body it governs or belongs to. */
  readonly body?: string;
  /** Id of the instrument that this one is a provision of. */
  readonly partOf?: string;
  /** Where in the whole it stands: `4.2`, `Schedule 1B paragraph 3`. */
  readonly clause?: string;
  /** What it provides, in the words of the source or in ours. */
  readonly text?: string;
  /** The day somebody adopted it, which may be before it takes effect. */
  readonly adoptedOn?: CivilDate;
  readonly adoptedByDecision?: string;
  readonly parties?: readonly InstrumentParty[];
  readonly website?: string;
  readonly identifiers?: readonly Identifier[];
  readonly note?: string;
}

export interface InstrumentVersion {
  /** The number or name the source gives: `3.0`. */
  readonly version: string;
  /** What this version changed. */
  readonly change?: string;
  /** The day somebody approved it, which may be before it takes effect. */
  readonly approvedOn?: CivilDate;
  /** True where it was circulated and is not in force. */
  readonly draft?: boolean;
  /** Id of the decision that adopted it. */
  readonly adoptedByDecision?: string;
  /** All of them, where the source is at hand. */
  readonly clauses?: readonly Clause[];
}

/** The first version may be named with the instrument itself. */
export type InstrumentAdoptedData = InstrumentDetails & Partial<Pick<InstrumentVersion, 'version' | 'draft'>>;

export interface InstrumentWithdrawnData {
  readonly reason?: string;
  /** Id of the instrument that stands in its place. */
  readonly replacedBy?: string;
}

export interface VersionFoundInvalidData {
  readonly version: string;
  readonly reason: string;
  /** Id of the decision by which it was found. */
  readonly decision?: string;
}

export interface VersionRatifiedData {
  readonly version: string;
  /** Id of the decision that ratified it. */
  readonly decision?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type InstrumentEvent =
  | Fact<'InstrumentAdopted', InstrumentAdoptedData>
  /** Effective on the day it takes effect, which may be after it was approved. */
  | Fact<'VersionIssued', InstrumentVersion>
  /** Effective on the day from which it never validly was there, mostly that on which it was to take effect. */
  | Fact<'VersionFoundInvalid', VersionFoundInvalidData>
  /** Effective on the day from which it is valid, which may be before the ratification. */
  | Fact<'VersionRatified', VersionRatifiedData>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'InstrumentChanged', Revised<InstrumentDetails>>
  | Fact<'InstrumentWithdrawn', InstrumentWithdrawnData>;
