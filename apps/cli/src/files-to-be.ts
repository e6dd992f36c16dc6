import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LogFile } from '#decision-log';
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
export class FilesToBe {
  private readonly written: (WrittenFile & { readonly temporary: string })[] = [];
  private readonly mark = `.${randomUUID()}.part`;

  private constructor(private readonly folder: string) {}

  /** @throws Refusal `OUT_UNWRITABLE` before anything is made. */
  static async in(folder: string): Promise<FilesToBe> {
    try {
      await makeFolder(resolve(folder));
      const probe = join(folder, `.${randomUUID()}.part`);
      await (await open(probe, 'wx')).close();
      await rm(probe);
    } catch (fault) {
      throw unwritable(folder, fault);
    }
    return new FilesToBe(folder);
  }

  async write({ name, content }: LogFile): Promise<void> {
    const temporary = join(this.folder, `.${name}${this.mark}`);
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await open(temporary, 'wx').catch((fault: unknown) => {
      throw unwritable(this.folder, fault);
    });
    const entry = { name, temporary, bytes: 0, sha256: '' };
    this.written.push(entry);
    try {
      for await (const piece of content) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
        hash.update(chunk);
        bytes += chunk.byteLength;
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    Object.assign(entry, { bytes, sha256: hash.digest('hex') });
  }

  /** Gives every file its name. */
  async keep(): Promise<readonly WrittenFile[]> {
    for (const { temporary, name } of this.written) await rename(temporary, join(this.folder, name));
    return this.written.splice(0).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  }

  /** Removes whatever has no name yet. */
  async discard(): Promise<void> {
    for (const { temporary } of this.written.splice(0)) await rm(temporary, { force: true });
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
  const { code } = fault as { code?: string };
  return new Refusal(
    'OUT_UNWRITABLE',
    `${folder} cannot be written to${code ? ` (${code})` : ''}: needed a folder that is or can be made`,
    {
      field: 'out',
      remedy: 'name another folder with --out',
    },
  );
}
