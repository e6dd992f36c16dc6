import { LEVELS } from '../engine/dyadic-blocks.js';
import type { Connection, SqlValue } from './connection.js';
import { remembered, SLICE_COLUMNS, type LookUpRow } from './found-rows.js';
import type { Place } from '../engine/answer.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/**
 * The look-up as SQLite keeps to its indexes. One subject is looked for in every way in one statement, together with when it
 * began. Of several, nearly all are found by their open slice: the other ways, and when they began, are looked up only
 * for those that are not.
 */
export const sqliteLookUp = async (
  reads: Connection,
  tables: ViewTables,
  ids: readonly string[],
  place: Place,
): Promise<readonly LookUpRow[]> => {
  if (ids.length === 1) return reads.all<LookUpRow>(...asking(ALL, tables, ids, place));
  const found = await reads.all<LookUpRow>(...asking(OPEN, tables, ids, place));
  if (found.length === ids.length) return found;
  const there = new Set(found.map(({ id }) => id));
  const others = ids.filter((id) => !there.has(id));
  return [...found, ...(await reads.all<LookUpRow>(...asking(ALL, tables, others, place)))];
};

type Text = (tables: ViewTables, width: number) => string;

/** A text that takes some ids, some more that are null, then the day and the position. */
const asking = (
  text: Text,
  tables: ViewTables,
  ids: readonly string[],
  { asAt, position }: Place,
): [string, readonly SqlValue[]] => {
  const width = 2 ** Math.ceil(Math.log2(ids.length));
  return [text(tables, width), [...ids, ...Array.from({ length: width - ids.length }, () => null), asAt, position]];
};

const asked = (
  width: number,
): string => `asked (id) AS (VALUES ${Array.from({ length: width }, () => '(?)').join(', ')}),
    basis (as_at, position) AS (VALUES (CAST(? AS TEXT), CAST(? AS BIGINT)))`;

const KNOWN = `s.valid_from <= b.as_at AND s.valid_to > b.as_at AND s.recorded_from <= b.position AND s.recorded_to > b.position`;

/** Of the slices of a subject `a` that are known now, the last that begins by the day. */
const lastOpen = (what: string, { slice: { name } }: ViewTables): string =>
  `(SELECT o.${what} FROM ${name} o WHERE o.id = a.id AND o.recorded_to = ${KNOWN_NOW} AND o.valid_from <= b.as_at
       ORDER BY o.valid_from DESC LIMIT 1)`;

// CROSS JOIN keeps SQLite to the order written here: from what is asked to the rows that may answer.
const open = (tables: ViewTables): string =>
  `SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM basis b CROSS JOIN asked a CROSS JOIN ${tables.slice.name} s
    WHERE s.id = a.id AND s.recorded_to = ${KNOWN_NOW} AND s.valid_from = ${lastOpen('valid_from', tables)} AND ${KNOWN}`;

const slices = (tables: ViewTables, width: number): string => {
  const [slice, block] = [tables.slice.name, tables.block.name];
  const levels = Array.from({ length: LEVELS }, (_, level) => `(${level}, ${2 ** level})`).join(', ');
  const revision = `(SELECT r.revision_from FROM ${slice} r WHERE r.id = a.id AND r.recorded_from <= a.position
       ORDER BY r.recorded_from DESC LIMIT 1)`;
  const isLong = (id: string): string => `EXISTS (SELECT 1 FROM ${block} l WHERE l.id = ${id})`;
  return `WITH ${asked(width)},
    levels (level, size) AS (VALUES ${levels}),
    closed_then (id, as_at, position) AS (
      SELECT a.id, b.as_at, b.position FROM basis b CROSS JOIN asked a
      WHERE a.id IS NOT NULL AND COALESCE(${lastOpen('recorded_from', tables)}, ${KNOWN_NOW}) > b.position)
  ${open(tables)}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM closed_then b CROSS JOIN ${slice} s
    WHERE s.id = b.id AND NOT ${isLong('b.id')} AND s.recorded_to < ${KNOWN_NOW} AND ${KNOWN}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM
    (SELECT a.id AS id, a.as_at AS as_at, a.position AS position, ${revision} AS revision
       FROM closed_then a WHERE ${isLong('a.id')}) b
    CROSS JOIN levels v CROSS JOIN ${block} k CROSS JOIN ${slice} s
    WHERE k.id = b.id AND k.level = v.level AND k.block = b.revision / v.size
      AND k.valid_from = (SELECT MAX(m.valid_from) FROM ${block} m
        WHERE m.id = b.id AND m.level = v.level AND m.block = b.revision / v.size AND m.valid_from <= b.as_at)
      AND s.id = k.id AND s.recorded_from = k.recorded_from AND s.valid_from = k.valid_from AND ${KNOWN}`;
};

const starts = ({
  start: { name: start },
}: ViewTables): string => `SELECT 'start' AS kind, t.id AS id, t.valid_from AS valid_from, NULL AS valid_to, t.recorded_from AS recorded_from,
      NULL AS start_known, NULL AS records_none, NULL AS state, NULL AS recorded_at, t.moved AS moved
    FROM basis b CROSS JOIN asked a CROSS JOIN ${start} t
    WHERE t.id = a.id AND t.recorded_from = (SELECT MAX(n.recorded_from) FROM ${start} n
      WHERE n.id = a.id AND n.recorded_from <= b.position)`;

const OPEN = remembered((tables, width) => `WITH ${asked(width)} ${open(tables)}`);
const ALL = remembered((tables, width) => `${slices(tables, width)} UNION ALL ${starts(tables)}`);
