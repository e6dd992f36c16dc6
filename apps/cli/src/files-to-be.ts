import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { KeptFile, LogFile, LogShelf } from '#decision-log';
import { Refusal } from '#kernel';

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Files that are written under names of their own and take their real names together, once all are whole. Where
 * something goes wrong before that, nothing is left behind and what was there stays as it was.
 */
export class FilesToBe implements LogShelf {
  private readonly written: (WrittenFile & { readonly temporary: string })[] = [];
  private readonly mark = `.${randomUUID()}.part`;

  private constructor(
    private readonly folder: string,
    /** The folder was made for them: where none is kept, it goes again. */
    private isNew: boolean,
  ) {}

  /** @throws Refusal `OUT_UNWRITABLE` before anything is made. */
  static async in(folder: string): Promise<FilesToBe> {
    const isNew = (await stat(folder).catch(() => undefined)) === undefined;
    // Not the folder that somebody happens to be in.
    if (folder.trim() === '') throw unwritable('', undefined);
    try {
      await makeFolder(resolve(folder));
      const probe = join(folder, `.${randomUUID()}.part`);
      await (await open(probe, 'wx')).close();
      await rm(probe);
    } catch (fault) {
      throw unwritable(folder, fault);
    }
    return new FilesToBe(folder, isNew);
  }

  async write({ name, content }: LogFile): Promise<KeptFile> {
    const temporary = join(this.folder, `.${name}${this.mark}`);
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await open(temporary, 'wx').catch((fault: unknown) => {
      throw unwritable(this.folder, fault);
    });
    const say = (fault: unknown): never => {
      throw unwritable(this.folder, fault);
    };
    const entry = { name, temporary, bytes: 0, sha256: '' };
    this.written.push(entry);
    try {
      for await (const piece of content) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
        hash.update(chunk);
        bytes += chunk.byteLength;
        await handle.writeFile(chunk).catch(say);
      }
      await handle.sync().catch(say);
    } finally {
      await handle.close();
    }
    const written = { name, bytes, sha256: hash.digest('hex') };
    Object.assign(entry, written);
    return { ...written, content: async () => readFile(temporary) };
  }

  /** Gives every file its name. */
  async keep(): Promise<readonly WrittenFile[]> {
    this.isNew = false;
    for (const { temporary, name } of this.written) await rename(temporary, join(this.folder, name));
    return this.written.splice(0).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  }

  /** Removes whatever has no name yet. */
  async discard(): Promise<void> {
    for (const { temporary } of this.written.splice(0)) await rm(temporary, { force: true });
    if (!this.isNew) return;
    this.isNew = false;
    await rmdir(this.folder).catch((fault: { code?: string }) => {
      // Somebody else has put something there in the meantime.
      if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault;
    });
  }
}

/** From the top down: the recursive `mkdir` of Node never ends where the system takes no folder at all. */
async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((fault: { code?: string }) => {
    if (fault.code !== 'EEXIST' || there) throw fault;
  });
}

function unwritable(folder: string, fault: unknown): Refusal {
  const { code } = (fault ?? {}) as { code?: string };
  const needed = code === 'ENOSPC' ? 'a disk with room for the files' : 'a folder that is or can be made';
  return new Refusal(
    'OUT_UNWRITABLE',
    `${folder === '' ? '""' : folder} cannot be written to${code ? ` (${code})` : ''}: needed ${needed}`,
    {
      field: 'out',
      remedy: 'name another folder with --out',
    },
  );
}
