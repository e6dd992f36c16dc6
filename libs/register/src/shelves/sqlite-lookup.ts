import { LEVELS } from '../engine/dyadic-blocks.js';
import type { Connection, SqlValue } from './connection.js';
import { remembered, SLICE_COLUMNS, type LookUpRow } from './found-rows.js';
import type { Place } from '../engine/answer.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/** The look-up as SQLite keeps to its indexes: everything in one statement, for it costs no journey. */
export const sqliteLookUp = (
  reads: Connection,
  tables: ViewTables,
  ids: readonly string[],
  { asAt, position }: Place,
): Promise<readonly LookUpRow[]> => {
  const width = 2 ** Math.ceil(Math.log2(ids.length));
  const padded: SqlValue[] = [...ids, ...Array.from({ length: width - ids.length }, () => null)];
  return reads.all<LookUpRow>(textFor(tables, width), [...padded, asAt, position]);
};

/** Takes `width` ids, some of them null, then the day and the position. */
const textFor = remembered((tables, width) => {
  const [slice, block, start] = [tables.slice.name, tables.block.name, tables.start.name];
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
    basis (as_at, position) AS (VALUES (CAST(? AS TEXT), CAST(? AS BIGINT))),
    closed_then (id, as_at, position) AS (
      SELECT a.id, b.as_at, b.position FROM basis b CROSS JOIN asked a
      WHERE a.id IS NOT NULL AND COALESCE(${open('recorded_from')}, ${KNOWN_NOW}) > b.position)
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM basis b CROSS JOIN asked a CROSS JOIN ${slice} s
    WHERE s.id = a.id AND s.recorded_to = ${KNOWN_NOW} AND s.valid_from = ${open('valid_from')} AND ${known}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM closed_then b CROSS JOIN ${slice} s
    WHERE s.id = b.id AND NOT ${isLong.replace('a.id', 'b.id')} AND s.recorded_to < ${KNOWN_NOW} AND ${known}
  UNION ALL
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM
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
});
