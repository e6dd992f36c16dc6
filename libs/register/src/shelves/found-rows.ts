import type { CivilDate, Instant, Position } from '#kernel';

import type { ViewTables } from './tables.js';

/** A slice as it is read, with when it came to be known. */
export interface SliceRow {
  readonly kind: 'slice';
  readonly id: string;
  readonly valid_from: CivilDate;
  readonly valid_to: CivilDate;
  readonly recorded_from: Position;
  readonly start_known: 0 | 1;
  readonly records_none: 0 | 1;
  readonly state: string;
  readonly recorded_at: Instant;
}

/** The subject's earliest live date as known at the basis; null where nothing is live. */
export interface StartRow {
  readonly kind: 'start';
  readonly id: string;
  readonly valid_from: CivilDate | null;
  readonly recorded_from: Position;
  readonly moved: 0 | 1;
}

/** What a look-up finds of a subject. */
export type LookUpRow = SliceRow | StartRow;

/** Reads the columns of `SliceRow`, of a slice called `s`. */
export const SLICE_COLUMNS = `'slice' AS kind, s.id AS id, s.valid_from AS valid_from, s.valid_to AS valid_to,
  s.recorded_from AS recorded_from, s.start_known AS start_known, s.records_none AS records_none, s.state AS state,
  s.recorded_at AS recorded_at`;

/** A text for some tables, made once. */
export const remembered = (make: (tables: ViewTables, width: number) => string) => {
  const texts = new Map<string, string>();
  return (tables: ViewTables, width = 1): string => {
    const key = `${tables.slice.name} ${width}`;
    const text = texts.get(key) ?? make(tables, width);
    texts.set(key, text);
    return text;
  };
};
