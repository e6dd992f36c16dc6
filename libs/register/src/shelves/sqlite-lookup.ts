import { LEVELS } from '../engine/dyadic-blocks.js';
import type { Connection, SqlValue } from './connection.js';
import { remembered, SLICE_COLUMNS, type LookUpRow } from './found-rows.js';
import type { Place } from '../engine/answer.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/**
 * The look-up as SQLite keeps to its indexes. What is known now is found by the first statement, and most questions end
 * there; what was known of a short history by the second, by reading the few slices there are; the rest by the third.
 */
export const sqliteLookUp = async (
  reads: Connection,
  tables: ViewTables,
  ids: readonly string[],
  place: Place,
): Promise<readonly LookUpRow[]> => {
  const found: LookUpRow[] = [];
  let others = ids;
  for (const way of [OPEN, CLOSED, FAR]) {
    const width = 2 ** Math.ceil(Math.log2(others.length));
    const padded: SqlValue[] = [...others, ...Array.from({ length: width - others.length }, () => null)];
    const rows = await reads.all<LookUpRow>(way(tables, width), [...padded, place.asAt, place.position]);
    found.push(...rows);
    if (rows.length === others.length) break;
    const there = new Set(rows.map(({ id }) => id));
    others = others.filter((id) => !there.has(id));
  }
  return found;
};

/** Texts that take `width` ids, some of them null, then the day and the position. */
const text = (rowsOf: (tables: ViewTables) => string) =>
  remembered((tables, width) => {
    const asked = Array.from({ length: width }, () => '(?)').join(', ');
    return `WITH asked (id) AS (VALUES ${asked}), basis (as_at, position) AS (VALUES (CAST(? AS TEXT), CAST(? AS BIGINT)))
      ${rowsOf(tables)}`;
  });

const SLICE = `${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved`;

const KNOWN = `s.valid_from <= b.as_at AND s.valid_to > b.as_at AND s.recorded_from <= b.position AND s.recorded_to > b.position`;

const isLong = ({ block }: ViewTables): string => `EXISTS (SELECT 1 FROM ${block.name} l WHERE l.id = a.id)`;

// CROSS JOIN keeps SQLite to the order written here: from what is asked to the rows that may answer.
const OPEN = text(
  ({ slice: { name } }) => `SELECT ${SLICE} FROM basis b CROSS JOIN asked a CROSS JOIN ${name} s
    WHERE s.id = a.id AND s.recorded_to = ${KNOWN_NOW} AND s.valid_from =
      (SELECT o.valid_from FROM ${name} o WHERE o.id = a.id AND o.recorded_to = ${KNOWN_NOW} AND o.valid_from <= b.as_at
         ORDER BY o.valid_from DESC LIMIT 1)
      AND s.valid_to > b.as_at AND s.recorded_from <= b.position`,
);

const CLOSED = text(
  (tables) => `SELECT ${SLICE} FROM basis b CROSS JOIN asked a CROSS JOIN ${tables.slice.name} s
    WHERE NOT ${isLong(tables)} AND s.id = a.id AND s.recorded_to < ${KNOWN_NOW} AND ${KNOWN}`,
);

/** A slice that was known of a long history, by its dyadic blocks; or else the subject's start. */
const FAR = text((tables) => {
  const [slice, block, start] = [tables.slice.name, tables.block.name, tables.start.name];
  const levels = Array.from({ length: LEVELS }, (_, level) => `(${level}, ${2 ** level})`).join(', ');
  const revision = `(SELECT r.revision_from FROM ${slice} r WHERE r.id = a.id AND r.recorded_from <= b.position
       ORDER BY r.recorded_from DESC LIMIT 1)`;
  return `SELECT ${SLICE} FROM
    (SELECT a.id AS id, b.as_at AS as_at, b.position AS position, ${revision} AS revision
       FROM basis b CROSS JOIN asked a WHERE ${isLong(tables)}) b
    CROSS JOIN (VALUES ${levels}) v CROSS JOIN ${block} k CROSS JOIN ${slice} s
    WHERE k.id = b.id AND k.level = v.column1 AND k.block = b.revision / v.column2
      AND k.valid_from = (SELECT MAX(m.valid_from) FROM ${block} m
        WHERE m.id = b.id AND m.level = v.column1 AND m.block = b.revision / v.column2 AND m.valid_from <= b.as_at)
      AND s.id = k.id AND s.recorded_from = k.recorded_from AND s.valid_from = k.valid_from AND ${KNOWN}
  UNION ALL
  SELECT 'start', t.id, t.valid_from, NULL, t.recorded_from, NULL, NULL, NULL, NULL, t.moved
    FROM basis b CROSS JOIN asked a CROSS JOIN ${start} t
    WHERE t.id = a.id AND t.recorded_from = (SELECT MAX(n.recorded_from) FROM ${start} n
      WHERE n.id = a.id AND n.recorded_from <= b.position)`;
});
