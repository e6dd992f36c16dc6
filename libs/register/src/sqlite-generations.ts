import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Refusal } from '#kernel';

import { Generation } from './generation.js';
import { Generations } from './generations.js';
import { SOLE_LEADERSHIP } from './leadership.js';
import { sqliteToFill, sqliteToRead, sqliteToWrite } from './sqlite-connection.js';
import type { View } from './view.js';

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

  static async open(directory: string, views: readonly View[]): Promise<SqliteGenerations> {
    await mkdir(directory, { recursive: true });
    const pointer = await readPointer(directory);
    if (pointer) {
      const generation = toWrite(fileOf(directory, pointer.generation), views);
      return new SqliteGenerations(directory, views, pointer.generation, generation);
    }
    const file = fileOf(directory, 1);
    await removeGeneration(file);
    const first = await create(file, views);
    await first.createIndexes();
    await first.close();
    await writePointer(directory, { generation: 1 });
    return new SqliteGenerations(directory, views, 1, toWrite(file, views));
  }

  /** Beside the program that writes. @throws Refusal `REGISTER_NO_VIEWS` where none has been made yet. */
  static async openToRead(directory: string, views: readonly View[]): Promise<SqliteGenerations> {
    const pointer = await readPointer(directory);
    if (!pointer) {
      throw new Refusal('REGISTER_NO_VIEWS', `${directory} holds no views: start the register on it once`);
    }
    const file = fileOf(directory, pointer.generation);
    return new SqliteGenerations(
      directory,
      views,
      pointer.generation,
      new Generation(file, views, sqliteToRead(file), undefined),
    );
  }

  /** The program that holds the directory is the only one that switches. */
  async refresh(): Promise<void> {}

  async stillLive(): Promise<void> {}

  async beside(goesOn: (found: Generation) => Promise<boolean>): Promise<Generation> {
    const file = fileOf(this.directory, this.number + 1);
    await this.dropOthers(this.number + 1);
    if (existsSync(file)) {
      const begun = await this.unfinished(file, goesOn);
      if (begun) return begun;
      await removeGeneration(file);
    }
    return create(file, this.views);
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
  ): Promise<Generation | undefined> {
    let begun: Generation | undefined;
    try {
      const filling = sqliteToFill(file);
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

const fileOf = (directory: string, number: number): string =>
  join(directory, `views-${String(number).padStart(4, '0')}.sqlite`);

async function create(file: string, views: readonly View[]): Promise<Generation> {
  const filling = sqliteToFill(file);
  const generation = new Generation(file, views, filling, filling);
  await generation.createTables();
  return generation;
}

function toWrite(file: string, views: readonly View[]): Generation {
  const writer = sqliteToWrite(file);
  return new Generation(file, views, sqliteToRead(file), writer);
}

async function removeGeneration(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await rm(`${file}${ending}`, { force: true });
}

async function readPointer(directory: string): Promise<Pointer | undefined> {
  let text: string;
  try {
    text = await readFile(join(directory, 'views.json'), 'utf8');
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'ENOENT') return undefined;
    throw fault;
  }
  return JSON.parse(text) as Pointer;
}

/** Written beside and renamed, so that whoever reads sees the old one or the new one. */
async function writePointer(directory: string, pointer: Pointer): Promise<void> {
  const file = join(directory, 'views.json');
  await writeFile(`${file}.next`, `${JSON.stringify(pointer)}\n`);
  await rename(`${file}.next`, file);
}
