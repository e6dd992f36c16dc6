import type { CivilDate, Instant, Position } from '#kernel';

import { LEVELS } from './blocks.js';
import type { SqlValue } from './connection.js';
import type { Generation } from './generation.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

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
 * dyadic blocks where the history is long, by reading the few there are where it is short.
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
    rows.push(...(await generation.reads.all<SliceRow | StartRow>(textFor(tables, width), parameters)));
  }
  return rows;
};

const texts = new Map<string, string>();

function textFor(tables: ViewTables, width: number): string {
  const key = `${tables.slice.name} ${width}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = lookUpText(tables, width);
  texts.set(key, text);
  return text;
}

function lookUpText(
  { slice: { name: slice }, block: { name: block }, start: { name: start } }: ViewTables,
  width: number,
): string {
  const asked = Array.from({ length: width }, () => '(?)').join(', ');
  const levels = Array.from({ length: LEVELS }, (_, level) => `(${level}, ${2 ** level})`).join(', ');
  const open = (what: string): string =>
    `(SELECT o.${what} FROM ${slice} o WHERE o.id = a.id AND o.recorded_to = ${KNOWN_NOW} AND o.valid_from <= b.as_at
       ORDER BY o.valid_from DESC LIMIT 1)`;
  const revision = `(SELECT r.revision_from FROM ${slice} r WHERE r.id = a.id AND r.recorded_from <= b.position
       ORDER BY r.recorded_from DESC LIMIT 1)`;
  const known = `s.valid_from <= b.as_at AND s.valid_to > b.as_at AND s.recorded_from <= b.position AND s.recorded_to > b.position`;
  const isLong = `EXISTS (SELECT 1 FROM ${block} l WHERE l.id = a.id)`;
  // CROSS JOIN keeps SQLite to the order written here: from what is asked to the rows that may answer.
  return `WITH asked (id) AS (VALUES ${asked}),
    levels (level, size) AS (VALUES ${levels}),
    basis (as_at, position) AS (VALUES (?, ?)),
    closed_then (id, as_at, position) AS (
      SELECT a.id, b.as_at, b.position FROM basis b CROSS JOIN asked a
      WHERE a.id IS NOT NULL AND COALESCE(${open('recorded_from')}, ${KNOWN_NOW}) > b.position)
  SELECT ${SLICE_COLUMNS}, NULL AS moved FROM basis b CROSS JOIN asked a CROSS JOIN ${slice} s
    WHERE s.id = a.id AND s.recorded_to = ${KNOWN_NOW} AND s.valid_from = ${open('valid_from')} AND ${known}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, NULL AS moved FROM closed_then b CROSS JOIN ${slice} s
    WHERE s.id = b.id AND NOT ${isLong.replace('a.id', 'b.id')} AND s.recorded_to < ${KNOWN_NOW} AND ${known}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, NULL AS moved FROM
    (SELECT a.id AS id, a.as_at AS as_at, a.position AS position, ${revision.replaceAll('b.position', 'a.position')} AS revision
       FROM closed_then a WHERE ${isLong}) b
    CROSS JOIN levels v CROSS JOIN ${block} k CROSS JOIN ${slice} s
    WHERE k.id = b.id AND k.level = v.level AND k.block = b.revision / v.size
      AND k.valid_from = (SELECT MAX(m.valid_from) FROM ${block} m
        WHERE m.id = b.id AND m.level = v.level AND m.block = b.revision / v.size AND m.valid_from <= b.as_at)
      AND s.id = k.id AND s.recorded_from = k.recorded_from AND s.valid_from = k.valid_from AND ${known}
  UNION ALL
  SELECT 'start', t.id, t.valid_from, NULL, t.recorded_from, NULL, NULL, NULL, NULL, t.moved
    FROM basis b CROSS JOIN asked a CROSS JOIN ${start} t
    WHERE t.id = a.id AND t.recorded_from = (SELECT MAX(n.recorded_from) FROM ${start} n
      WHERE n.id = a.id AND n.recorded_from <= b.position)`;
}
