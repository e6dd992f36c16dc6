import type { CivilDate, Position } from '#kernel';
import type { Aggregate } from '../aggregates.js';
import type { DelegationRead } from './readings.js';

/**
 * The edition of these rules: a verdict moves with a new one, and with nothing else. Same basis, same edition: the same answer.
 */
export const AUTHORITY_EDITION = '2026-11';

/** Whether whoever decides may. A datum that is missing is never a yes. */
export const AUTHORITY_VERDICTS = {
  AUTHORISED:
    'A complete chain leads from whoever holds the function in law to whoever decides, for all that is decided.',
  NOT_AUTHORISED: 'No chain does: each fails a test, or there is none.',
  CANNOT_DETERMINE:
    'A datum is missing without which it can be said neither way; it is named, with who could record it.',
} as const;
export type AuthorityVerdict = keyof typeof AUTHORITY_VERDICTS;

/** What each link of a chain is tested for. The first that fails decides. */
export const AUTHORITY_TESTS = {
  DECIDER: 'Whoever decides is there on the day, and not suspended.',
  ADVISORY: 'What may only advise decides nothing.',
  PER_PARENT: 'Committees in common decide once for each parent, and not once for all.',
  HAT: 'The appointment in which an officer acts is the officer’s own, and named where there are several.',
  POST: 'The officer holds the post on the day.',
  DESIGNATE: 'Whoever is only named to a post has no authority before it begins.',
  DELEGATE: 'The delegation is to whoever decides.',
  INTERVAL: 'The delegation is in force on the day.',
  OUTLIVES: 'A power that is passed on ends with the power that it comes from.',
  SUSPENSION: 'The delegation is not suspended on the day.',
  VERSION: 'The version of the instrument that makes it is valid.',
  INSTRUMENT: 'The instrument that makes it is in force.',
  REPLACED: 'No other delegation has taken its place.',
  FUNCTION: 'The delegation covers the function.',
  POWER: 'The delegation gives power to decide, and not only to recommend.',
  PLACE: 'The delegation reaches to the place.',
  PROVIDER: 'The delegation does not leave out the provider.',
  LIMIT: 'The amount is within the limit, on the basis that the limit is measured on.',
  WIDER: 'Nobody passes on more than they hold.',
  CONDITION: 'What the delegation asks for was done by the day.',
  ONWARD: 'The power may be passed on.',
  DEPTH: 'It is passed on no more often than allowed.',
  GRANTOR: 'Whoever granted it is there on the day.',
  CYCLE: 'The chain does not come back to where it was.',
  PRINCIPAL: 'The power is exercised for whoever holds the function, and for nobody else.',
  RESERVED: 'The matter is not reserved to somebody else.',
  EXCLUSIVE: 'Whoever decides has not given the power away for others to exercise alone.',
  HOLDER: 'The chain begins with an organisation that holds the function in law.',
} as const;
export type AuthorityTest = keyof typeof AUTHORITY_TESTS;

/** Who may hold, pass on or exercise a power. */
export const ACTOR_KINDS = ['organisation', 'body', 'seat', 'person'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
}

export interface SubjectNamed {
  readonly aggregate: Aggregate;
  readonly id: string;
}

/** What makes a link of a chain. */
export const HOP_KINDS = {
  HOLDS_FUNCTION: 'The organisation holds the function in law.',
  ACTS_FOR: 'The body is the one by which the organisation itself acts: its board, its full council.',
  DELEGATED: 'It was delegated.',
  HOLDS_POST: 'The person holds the post.',
} as const;
export type HopKind = keyof typeof HOP_KINDS;

/** One link, from whoever has the power to whoever gets it. */
export interface Hop {
  readonly kind: HopKind;
  /** Missing where the power comes from the law itself. */
  readonly from?: Actor;
  readonly to: Actor;
  /** The record that makes it: a delegation, an appointment, a holding, a body. */
  readonly by: SubjectNamed;
  /** The stretch in which the record says so. `until`: the first day without; null for none. */
  readonly since: CivilDate;
  readonly until: CivilDate | null;
  /** Since which position the register says so. */
  readonly recordedFrom: Position;
  readonly terms?: Pick<DelegationRead, 'instrument' | 'version' | 'clause' | 'limits' | 'places' | 'termEnds'>;
  /** Of a delegation, which versions of its instrument are left out of it, being invalid, and why; names are marked. */
  readonly leftOut?: readonly string[];
  /** What of it only a person can judge, or should know; names are marked (`words.ts`). */
  readonly notes: readonly string[];
}

/** A test that a chain failed. Texts have the names of subjects marked. */
export interface Failure {
  readonly test: AuthorityTest;
  /** The rule of the domain page, where it is one. */
  readonly rule?: string;
  readonly at: SubjectNamed;
  readonly found: string;
  readonly needed: string;
}

/** A datum without which nothing can be said. */
export interface MissingDatum {
  readonly about: SubjectNamed;
  /** The field in which it is recorded, as the API calls it. */
  readonly field: string;
  /** What is missing, with names marked: "the functions that [decision/x] exercised". */
  readonly datum: string;
  readonly recordedBy: string;
}

/** A way by which the power may have come, told from whoever holds the function down to whoever decides. */
export interface Chain {
  readonly function: string;
  readonly hops: readonly Hop[];
  /** The organisation whose function it is; missing where the chain never came so far. */
  readonly principal?: string;
  /** The organisation that gave the power to whoever decides: a parent of a joint committee. */
  readonly grantedBy?: string;
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
}

export const chainVerdict = ({ failure, missing }: Pick<Chain, 'failure' | 'missing'>): AuthorityVerdict => {
  if (failure) return 'NOT_AUTHORISED';
  return missing.length > 0 ? 'CANNOT_DETERMINE' : 'AUTHORISED';
};

/** What was found for one decider, one function and, where it is a joint body, one parent. */
export interface Part {
  readonly decider?: Actor;
  readonly function?: string;
  readonly parent?: string;
  readonly verdict: AuthorityVerdict;
  /** Those that hold first, then those in which a datum is missing, then those that fail. */
  readonly chains: readonly Chain[];
  /** What is so whatever chain there is: an advisory forum decides nothing. */
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
}

/** The whole answer: every part has to hold. */
export interface Trace {
  readonly verdict: AuthorityVerdict;
  readonly on?: CivilDate;
  readonly parts: readonly Part[];
}

/** Of several that all have to hold. None at all holds nothing. */
export const together = (verdicts: readonly AuthorityVerdict[]): AuthorityVerdict => {
  if (verdicts.includes('NOT_AUTHORISED')) return 'NOT_AUTHORISED';
  return verdicts.length === 0 || verdicts.includes('CANNOT_DETERMINE') ? 'CANNOT_DETERMINE' : 'AUTHORISED';
};

/** Of several of which one is enough. */
export const anyOf = (verdicts: readonly AuthorityVerdict[]): AuthorityVerdict => {
  if (verdicts.includes('AUTHORISED')) return 'AUTHORISED';
  return verdicts.includes('CANNOT_DETERMINE') ? 'CANNOT_DETERMINE' : 'NOT_AUTHORISED';
};
