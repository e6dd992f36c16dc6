import { LEVELS } from './blocks.js';
import { SLICE_COLUMNS } from './lookup.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/**
 * The look-up as PostgreSQL keeps to its indexes: each way to a slice is tried for each id, in order, until one finds
 * it. `LIMIT 1` and `COUNT` keep the planner from turning the questions about one subject into joins of whole tables.
 */
export const postgresLookUp = (
  { slice: { name: slice }, block: { name: block }, start: { name: start } }: ViewTables,
  width: number,
): string => {
  const asked = Array.from({ length: width }, () => '(?)').join(', ');
  const levels = Array.from({ length: LEVELS }, (_, level) => `(${level}, ${2 ** level})`).join(', ');
  const columns = ['id', 'valid_from', 'valid_to', 'recorded_from', 'start_known', 'records_none', 'state'];
  const read = (from: string): string => columns.map((column) => `${from}.${column}`).join(', ');
  const known = (from: string): string =>
    `${from}.valid_from <= b.as_at AND ${from}.valid_to > b.as_at
      AND ${from}.recorded_from <= b.position AND ${from}.recorded_to > b.position`;
  const blocks = `(SELECT COUNT(*) FROM (SELECT 1 FROM ${block} l WHERE l.id = a.id LIMIT 1) l)`;
  return `WITH asked (id) AS (VALUES ${asked}),
    basis (as_at, position) AS (VALUES (CAST(? AS TEXT), CAST(? AS BIGINT)))
  SELECT ${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved FROM basis b CROSS JOIN asked a CROSS JOIN LATERAL (
      SELECT ${read('o')} FROM
        (SELECT * FROM ${slice} o WHERE o.id = a.id AND o.recorded_to = ${KNOWN_NOW} AND o.valid_from <= b.as_at
           ORDER BY o.valid_from DESC LIMIT 1) o
        WHERE o.recorded_from <= b.position
    UNION ALL
      SELECT ${read('c')} FROM ${slice} c
        WHERE ${blocks} = 0 AND c.id = a.id AND c.recorded_to < ${KNOWN_NOW} AND ${known('c')}
    UNION ALL
      SELECT ${read('h')} FROM
        (SELECT r.revision_from AS revision FROM ${slice} r WHERE r.id = a.id AND r.recorded_from <= b.position
           ORDER BY r.recorded_from DESC LIMIT 1) r
        CROSS JOIN (VALUES ${levels}) v (level, size)
        CROSS JOIN LATERAL (SELECT m.recorded_from, m.valid_from FROM ${block} m
          WHERE m.id = a.id AND m.level = v.level AND m.block = r.revision / v.size AND m.valid_from <= b.as_at
          ORDER BY m.valid_from DESC LIMIT 1) k
        CROSS JOIN LATERAL (SELECT * FROM ${slice} h
          WHERE h.id = a.id AND h.recorded_from = k.recorded_from AND h.valid_from = k.valid_from LIMIT 1) h
        WHERE ${blocks} > 0 AND ${known('h')}
    LIMIT 1) s
  UNION ALL
  SELECT 'start', t.id, t.valid_from, NULL, t.recorded_from, NULL, NULL, NULL, NULL, t.moved
    FROM basis b CROSS JOIN asked a CROSS JOIN LATERAL (SELECT * FROM ${start} n
      WHERE n.id = a.id AND n.recorded_from <= b.position ORDER BY n.recorded_from DESC LIMIT 1) t`;
};
