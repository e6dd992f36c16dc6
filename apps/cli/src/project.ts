import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project, wherever this file runs from: the sources or `dist`. */
export const PROJECT_FOLDER = nearestPackage(dirname(fileURLToPath(import.meta.url)));

/** Version of the program, from package.json. */
export const VERSION = (JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as { version: string })
  .version;

/** The list of what the sample register is made of. */
export const SAMPLE = join(PROJECT_FOLDER, 'examples', 'sample.yaml');

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error(`no package.json above ${fileURLToPath(import.meta.url)}`);
  return nearestPackage(above);
}
