import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What a person is called. */
export interface PersonName {
  /** In full, as the source prints it. */
  readonly name: string;
  /** How the source shows the person, with title: `Lord Mandelson`. */
  readonly displayName?: string;
  /** Usually the surname alone. */
  readonly shortName?: string;
  /** In the words of the source. */
  readonly gender?: string;
  readonly identifiers?: readonly Identifier[];
}

export interface PersonDetails extends PersonName {
  readonly note?: string;
}

/** A stretch of time during which a person had a name. */
export interface NamePeriod extends PersonName {
  /** Key of the stretch among the person's own, for example the source's row: `500@2008-10-03`. */
  readonly period: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type PersonEvent =
  | Fact<'PersonRegistered', PersonDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'PersonChanged', Revised<PersonDetails>>
  /** Effective on the first day of the name. A person whose first event this is exists from then on. */
  | Fact<'NameRecorded', NamePeriod>
  /** Effective on the first day without the name. */
  | Fact<'NameEnded', { readonly period: string }>;
