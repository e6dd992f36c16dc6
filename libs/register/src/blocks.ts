import type { Connection, SqlValue } from './connection.js';
import { KNOWN_NOW, type ViewTables } from './tables.js';

/** A slice that is no longer known, by the subject's own count of events. */
export interface Closed {
  readonly id: string;
  readonly valid_from: string;
  readonly recorded_from: number;
  readonly revision_from: number;
  readonly revision_to: number;
}

/** No subject has more than 2²⁴ events. */
export const LEVELS = 25;

/**
 * The fewest power-of-two blocks that make up the revisions `[from, to)`. All slices in one block are known throughout
 * it, hence do not overlap in effective time: looking for a date, a block has one candidate. So a look-up tries one
 * block per level, however long the history (segment tree laid into a B-tree).
 */
export const dyadicBlocks = (from: number, to: number): { readonly level: number; readonly block: number }[] => {
  const blocks: { level: number; block: number }[] = [];
  for (let at = from; at < to;) {
    let [level, size] = [0, 1];
    while (at % (size * 2) === 0 && at + size * 2 <= to) [level, size] = [level + 1, size * 2];
    blocks.push({ level, block: at / size });
    at += size;
  }
  return blocks;
};

export const insertBlocks = async (unit: Connection, tables: ViewTables, closed: readonly Closed[]): Promise<void> => {
  const rows: SqlValue[][] = [];
  for (const { id, valid_from, recorded_from, revision_from, revision_to } of closed) {
    for (const { level, block } of dyadicBlocks(revision_from, revision_to)) {
      rows.push([id, level, block, valid_from, recorded_from]);
    }
  }
  await unit.dialect.insert(unit, tables.block, rows);
};

/** All closed slices of one subject that are in the table. */
export const closedOf = (unit: Connection, { slice }: ViewTables, id: string): Promise<Closed[]> =>
  unit.all<Closed>(
    `SELECT id, valid_from, recorded_from, revision_from, revision_to FROM ${slice.name}
     WHERE id = ? AND recorded_to < ${KNOWN_NOW}`,
    [id],
  );

/** Subjects with more than `threshold` closed slices. Reads the whole table. */
export const longHistories = async (
  unit: Connection,
  { slice }: ViewTables,
  threshold: number,
): Promise<readonly string[]> => {
  const rows = await unit.all<{ id: string }>(
    `SELECT id FROM ${slice.name} WHERE recorded_to < ${KNOWN_NOW} GROUP BY id HAVING COUNT(*) > ?`,
    [threshold],
  );
  return rows.map(({ id }) => id);
};
