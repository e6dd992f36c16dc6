import { dyadicBlocks } from '../engine/dyadic-blocks.js';
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
