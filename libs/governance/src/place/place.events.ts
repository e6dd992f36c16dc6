import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What a place is in the geography of a system. A system that is one place with another is recorded as both. */
export const PLACE_KINDS = {
  SYSTEM: 'The area of an integrated care system.',
  PLACE: 'A place within a system, as its partners draw it: mostly the area of a council.',
  NEIGHBOURHOOD: 'A neighbourhood or locality within a place.',
  COUNCIL_AREA: 'The area of a council, of whichever tier.',
  OTHER: 'Something else; the note says what.',
} as const;
export type PlaceKind = keyof typeof PLACE_KINDS;

export interface PlaceDetails {
  readonly name: string;
  readonly kind: PlaceKind;
  /** Ids of the places that it lies within: a neighbourhood's place, a place's system. */
  readonly parents?: readonly string[];
  /** Codes others give it: GSS codes of the Office for National Statistics, ODS codes of sub-ICB locations. */
  readonly identifiers?: readonly Identifier[];
  /** How its boundary runs, in the words of the source. */
  readonly boundary?: string;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type PlaceEvent =
  | Fact<'PlaceDefined', PlaceDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'PlaceChanged', Revised<PlaceDetails>>
  | Fact<'PlaceEnded', { readonly reason?: string }>;
