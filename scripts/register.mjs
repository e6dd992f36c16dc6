// `npm run --silent register -- …`: runs the built command, and builds it first where that is missing or out of date.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onOwnNode } from './own-node.mjs';

await onOwnNode();

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(project, 'dist', 'apps', 'cli', 'src', 'main.js');

/** The time of the newest source, in milliseconds. */
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|contract)\.ts$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

const outOfDate = () => {
  const sources = Math.max(...['libs', join('apps', 'cli')].map((folder) => newest(join(project, folder))));
  return sources > statSync(main).mtimeMs;
};

const reason = !existsSync(main) ? 'is not built yet' : outOfDate() ? 'is older than its sources' : undefined;
if (reason) {
  process.stderr.write(`register ${reason}: building it, which takes some seconds\n`);
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    process.stderr.write('register: the compiler is not installed: run npm ci first\n');
    process.exit(2);
  }
  const built = spawnSync(process.execPath, [compiler, '-p', join(project, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
    cwd: project,
  });
  if (built.status !== 0) {
    process.stderr.write('register: it could not be built; npm run build says why\n');
    process.exit(2);
  }
}
await import(pathToFileURL(main).href);
