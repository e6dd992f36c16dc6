import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Refusal } from '#kernel';

import { Generation } from './generation.js';
import type { View } from './view.js';

interface Pointer {
  readonly generation: number;
}

/** The generations of the views in one directory, and which of them is read: the one that `views.json` names. */
export class Generations {
  /** Switched away from, and still open for whoever is reading it. */
  private retired: Generation | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly directory: string,
    readonly views: readonly View[],
    private number: number,
    public current: Generation,
  ) {}

  static async open(directory: string, views: readonly View[]): Promise<Generations> {
    await mkdir(directory, { recursive: true });
    const pointer = await readPointer(directory);
    if (pointer) {
      const generation = Generation.open(fileOf(directory, pointer.generation), views);
      return new Generations(directory, views, pointer.generation, generation);
    }
    const file = fileOf(directory, 1);
    await removeGeneration(file);
    const first = await Generation.create(file, views);
    await first.createIndexes();
    await first.close();
    await writePointer(directory, { generation: 1 });
    return new Generations(directory, views, 1, Generation.open(file, views));
  }

  /** Beside the program that writes. @throws Refusal `REGISTER_NO_VIEWS` where none has been made yet. */
  static async openToRead(directory: string, views: readonly View[]): Promise<Generations> {
    const pointer = await readPointer(directory);
    if (!pointer) {
      throw new Refusal('REGISTER_NO_VIEWS', `${directory} holds no views: start the register on it once`);
    }
    const generation = Generation.openToRead(fileOf(directory, pointer.generation), views);
    return new Generations(directory, views, pointer.generation, generation);
  }

  /** Runs `work` when nothing else that writes is running: a batch of the follower, a switch. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.queue.then(work);
    this.queue = mine.catch(() => undefined);
    return mine;
  }

  /** An empty generation beside the current one. What an earlier try left there is removed. */
  async beside(): Promise<Generation> {
    await this.retired?.close();
    this.retired = undefined;
    for (const name of await readdir(this.directory)) {
      const number = Number(/^views-(\d+)\.sqlite/.exec(name)?.[1] ?? this.number);
      if (number !== this.number) await rm(join(this.directory, name), { force: true });
    }
    return Generation.create(fileOf(this.directory, this.number + 1), this.views);
  }

  /** From here on the next generation is read. The one before stays on disk, and open, until the next rebuild. */
  async switchToNext(): Promise<void> {
    const file = fileOf(this.directory, this.number + 1);
    const handle = await open(file, 'r+');
    await handle.sync();
    await handle.close();
    const next = Generation.open(file, this.views);
    await writePointer(this.directory, { generation: this.number + 1 });
    this.number += 1;
    this.retired = this.current;
    this.current = next;
  }

  async close(): Promise<void> {
    await this.exclusive(async () => {
      await this.current.close();
      await this.retired?.close();
      this.retired = undefined;
    });
  }
}

const fileOf = (directory: string, number: number): string =>
  join(directory, `views-${String(number).padStart(4, '0')}.sqlite`);

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
