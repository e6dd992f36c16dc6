import { createHash } from 'node:crypto';

import type { Connection, SqlRow, SqlValue } from './connection.js';
import type { Generation } from './generation.js';
import type { Table } from './tables.js';

export interface TableComparison {
  readonly table: string;
  readonly rows: number;
  readonly rowsBefore: number;
  /** SHA-256 over the digests of all pages of rows in the order of the table's key; the same on every database. */
  readonly digest: string;
  readonly same: boolean;
}

/** Rows whose digest the database is asked for at a time. */
const PAGE = 5_000;

/** Compares two generations table by table, by digests of all their rows. */
export const compareGenerations = async (before: Generation, after: Generation): Promise<TableComparison[]> => {
  const comparisons: TableComparison[] = [];
  for (const table of after.tables) {
    const digests = [tableDigest(before.reads, table), tableDigest(after.reads, table)] as const;
    const [old, now] = await Promise.all(digests);
    const same = old.digest === now.digest;
    comparisons.push({ table: table.name, rows: now.rows, rowsBefore: old.rows, digest: now.digest, same });
  }
  return comparisons;
};

/**
 * Digest and number of a table's rows. The rows stay in the database, which makes a digest of each page; the page's
 * last key comes with it. Leaves other work its turn after each.
 */
export const tableDigest = async (
  reads: Connection,
  table: Table,
): Promise<{ readonly rows: number; readonly digest: string }> => {
  const { key } = table;
  const hash = createHash('sha256');
  let [rows, text, after]: [number, string, readonly SqlValue[]] = [0, pageText(reads, table, false), []];
  for (let last = PAGE; last === PAGE;) {
    const [page] = await reads.all<SqlRow>(text, after);
    last = Number(page?.['rows'] ?? 0);
    if (page) hash.update(`${String(page['digest'])}\n`);
    rows += last;
    text = pageText(reads, table, true);
    after = key.map((_, at) => page?.[`key_${at}`] ?? null);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rows, digest: hash.digest('hex') };
};

/** One row: how many rows the page has, its digest, and the key of its last row. None where there is no page. */
function pageText({ dialect }: Connection, { name, columns, types, key }: Table, isLater: boolean): string {
  const written = columns.map((column, at) => fieldText(column, types[at] === 'TEXT')).join(' || ');
  const later = isLater ? ` WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})` : '';
  const last = key.map((column, at) => `${column} AS key_${at}`).join(', ');
  const backwards = key.map((column) => `${column} DESC`).join(', ');
  return `WITH page AS MATERIALIZED (
      SELECT ${key.join(', ')}, ${written} AS line FROM ${name}${later} ORDER BY ${key.join(', ')} LIMIT ${PAGE})
    SELECT whole.*, last.* FROM
      (SELECT COUNT(*) AS rows, ${dialect.sha256(`string_agg(line, '' ORDER BY ${key.join(', ')})`)} AS digest FROM page) whole
      CROSS JOIN (SELECT ${last} FROM page ORDER BY ${backwards} LIMIT 1) last`;
}

/** A field so that no two rows are written alike: a text with its length before it, a number with an end. */
const fieldText = (column: string, isText: boolean): string =>
  isText
    ? `COALESCE(octet_length(${column}) || ':' || ${column}, '~')`
    : `COALESCE(CAST(${column} AS TEXT) || ';', '~')`;
