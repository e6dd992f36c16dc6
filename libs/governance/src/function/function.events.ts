import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** A duty or power that law or policy gives, as a catalogue has it. Who holds it is recorded beside it, day by day. */
export interface FunctionDetails {
  readonly name: string;
  /** The list it is from: `ICS-2022`. A register may have entries of several, and its own. */
  readonly catalogue?: string;
  /** The law that gives it: `National Health Service Act 2006`. */
  readonly statute?: string;
  /** Where in that law: `s3`, `s65Z5(1)`. */
  readonly provision?: string;
  /** Where the catalogue has it from, in words. */
  readonly source?: string;
  /** Lines of service that it is about, in the words of the source. */
  readonly services?: readonly string[];
  /** Whether whoever holds it may delegate it on; not given where nobody knows. */
  readonly delegable?: boolean;
  /** Id of the wider function that it is part of. */
  readonly partOf?: string;
  readonly identifiers?: readonly Identifier[];
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type FunctionEvent =
  | Fact<'FunctionDefined', FunctionDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'FunctionChanged', Revised<FunctionDetails>>
  | Fact<'FunctionEnded', { readonly reason?: string }>;
