import { createHash } from 'node:crypto';

import Database from 'better-sqlite3';

import { Connection, type Dialect, type Driver, type Outcome, type SqlParameter, type SqlRow } from './connection.js';
import { readModelFault, SQLITE_PASSING } from './read-model-fault.js';
import { insertRows } from './row-writer.js';
import { sqliteLookUp } from './sqlite-lookup.js';

const SQLITE: Dialect = {
  textType: 'TEXT',
  text: (statement) => statement,
  insert: insertRows,
  update: async (unit, { name }, { set, key }, changes) => {
    const given = (columns: readonly string[]): string[] => columns.map((column) => `${column} = ?`);
    const text = `UPDATE ${name} SET ${given(set).join(', ')} WHERE ${given(key).join(' AND ')}`;
    let changed = 0;
    for (const change of changes) changed += await unit.run(text, change);
    return changed;
  },
  sha256: (expression) => `sha256(${expression})`,
  lookUp: sqliteLookUp,
  filled: async () => undefined,
  damage: async (reads) => {
    const [found] = await reads.all<{ quick_check: string }>('PRAGMA quick_check(1)');
    return found?.quick_check === 'ok' ? undefined : String(found?.quick_check);
  },
  faultOf: (thrown) => readModelFault(thrown, SQLITE_PASSING),
};

/** Opens a SQLite file for the one writer, creating it where it is not there. */
export const sqliteToWrite = (file: string): Connection => {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    // The views can be made again from the log, so a power cut may cost the last moments.
    database.pragma('synchronous = NORMAL');
    database.pragma('cache_size = -65536');
    return over(database);
  } catch (fault) {
    database.close();
    throw fault;
  }
};

/** Pages in the write-ahead log of a file that is being filled, after which they go to their places: 64 MB. */
const FILLED_PAGES = 16_384;

/** Opens a SQLite file that nobody reads yet, to be filled in large units: each is there whole, or not at all. */
export const sqliteToFill = (file: string): Connection => {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`wal_autocheckpoint = ${FILLED_PAGES}`);
    database.pragma('cache_size = -65536');
    return over(database);
  } catch (fault) {
    database.close();
    throw fault;
  }
};

/** Opens a SQLite file to read beside its writer. @throws where there is no such file. */
export const sqliteToRead = (file: string): Connection => {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.pragma('cache_size = -65536');
    database.pragma('mmap_size = 1073741824');
    return over(database);
  } catch (fault) {
    database.close();
    throw fault;
  }
};

function over(database: Database.Database): Connection {
  database.function('sha256', { deterministic: true }, (text) =>
    createHash('sha256').update(String(text)).digest('hex'),
  );
  return new Connection(new SqliteDriver(database), SQLITE);
}

/** One file. While a unit is under way on it, whatever is not of the unit waits. */
class SqliteDriver implements Driver {
  /** Every statement text is kept in prepared form; there are a few dozen. */
  private readonly prepared = new Map<string, Database.Statement<SqlParameter[], SqlRow>>();
  private unit: Promise<void> | undefined;

  constructor(private readonly database: Database.Database) {}

  run(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome> {
    return this.unit ? this.after(() => this.execute(text, parameters)) : this.execute(text, parameters);
  }

  async transaction<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result> {
    return this.after(async () => {
      let over = (): void => undefined;
      this.unit = new Promise((resolve) => {
        over = resolve;
      });
      try {
        return await this.asOne(work);
      } finally {
        this.unit = undefined;
        over();
      }
    });
  }

  async close(): Promise<void> {
    this.database.close();
  }

  private async asOne<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result> {
    this.database.exec('BEGIN');
    try {
      const result = await work({
        run: (text, parameters) => this.execute(text, parameters),
        transaction: () => Promise.reject(new Error('a unit has no units in it')),
        close: () => Promise.reject(new Error('a unit is not closed: it ends')),
      });
      this.database.exec('COMMIT');
      return result;
    } catch (thrown) {
      // A database that is full or failed has ended the transaction already.
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw thrown;
    }
  }

  private async after<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    while (this.unit) await this.unit;
    return work();
  }

  private execute(text: string, parameters: readonly SqlParameter[]): Outcome {
    const statement = this.prepared.get(text) ?? this.prepare(text);
    if (statement.reader) return { rows: statement.all(...parameters), changed: 0 };
    return { rows: [], changed: statement.run(...parameters).changes };
  }

  private prepare(text: string): Database.Statement<SqlParameter[], SqlRow> {
    const statement = this.database.prepare<SqlParameter[], SqlRow>(text);
    this.prepared.set(text, statement);
    return statement;
  }
}
