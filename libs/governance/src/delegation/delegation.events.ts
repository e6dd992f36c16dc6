import type { CivilDate, Fact, Revised } from '#kernel';
import type { Condition } from './condition.js';
import type { Limit, SoleLimit } from './limit.js';

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

/** That a party approved a delegation, or consented to its being passed on. At least one of the first four. */
export interface Approval {
  readonly organisation?: string;
  readonly body?: string;
  /** The words of the source, where it is not in the register. */
  readonly name?: string;
  /** The decision by which it did. */
  readonly decision?: string;
  readonly on?: CivilDate;
  readonly note?: string;
}

/** What a delegation says, but for its term. Ids unless a name ends in `Name` or `Names`. */
export interface DelegationTerms {
  readonly grantedByOrganisation?: string;
  readonly grantedByBody?: string;
  /** A post or seat: whoever held it on the day granted it. */
  readonly grantedBySeat?: string;
  readonly grantedByPerson?: string;
  /** The words of the source, where it names somebody who is not in the register. */
  readonly grantedByName?: string;
  readonly delegateOrganisations?: readonly string[];
  readonly delegateBodies?: readonly string[];
  /** Posts and seats: whoever holds one on the day acts. */
  readonly delegateSeats?: readonly string[];
  readonly delegatePersons?: readonly string[];
  /** The words of the source, where it names a group: `all 42 ICBs`. */
  readonly delegateNames?: readonly string[];
  /** The organisation whose power it is, where that is said: delegates act for it. */
  readonly onBehalfOf?: string;
  /** At least one. */
  readonly functions: readonly string[];
  /** Ids of the functions of a catalogue that it lets others exercise, beside what `functions` says in the words of the source. */
  readonly catalogueFunctions?: readonly string[];
  readonly powers?: readonly DelegationPower[];
  readonly scope?: DelegationScope;
  /** Ids of the places that it reaches to, beside what `scope` says in the words of the source. */
  readonly places?: readonly string[];
  /** Organisations that nothing may be bought from under it. */
  readonly excludedProviders?: readonly string[];
  readonly limits?: readonly Limit[];
  readonly conditions?: readonly Condition[];
  /** True where whoever delegates may no longer act; false where both may. */
  readonly exclusive?: boolean;
  readonly onward?: OnwardDelegation;
  /** How many times it may be passed on, one after the other, from 0. */
  readonly onwardDepth?: number;
  readonly instrument?: string;
  /** Of the instrument, the version that makes it. */
  readonly version?: string;
  readonly clause?: string;
  readonly madeByDecision?: string;
  readonly upstreamRoute?: UpstreamRoute;
  readonly approvedBy?: string;
  readonly approvals?: readonly Approval[];
  /** The days of notice by which it may be ended. */
  readonly noticeDays?: number;
  /** The delegation in whose place it stands: granted again, or carried over. */
  readonly replaces?: string;
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
  /** What is named here replaces what was; what is not named stays. `soleLimit` is of variations recorded before version 3. */
  | Fact<'DelegationVaried', Revised<DelegationTerms & DelegationTerm> & { readonly soleLimit?: SoleLimit }>
  | Fact<'DelegationSuspended', { readonly reason?: string }>
  | Fact<'DelegationResumed', { readonly reason?: string }>
  | Fact<'DelegationExtended', Required<DelegationTerm>>
  /** A standing condition, by its key. A breach lasts until it is satisfied. */
  | Fact<'ConditionSatisfied', { readonly condition: string; readonly evidence?: string; readonly decision?: string }>
  | Fact<'ConditionBreached', { readonly condition: string; readonly reason?: string }>
  | Fact<'DelegationRevoked', { readonly reason?: string }>;
