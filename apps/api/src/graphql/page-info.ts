import { Refusal } from '#kernel';
import { LARGEST_PAGE, type UnderArgs } from './arguments.js';
import type { PageInfo } from './connection.js';

/** @throws Refusal `PAGE_SIZE` */
export function checkedFirst(first: number, field = 'first'): number {
  if (first >= 1 && first <= LARGEST_PAGE) return first;
  throw new Refusal('PAGE_SIZE', `${field} is ${first}: needed 1 to ${LARGEST_PAGE}`, {
    field,
    remedy: 'ask for a smaller page and go on with "after"',
  });
}

/** A part of a list, as it is read: from one of its ends, or from a cursor on. */
export interface Part {
  readonly size: number;
  readonly from: string | undefined;
  /** Against the list's own order. */
  readonly backwards: boolean;
  /** Read from its end, to be shown from its beginning. */
  readonly turned: boolean;
}

/** @throws Refusal `PAGE_SIZE`, also where a cursor goes with the other end. */
export function partAsked({ first, after, last, before, order }: UnderArgs): Part {
  const turned = last !== undefined && last !== null;
  const strange = turned ? (after ? 'after' : undefined) : before ? 'before' : undefined;
  if (strange) {
    throw new Refusal('PAGE_SIZE', `${strange} is given ${turned ? 'with' : 'without'} last`, {
      field: strange,
      remedy: 'give "first" and "after" to read on, or "last" and "before" to read back',
    });
  }
  return {
    size: turned ? checkedFirst(last, 'last') : checkedFirst(first),
    from: (turned ? before : after) ?? undefined,
    backwards: (order === 'BACKWARDS') !== turned,
    turned,
  };
}

/** The rows of a part as they are shown, and where they stand in the list. */
export function partShown<Row extends { readonly cursor: string }>(
  { from, turned }: Part,
  rows: readonly Row[],
  hasMore: boolean,
): { readonly rows: readonly Row[]; readonly pageInfo: PageInfo } {
  if (!turned) return { rows, pageInfo: pageInfoOf(rows, hasMore, from !== undefined) };
  const shown = rows.toReversed();
  return { rows: shown, pageInfo: pageInfoOf(shown, from !== undefined, hasMore) };
}

export function pageInfoOf(
  rows: readonly { readonly cursor: string }[],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): PageInfo {
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: rows[0]?.cursor ?? null,
    endCursor: rows.at(-1)?.cursor ?? null,
  };
}
