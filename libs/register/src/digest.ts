import { createHash } from 'node:crypto';

import type { Connection, SqlRow, SqlValue } from './connection.js';
import type { Generation } from './generation.js';
import type { Table } from './tables.js';

export interface TableComparison {
  readonly table: string;
  readonly rows: number;
  readonly rowsBefore: number;
  /** SHA-256 over all rows in the order of the table's key. */
  readonly digest: string;
  readonly same: boolean;
}

const PAGE = 2_000;

/** Compares two generations table by table, by digests of all their rows. */
export const compareGenerations = async (before: Generation, after: Generation): Promise<TableComparison[]> => {
  const comparisons: TableComparison[] = [];
  for (const table of after.tables) {
    const [old, now] = [await tableDigest(before.reads, table), await tableDigest(after.reads, table)];
    const same = old.digest === now.digest;
    comparisons.push({ table: table.name, rows: now.rows, rowsBefore: old.rows, digest: now.digest, same });
  }
  return comparisons;
};

/** Digest and number of a table's rows. Leaves other work its turn every few thousand rows. */
export const tableDigest = async (
  reads: Connection,
  { name, columns, key }: Table,
): Promise<{ readonly rows: number; readonly digest: string }> => {
  const hash = createHash('sha256');
  const order = key.join(', ');
  const all = `SELECT ${columns.join(', ')} FROM ${name}`;
  const next = `${all} WHERE (${order}) > (${key.map(() => '?').join(', ')}) ORDER BY ${order} LIMIT ${PAGE}`;
  let rows = 0;
  let page = await reads.all(`${all} ORDER BY ${order} LIMIT ${PAGE}`);
  while (page.length > 0) {
    for (const row of page) hash.update(JSON.stringify(Object.values(row))).update('\n');
    rows += page.length;
    const last: SqlRow = page.at(-1) ?? {};
    await new Promise((resolve) => setImmediate(resolve));
    page = await reads.all(
      next,
      key.map((column): SqlValue => last[column] ?? null),
    );
  }
  return { rows, digest: hash.digest('hex') };
};
