import type { Connection } from './connection.js';
import { remembered, SLICE_COLUMNS, type LookUpRow } from './found-rows.js';
import type { Place } from '../engine/answer.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/**
 * The look-up as PostgreSQL does it fastest. What a statement costs there is, above all, its plan being set up each
 * time it is run, whatever part of it has work to do. So the first statement knows the two ways by which nearly every
 * slice is found, and only for what it does not find a second one knows the other ways.
 */
export const postgresLookUp = async (
  reads: Connection,
  tables: ViewTables,
  ids: readonly string[],
  { asAt, position }: Place,
): Promise<readonly LookUpRow[]> => {
  const asked = (some: readonly string[]) => [some.length === 1 ? (some[0] ?? null) : some, asAt, position];
  const found = await reads.all<LookUpRow>(textFor(NEAR, tables, ids), asked(ids));
  if (found.length === ids.length) return found;
  const there = new Set(found.map(({ id }) => id));
  const others = ids.filter((id) => !there.has(id));
  return [...found, ...(await reads.all<LookUpRow>(textFor(FAR, tables, others), asked(others)))];
};

/** Texts for one id, and for any number of them as one array: `$1`. `$2` is the day and `$3` the position. */
type Text = (tables: ViewTables) => string;
interface Texts {
  readonly one: Text;
  readonly many: Text;
}

const textFor = ({ one, many }: Texts, tables: ViewTables, { length }: readonly string[]): string =>
  length === 1 ? one(tables) : many(tables);

const each = (rowsOf: (tables: ViewTables, id: string) => string): Texts => ({
  one: remembered((tables) => rowsOf(tables, '$1')),
  many: remembered(
    (tables) => `SELECT found.* FROM unnest(CAST($1 AS TEXT[])) asked (id)
      CROSS JOIN LATERAL (${rowsOf(tables, 'asked.id')}) found`,
  ),
});

const SLICE = `${SLICE_COLUMNS}, CAST(NULL AS INTEGER) AS moved`;

const KNOWN = 's.valid_from <= $2 AND s.valid_to > $2 AND s.recorded_from <= $3 AND s.recorded_to > $3';

/** The highest level of a subject's blocks; null where its history is not long enough to have any. */
const levelsOf = (block: string, id: string): string =>
  `(SELECT l.level FROM ${block} l WHERE l.id = ${id} ORDER BY l.level DESC LIMIT 1)`;

/** The slice that is known now; or, where the subject has no long history, one that was. */
const NEAR = each(
  ({ slice: { name: slice }, block: { name: block } }, id) => `(SELECT ${SLICE} FROM
      (SELECT * FROM ${slice} o WHERE o.id = ${id} AND o.recorded_to = ${KNOWN_NOW} AND o.valid_from <= $2
         ORDER BY o.valid_from DESC LIMIT 1) s
      WHERE s.recorded_from <= $3)
    UNION ALL
    (SELECT ${SLICE} FROM ${slice} s WHERE s.id = ${id} AND s.recorded_to < ${KNOWN_NOW} AND ${KNOWN}
      AND ${levelsOf(block, id)} IS NULL)
    LIMIT 1`,
);

/** A slice that was known, by its dyadic blocks; or else the subject's start. */
const FAR = each(
  ({ slice: { name: slice }, block: { name: block }, start: { name: start } }, id) => `(SELECT ${SLICE} FROM
      (SELECT r.revision_from AS revision FROM ${slice} r WHERE r.id = ${id} AND r.recorded_from <= $3
         ORDER BY r.recorded_from DESC LIMIT 1) r
      CROSS JOIN generate_series(0, ${levelsOf(block, id)}) v (level)
      CROSS JOIN LATERAL (SELECT m.recorded_from, m.valid_from FROM ${block} m
        WHERE m.id = ${id} AND m.level = v.level AND m.block = r.revision >> v.level AND m.valid_from <= $2
        ORDER BY m.valid_from DESC LIMIT 1) k
      CROSS JOIN LATERAL (SELECT * FROM ${slice} h
        WHERE h.id = ${id} AND h.recorded_from = k.recorded_from AND h.valid_from = k.valid_from LIMIT 1) s
      WHERE ${KNOWN})
    UNION ALL
    (SELECT 'start', n.id, n.valid_from, NULL, n.recorded_from, NULL, NULL, NULL, NULL, n.moved FROM ${start} n
      WHERE n.id = ${id} AND n.recorded_from <= $3 ORDER BY n.recorded_from DESC LIMIT 1)
    LIMIT 1`,
);
