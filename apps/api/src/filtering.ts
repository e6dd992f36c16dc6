import { presentationOf } from '#access';
import type { Aggregate } from '#governance';
import {
  EVERYTHING,
  filteredBy,
  maybeOpen,
  met,
  NOTHING,
  ofClass,
  type Basis,
  type Condition,
  type Filtered,
  type ListFilter,
  type NotKnown,
  type Restriction,
} from '#register';
import type { Disclosing } from './disclosing.js';
import type { RequestContext } from './request-context.js';

/** A filter as a condition in a statement. */
export interface Narrowed {
  readonly listed: Restriction;
  /** Those of which nobody knows whether they are as asked; undefined where that is known of all. */
  readonly undetermined?: Restriction;
  /** Whether what has ended is asked for. */
  readonly ended: boolean;
}

/**
 * A filter as far as whoever asks may see what it looks at: what is withheld is found by nothing that it says. A part that
 * is withheld is not known; of a stub nothing is but its class.
 */
export const narrowedBy = async (
  aggregate: Aggregate,
  filter: ListFilter | null | undefined,
  disclosing: Disclosing,
  basis: Basis,
  context: RequestContext,
): Promise<Narrowed | undefined> => {
  if (!filter) return undefined;
  const filtered = filteredBy(aggregate, filter, await visible(aggregate, disclosing, basis, context));
  const conditions = await Promise.all(filtered.conditions.map((one) => asTold(one, disclosing, basis, context)));
  const at = async (notKnown: NotKnown): Promise<Restriction> => {
    const { inFull, asStub } = forBoth(filtered, conditions, notKnown, context);
    return disclosing.asSeen(aggregate, { inFull, asStub }, basis, context);
  };
  const isOpen = maybeOpen(conditions) || (conditions.length > 0 && disclosing.restricts(aggregate, context));
  return {
    listed: await at(filtered.notKnown),
    ended: filtered.ended ?? false,
    ...(isOpen && { undetermined: await at('ALONE') }),
  };
};

/** Decisions of which whoever asks may know that they replace others. */
async function visible(
  aggregate: Aggregate,
  disclosing: Disclosing,
  basis: Basis,
  context: RequestContext,
): Promise<Restriction | undefined> {
  if (aggregate !== 'decision') return undefined;
  return disclosing.narrowed('decision', ['supersedes'], basis, context);
}

function forBoth(
  { disclosure }: Filtered,
  conditions: readonly Condition[],
  notKnown: NotKnown,
  { actor }: RequestContext,
): { readonly inFull: Restriction; readonly asStub: Restriction } {
  const classed = disclosure ? ofClass(disclosure) : EVERYTHING;
  const isStubs = !disclosure || disclosure.some((each) => presentationOf(actor, each) === 'stub');
  // Of a stub, all but its class is open.
  const fits = notKnown === 'INCLUDED' || (notKnown === 'ALONE') === conditions.length > 0;
  return { inFull: { all: [classed, met(conditions, notKnown)] }, asStub: isStubs && fits ? EVERYTHING : NOTHING };
}

async function asTold(
  condition: Condition,
  disclosing: Disclosing,
  basis: Basis,
  context: RequestContext,
): Promise<Condition> {
  const { is, notKnown, part, withoutPart, recorded } = condition;
  if (recorded) return { is: await disclosing.recordedIn(recorded, basis, context) };
  const hidden = part && (await disclosing.withoutPart(part, basis, context));
  if (!hidden) return condition;
  const { named, unnamed } = hidden;
  const isHidden: Restriction = { any: [named, unnamed] };
  const isTold: Restriction = { all: [{ not: isHidden }, is] };
  if (withoutPart) return { is: { any: [isTold, { all: [isHidden, withoutPart] }] } };
  // What is withheld without a word is as if it had never been said.
  return { is: isTold, notKnown: { any: [named, ...(notKnown ? [unnamed, notKnown] : [])] } };
}
