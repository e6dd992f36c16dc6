import type { Fact, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';

/** What an organisation is in law or in practice. */
export const ORGANISATION_KINDS = {
  ICB: 'An integrated care board: the statutory NHS body of an integrated care system since 1 July 2022.',
  CCG: 'A clinical commissioning group, abolished on 1 July 2022.',
  NHS_TRUST: 'An NHS trust or NHS foundation trust.',
  NHS_ENGLAND: 'NHS England and the bodies merged into it.',
  COUNCIL: 'A local authority of any tier.',
  COMBINED_AUTHORITY: 'A combined authority or combined county authority.',
  GOVERNMENT_DEPARTMENT: 'A department of central government.',
  LEGISLATURE: 'A parliament or state legislature.',
  PCN: 'A primary care network.',
  SUB_ICB_LOCATION:
    'A sub-ICB location: the part of an integrated care board that was one clinical commissioning group.',
  VCSE: 'A voluntary, community or social enterprise organisation.',
  PROVIDER: 'Another provider of services.',
  OTHER: 'Something else; the note says what.',
} as const;
export type OrganisationKind = keyof typeof ORGANISATION_KINDS;

export interface OrganisationDetails {
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly shortName?: string;
  readonly identifiers?: readonly Identifier[];
  /** Id of the organisation it belongs to: a trust's ICB, an ICB's region. */
  readonly parent?: string;
  readonly region?: string;
  /** The area it serves, in the words of the source. */
  readonly area?: string;
  /** The integrated care system it is part of. */
  readonly system?: string;
  readonly postcode?: string;
  readonly website?: string;
  /** What else the source says, in its words: sub-type, powers, certainty. */
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type OrganisationEvent =
  | Fact<'OrganisationRegistered', OrganisationDetails>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'OrganisationChanged', Revised<OrganisationDetails>>
  | Fact<'OrganisationClosed', { readonly reason?: string }>;
