import type { KnownPlace, LogMark } from '#event-store';
import type { Position } from '#kernel';

import type { Connection, SqlValue } from './connection.js';
import { declarationDigest } from './declaration.js';
import { passingFault } from './read-model-fault.js';
import { createText, FILLING, FOLLOWER, META, MOMENT, tablesOf, type Table, type ViewTables } from './tables.js';
import type { View } from '../engine/view.js';

/** A view with the tables that hold it. */
export interface ViewOnDisk {
  readonly view: View;
  readonly tables: ViewTables;
}

/** How far the filling of a generation from the log has come: kept in the units that fill it. */
export interface Filled {
  /** Position up to which it is being filled; −1 for an empty log. */
  readonly to: Position;
  /** Digest of the event there, by which the log is known again. */
  readonly id: string;
  /** Up to this position it is taken down when each command was recorded. */
  readonly scanned: Position;
  /** All streams up to this name, in order of names, are in it. Empty: none. */
  readonly past: string;
}

/**
 * One making of all views from the log: on SQLite a file of its own, on PostgreSQL a schema. It is written by one
 * follower and read through connections of their own, so that no read waits for a transaction.
 */
export class Generation {
  readonly views: ReadonlyMap<string, ViewOnDisk>;
  private kept: { readonly source: string | undefined } | undefined;

  /** @param label what it is called in sentences: the file or the schema. */
  constructor(
    readonly label: string,
    private readonly made: readonly View[],
    readonly reads: Connection,
    private readonly writer: Connection | undefined,
  ) {
    this.views = new Map(made.map((view) => [view.aggregate, { view, tables: tablesOf(view) }]));
  }

  /** All tables that a comparison compares, in the order of their digests. */
  get tables(): Table[] {
    const perView = [...this.views.values()].flatMap(({ tables }) => [
      tables.slice,
      tables.list,
      tables.start,
      tables.word,
      tables.block,
    ]);
    return [META, MOMENT, ...perView];
  }

  get writes(): Connection {
    if (!this.writer) throw new Error(`${this.label} is open for reading only`);
    return this.writer;
  }

  get isWritten(): boolean {
    return this.writer !== undefined;
  }

  on(aggregate: string): ViewOnDisk {
    const found = this.views.get(aggregate);
    if (!found) throw new Error(`there is no view of ${aggregate}`);
    return found;
  }

  /** The tables, empty and without indexes: nothing of the log is in them. `before` goes first, in the same unit. */
  async createTables(...before: readonly string[]): Promise<void> {
    await this.writes.transaction(async (unit) => {
      for (const statement of before) await unit.run(statement);
      for (const table of [...this.tables, FOLLOWER, FILLING]) await unit.run(createText(table, unit.dialect.textType));
      await this.writeMeta(unit, 'declaration', declarationDigest(this.made));
      await this.writeMeta(unit, 'checkpoint', '-1');
      await this.writeMeta(unit, 'mark', '');
    });
  }

  async createIndexes(): Promise<void> {
    for (const { indexes } of this.tables) await Promise.all(indexes.map((index) => this.writes.run(index)));
  }

  /** Whether these views made it: if not, it has to be made again from the log. */
  async isMadeBy(views: readonly View[]): Promise<boolean> {
    return (await this.meta('declaration')) === declarationDigest(views);
  }

  async checkpoint(): Promise<Position> {
    return Number((await this.meta('checkpoint')) ?? -1);
  }

  /** Which log the views are of, and how far they have come in it; undefined where nothing is in them. */
  async known(): Promise<KnownPlace | undefined> {
    const { checkpoint, mark } = await this.standing();
    return checkpoint < 0 ? undefined : { ...mark, position: checkpoint };
  }

  /** How far the views have come, with the mark that they keep of the log: as it is kept, and read. */
  async standing(): Promise<{
    readonly checkpoint: Position;
    readonly kept: string;
    readonly mark: LogMark | undefined;
  }> {
    const text = `SELECT name, value FROM meta WHERE name IN ('checkpoint', 'mark')`;
    const rows = await this.reads.all<{ name: string; value: string }>(text);
    const kept = new Map(rows.map(({ name, value }) => [name, value]));
    const mark = kept.get('mark') ?? '';
    return {
      checkpoint: Number(kept.get('checkpoint') ?? -1),
      kept: mark,
      mark: mark ? (JSON.parse(mark) as LogMark) : undefined,
    };
  }

  /**
   * To be the first thing that a unit does: it keeps every other writer out until the unit is over.
   * @throws Refusal `READ_MODEL_OVERTAKEN` where another writer has moved the checkpoint: nothing of the unit is kept.
   */
  async moveCheckpoint(unit: Connection, from: Position, mark: LogMark): Promise<void> {
    const text = `UPDATE meta SET value = ? WHERE name = 'checkpoint' AND value = ?`;
    if ((await unit.run(text, [String(mark.position), String(from)])) !== 1) {
      const what = `the views are no longer at position ${from}: another program writes ${this.label}`;
      throw passingFault('READ_MODEL_OVERTAKEN', what);
    }
    await unit.run(`UPDATE meta SET value = ? WHERE name = 'mark'`, [JSON.stringify(mark)]);
  }

  /** How far its filling has come, or came; undefined where none was begun. */
  async filled(): Promise<Filled | undefined> {
    const rows = await this.reads.all<{ name: string; value: string }>('SELECT name, value FROM filling');
    const kept = new Map(rows.map(({ name, value }) => [name, value]));
    const [to, scanned] = [kept.get('to'), kept.get('scanned')];
    if (to === undefined || scanned === undefined) return undefined;
    return { to: Number(to), id: kept.get('id') ?? '', scanned: Number(scanned), past: kept.get('past') ?? '' };
  }

  async beginFilling(to: Position, id: string): Promise<Filled> {
    await this.writes.transaction(async (unit) => {
      for (const row of Object.entries({ to: String(to), id, scanned: '-1', past: '' })) {
        await unit.run('INSERT INTO filling (name, value) VALUES (?, ?)', row);
      }
    });
    return { to, id, scanned: -1, past: '' };
  }

  /** As `moveCheckpoint`, for the filling. */
  async moveFilled(unit: Connection, what: 'scanned' | 'past', from: string, to: string): Promise<void> {
    const text = 'UPDATE filling SET value = ? WHERE name = ? AND value = ?';
    if ((await unit.run(text, [to, what, from])) !== 1) {
      throw passingFault('READ_MODEL_OVERTAKEN', `another program fills ${this.label}`);
    }
  }

  /** Notes that a filled generation has been brought up to the event at `to`, whose digest is `id`. */
  async noteFilledTo(to: Position, id: string): Promise<void> {
    await this.writes.transaction(async (unit) => {
      for (const [name, value] of Object.entries({ to: String(to), id })) {
        await unit.run('UPDATE filling SET value = ? WHERE name = ?', [value, name]);
      }
    });
  }

  /** Where the register kept its source's recording instants: which source (T1). The first event settles it. */
  async keptInstants(): Promise<string | undefined> {
    if (!this.kept && (await this.checkpoint()) >= 0) this.kept = { source: await this.meta('kept_instants') };
    return this.kept?.source;
  }

  /** What the database finds wrong with itself, where it can look; undefined where all tables are there and whole. */
  async damage(): Promise<string | undefined> {
    const said = await this.reads.dialect.damage(this.reads, [...this.tables, FOLLOWER, FILLING]);
    return said ?? ((await this.meta('declaration')) === undefined ? 'it says nowhere what made it' : undefined);
  }

  async meta(name: string): Promise<string | undefined> {
    const [row] = await this.reads.all<{ value: string }>('SELECT value FROM meta WHERE name = ?', [name]);
    return row?.value;
  }

  async writeMeta(unit: Connection, name: string, value: SqlValue): Promise<void> {
    await unit.run('INSERT INTO meta (name, value) VALUES (?, ?)', [name, value]);
  }

  async close(): Promise<void> {
    await this.reads.close();
    if (this.writer && this.writer !== this.reads) await this.writer.close();
  }
}
