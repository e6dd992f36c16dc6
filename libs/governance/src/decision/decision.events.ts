import type { CivilDate, Fact, Money, Revised } from '#kernel';
import type { Identifier } from '../identifier.js';
import type { DecisionRoute, DecisionType, ProcurementRoute } from './decision-lists.js';
import type { Spending, Vat } from '../spending.js';
import type { Classification, Lifting } from './disclosure.js';
import type { Votes } from './votes.js';

export interface Procurement {
  readonly route?: ProcurementRoute;
  readonly supplier?: string;
  /** The number of the notice: an OCDS or Find a Tender number. */
  readonly noticeId?: string;
  /** Last day of the standstill. */
  readonly standstillUntil?: CivilDate;
  readonly tenderDeadline?: CivilDate;
}

/** What was put forward, before anybody decided. */
export interface ProposalDetails {
  /** Human reference, unique in the register. */
  readonly reference?: string;
  readonly title: string;
  /** Ids of the bodies that are to decide. */
  readonly bodies?: readonly string[];
  /** Id of the organisation that would answer for it in law. */
  readonly organisation?: string;
  /** Ids of the places it is for. */
  readonly places?: readonly string[];
  /** Ids of the functions of a catalogue that it would exercise. */
  readonly catalogueFunctions?: readonly string[];
  readonly summary?: string;
  /** The day by which, or on which, it is to be decided. */
  readonly dueOn?: CivilDate;
  /** True for a key decision of a council's executive. */
  readonly key?: boolean;
  readonly website?: string;
  readonly note?: string;
}

/** How a condition was met that each decision under a delegation has to meet. */
export interface ConditionMet {
  /** Id of the delegation whose condition it is. */
  readonly delegation: string;
  /** By its key there. */
  readonly condition: string;
  readonly on?: CivilDate;
  readonly evidence?: string;
}

export interface DecisionDetails {
  /** Human reference, unique in the register. */
  readonly reference?: string;
  readonly title: string;
  /** Ids of the bodies that decided. */
  readonly decidedBy?: readonly string[];
  /** Id of the person who decided as an officer. */
  readonly officer?: string;
  /** Id of the appointment in which the officer acted, of several that one person may hold. */
  readonly appointment?: string;
  /** The words of the source, where it names somebody who is not in the register. */
  readonly decidedByName?: string;
  /** Id of the organisation that answers for it in law. */
  readonly organisation?: string;
  /** Ids of the partners that answer for it together with the first. */
  readonly accountable?: readonly string[];
  /** Ids of the places it is for. */
  readonly places?: readonly string[];
  /** Ids of the functions of a catalogue that it exercises. */
  readonly catalogueFunctions?: readonly string[];
  readonly kind?: DecisionType;
  readonly route?: DecisionRoute;
  /** As the source prints it. `divided` says that a division was called, never that the question was carried. */
  readonly outcome?: string;
  readonly method?: string;
  readonly votes?: Votes;
  readonly text?: string;
  readonly reasons?: string;
  readonly alternatives?: string;
  readonly takenOn?: CivilDate;
  /** The day of the notice that made it known. */
  readonly noticedOn?: CivilDate;
  readonly publishedOn?: CivilDate;
  /** Where it stands in its own process, in the words of the source: `intention to award`. */
  readonly stage?: string;
  readonly amount?: Money;
  readonly amountPerYear?: Money;
  readonly amountNote?: string;
  /** What sort of money the amount is. */
  readonly spending?: Spending;
  /** Whether tax is in the amount. */
  readonly vat?: Vat;
  readonly term?: string;
  readonly legalBasis?: string;
  readonly procurement?: Procurement;
  /** Id of the organisation that is bought from, beside how the source writes the supplier. */
  readonly provider?: string;
  /** Id of the delegation it was taken under. */
  readonly delegation?: string;
  readonly conditionsMet?: readonly ConditionMet[];
  readonly instrument?: string;
  readonly meeting?: string;
  /** Id of the scrutiny matter it gives effect to. */
  readonly implements?: string;
  /** Id of the earlier decision it replaces. */
  readonly supersedes?: string;
  readonly tags?: readonly string[];
  readonly identifiers?: readonly Identifier[];
  readonly website?: string;
  /** In what the source contradicts itself. */
  readonly conflictInSource?: string;
  readonly note?: string;
}

/** What a later notice says of a decision, whether it was proposed or taken. */
export type DecisionChanges = Revised<
  Omit<DecisionDetails, 'procurement'> & Pick<ProposalDetails, 'bodies' | 'summary' | 'dueOn' | 'key'>
> & { readonly procurement?: Revised<Procurement> | null };

/** What is withheld, said in one with what is recorded. */
export interface ClassedAtOnce {
  readonly disclosure?: Classification;
}

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type DecisionEvent =
  | Fact<'DecisionProposed', ProposalDetails & ClassedAtOnce>
  /** Effective on the day from which the decision holds; the days it was taken and noticed are attributes. */
  | Fact<'DecisionTaken', DecisionDetails & ClassedAtOnce>
  /** What is named here replaces what was, also inside `procurement`; what is not named stays. */
  | Fact<'DecisionChanged', DecisionChanges & ClassedAtOnce>
  | Fact<'DecisionPublished', { readonly publishedOn: CivilDate; readonly where?: string }>
  | Fact<'DecisionCalledIn', { readonly reason?: string }>
  | Fact<'DecisionReleased', { readonly reason?: string }>
  | Fact<'DecisionImplemented', { readonly note?: string }>
  /** `part` says which part is replaced; without it, the whole. */
  | Fact<'DecisionSuperseded', { readonly by: string; readonly part?: string }>
  | Fact<'DecisionRescinded', { readonly by?: string; readonly reason?: string }>
  | Fact<'DecisionLapsed', { readonly reason?: string }>
  /** Effective on the first day of the class. What is said of the whole leaves the parts as they are, and the other way round. */
  | Fact<'DecisionClassified', Classification>
  /** Effective on the first day on which the whole, or the parts named, are public. */
  | Fact<'ExemptionLifted', Lifting>;
