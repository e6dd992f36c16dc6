import { disclosed, disclosureFor, presentationOf, type DecisionState, type Disclosure } from '#access';
import { addDays, type CivilDate } from '#kernel';
import type { Classed } from '#governance';
import type { Absence, Answer, Place, Shown, WithheldDecision } from '#register';
import type { RequestContext } from './request-context.js';

/** What is withheld of a decision today, as known now, and what it is called by. */
export interface Standing {
  /** Undefined where the register has never held it. */
  readonly classed: Classed | undefined;
  readonly references: readonly string[];
  /** What of it is withheld for itself, whatever the class now. */
  readonly withheld: WithheldDecision | undefined;
}

export type State = DecisionState & { readonly reference?: string };

/** Whether whoever asks may know that something of a class is there. */
export const isKnownTo =
  ({ actor }: RequestContext) =>
  ({ disclosure }: Classed): boolean =>
    presentationOf(actor, disclosure) !== 'absent';

/** Why there is nothing to show, without a trace of what is not to be seen at all. */
export function told(
  absence: Absence,
  withheld: WithheldDecision | undefined,
  basis: Place,
  context: RequestContext,
): Absence {
  return withheld?.absence(absence, basis, isKnownTo(context)) ?? absence;
}

/** What whoever asks meets of a decision by an answer about it. */
export function metBy(
  { actor }: RequestContext,
  answer: Answer,
  { classed, withheld }: Partial<Standing> = {},
): Disclosure {
  if (answer.kind !== 'found') return disclosureFor(actor, undefined, classed);
  return disclosureFor(actor, stateOf(answer), classed, withheld?.in(answer));
}

export const stateOf = ({ state }: Pick<Shown, 'state'>): State => state as State;

export const hidesProcurement = ({ stub, withheldFields }: Disclosure): boolean =>
  stub || withheldFields.includes('procurement');

/**
 * A subject as it may be shown. Its bounds say nothing of a standstill that is withheld, nor that from which it is known of
 * a recording that is.
 */
export function shownAs<Row extends Shown>(
  whole: Row,
  disclosure: Disclosure,
  withheld: WithheldDecision | undefined,
  context: RequestContext,
): Row | undefined {
  const state = disclosed(stateOf(whole), disclosure);
  if (!state) return undefined;
  const row = withheld ? { ...whole, ...withheld.since(whole, isKnownTo(context)) } : whole;
  const last = stateOf(row).procurement?.standstillUntil;
  if (last === undefined || !hidesProcurement(disclosure)) return { ...row, state };
  const turn = addDays(last as CivilDate, 1);
  return {
    ...row,
    state,
    to: row.to === turn ? null : row.to,
    startKnown: row.startKnown && row.from !== turn,
  };
}
