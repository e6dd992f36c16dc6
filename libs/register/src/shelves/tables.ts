import type { View } from '../engine/view.js';

/** `recorded_to` of what is known now: an integer later than every position, never NULL in a key. */
export const KNOWN_NOW = Number.MAX_SAFE_INTEGER;

/** Type of a column, in words that both dialects take. */
export type ColumnType = 'TEXT' | 'BIGINT' | 'INTEGER';

/** A table of the read model: what a row holds, and what makes its order. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** In the order of `columns`. */
  readonly types: readonly ColumnType[];
  /** Columns that no two rows share; digests go by their order. */
  readonly key: readonly string[];
  /** Whether `key` is declared with the table: where it is not, it is among the indexes, made once the rows are there. */
  readonly keyed: boolean;
  readonly indexes: readonly string[];
}

/** The tables of one aggregate. */
export interface ViewTables {
  /** One row per slice: subject, stretch of effective time, stretch of knowledge. */
  readonly slice: Table;
  /** One row per slice and value of a list. */
  readonly list: Table;
  /** One row per change of a subject's earliest live date: what tells the empties apart (T7). */
  readonly start: Table;
  /** One row per word that a subject was ever found by, and event that it came with; never taken back. */
  readonly word: Table;
  /** Dyadic blocks of the closed slices of subjects with a long history. */
  readonly block: Table;
}

/** Name of the table column that holds a view's column. */
export const columnName = (column: string): string => `"c_${column}"`;

type Fields = Readonly<Record<string, ColumnType>>;

const NAME = /^[a-z][A-Za-z0-9_]*$/;

export const tablesOf = (view: View): ViewTables => {
  const columns = Object.keys(view.columns);
  for (const name of [view.aggregate, ...columns, ...Object.keys(view.lists)]) {
    if (!NAME.test(name)) throw new Error(`a view cannot be called ${JSON.stringify(name)}: letters and digits only`);
  }
  return {
    slice: sliceTable(`${view.aggregate}_slice`, columns.map(columnName), (view.unindexed ?? []).map(columnName)),
    list: listTable(`${view.aggregate}_list`),
    start: table(`${view.aggregate}_start`, START, ['id', 'recorded_from'], []),
    word: wordTable(`${view.aggregate}_word`),
    block: table(`${view.aggregate}_block`, BLOCK, ['id', 'level', 'block', 'valid_from'], []),
  };
};

/** When each command was recorded, by the position of its last event. */
export const MOMENT: Table = table(
  'moment',
  { position: 'BIGINT', recorded_at: 'TEXT' },
  ['position'],
  ['CREATE INDEX IF NOT EXISTS moment_at ON moment (recorded_at, position)'],
);

/** How far the views have come, what they were made by, and what every basis repeats. */
export const META: Table = table('meta', { name: 'TEXT', value: 'TEXT' }, ['name'], []);

/** What whoever keeps the views up to date said of itself last. Not of the log, so no part of any comparison. */
export const FOLLOWER: Table = table(
  'follower',
  { name: 'TEXT', state: 'TEXT', position: 'BIGINT', last_error: 'TEXT', heartbeat: 'TEXT', holder: 'TEXT' },
  ['name'],
  [],
);

/** How far the filling from the log has come. Of one making, so no part of any comparison either. */
export const FILLING: Table = table('filling', { name: 'TEXT', value: 'TEXT' }, ['name'], []);

/** Text that creates a table, without what is in `indexes`. */
export const createText = ({ name, columns, types, key, keyed }: Table, textType = 'TEXT'): string => {
  const lines = columns.map((column, at) => `${column} ${types[at] === 'TEXT' ? textType : (types[at] ?? '')}`);
  if (keyed) lines.push(`PRIMARY KEY (${key.join(', ')})`);
  return `CREATE TABLE IF NOT EXISTS ${name} (${lines.join(', ')})`;
};

const KEY: Fields = {
  id: 'TEXT',
  valid_from: 'TEXT',
  valid_to: 'TEXT',
  recorded_from: 'BIGINT',
  recorded_to: 'BIGINT',
};
const START: Fields = { id: 'TEXT', recorded_from: 'BIGINT', valid_from: 'TEXT', moved: 'INTEGER' };
const BLOCK: Fields = { id: 'TEXT', level: 'INTEGER', block: 'BIGINT', valid_from: 'TEXT', recorded_from: 'BIGINT' };

function sliceTable(name: string, columns: readonly string[], unindexed: readonly string[]): Table {
  const fields: Fields = {
    ...KEY,
    ...{ recorded_at: 'TEXT', revision_from: 'BIGINT', revision_to: 'BIGINT' },
    ...{ start_known: 'INTEGER', records_none: 'INTEGER' },
    ...{ sort_key: 'TEXT', search: 'TEXT', state: 'TEXT' },
    ...Object.fromEntries(columns.map((column) => [column, 'TEXT' as const])),
  };
  const key = ['id', 'recorded_from', 'valid_from'];
  return unkeyed(name, fields, key, [
    `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_key ON ${name} (${key.join(', ')})`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_open ON ${name} (id, valid_from) WHERE recorded_to = ${KNOWN_NOW}`,
    `CREATE INDEX IF NOT EXISTS ${name}_sort ON ${name} (sort_key, id)`,
    ...columns
      .filter((column) => !unindexed.includes(column))
      .map(
        (column) =>
          `CREATE INDEX IF NOT EXISTS "${name}_${column.slice(1)} ON ${name} (${column}, sort_key, id) WHERE ${column} IS NOT NULL`,
      ),
  ]);
}

function listTable(name: string): Table {
  const key = ['id', 'recorded_from', 'valid_from', 'list', 'value'];
  return unkeyed(name, { list: 'TEXT', value: 'TEXT', ...KEY, sort_key: 'TEXT' }, key, [
    `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_key ON ${name} (${key.join(', ')})`,
    `CREATE INDEX IF NOT EXISTS ${name}_value ON ${name} (list, value, sort_key, id)`,
  ]);
}

function wordTable(name: string): Table {
  const key = ['word', 'id', 'recorded_from'];
  return unkeyed(name, { word: 'TEXT', id: 'TEXT', recorded_from: 'BIGINT' }, key, [
    `CREATE UNIQUE INDEX IF NOT EXISTS ${name}_key ON ${name} (${key.join(', ')})`,
  ]);
}

function table(name: string, fields: Fields, key: readonly string[], indexes: readonly string[]): Table {
  return { ...unkeyed(name, fields, key, indexes), keyed: true };
}

function unkeyed(name: string, fields: Fields, key: readonly string[], indexes: readonly string[]): Table {
  return { name, columns: Object.keys(fields), types: Object.values(fields), key, keyed: false, indexes };
}
