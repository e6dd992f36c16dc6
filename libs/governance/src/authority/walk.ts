import type { CivilDate } from '#kernel';
import type { Known } from '../facts.js';
import type { Actor, Failure, Hop, MissingDatum, SubjectNamed } from './authority.js';
import type { Matter } from './matter.js';
import type { DelegationRead } from './readings.js';
import type { Scope } from './scope.js';

/** What a search for chains goes by, the same at every step of it. */
export interface Walk {
  readonly matter: Matter;
  readonly scope: Scope;
  readonly on: CivilDate;
  readonly decider: Actor;
  /** Whether the function may be delegated at all, where the catalogue says. */
  readonly delegable: boolean | undefined;
}

/** A delegation on the way from whoever decides upwards, as it stands on the day. */
export interface Edge {
  readonly known: Known<DelegationRead>;
  /** Whoever of its delegates the power goes on from. */
  readonly to: Actor;
}

/** The way from whoever decides up to where the search has come. */
export interface Path {
  readonly at: Actor;
  /** Upwards: the one nearest to whoever decides first. */
  readonly hops: readonly Hop[];
  readonly edges: readonly Edge[];
  readonly missing: readonly MissingDatum[];
  readonly met: readonly Actor[];
  /** The organisation that gave the power to whoever decides, once it is known. */
  readonly grantedBy?: string;
}

export const sameActor = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

export const delegationNamed = (id: string): SubjectNamed => ({ aggregate: 'delegation', id });

export const failure = (
  test: Failure['test'],
  at: SubjectNamed,
  found: string,
  needed: string,
  rule?: string,
): Failure => ({ test, at, found, needed, ...(rule !== undefined && { rule }) });

/** Who can put a datum of a delegation right. */
export const delegationLacks = (id: string, field: string, datum: string): MissingDatum => ({
  about: delegationNamed(id),
  field,
  datum,
  recordedBy: 'whoever records delegations of the body that granted it: VaryDelegation',
});
