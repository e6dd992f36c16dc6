import type { Aggregate } from '#governance';
import { UNKNOWN_START } from '#kernel';
import { allOf } from './narrowing.js';
import type { Page, Paging, Place, Register, Restriction, Selection } from '#register';

/** The subject by whose day something goes that has none of its own: the column that names it, and its aggregate. */
export interface UndatedBy {
  readonly column: string;
  readonly aggregate: Aggregate;
}

/** What a list of things by their day is narrowed to. */
interface ByDay extends Pick<Selection, 'orderRange'> {
  readonly undatedBy?: UndatedBy;
}

/**
 * A selection in parts that follow on each other in its order: what has no day of its own comes before all days, so
 * that of a stretch of days the first part is what goes by the day of another subject.
 *
 * @param inFull of what something is shown in full: a stub does not show what its day would follow from.
 */
export const undatedFirst = (
  { orderRange, undatedBy }: ByDay,
  whole: Selection,
  basis: Place,
  inFull: Restriction | undefined,
): readonly Selection[] => {
  if (!orderRange || !undatedBy) return [{ ...whole, orderRange }];
  const order = { from: orderRange.from ?? '', to: orderRange.to };
  const through = {
    names: undatedBy.column,
    such: { aggregate: undatedBy.aggregate, restriction: { order }, at: basis },
  };
  return [
    { ...whole, restriction: allOf(whole.restriction, through, inFull), orderRange: { to: UNKNOWN_START } },
    { ...whole, orderRange },
  ];
};

/** A page of selections that follow on each other. */
export const pageOf = async <State extends object>(
  register: Register,
  aggregate: Aggregate,
  parts: readonly Selection[],
  paging: Paging,
  basis: Place,
): Promise<Page<State>> => {
  const pages: Page<State>[] = [];
  for (const part of parts) pages.push(await register.list<State>(aggregate, { ...part, ...paging }, basis));
  const rows = pages.flatMap((page) => page.rows);
  return {
    rows: rows.slice(0, paging.first),
    hasNext: rows.length > paging.first || pages.some(({ hasNext }) => hasNext),
  };
};
