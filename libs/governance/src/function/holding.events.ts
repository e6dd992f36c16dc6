import type { CivilDate, Fact, Revised } from '#kernel';
import type { OrganisationKind } from '../organisation/organisation.events.js';

/** How an organisation came to exercise a function. */
export const HOLDING_ROUTES = {
  CONFERRED: 'The law gives it the function.',
  TRANSFERRED: 'The law moved the function to it from another, which holds it no longer.',
  DELEGATED: 'Another holds the function and lets it exercise it; the other stays accountable.',
  JOINTLY_COMMISSIONED: 'It exercises the function together with another that holds it.',
  DIRECTED: 'Another holds the function and directs it to exercise it.',
} as const;
export type HoldingRoute = keyof typeof HOLDING_ROUTES;

/** That an organisation, or every organisation of a kind, exercises a function: one spell to a subject. */
export interface HoldingDetails {
  /** Id of the function. */
  readonly function: string;
  /** Id of the organisation that holds it. Either this or the kind, never both. */
  readonly organisation?: string;
  /** Every organisation of this kind holds it, as a statute says "each integrated care board". */
  readonly organisationKind?: OrganisationKind;
  readonly route: HoldingRoute;
  /** Id of the organisation that held it before, delegates or directs it. */
  readonly fromOrganisation?: string;
  /** Ids of the places for which it is held; everywhere without them. */
  readonly places?: readonly string[];
  /** Lines of service for which it is held, in the words of the source; all of them where nothing is said. */
  readonly services?: readonly string[];
  readonly statute?: string;
  readonly provision?: string;
  /** Id of the instrument that gives it. */
  readonly instrument?: string;
  /** Where it is said, in words. */
  readonly source?: string;
  readonly note?: string;
}

/** A term known in advance: `to` is the first day without. */
export interface HoldingTerm {
  readonly to?: CivilDate;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type HoldingEvent =
  | Fact<'HoldingRecorded', HoldingDetails & HoldingTerm>
  /** What is named here replaces what was; what is not named stays. */
  | Fact<'HoldingChanged', Revised<HoldingDetails & HoldingTerm>>
  | Fact<'HoldingEnded', { readonly reason?: string }>;
