import type { Place } from '../engine/answer.js';
import type { Register, Shown } from './register.js';
import type { Restriction } from './restriction.js';
import type { DecisionView } from '../rooms/decision/decision.state.js';

/** Of those that replace one decision; more are in the list of them, not in what is said of it. */
const MOST = 20;

/**
 * Decisions that were taken by a day and say that they replace others, by what they replace, the earliest first. It is a
 * join: nothing is recorded of those that are replaced, and where the later decision is annulled they stand again (T8).
 *
 * @param restriction what whoever asks may see of them; without it, all.
 */
export const supersedingDecisions = async (
  register: Pick<Register, 'listMany'>,
  ids: readonly string[],
  place: Place,
  restriction?: Restriction,
): Promise<ReadonlyMap<string, readonly Shown<DecisionView>[]>> => {
  const groups = await register.listMany<DecisionView>(
    'decision',
    'supersedes',
    ids,
    { firstEach: MOST, restriction },
    place,
  );
  return new Map([...groups].map(([id, { rows }]) => [id, rows]));
};

/** That no decision that was taken, and that whoever asks may see, replaces it. */
export const notSuperseded = (restriction?: Restriction): Restriction => ({
  not: { namedIn: 'supersedes', by: { aggregate: 'decision', restriction } },
});

/** What stands of a decision beside others that replace it. */
type Standing = Pick<DecisionView, 'status' | 'standing' | 'ended' | 'supersededBy' | 'supersededPart'>;

/**
 * A decision as others leave it. What its own record says is kept: in which part the same decision replaced it, and that
 * it had been undone before.
 */
export const supersededBy = <State extends Standing>(state: State, by: readonly Pick<Shown, 'id'>[]): State => {
  const whole = by.filter(({ id }) => id !== state.supersededBy);
  const [first] = whole;
  if (!first) return state;
  if (state.ended) return { ...state, supersededBy: state.supersededBy ?? first.id };
  const { supersededPart: _part, ...kept } = state;
  return { ...(kept as State), supersededBy: first.id, status: 'SUPERSEDED', standing: 'SUPERSEDED', ended: true };
};
