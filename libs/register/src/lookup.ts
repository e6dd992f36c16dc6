import type { CivilDate, Instant, Position } from '#kernel';

import type { Dialect, SqlValue } from './connection.js';
import type { Generation } from './generation.js';
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

export interface Place {
  readonly asAt: CivilDate;
  readonly position: Position;
}

/** When the command of `position` was recorded. */
export const recordedAtOf = (position: string): string =>
  `(SELECT recorded_at FROM moment WHERE position >= ${position} ORDER BY position LIMIT 1)`;

/** Reads the columns of `SliceRow`, of a slice called `s`. */
export const SLICE_COLUMNS = `'slice' AS kind, s.id AS id, s.valid_from AS valid_from, s.valid_to AS valid_to,
  s.recorded_from AS recorded_from, s.start_known AS start_known, s.records_none AS records_none, s.state AS state,
  ${recordedAtOf('s.recorded_from')} AS recorded_at`;

/** Ids asked for in one statement; more are asked for in several. */
const LOT = 256;

/**
 * For each id at most one slice, the one that holds; and its start, if it was known at all. One statement, whose cost
 * per id does not grow with the subject's history: the open slice by its own index; failing that, a closed one by
 * dyadic blocks where the history is long, by reading the few there are where it is short. Each dialect has to be led
 * along its indexes in its own way (`Dialect.lookUp`).
 */
export const lookUp = async (
  generation: Generation,
  aggregate: string,
  ids: readonly string[],
  { asAt, position }: Place,
): Promise<(SliceRow | StartRow)[]> => {
  const { tables } = generation.on(aggregate);
  const rows: (SliceRow | StartRow)[] = [];
  for (let at = 0; at < ids.length; at += LOT) {
    const lot = ids.slice(at, at + LOT);
    const width = 2 ** Math.ceil(Math.log2(lot.length));
    const padded: SqlValue[] = [...lot, ...Array.from({ length: width - lot.length }, () => null)];
    const parameters = [...padded, asAt, position];
    const text = textFor(generation.reads.dialect, tables, width);
    rows.push(...(await generation.reads.all<SliceRow | StartRow>(text, parameters)));
  }
  return rows;
};

const texts = new WeakMap<Dialect, Map<string, string>>();

function textFor(dialect: Dialect, tables: ViewTables, width: number): string {
  const ofDialect = texts.get(dialect) ?? new Map<string, string>();
  texts.set(dialect, ofDialect);
  const key = `${tables.slice.name} ${width}`;
  const text = ofDialect.get(key) ?? dialect.lookUp(tables, width);
  ofDialect.set(key, text);
  return text;
}
