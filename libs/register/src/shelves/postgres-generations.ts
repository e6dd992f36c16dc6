import { Refusal } from '#kernel';

import type { Connection } from './connection.js';
import { Generation } from './generation.js';
import { Generations } from './generations.js';
import { PostgresLeadership } from './postgres-leadership.js';
import {
  postgresToControl,
  postgresToFill,
  postgresToRead,
  postgresToWrite,
  type PostgresPlace,
} from './postgres-connection.js';
import { passingFault } from './read-model-fault.js';
import { META } from './tables.js';
import type { View } from '../engine/view.js';

/** How often a program looks whether another has switched to the next generation, in milliseconds. */
const LOOK_MS = 1_000;

/** Taken while schemas are made, so that two programs that start together make them once. */
const MAKING = 'SELECT pg_advisory_xact_lock(hashtextextended(?, 7))';

/** The generations in one database, a schema each (`views_0001`); a row of `views.control` names the live one. */
export class PostgresGenerations extends Generations {
  readonly leadership: PostgresLeadership;
  /** Switched away from, and still open for whoever is reading it. */
  private retired: Generation | undefined;
  /** One that another release has made and switched to: its rows are not for this program. */
  private foreign: number | undefined;
  private looking: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly place: PostgresPlace,
    views: readonly View[],
    private readonly control: Connection,
    private number: number,
    current: Generation,
  ) {
    super(views, current);
    this.leadership = new PostgresLeadership(place);
    this.timer = setInterval(() => {
      // Whoever asks something meets the same fault, and is told.
      this.refresh().catch(() => undefined);
    }, LOOK_MS).unref();
  }

  /** Views of which a schema or a table is gone are made anew, and `onNote` is told so. */
  static async open(
    place: PostgresPlace,
    views: readonly View[],
    onNote: (sentence: string) => void = () => undefined,
  ): Promise<PostgresGenerations> {
    const control = postgresToControl(place);
    try {
      await control.transaction((unit) => makeControl(unit, place.schema));
      const live = await liveNumber(control, place.schema);
      const damage = live === undefined ? undefined : await damageAt(place, live, views);
      if (damage !== undefined) onNote(`${damage}: the views are made anew from the log`);
      const number = live === undefined || damage !== undefined ? await makeFirst(control, place, views) : live;
      return new PostgresGenerations(place, views, control, number, toWrite(place, number, views));
    } catch (fault) {
      await control.close();
      throw fault;
    }
  }

  /** Beside the programs that write. @throws Refusal `REGISTER_NO_VIEWS` where none has been made yet. */
  static async openToRead(place: PostgresPlace, views: readonly View[]): Promise<PostgresGenerations> {
    const control = postgresToControl(place);
    try {
      const number = await liveNumber(control, place.schema);
      if (number === undefined) {
        throw new Refusal(
          'REGISTER_NO_VIEWS',
          `schema ${place.schema} of READ_MODEL_URL holds no views: start the register on it once`,
        );
      }
      return new PostgresGenerations(place, views, control, number, toRead(place, number, views));
    } catch (fault) {
      await control.close();
      throw fault;
    }
  }

  refresh(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async stillLive(unit: Connection, generation: Generation): Promise<void> {
    const live = await liveNumber(unit, this.place.schema);
    if (live === undefined || schemaOf(this.place, live) !== generation.label) {
      const what = `${generation.label} is no longer the live generation: ${this.place.schema}_${live ?? 'none'} is`;
      const why = this.foreign === live ? ', made by another release than this program' : '';
      throw passingFault('READ_MODEL_OVERTAKEN', what + why);
    }
  }

  async beside(goesOn: (found: Generation) => Promise<boolean>, _events: number): Promise<Generation> {
    await this.refresh();
    await this.dropOthers(this.number + 1);
    const schema = schemaOf(this.place, this.number + 1);
    const found = await schemasOf(this.control, this.place.schema);
    if (found.includes(schema)) {
      const filling = postgresToFill(this.place, schema);
      const begun = new Generation(schema, this.views, filling, filling);
      if ((await begun.isMadeBy(this.views)) && (await goesOn(begun))) return begun;
      await begun.close();
      await this.dropOthers(undefined);
    }
    return create(this.place, this.number + 1, this.views);
  }

  switchTo<Result>(settle: (old: Generation, next: Generation) => Promise<Result>): Promise<Result> {
    const { schema } = this.place;
    return this.exclusive(async () => {
      const number = this.number;
      const next = toWrite(this.place, number + 1, this.views);
      try {
        const result = await this.control.transaction(async (unit) => {
          const [row] = await unit.all<{ live: number }>(`SELECT live FROM ${schema}.control FOR UPDATE`);
          if (row?.live !== number) throw passingFault('READ_MODEL_OVERTAKEN', 'another program switched the views');
          // Followers move the checkpoint first: from here on they wait, and then find that they are to follow the next.
          await unit.all(`SELECT value FROM ${this.current.label}.meta WHERE name = 'checkpoint' FOR UPDATE`);
          const settled = await settle(this.current, next);
          await unit.run(`UPDATE ${schema}.control SET live = ?`, [number + 1]);
          return settled;
        });
        await this.turnTo(number + 1, next);
        return result;
      } catch (fault) {
        if (this.current !== next) await next.close();
        throw fault;
      }
    });
  }

  dropOld(): Promise<number> {
    return this.refresh().then(() => this.dropOthers(undefined));
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.looking?.catch(() => undefined);
    await this.exclusive(async () => {
      await this.current.close();
      await this.retired?.close();
      this.retired = undefined;
      await this.control.close();
    });
  }

  private async look(): Promise<void> {
    const { number } = this;
    const live = await liveNumber(this.control, this.place.schema);
    // An answer from before a switch of our own says nothing any more.
    if (live === undefined || live === this.number || number !== this.number || live === this.foreign) return;
    const open = this.current.isWritten ? toWrite : toRead;
    const next = open(this.place, live, this.views);
    if (await next.isMadeBy(this.views)) return number === this.number ? this.turnTo(live, next) : next.close();
    this.foreign = live;
    return next.close();
  }

  private async turnTo(number: number, next: Generation): Promise<void> {
    if (this.number === number) return next.close();
    const before = this.retired;
    this.retired = this.current;
    this.current = next;
    this.number = number;
    return before?.close();
  }

  /** Keeps the live one, whatever this program knows: while others are dropped, nobody switches. */
  private async dropOthers(keep: number | undefined): Promise<number> {
    return this.control.transaction(async (unit) => {
      const [row] = await unit.all<{ live: number }>(`SELECT live FROM ${this.place.schema}.control FOR UPDATE`);
      const kept = new Set([this.number, keep, row?.live].flatMap((one) => (one === undefined ? [] : one)));
      const labels = new Set([...kept].map((number) => schemaOf(this.place, number)));
      const dropped = (await schemasOf(unit, this.place.schema)).filter((schema) => !labels.has(schema));
      if (this.retired && dropped.includes(this.retired.label)) {
        await this.retired.close();
        this.retired = undefined;
      }
      for (const schema of dropped) await unit.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      return dropped.length;
    });
  }
}

const schemaOf = ({ schema }: PostgresPlace, number: number): string => `${schema}_${String(number).padStart(4, '0')}`;

const toWrite = (place: PostgresPlace, number: number, views: readonly View[]): Generation => {
  const schema = schemaOf(place, number);
  return new Generation(schema, views, postgresToRead(place, schema), postgresToWrite(place, schema));
};

const toRead = (place: PostgresPlace, number: number, views: readonly View[]): Generation => {
  const schema = schemaOf(place, number);
  return new Generation(schema, views, postgresToRead(place, schema), undefined);
};

async function makeControl(unit: Connection, schema: string): Promise<void> {
  await unit.all(MAKING, [schema]);
  if ((await schemasNamed(unit, schema)).length === 0) await unit.run(`CREATE SCHEMA ${schema}`);
  await unit.run(
    `CREATE TABLE IF NOT EXISTS ${schema}.control (pointer INTEGER PRIMARY KEY CHECK (pointer = 1), live INTEGER NOT NULL)`,
  );
}

/** Made under the lock by whoever comes first, after whatever may be left of others; the second finds it. */
async function makeFirst(control: Connection, place: PostgresPlace, views: readonly View[]): Promise<number> {
  const { schema } = place;
  return control.transaction(async (unit) => {
    await unit.all(MAKING, [schema]);
    const there = await liveNumber(unit, schema);
    if (there !== undefined && (await damageAt(place, there, views)) === undefined) return there;
    const left = await schemasOf(control, schema);
    const number = Math.max(there ?? 0, ...left.map((name) => Number(name.slice(schema.length + 1)))) + 1;
    const first = await create(place, number, views);
    try {
      await first.createIndexes();
    } finally {
      await first.close();
    }
    await unit.run(`DELETE FROM ${schema}.control`);
    await unit.run(`INSERT INTO ${schema}.control (pointer, live) VALUES (1, ?)`, [number]);
    for (const one of left) await control.run(`DROP SCHEMA IF EXISTS ${one} CASCADE`);
    return number;
  });
}

/** Why the views of a generation cannot be used; undefined where they can, also where another release made them. */
async function damageAt(place: PostgresPlace, number: number, views: readonly View[]): Promise<string | undefined> {
  const generation = toRead(place, number, views);
  try {
    if ((await generation.reads.dialect.damage(generation.reads, [META])) === undefined) {
      if (!(await generation.isMadeBy(views))) return undefined;
    }
    const said = await generation.damage();
    return said === undefined ? undefined : `${generation.label} is damaged (${said})`;
  } finally {
    await generation.close();
  }
}

async function create(place: PostgresPlace, number: number, views: readonly View[]): Promise<Generation> {
  const schema = schemaOf(place, number);
  const filling = postgresToFill(place, schema);
  const generation = new Generation(schema, views, filling, filling);
  try {
    await generation.createTables(`CREATE SCHEMA ${schema}`);
    return generation;
  } catch (fault) {
    await generation.close();
    throw fault;
  }
}

/** Number of the live generation; undefined where there is none yet. */
async function liveNumber(reads: Connection, schema: string): Promise<number | undefined> {
  if ((await schemasNamed(reads, schema)).length === 0) return undefined;
  const [row] = await reads.all<{ live: number }>(`SELECT live FROM ${schema}.control`);
  return row?.live;
}

const schemasNamed = (reads: Connection, schema: string): Promise<readonly object[]> =>
  reads.all('SELECT nspname FROM pg_namespace WHERE nspname = ?', [schema]);

async function schemasOf(reads: Connection, schema: string): Promise<readonly string[]> {
  const rows = await reads.all<{ nspname: string }>(
    'SELECT nspname FROM pg_namespace WHERE starts_with(nspname, ?) ORDER BY nspname',
    [`${schema}_`],
  );
  return rows.map(({ nspname }) => nspname).filter((name) => /^\d{4,}$/.test(name.slice(schema.length + 1)));
}
