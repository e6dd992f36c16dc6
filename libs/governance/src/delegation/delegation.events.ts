import type { CivilDate, Fact, Money, Revised } from '#kernel';

/** What a delegate may do with a function. */
export const DELEGATION_POWERS = {
  DECIDE: 'Take the decision.',
  RECOMMEND: 'Recommend to whoever decides.',
  SPEND: 'Commit money.',
  AWARD_CONTRACT: 'Award a contract.',
  SIGN: 'Sign on behalf of whoever delegates.',
  SUB_DELEGATE: 'Pass the power on.',
  APPROVE_POLICY: 'Approve a policy.',
  OVERSEE: 'Oversee how it is carried out.',
} as const;
export type DelegationPower = keyof typeof DELEGATION_POWERS;

/** What a financial limit is measured on. */
export const LIMIT_BASES = {
  PER_DECISION: 'Each decision by itself.',
  PER_YEAR: 'All decisions of a financial year together.',
  WHOLE_LIFE: 'What a commitment costs over its whole life.',
  OTHER: 'Something else; the note on the limit says what.',
} as const;
export type LimitBasis = keyof typeof LIMIT_BASES;

/** Whether a delegate may pass the power on. */
export const ONWARD_DELEGATIONS = {
  PROHIBITED: 'It may not be passed on.',
  WITH_CONSENT: 'It may be passed on with the consent of whoever delegated it.',
  PERMITTED: 'It may be passed on.',
} as const;
export type OnwardDelegation = keyof typeof ONWARD_DELEGATIONS;

/** How a function reaches the local body from above. */
export const UPSTREAM_ROUTES = {
  JOINTLY_COMMISSIONED: 'Exercised together with the body that holds it.',
  DELEGATED: 'Delegated: the body that holds it stays accountable.',
  TRANSFERRED: 'Transferred: the local body holds it from now on.',
  DIRECTED: 'Directed: the local body has to exercise it.',
} as const;
export type UpstreamRoute = keyof typeof UPSTREAM_ROUTES;

/** Where a delegation stands on a day. */
export const DELEGATION_STATUSES = {
  IN_FORCE: 'It gives authority.',
  SUSPENDED: 'It gives none until it is resumed.',
  EXPIRED: 'Its term is over.',
  REVOKED: 'It was taken back.',
  LAPSED: 'Whoever granted it, or all who received it, are gone, and nobody came after them.',
} as const;
export type DelegationStatus = keyof typeof DELEGATION_STATUSES;

export interface DelegationScope {
  readonly service?: string;
  readonly population?: string;
  readonly place?: string;
  readonly exclusions?: readonly string[];
}

/** What a delegation says, but for its term. Ids unless a name ends in `Name` or `Names`. */
export interface DelegationTerms {
  readonly grantedByOrganisation?: string;
  readonly grantedByBody?: string;
  /** The words of the source, where it names somebody who is not in the register. */
  readonly grantedByName?: string;
  readonly delegateOrganisations?: readonly string[];
  readonly delegateBodies?: readonly string[];
  readonly delegatePersons?: readonly string[];
  /** The words of the source, where it names a group: `all 42 ICBs`. */
  readonly delegateNames?: readonly string[];
  /** At least one. */
  readonly functions: readonly string[];
  readonly powers?: readonly DelegationPower[];
  readonly scope?: DelegationScope;
  /** Ids of the places that it reaches to, beside what `scope` says in the words of the source. */
  readonly places?: readonly string[];
  readonly limit?: Money;
  readonly limitBasis?: LimitBasis;
  readonly limitNote?: string;
  readonly conditions?: readonly string[];
  /** True where whoever delegates may no longer act; false where both may. */
  readonly exclusive?: boolean;
  readonly onward?: OnwardDelegation;
  readonly instrument?: string;
  readonly clause?: string;
  readonly madeByDecision?: string;
  readonly upstreamRoute?: UpstreamRoute;
  readonly approvedBy?: string;
  readonly reviewOn?: CivilDate;
  readonly publishedOn?: CivilDate;
  readonly note?: string;
}

/** A term known in advance: `to` is the first day without. */
export interface DelegationTerm {
  readonly to?: CivilDate;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type DelegationEvent =
  | Fact<'DelegationGranted', DelegationTerms & DelegationTerm>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'DelegationVaried', Revised<DelegationTerms & DelegationTerm>>
  | Fact<'DelegationSuspended', { readonly reason?: string }>
  | Fact<'DelegationResumed', { readonly reason?: string }>
  | Fact<'DelegationExtended', Required<DelegationTerm>>
  | Fact<'DelegationRevoked', { readonly reason?: string }>;
