import type { Position } from '#kernel';
import type { Generation } from '../shelves/generation.js';
import { columnName } from '../shelves/tables.js';
import { padded } from './restriction.js';

/** Values that one statement names at most. */
const BATCH = 256;

export const inBatches = (values: readonly string[]): readonly (readonly string[])[] => {
  const all = [...new Set(values)];
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH));
};

/** Keys of the subjects that are under each of several values of a column or a list on any day, as known at a position. */
export const idsEverUnder = async (
  generation: Generation,
  aggregate: string,
  by: string,
  values: readonly string[],
  position: Position,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { view, tables } = generation.on(aggregate);
  const isColumn = by in view.columns;
  const [table, column] = isColumn ? [tables.slice, columnName(by)] : [tables.list, 'value'];
  const found = new Map<string, string[]>();
  for (const some of inBatches(values)) {
    const wanted = padded(some);
    const text = `SELECT DISTINCT id, ${column} AS under FROM ${table.name} WHERE ${isColumn ? '' : 'list = ? AND '}
      ${column} IN (${wanted.map(() => '?').join(', ')}) AND recorded_from <= ? AND recorded_to > ?`;
    const parameters = [...(isColumn ? [] : [by]), ...wanted, position, position];
    for (const { id, under } of await generation.reads.all<{ id: string; under: string }>(text, parameters)) {
      const ids = found.get(under);
      if (ids) ids.push(id);
      else found.set(under, [id]);
    }
  }
  for (const ids of found.values()) ids.sort();
  return found;
};

/** Bodies looked at upwards at most. */
const MOST_ABOVE = 500;

/**
 * The bodies from which power may have come to one, on whatever day, as known at a position: those that granted to it, those
 * that granted to them, and so on. One statement, however many levels there are.
 */
export const bodiesAbove = async (
  generation: Generation,
  body: string,
  position: Position,
): Promise<readonly string[]> => {
  const { slice, list } = generation.on('delegation').tables;
  const granter = columnName('grantedByBody');
  const text = `WITH RECURSIVE above(id) AS (
      SELECT value FROM ${list.name} WHERE list = 'delegateBody' AND value = ?
      UNION
      SELECT s.${granter} FROM above a CROSS JOIN ${list.name} l CROSS JOIN ${slice.name} s
        WHERE l.list = 'delegateBody' AND l.value = a.id AND l.recorded_from <= ? AND l.recorded_to > ?
          AND s.id = l.id AND s.recorded_from <= ? AND s.recorded_to > ? AND s.${granter} IS NOT NULL
    ) SELECT id FROM above LIMIT ${MOST_ABOVE}`;
  const rows = await generation.reads.all<{ id: string }>(text, [body, position, position, position, position]);
  return [...new Set([body, ...rows.map(({ id }) => id)])];
};
