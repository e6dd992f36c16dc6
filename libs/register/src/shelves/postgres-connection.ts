import { createHash } from 'node:crypto';

import pg from 'pg';

import { Connection, type Dialect, type Driver, type Outcome, type SqlParameter, type SqlValue } from './connection.js';
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

const over = (pool: pg.Pool): Connection => new Connection(new PostgresDriver(pool), POSTGRES);

/** Statements kept prepared on one connection; the server holds a plan of each. */
const MOST_PREPARED = 500;

/** Connections of a pool, one for each statement or unit that is under way. */
class PostgresDriver implements Driver {
  private readonly prepared = new WeakMap<pg.PoolClient, Set<string>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly pool: pg.Pool) {}

  async run(text: string, parameters: readonly SqlParameter[]): Promise<Outcome> {
    const client = await this.pool.connect();
    try {
      return await this.execute(client, text, parameters);
    } finally {
      client.release();
    }
  }

  async transaction<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work({
        run: (text, parameters) => this.execute(client, text, parameters),
        transaction: () => Promise.reject(new Error('a unit has no units in it')),
        close: () => Promise.reject(new Error('a unit is not closed: it ends')),
      });
      await client.query('COMMIT');
      return result;
    } catch (thrown) {
      // A connection that is gone has ended the transaction already.
      await client.query('ROLLBACK').catch(() => undefined);
      throw thrown;
    } finally {
      client.release();
    }
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end();
    return this.closing;
  }

  /** A statement with parameters is parsed once a connection, and its plan is kept. */
  private async execute(client: pg.PoolClient, text: string, parameters: readonly SqlParameter[]): Promise<Outcome> {
    if (text.startsWith(COPY)) return { rows: [], changed: await copyIn(client, text, String(parameters[0])) };
    const { rows, rowCount } = await client.query(
      parameters.length === 0 ? text : { ...this.named(client, text), text, values: [...parameters] },
    );
    return { rows, changed: rowCount ?? 0 };
  }

  private named(client: pg.PoolClient, text: string): { readonly name?: string } {
    const prepared = this.prepared.get(client) ?? new Set();
    this.prepared.set(client, prepared);
    if (prepared.size < MOST_PREPARED) prepared.add(text);
    return prepared.has(text) ? { name: nameOf(text) } : {};
  }
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
