import type { Instant } from '#kernel';

import type { SqlValue } from './connection.js';
import type { Slice } from '../engine/slice.js';
import { KNOWN_NOW } from './tables.js';
import { searchable, type View } from '../engine/view.js';

type Row = readonly SqlValue[];

/**
 * Row of a slice, in the order of the slice table's columns; what is listed by is that of the state as shown on its
 * first day.
 *
 * @param recordedAt when the event was recorded that opened it.
 */
export const sliceRow = (view: View, id: string, slice: Slice<object>, recordedAt: Instant): Row => {
  const shown = view.show(slice.state, slice.validFrom, slice.validTo);
  return [
    ...placing(id, slice),
    recordedAt,
    slice.revisionFrom,
    slice.revisionTo ?? KNOWN_NOW,
    slice.startKnown ? 1 : 0,
    view.recordsNone?.(shown) ? 1 : 0,
    sortKey(view, shown),
    searchable(view.title(shown)),
    slice.json,
    ...Object.values(view.columns).map((column) => column(shown) ?? null),
  ];
};

/** Rows of a slice in the list table: one per list and value. */
export const listRows = (view: View, id: string, slice: Slice<object>): Row[] => {
  const rows: Row[] = [];
  let shown: object | undefined;
  for (const [list, reading] of Object.entries(view.lists)) {
    shown ??= view.show(slice.state, slice.validFrom, slice.validTo);
    for (const value of new Set(reading(shown))) {
      rows.push([list, value, ...placing(id, slice), sortKey(view, shown)]);
    }
  }
  return rows;
};

/** Longest sort key, in UTF-16 code units: an index takes no more. Beyond it the order is that of the ids. */
const LONGEST_SORT_KEY = 200;

function sortKey(view: View, shown: object): string {
  const key = view.order(shown);
  return key.length <= LONGEST_SORT_KEY ? key : key.slice(0, LONGEST_SORT_KEY).toWellFormed();
}

const placing = (id: string, { validFrom, validTo, recordedFrom, recordedTo }: Slice<object>): Row => [
  id,
  validFrom,
  validTo,
  recordedFrom,
  recordedTo ?? KNOWN_NOW,
];
