import type { Connection, SqlValue } from './connection.js';
import type { Table } from './tables.js';

type Row = readonly SqlValue[];

/** Rows per statement, largest first: few texts, each prepared once. */
const LOTS = [100, 10, 1];

const texts = new Map<string, string>();

/** Inserts rows in lots, in the order given; each holds the table's columns in their order. */
export const insertRows = async (unit: Connection, table: Table, rows: readonly Row[]): Promise<void> => {
  let at = 0;
  for (const lot of LOTS) {
    while (rows.length - at >= lot) {
      const values: SqlValue[] = [];
      for (const end = at + lot; at < end; at++) for (const value of rows[at] ?? []) values.push(value);
      await unit.run(insertText(table, lot), values);
    }
  }
};

/** The text that inserts so many rows. */
export function insertText({ name, columns }: Table, lot: number): string {
  const key = `${name} ${columns.length} ${lot}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const text = `INSERT INTO ${name} (${columns.join(', ')}) VALUES ${Array.from({ length: lot }, () => row).join(', ')}`;
  texts.set(key, text);
  return text;
}
