import { createHash } from 'node:crypto';

import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

import { Connection, type Dialect } from './connection.js';
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
  return new Connection(new Kysely({ dialect: new SqliteDialect({ database: preparingOnce(database) }) }), SQLITE);
}

/** SQLite keeps every statement text it has seen in prepared form; there are a few dozen. */
function preparingOnce(database: Database.Database): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = database.prepare<unknown[]>(text) as SqliteStatement;
      prepared.set(text, statement);
      return statement;
    },
    close: () => database.close(),
  };
}
