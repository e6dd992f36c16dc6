import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Refusal } from '#kernel';

import type { Connection } from './connection.js';
import { Generation } from './generation.js';
import { Generations } from './generations.js';
import { SOLE_LEADERSHIP } from './leadership.js';
import { sqliteToFill, sqliteToFillBeside, sqliteToRead, sqliteToWrite } from './sqlite-connection.js';
import type { View } from '../engine/view.js';

/** So many events are filled in by a thread of its own; fewer are there before it has started. */
const WORTH_A_THREAD = 1_000;

type ToFill = (file: string) => Connection | Promise<Connection>;

interface Pointer {
  readonly generation: number;
}

/** The generations in one directory, a file each; `views.json` names the live one. */
export class SqliteGenerations extends Generations {
  readonly leadership = SOLE_LEADERSHIP;
  /** Switched away from, and still open for whoever is reading it. */
  private retired: Generation | undefined;

  private constructor(
    readonly directory: string,
    views: readonly View[],
    private number: number,
    current: Generation,
  ) {
    super(views, current);
  }

  /** Views that are damaged or gone are made anew, and `onNote` is told so: all that they say is in the log. */
  static async open(
    directory: string,
    views: readonly View[],
    onNote: (sentence: string) => void = () => undefined,
  ): Promise<SqliteGenerations> {
    await mkdir(directory, { recursive: true });
    const pointer = await readPointer(directory);
    if (typeof pointer === 'object') {
      const file = fileOf(directory, pointer.generation);
      const { generation, why } = await wholeAt(file, (at) => toWrite(at, views));
      if (generation) return new SqliteGenerations(directory, views, pointer.generation, generation);
      onNote(`${why}: the views are made anew from the log`);
    }
    if (pointer === 'damaged') onNote(`${pointerOf(directory)} is damaged: the views are made anew from the log`);
    // Beside what may be left of others, so that nothing of theirs is taken for this one's.
    const number = await freeNumber(directory);
    const file = fileOf(directory, number);
    const first = await create(file, views, sqliteToFill);
    await first.createIndexes();
    await first.close();
    await writePointer(directory, { generation: number });
    const opened = new SqliteGenerations(directory, views, number, toWrite(file, views));
    await opened.dropOld();
    return opened;
  }

  /** Beside the program that writes. @throws Refusal `REGISTER_NO_VIEWS` where none has been made yet, or none is whole. */
  static async openToRead(directory: string, views: readonly View[]): Promise<SqliteGenerations> {
    const refuse = (what: string): never => {
      throw new Refusal('REGISTER_NO_VIEWS', `${what}: start the register on it once, or rebuild`);
    };
    const pointer = await readPointer(directory);
    if (pointer === undefined) return refuse(`${directory} holds no views`);
    if (pointer === 'damaged') return refuse(`${pointerOf(directory)} is damaged`);
    const file = fileOf(directory, pointer.generation);
    const { generation, why } = await wholeAt(file, (at) => new Generation(at, views, sqliteToRead(at), undefined));
    return generation ? new SqliteGenerations(directory, views, pointer.generation, generation) : refuse(why);
  }

  /** The program that holds the directory is the only one that switches. */
  async refresh(): Promise<void> {}

  async stillLive(): Promise<void> {}

  async beside(goesOn: (found: Generation) => Promise<boolean>, events: number): Promise<Generation> {
    const file = fileOf(this.directory, this.number + 1);
    await this.dropOthers(this.number + 1);
    const toFill = events < WORTH_A_THREAD ? sqliteToFill : sqliteToFillBeside;
    if (existsSync(file)) {
      const begun = await this.unfinished(file, goesOn, toFill);
      if (begun) return begun;
      await removeGeneration(file);
    }
    return create(file, this.views, toFill);
  }

  switchTo<Result>(settle: (old: Generation, next: Generation) => Promise<Result>): Promise<Result> {
    return this.exclusive(async () => {
      const file = fileOf(this.directory, this.number + 1);
      const handle = await open(file, 'r+');
      await handle.sync();
      await handle.close();
      const next = toWrite(file, this.views);
      let result: Result;
      try {
        result = await settle(this.current, next);
        await writePointer(this.directory, { generation: this.number + 1 });
      } catch (fault) {
        await next.close();
        throw fault;
      }
      this.number += 1;
      this.retired = this.current;
      this.current = next;
      return result;
    });
  }

  dropOld(): Promise<number> {
    return this.dropOthers(undefined);
  }

  async close(): Promise<void> {
    await this.exclusive(async () => {
      await this.current.close();
      await this.retired?.close();
      this.retired = undefined;
    });
  }

  /** One that can be gone on with; a file that is not whole is none. */
  private async unfinished(
    file: string,
    goesOn: (found: Generation) => Promise<boolean>,
    toFill: ToFill,
  ): Promise<Generation | undefined> {
    let begun: Generation | undefined;
    try {
      const filling = await toFill(file);
      begun = new Generation(file, this.views, filling, filling);
      if ((await begun.isMadeBy(this.views)) && (await goesOn(begun))) return begun;
    } catch (fault) {
      if (!isSpoilt(fault)) throw fault;
    }
    await begun?.close();
    return undefined;
  }

  private async dropOthers(keep: number | undefined): Promise<number> {
    const dropped = new Set<number>();
    for (const name of await readdir(this.directory)) {
      const number = Number(/^views-(\d+)\.sqlite/.exec(name)?.[1] ?? this.number);
      if (number === this.number || number === keep) continue;
      if (this.retired?.label === fileOf(this.directory, number)) {
        await this.retired.close();
        this.retired = undefined;
      }
      await rm(join(this.directory, name), { force: true });
      dropped.add(number);
    }
    return dropped.size;
  }
}

/** What SQLite says of a file that is not whole, or that was never got ready. */
const isSpoilt = (fault: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(String((fault as { code?: unknown } | null)?.code));

/** Largest file that is looked through whole when it is opened: about a second. Of larger ones only what is read first is. */
const LOOKED_THROUGH_BYTES = 512_000_000;

type Looked =
  | { readonly generation: Generation; readonly why?: undefined }
  | { readonly generation?: undefined; readonly why: string };

/** Opens the views in a file, where they are whole; where not, why. */
async function wholeAt(file: string, open: (file: string) => Generation): Promise<Looked> {
  if (!existsSync(file)) return { why: `${file} is gone` };
  let generation: Generation | undefined;
  try {
    generation = open(file);
    const said = statSync(file).size <= LOOKED_THROUGH_BYTES ? await generation.damage() : undefined;
    if (said === undefined) return { generation };
    await generation.close();
    return { why: `${file} is damaged (${said})` };
  } catch (fault) {
    await generation?.close();
    if (!isSpoilt(fault)) throw fault;
    return { why: `${file} is damaged (${(fault as Error).message})` };
  }
}

async function freeNumber(directory: string): Promise<number> {
  const numbers = (await readdir(directory)).map((name) => Number(/^views-(\d+)\.sqlite/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}

const fileOf = (directory: string, number: number): string =>
  join(directory, `views-${String(number).padStart(4, '0')}.sqlite`);

async function create(file: string, views: readonly View[], toFill: ToFill): Promise<Generation> {
  const filling = await toFill(file);
  const generation = new Generation(file, views, filling, filling);
  try {
    await generation.createTables();
    return generation;
  } catch (fault) {
    await generation.close();
    throw fault;
  }
}

function toWrite(file: string, views: readonly View[]): Generation {
  const writer = sqliteToWrite(file);
  return new Generation(file, views, sqliteToRead(file), writer);
}

async function removeGeneration(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await rm(`${file}${ending}`, { force: true });
}

const pointerOf = (directory: string): string => join(directory, 'views.json');

async function readPointer(directory: string): Promise<Pointer | 'damaged' | undefined> {
  let text: string;
  try {
    text = await readFile(pointerOf(directory), 'utf8');
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'ENOENT') return undefined;
    throw fault;
  }
  try {
    const { generation } = JSON.parse(text) as Partial<Pointer>;
    return Number.isSafeInteger(generation) && Number(generation) > 0 ? { generation: Number(generation) } : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** Written beside, made durable and renamed, so that whoever reads sees the old one or the new one. */
async function writePointer(directory: string, pointer: Pointer): Promise<void> {
  const file = pointerOf(directory);
  const handle = await open(`${file}.next`, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(pointer)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.next`, file);
}
