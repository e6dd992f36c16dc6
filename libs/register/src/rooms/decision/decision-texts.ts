import type { Said } from '../../engine/view.js';
import type { DecisionView } from './decision.state.js';

/** What a decision says in words beside its title. */
export const textsOfDecision = (decision: DecisionView): Said => {
  const { amount, amountPerYear, procurement, votes, tags, conditionsMet } = decision;
  return [
    ...[decision.text, decision.reasons, decision.alternatives, decision.summary, decision.note],
    ...[decision.decidedByName, decision.outcome, decision.method, decision.stage, decision.term],
    ...[decision.legalBasis, decision.publishedWhere, decision.conflictInSource, decision.amountNote],
    ...[decision.calledInBecause, decision.implementedNote, decision.supersededPart, decision.endedBecause],
    ...[amount?.words, amountPerYear?.words, procurement?.supplier, ...(tags ?? [])],
    ...(conditionsMet ?? []).map(({ evidence }) => evidence),
    ...(votes?.named ?? []).map(({ name }) => name),
  ];
};
