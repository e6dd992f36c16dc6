import type { CivilDate, Fact, Revised } from '#kernel';

/** What kind of interest it is, as NHS England's guidance on conflicts of interest divides them. */
export const INTEREST_TYPES = {
  FINANCIAL: 'Money may be gained or lost by it.',
  NON_FINANCIAL_PROFESSIONAL: 'A professional advantage: standing, status, promotion.',
  NON_FINANCIAL_PERSONAL: 'A personal advantage that is neither money nor career.',
  INDIRECT: 'Through somebody close: family, friend, partner in business.',
} as const;
export type InterestType = keyof typeof INTEREST_TYPES;

export interface InterestDetails {
  /** Id of the person who holds it. */
  readonly person: string;
  readonly kind: InterestType;
  /** What it consists in, in the words of the declaration. */
  readonly nature: string;
  /** Id of the organisation it is in, where the register has it. */
  readonly organisation?: string;
  /** Name of the organisation it is in, as declared. */
  readonly organisationName?: string;
  readonly declaredOn?: CivilDate;
  readonly publishedOn?: CivilDate;
  readonly note?: string;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type InterestEvent =
  /** Effective on the day the interest arose. `to`: first day without, where it is known. */
  | Fact<'InterestDeclared', InterestDetails & { readonly to?: CivilDate }>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'InterestAmended', Revised<InterestDetails & { readonly to?: CivilDate }>>
  | Fact<'InterestEnded', { readonly reason?: string }>;
