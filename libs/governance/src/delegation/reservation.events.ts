import type { Fact, Revised } from '#kernel';
import type { DelegationTerm } from './delegation.events.js';
import type { Limit } from './limit.js';

/** What a reservation says, but for its term. Ids unless a name ends in `Name`. */
export interface ReservationDetails {
  /** To whom alone the matter is reserved; at least one of the three. */
  readonly body?: string;
  readonly organisation?: string;
  /** The words of the source, where it names somebody who is not in the register. */
  readonly reservedToName?: string;
  /** At least one. */
  readonly functions: readonly string[];
  /** Ids of the functions of a catalogue that it reserves, as somebody found them beside the words. */
  readonly catalogueFunctions?: readonly string[];
  /** Ids of the places for which it is reserved; everywhere without any. */
  readonly places?: readonly string[];
  /** Reserved above this only: what is within it may be decided below. */
  readonly above?: Limit;
  readonly instrument?: string;
  /** Of the instrument, the version that makes it. */
  readonly version?: string;
  readonly clause?: string;
  /** How the source says it. */
  readonly text?: string;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type ReservationEvent =
  | Fact<'MatterReserved', ReservationDetails & DelegationTerm>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'ReservationChanged', Revised<ReservationDetails & DelegationTerm>>
  | Fact<'ReservationEnded', { readonly reason?: string }>;
