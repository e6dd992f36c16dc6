import { Refusal } from '#kernel';
import { LARGEST_PAGE } from './arguments.js';
import type { PageInfo } from './connection.js';

/** @throws Refusal `PAGE_SIZE` */
export function checkedFirst(first: number): number {
  if (first >= 1 && first <= LARGEST_PAGE) return first;
  throw new Refusal('PAGE_SIZE', `first is ${first}: needed 1 to ${LARGEST_PAGE}`, {
    field: 'first',
    remedy: 'ask for a smaller page and go on with "after"',
  });
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
