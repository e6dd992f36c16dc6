import type { Position } from '#kernel';

import { Connection, type SqlValue } from './connection.js';
import { declarationDigest } from './declaration.js';
import { META, MOMENT, tablesOf, type Table, type ViewTables } from './tables.js';
import type { View } from './view.js';

/** A view with the tables that hold it. */
export interface ViewOnDisk {
  readonly view: View;
  readonly tables: ViewTables;
}

/**
 * One making of all views from the log: on SQLite a file of its own. It is written by one follower and read through a
 * connection of its own, so that no read waits for a transaction.
 */
export class Generation {
  readonly views: ReadonlyMap<string, ViewOnDisk>;

  private constructor(
    readonly file: string,
    views: readonly View[],
    readonly reads: Connection,
    private readonly writer: Connection | undefined,
  ) {
    this.views = new Map(views.map((view) => [view.aggregate, { view, tables: tablesOf(view) }]));
  }

  /** An empty generation in a file that is not there yet, without indexes until `complete`. */
  static async create(file: string, views: readonly View[]): Promise<Generation> {
    const filling = Connection.toFill(file);
    const generation = new Generation(file, views, filling, filling);
    for (const { create } of generation.tables) await filling.run(create);
    await generation.writeMeta(filling, 'declaration', declarationDigest(views));
    await generation.writeMeta(filling, 'checkpoint', '-1');
    return generation;
  }

  static open(file: string, views: readonly View[]): Generation {
    const writer = Connection.toWrite(file);
    return new Generation(file, views, Connection.toRead(file), writer);
  }

  /** Beside the program that writes it. */
  static openToRead(file: string, views: readonly View[]): Generation {
    return new Generation(file, views, Connection.toRead(file), undefined);
  }

  /** All tables, in the order of their digests. */
  get tables(): Table[] {
    const perView = [...this.views.values()].flatMap(({ tables }) => [
      tables.slice,
      tables.list,
      tables.start,
      tables.block,
    ]);
    return [META, MOMENT, ...perView];
  }

  get writes(): Connection {
    if (!this.writer) throw new Error(`${this.file} is open for reading only`);
    return this.writer;
  }

  on(aggregate: string): ViewOnDisk {
    const found = this.views.get(aggregate);
    if (!found) throw new Error(`there is no view of ${aggregate}`);
    return found;
  }

  /** Whether these views made it: if not, it has to be made again from the log. */
  async isMadeBy(views: readonly View[]): Promise<boolean> {
    return (await this.meta('declaration')) === declarationDigest(views);
  }

  async checkpoint(): Promise<Position> {
    return Number((await this.meta('checkpoint')) ?? -1);
  }

  /** @throws where another writer has moved it: there are two. */
  async moveCheckpoint(unit: Connection, from: Position, to: Position): Promise<void> {
    const text = `UPDATE meta SET value = ? WHERE name = 'checkpoint' AND value = ?`;
    if ((await unit.run(text, [String(to), String(from)])) !== 1) {
      throw new Error(`the views are no longer at position ${from}: another program writes ${this.file}`);
    }
  }

  async meta(name: string): Promise<string | undefined> {
    const [row] = await this.reads.all<{ value: string }>('SELECT value FROM meta WHERE name = ?', [name]);
    return row?.value;
  }

  async writeMeta(unit: Connection, name: string, value: SqlValue): Promise<void> {
    await unit.run('INSERT INTO meta (name, value) VALUES (?, ?)', [name, value]);
  }

  async createIndexes(): Promise<void> {
    for (const { indexes } of this.tables) for (const index of indexes) await this.writes.run(index);
  }

  async close(): Promise<void> {
    await this.reads.close();
    if (this.writer && this.writer !== this.reads) await this.writer.close();
  }
}
