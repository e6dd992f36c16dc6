import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

import type { SqlValue } from './connection.js';
import type { Table } from './tables.js';

/** How a statement begins whose one parameter is the rows themselves. */
export const COPY = 'COPY ';

export const copyText = ({ name, columns }: Table): string => `${COPY}${name} (${columns.join(', ')}) FROM STDIN`;

/** Rows as COPY reads them: a line each, with tabs between the fields. */
export const linesOf = (rows: readonly (readonly SqlValue[])[]): string => {
  let lines = '';
  for (const row of rows) {
    let between = '';
    for (const value of row) {
      lines += between + fieldOf(value);
      between = '\t';
    }
    lines += '\n';
  }
  return lines;
};

/** Runs a COPY. @returns how many rows went in. */
export const copyIn = async (client: pg.PoolClient, text: string, lines: string): Promise<number> => {
  const rows = client.query(from(text));
  await pipeline([Buffer.from(lines)], rows);
  return rows.rowCount ?? 0;
};

const SPECIAL = /[\\\n\r\t]/;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function fieldOf(value: SqlValue): string | number {
  if (value === null) return '\\N';
  if (typeof value === 'number' || !SPECIAL.test(value)) return value;
  return value.replaceAll(/[\\\n\r\t]/g, (character) => ESCAPED[character] ?? character);
}
