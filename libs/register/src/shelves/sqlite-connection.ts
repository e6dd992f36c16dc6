import type Database from 'better-sqlite3';

import { Connection, type Dialect, type Outcome, type SqlParameter, type SqlRow } from './connection.js';
import { readModelFault, SQLITE_PASSING } from './read-model-fault.js';
import { insertRows } from './row-writer.js';
import { SoleDriver } from './sole-driver.js';
import { openToFill, openToRead, openToWrite, withSha256 } from './sqlite-file.js';
import { insertBeside, SqliteFillingThread } from './sqlite-filling-thread.js';
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
export const sqliteToWrite = (file: string): Connection => over(openToWrite(file));

/** Opens a SQLite file that nobody reads yet, to be filled in large units: each is there whole, or not at all. */
export const sqliteToFill = (file: string): Connection => over(openToFill(file));

/** The same in a thread of its own: what comes next is folded while it writes. */
export const sqliteToFillBeside = async (file: string): Promise<Connection> =>
  new Connection(await SqliteFillingThread.start(file), { ...SQLITE, insert: insertBeside });

/** Opens a SQLite file to read beside its writer. @throws where there is no such file. */
export const sqliteToRead = (file: string): Connection => over(openToRead(file));

const over = (database: Database.Database): Connection =>
  new Connection(new SqliteDriver(withSha256(database)), SQLITE);

/** A file, written and read in this thread. */
class SqliteDriver extends SoleDriver {
  /** Every statement text is kept in prepared form; there are a few dozen. */
  private readonly prepared = new Map<string, Database.Statement<SqlParameter[], SqlRow>>();

  constructor(private readonly database: Database.Database) {
    super();
  }

  protected override execute(text: string, parameters: readonly SqlParameter[]): Outcome {
    const statement = this.prepared.get(text) ?? this.prepare(text);
    if (statement.reader) return { rows: statement.all(...parameters), changed: 0 };
    return { rows: [], changed: statement.run(...parameters).changes };
  }

  protected override begin(): void {
    this.database.exec('BEGIN');
  }

  protected override commit(): void {
    this.database.exec('COMMIT');
  }

  protected override rollback(): void {
    // A database that is full or failed has ended the transaction already.
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  override async close(): Promise<void> {
    this.database.close();
  }

  private prepare(text: string): Database.Statement<SqlParameter[], SqlRow> {
    const statement = this.database.prepare<SqlParameter[], SqlRow>(text);
    this.prepared.set(text, statement);
    return statement;
  }
}
