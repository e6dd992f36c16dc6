import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyLog, LOG_FORMAT, markOfLog, type LogMark } from '#event-store';
import { type Instant, instantOf, Refusal } from '#kernel';
import { VERSION } from './project.js';

/** The log in a data directory, and in a backup. */
export const LOG_FILE = 'log.sqlite';

const MANIFEST = 'manifest.json';

/** What a backup says of itself. */
export interface Manifest {
  readonly madeAt: Instant;
  /** Release that made it, and the version of the log's layout. */
  readonly release: string;
  readonly logFormat: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly events: number;
  /** How far the log went, with the chain over all its events; null for an empty one. */
  readonly mark: LogMark | null;
}

/** Makes a backup in a folder of its own below another, whole or not at all, beside whoever writes. */
export const makeBackup = async (log: string, below: string): Promise<Manifest & { readonly folder: string }> => {
  const part = join(below, `.${randomUUID()}.part`);
  try {
    await mkdir(part, { recursive: true });
  } catch (fault) {
    const { code } = fault as { code?: string };
    throw new Refusal(
      'OUT_UNWRITABLE',
      `${below} cannot be written to (${code}): needed a folder that is or can be made`,
      {
        field: 'to',
        remedy: 'name another folder with --to',
      },
    );
  }
  try {
    const copy = join(part, LOG_FILE);
    copyLog(log, copy);
    await synced(copy);
    const mark = (await markOfLog(copy)) ?? null;
    const madeAt = instantOf(Date.now());
    const about = { file: LOG_FILE, ...(await digestOf(copy)), events: (mark?.position ?? -1) + 1, mark };
    const manifest: Manifest = { madeAt, release: VERSION, logFormat: LOG_FORMAT, ...about };
    await writeFile(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await synced(join(part, MANIFEST));
    const folder = join(below, `register-${madeAt.replaceAll(/[-:.]/g, '')}-p${mark?.position ?? 'none'}`);
    await rename(part, folder);
    return { ...manifest, folder };
  } catch (thrown) {
    await rm(part, { recursive: true, force: true });
    throw thrown;
  }
};

/**
 * Looks whether a backup is what its manifest says: the file's bytes, and every event of it.
 *
 * @returns what is wrong with it, in sentences.
 * @throws Refusal `BACKUP_DIFFERS` where it is no backup at all.
 */
export const checkBackup = async (folder: string): Promise<{ manifest: Manifest; wrong: readonly string[] }> => {
  const manifest = await manifestIn(folder);
  const file = join(folder, LOG_FILE);
  if (!existsSync(file)) return { manifest, wrong: [`${file} is not there`] };
  const wrong: string[] = [];
  const { bytes, sha256 } = await digestOf(file);
  if (bytes !== manifest.bytes) wrong.push(`${file} has ${bytes} bytes: its manifest says ${manifest.bytes}`);
  if (sha256 !== manifest.sha256) wrong.push(`${file} has SHA-256 ${sha256}: its manifest says ${manifest.sha256}`);
  try {
    const mark = await markOfLog(file);
    const [found, needed] = [mark, manifest.mark].map(
      (each) => `position ${each?.position ?? 'none'}, chain ${each?.chain ?? 'none'}`,
    );
    if (found !== needed) wrong.push(`the log in it goes to ${found}: its manifest says ${needed}`);
  } catch (thrown) {
    wrong.push(`the log in it cannot be read: ${(thrown as Error).message}`);
  }
  return { manifest, wrong };
};

async function manifestIn(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  const refused = (why: string): Refusal =>
    new Refusal('BACKUP_DIFFERS', `${folder} is no backup of a register: ${why}`, {
      field: 'folder',
      remedy: 'name a folder that register backup made',
    });
  const text = await readFile(file, 'utf8').catch((fault: { code?: string }) => {
    throw refused(`${file} cannot be read (${fault.code})`);
  });
  const isManifest = (said: Partial<Manifest>): said is Manifest =>
    typeof said.bytes === 'number' && typeof said.sha256 === 'string' && said.mark !== undefined;
  try {
    const said = JSON.parse(text) as Partial<Manifest>;
    if (isManifest(said)) return said;
  } catch {
    // Said below.
  }
  throw refused(`${file} says nothing of a log`);
}

async function digestOf(file: string): Promise<Pick<Manifest, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** Puts what was written on the disk. */
export const synced = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
