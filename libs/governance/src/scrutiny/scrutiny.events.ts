import type { CivilDate, Fact, Revised } from '#kernel';

/** What a scrutiny committee did when it raised a matter. */
export const MATTER_KINDS = {
  REQUEST: 'It asked for something: information, a report, attendance.',
  RECOMMENDATION: 'It recommended something and may require a response.',
  REFERRAL: 'It referred the matter to somebody else, such as a minister.',
  ESCALATION: 'It took the matter to a higher level.',
  FOLLOW_UP: 'It came back to something raised before.',
  CONSULTATION: 'It was consulted on a proposal.',
  QUESTION: 'It asked a question.',
  CRITICISM: 'It criticised something.',
  BUSINESS: 'Other business of the committee.',
} as const;
export type MatterKind = keyof typeof MATTER_KINDS;

/** What the answer to a matter came to. */
export const RESPONSE_OUTCOMES = {
  ACCEPTED: 'Accepted.',
  PARTLY_ACCEPTED: 'Accepted in part.',
  REJECTED: 'Not accepted.',
  NOTED: 'Noted, neither accepted nor rejected.',
} as const;
export type ResponseOutcome = keyof typeof RESPONSE_OUTCOMES;

export interface MatterDetails {
  /** Id of the body that raised it. */
  readonly committee: string;
  readonly kind: MatterKind;
  readonly text: string;
  readonly title?: string;
  /** To whom, in the words of the source. */
  readonly addressedTo?: string;
  readonly addressedToOrganisation?: string;
  readonly addressedToBody?: string;
  readonly raisedOn?: CivilDate;
  /** Last day for the response. */
  readonly dueOn?: CivilDate;
  readonly aboutDecision?: string;
  readonly aboutMeeting?: string;
  /** Where it stands, in the words of the source. */
  readonly progress?: string;
  readonly note?: string;
}

export interface Letter {
  readonly sentOn?: CivilDate;
  readonly to?: string;
  readonly note?: string;
}

export interface Response {
  readonly text?: string;
  readonly respondedOn?: CivilDate;
  readonly from?: string;
  readonly outcome?: ResponseOutcome;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type ScrutinyEvent =
  | Fact<'MatterRaised', MatterDetails>
  | Fact<'LetterSent', Letter>
  | Fact<'ResponseRecorded', Response>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'MatterChanged', Revised<MatterDetails>>
  | Fact<'MatterClosed', { readonly outcome?: string }>;
