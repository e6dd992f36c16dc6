import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../apps/api/src/project.js';

const MAIN = join(PROJECT_FOLDER, 'dist/apps/cli/src/main.js');

/** What became of a command: as whoever typed it sees it. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The built command in a process of its own, with nothing in its environment but what is given. */
export const register = (
  dataDir: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...environment };
    execFile(process.execPath, [MAIN, ...words], { env, cwd: tmpdir(), maxBuffer: 1e8 }, (fault, out, err) => {
      resolve({ code: fault ? Number(fault.code) : 0, out, err });
    });
  });

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'decision-log-'));

/** The files of a log as the command writes them, by name. */
export interface MadeLog extends Ran {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Buffer>;
  text(name: string): string;
}

/** `register log` into a folder of its own. @throws where it is refused */
export const madeLog = async (
  dataDir: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<MadeLog> => {
  const folder = newFolder();
  const ran = await register(dataDir, ['log', ...words, '--out', folder], environment);
  if (ran.code !== 0) throw new Error(`register log ${words.join(' ')}: ${ran.err}`);
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  return { ...ran, folder, files, text: (name) => files.get(name)?.toString('utf8') ?? '' };
};
