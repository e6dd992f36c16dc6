import Database from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

/** A value as both dialects take and give it. Instants and dates are text, positions are numbers. */
export type SqlValue = string | number | null;

export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * One connection to a generation of the views. Everything that only one dialect says is in this file; the rest of
 * the library writes SQL that SQLite and PostgreSQL both speak, with `?` for parameters.
 *
 * The text of a statement is prepared once and kept, so callers reuse texts and vary parameters.
 */
export class Connection {
  private constructor(private readonly db: Kysely<unknown>) {}

  /** Opens a SQLite file for the one writer, creating it where it is not there. */
  static toWrite(file: string): Connection {
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    // The views can be made again from the log, so a power cut may cost the last moments.
    database.pragma('synchronous = NORMAL');
    database.pragma('cache_size = -65536');
    return Connection.over(database);
  }

  /** Opens a SQLite file that nobody reads yet, to be filled in one go: nothing of it survives a crash. */
  static toFill(file: string): Connection {
    const database = new Database(file);
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -65536');
    return Connection.over(database);
  }

  /** Opens a SQLite file to read beside its writer. @throws where there is no such file. */
  static toRead(file: string): Connection {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    database.pragma('cache_size = -65536');
    database.pragma('mmap_size = 1073741824');
    return Connection.over(database);
  }

  private static over(database: Database.Database): Connection {
    return new Connection(new Kysely({ dialect: new SqliteDialect({ database: preparingOnce(database) }) }));
  }

  async all<Row = SqlRow>(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.db.executeQuery<Row>(CompiledQuery.raw(text, parameters as SqlValue[]))).rows;
  }

  /** @returns how many rows were changed. */
  async run(text: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const { numAffectedRows } = await this.db.executeQuery(CompiledQuery.raw(text, parameters as SqlValue[]));
    return Number(numAffectedRows ?? 0);
  }

  /** Runs `work` as one unit: all of it is written, or nothing. */
  transaction<Result>(work: (unit: Connection) => Promise<Result>): Promise<Result> {
    return this.db.transaction().execute((unit) => work(new Connection(unit)));
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
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
