import type { LookUpRow } from './found-rows.js';
import type { Place } from '../engine/answer.js';
import type { Table, ViewTables } from './tables.js';
import { mustWait, takeTurn, workNow } from './turns.js';

/** A value as both dialects take and give it. Instants and dates are text, positions are numbers. */
export type SqlValue = string | number | null;

/** A parameter: PostgreSQL takes a whole column of values as one. */
export type SqlParameter = SqlValue | readonly SqlValue[];

export type SqlRow = Readonly<Record<string, SqlValue>>;

/** What came of a statement: rows that were read, or how many were changed. */
export interface Outcome {
  readonly rows: readonly SqlRow[];
  readonly changed: number;
}

/** A database as its driver has it. A SQLite file answers at once, PostgreSQL in a while. */
export interface Driver {
  run(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome>;
  /** Runs `work` as one unit, which is kept as soon as it is done and let go of where it fails. */
  transaction<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** What the two dialects say differently. `sqlite-connection.ts` and `postgres-connection.ts` have one each. */
export interface Dialect {
  /** Type of a column of text that sorts byte by byte. */
  readonly textType: string;
  /** A statement with `?` for parameters, as the dialect writes it. */
  text(statement: string): string;
  /** Inserts rows; each holds the table's columns in their order. */
  insert(unit: Connection, table: Table, rows: readonly (readonly SqlValue[])[]): Promise<void>;
  /**
   * Gives rows of a table new values: each change holds those of `set`, then those of `key`.
   * @returns how many rows were changed.
   */
  update(
    unit: Connection,
    table: Table,
    columns: { readonly set: readonly string[]; readonly key: readonly string[] },
    changes: readonly (readonly SqlValue[])[],
  ): Promise<number>;
  /** The SHA-256 of a text's UTF-8 bytes, in hexadecimal, as an expression. */
  sha256(expression: string): string;
  /** What `lookUp` says, for at most 256 different ids. */
  lookUp(reads: Connection, tables: ViewTables, ids: readonly string[], place: Place): Promise<readonly LookUpRow[]>;
  /** To be called when tables were filled in one go: what the database wants to know of them. */
  filled(unit: Connection, tables: readonly Table[]): Promise<void>;
  /** What is wrong with the tables of a generation, in words of the database; undefined where nothing is. */
  damage(reads: Connection, tables: readonly Table[]): Promise<string | undefined>;
  /** What a fault of the database means: one that passes is told apart from one that stays. */
  faultOf(thrown: unknown): unknown;
}

/**
 * Connections to one generation of the views. The library writes SQL that SQLite and PostgreSQL both speak, with `?`
 * for parameters; everything that only one of them says is in its dialect.
 *
 * The text of a statement is prepared once and kept, so callers reuse texts and vary parameters.
 *
 * Reading for a request gives way between statements, and ends with the request (`turns.ts`).
 *
 * @throws Refusal `READ_MODEL_UNAVAILABLE` from every method while the database cannot be reached: try again.
 */
export class Connection {
  constructor(
    private readonly driver: Driver,
    readonly dialect: Dialect,
  ) {}

  async all<Row = SqlRow>(text: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    if (mustWait()) await takeTurn();
    else workNow()?.check();
    return (await this.execute(text, parameters)).rows as Row[];
  }

  /** @returns how many rows were changed. */
  async run(text: string, parameters: readonly SqlParameter[] = []): Promise<number> {
    return (await this.execute(text, parameters)).changed;
  }

  /** Runs `work` as one unit: all of it is written, or nothing. */
  async transaction<Result>(work: (unit: Connection) => Promise<Result>): Promise<Result> {
    try {
      return await this.driver.transaction((unit) => work(new Connection(unit, this.dialect)));
    } catch (thrown) {
      throw this.dialect.faultOf(thrown);
    }
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  private execute(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome> {
    try {
      const outcome = this.driver.run(this.dialect.text(text), parameters);
      return 'rows' in outcome ? outcome : this.told(outcome);
    } catch (thrown) {
      throw this.dialect.faultOf(thrown);
    }
  }

  private async told(outcome: Promise<Outcome>): Promise<Outcome> {
    try {
      return await outcome;
    } catch (thrown) {
      throw this.dialect.faultOf(thrown);
    }
  }
}
