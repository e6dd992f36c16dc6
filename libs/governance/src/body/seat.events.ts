import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What a seat is for. */
export const SEAT_CATEGORIES = {
  CHAIR: 'Presides over the body.',
  DEPUTY_CHAIR: 'Presides where the chair does not.',
  NON_EXECUTIVE: 'A non-executive member.',
  CHIEF_EXECUTIVE: 'The chief executive.',
  EXEC_FINANCE: 'The executive member for finance.',
  EXEC_NURSING: 'The executive member for nursing.',
  EXEC_MEDICAL: 'The executive medical member.',
  EXEC_OTHER: 'Another executive member.',
  PARTNER_TRUST: 'A partner member nominated by trusts and foundation trusts.',
  PARTNER_PRIMARY_MEDICAL: 'A partner member nominated by providers of primary medical services.',
  PARTNER_LOCAL_AUTHORITY: 'A partner member nominated by local authorities.',
  MAYORAL_NOMINEE: 'A member nominated by a mayor; the Health Bill of 2026 proposes such seats.',
  PLACE_MEMBER: 'A member who brings the view of a place.',
  DPH: 'The director of public health.',
  VCSE: 'A member from the voluntary, community and social enterprise sector.',
  HEALTHWATCH: 'A member from Healthwatch.',
  PUBLIC: 'A member of the public.',
  CLINICAL_LEAD: 'A clinical lead.',
  PROVIDER: 'A member from another provider.',
  OBSERVER: 'Attends without being a member.',
  MINISTERIAL_POST: 'A post in government.',
  ELECTED_MEMBER: 'A seat filled by election: a councillor, a member of a legislature.',
  OTHER: 'Something else; the note says what.',
} as const;
export type SeatCategory = keyof typeof SEAT_CATEGORIES;

/** What the seat is owed to, from the strongest ground to the weakest. */
export const SEAT_SOURCES = {
  STATUTE: 'An Act requires it.',
  REGULATIONS: 'Regulations require it.',
  NHSE_POLICY: 'A policy of NHS England requires it.',
  CONSTITUTION: 'The constitution of the organisation provides for it.',
  TOR: 'The body’s terms of reference provide for it.',
  AGREEMENT: 'An agreement between partners provides for it.',
} as const;
export type SeatSource = keyof typeof SEAT_SOURCES;

export interface SeatDetails {
  readonly title: string;
  /** Id of the body it is a seat on. */
  readonly body?: string;
  /** Id of the organisation it is a post in. */
  readonly organisation?: string;
  readonly category?: SeatCategory;
  readonly source?: SeatSource;
  /** Whether its holder votes. */
  readonly voting?: boolean;
  readonly displayTitle?: string;
  /** In the words of the source: `Minister of State`. */
  readonly rank?: string;
  /** The district or sector its holder is elected or nominated by. */
  readonly constituency?: string;
  /** Id of the instrument that provides for it, the version of it, and where. */
  readonly instrument?: string;
  readonly version?: string;
  readonly clause?: string;
  readonly note?: string;
  readonly identifiers?: readonly Identifier[];
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type SeatEvent =
  | Fact<'SeatDefined', SeatDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'SeatChanged', Revised<SeatDetails>>
  | Fact<'SeatRemoved', { readonly reason?: string }>;
