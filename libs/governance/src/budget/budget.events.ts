import type { CivilDate, Fact, Money, Revised } from '#kernel';

export interface BudgetDetails {
  readonly name: string;
  /** Id of the organisation whose money it is. */
  readonly organisation?: string;
  /** Id of the body that may spend it. */
  readonly body?: string;
  /** Financial year as text: `2025/26`. */
  readonly year?: string;
  /** Whole pence. */
  readonly amount: Money;
  /** What the figure leaves out: rounded, an estimate, including VAT. */
  readonly amountNote?: string;
  readonly fundingSource?: string;
  /** Name of the place it is for. */
  readonly place?: string;
  /** Ids of the places it is for. */
  readonly places?: readonly string[];
  readonly note?: string;
}

/** What changed about a budget, and why. */
export type BudgetVariedData = Revised<BudgetDetails & { readonly to?: CivilDate }> & { readonly reason?: string };

/** Stored for ever: fields may be added as optional; never renamed, removed, or given another meaning. */
export type BudgetEvent =
  /** `to`: first day on which it can no longer be spent, where that is known. */
  | Fact<'BudgetSet', BudgetDetails & { readonly to?: CivilDate }>
  /** What is named here replaces what was; what is not named stays. `amount` is the whole new amount, not the difference. */
  | Fact<'BudgetVaried', BudgetVariedData>
  | Fact<'BudgetClosed', { readonly reason?: string }>;
