import { createHash } from 'node:crypto';

import {
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';

import { Connection, type Dialect, type SqlValue } from './connection.js';
import { COPY, copyIn, copyText, linesOf } from './postgres-copy.js';
import { postgresLookUp } from './postgres-lookup.js';
import { POSTGRES_PASSING, readModelFault } from './read-model-fault.js';
import type { ColumnType, Table } from './tables.js';

/** Where the views lie in PostgreSQL. */
export interface PostgresPlace {
  /** Connection string without our own parameters. */
  readonly url: string;
  /** Schema of the pointer and first half of the name of every generation's schema. */
  readonly schema: string;
}

/** Longest wait for a connection, and for the answer to one question of a reader, in milliseconds. */
const CONNECT_MS = 5_000;
const READ_MS = 30_000;

const READERS = 8;

/** So many rows go in by COPY, which takes the server and us half the time, but a journey more. */
const WORTH_A_COPY = 64;

const POSTGRES: Dialect = {
  // Whatever language the database sorts by, views are sorted byte by byte, as in SQLite.
  textType: 'TEXT COLLATE "C"',
  text: (statement) => numbered(statement),
  insert: async (unit, table, rows) => {
    if (rows.length >= WORTH_A_COPY) await unit.run(copyText(table), [linesOf(rows)]);
    else if (rows.length > 0) await unit.run(insertText(table), columnsOf(rows, table.columns.length));
  },
  update: async (unit, table, { set, key }, changes) => {
    if (changes.length === 0) return 0;
    return unit.run(updateText(table, set, key), columnsOf(changes, set.length + key.length));
  },
  sha256: (expression) => `encode(sha256(convert_to(${expression}, 'UTF8')), 'hex')`,
  lookUp: postgresLookUp,
  filled: async (unit, tables) => {
    for (const { name } of tables) await unit.run(`ANALYZE ${name}`);
  },
  damage: async (reads, tables) => {
    const named = tables.map(({ name }) => name);
    const text = `SELECT name FROM unnest(CAST(? AS text[])) AS name WHERE to_regclass(name) IS NULL
      OR NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass(name) AND relnamespace = to_regnamespace(current_schema()))`;
    const gone = await reads.all<{ name: string }>(text, [named]);
    return gone.length === 0 ? undefined : `${gone.map(({ name }) => name).join(', ')} is gone`;
  },
  faultOf: (thrown) => readModelFault(thrown, POSTGRES_PASSING),
};

/** Several connections for whoever asks. Each is made when it is needed, and made again when it was lost. */
export const postgresToRead = ({ url }: PostgresPlace, schema: string): Connection =>
  over(
    poolOf(url, schema, READERS, {
      query_timeout: READ_MS,
      statement_timeout: READ_MS,
      // Every question of the register has its index; without rows to count, PostgreSQL would rather read whole tables.
      options: settings(schema, [
        'enable_seqscan=off',
        'enable_hashjoin=off',
        'enable_mergejoin=off',
        'plan_cache_mode=force_generic_plan',
      ]),
    }),
  );

/** The one connection of the writer. What is committed is durable. */
export const postgresToWrite = ({ url }: PostgresPlace, schema: string): Connection =>
  over(poolOf(url, schema, 1, { options: settings(schema, ['enable_seqscan=off']) }));

/** For a generation that nobody reads yet: a commit is durable a moment later, and in any case by the switch. Two indexes are made at a time. */
export const postgresToFill = ({ url }: PostgresPlace, schema: string): Connection =>
  over(poolOf(url, schema, 2, { options: settings(schema, ['synchronous_commit=off', 'maintenance_work_mem=128MB']) }));

/** For the pointer, which is outside every generation. */
export const postgresToControl = ({ url, schema }: PostgresPlace): Connection => over(poolOf(url, schema, 2, {}));

/** A connection of its own for what lasts as long as a session: locks. Not yet connected. */
export const postgresSession = ({ url }: PostgresPlace): pg.Client =>
  new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    query_timeout: CONNECT_MS,
  });

const settings = (schema: string, more: readonly string[]): string =>
  [`search_path=${schema}`, 'jit=off', ...more].map((setting) => `-c ${setting}`).join(' ');

function poolOf(url: string, schema: string, max: number, more: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'decision-register',
    types: { getTypeParser: parserOf } as pg.CustomTypesConfig,
    options: settings(schema, []),
    ...more,
  });
  // A connection lost while nobody uses it: the pool has let go of it, and the next question makes another.
  pool.on('error', () => undefined);
  // And one lost while it is used: whoever uses it has the fault already.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function over(pool: pg.Pool): Connection {
  const clients = new WeakMap<object, PostgresPoolClient>();
  const preparing = {
    connect: async (): Promise<PostgresPoolClient> => {
      const client = await pool.connect();
      const known = clients.get(client) ?? preparingOnce(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
  return new Connection(new Kysely({ dialect: new PostgresDialect({ pool: preparing }) }), POSTGRES);
}

/** Statements kept prepared on one connection; the server holds a plan of each. */
const MOST_PREPARED = 500;

/** A statement with parameters is parsed once a connection, and its plan is kept. */
function preparingOnce(client: pg.PoolClient): PostgresPoolClient {
  const prepared = new Set<string>();
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(asked: string | object, values: readonly unknown[] = []): unknown {
    if (typeof asked !== 'string') throw new Error('the views are read without cursors');
    if (values.length === 0) return client.query(asked);
    if (asked.startsWith(COPY)) return copyIn(client, asked, String(values[0]));
    if (prepared.size < MOST_PREPARED) prepared.add(asked);
    return client.query({ ...(prepared.has(asked) && { name: nameOf(asked) }), text: asked, values: [...values] });
  }
  return { query, release: () => client.release() };
}

const INT8 = 20;

/** Positions are far below 2⁵³; the largest number there is, "known now", is 2⁵³ − 1 itself. */
function parserOf(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === INT8 && format !== 'binary'
    ? Number
    : (pg.types.getTypeParser(oid, 'text') as (text: string) => unknown);
}

/** Remembers what a function of a text gives, for the few dozen texts there are. */
const remembering = (work: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? work(text);
    if (known.size > 5_000) known.clear();
    known.set(text, found);
    return found;
  };
};

/** Quoted names and texts of the library hold no question mark. */
const numbered = remembering((text) => {
  let count = 0;
  return text.replaceAll('?', () => `$${++count}`);
});

const nameOf = remembering((text) => createHash('sha256').update(text).digest('base64url').slice(0, 40));

const ARRAYS: Readonly<Record<ColumnType, string>> = { TEXT: 'text[]', BIGINT: 'bigint[]', INTEGER: 'integer[]' };

/** One text a table, however many rows: an array for each column. */
function insertText({ name, columns, types }: Table): string {
  const arrays = types.map((type) => `CAST(? AS ${ARRAYS[type]})`);
  return `INSERT INTO ${name} (${columns.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`;
}

function updateText({ name, columns, types }: Table, set: readonly string[], key: readonly string[]): string {
  const typeOf = (column: string): string => ARRAYS[types[columns.indexOf(column)] ?? 'TEXT'];
  const named = [...set, ...key];
  const arrays = named.map((column) => `CAST(? AS ${typeOf(column)})`);
  const to = set.map((column) => `${column} = changed.${column}`);
  const where = key.map((column) => `${name}.${column} = changed.${column}`);
  return `UPDATE ${name} SET ${to.join(', ')} FROM unnest(${arrays.join(', ')}) AS changed (${named.join(', ')})
    WHERE ${where.join(' AND ')}`;
}

function columnsOf(rows: readonly (readonly SqlValue[])[], width: number): SqlValue[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
}
