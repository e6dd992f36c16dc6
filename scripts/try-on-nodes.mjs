// `node scripts/try-on-nodes.mjs`: on the newest Node 22, 24 and 26 that npm serves, put into a folder of their own, this
// project is built, its stores pass their contract, it starts with the sample, is killed, starts again with the same
// answer and stops in order. Prints which versions were tried; the exit code is 1 where one of them failed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimePackage } from './own-node.mjs';

const LINES = ['22', '24', '26'];
const CONTRACTS = [
  'libs/event-store/src/memory/memory.spec.ts',
  'libs/event-store/src/sqlite/sqlite.spec.ts',
  'test/eventstoredb/contract.spec.ts',
  'test/eventstoredb/tls.spec.ts',
];
const QUESTION = '{ decisions(organisation: "QR1", first: 50) { totalCount edges { node { id title recordedAt } } } }';

const project = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nodes-'));

const install = () => {
  const packages = LINES.map((line) => `node-${line}@npm:${runtimePackage()}@${line}`);
  const words = ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, ...packages];
  const { status } = spawnSync('npm', words, { stdio: 'inherit', cwd: folder });
  if (status !== 0) throw new Error('the versions of Node could not be installed');
};

const run = (node, env, ...words) => {
  const { status } = spawnSync(node, words, { cwd: project, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${words.join(' ')}: exit code ${status}`);
};

/** A running register, once it says where. */
const started = async (node, env) => {
  const child = spawn(node, ['dist/apps/api/src/main.js'], { cwd: project, env, stdio: ['ignore', 'pipe', 2] });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  let said = '';
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const found = /running at (http:\/\/[^\s/]+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void ended.then((code) => reject(new Error(`it did not start: ${code}`)));
  });
  return { child, ended, address };
};

const answer = async (address) => {
  const asked = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUESTION }),
  });
  const { data } = await asked.json();
  if (!(data?.decisions?.edges.length > 0)) throw new Error(`no decisions of the sample: ${JSON.stringify(data)}`);
  return JSON.stringify(data);
};

const tried = async (node) => {
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, NODE_OPTIONS: '' };
  run(node, env, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  const specs = { ...env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
  run(node, specs, 'node_modules/jest/bin/jest.js', '--silent', ...CONTRACTS);
  const served = { ...env, DATA_DIR: mkdtempSync(join(folder, 'data-')), PORT: '0', SAMPLE: 'on', LOG_LEVEL: 'error' };
  const first = await started(node, served);
  const before = await answer(first.address);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await started(node, served);
  const after = await answer(second.address);
  second.child.kill('SIGTERM');
  const code = await second.ended;
  if (before !== after) throw new Error('another answer after a kill');
  if (code !== 0) throw new Error(`a stop ended with ${code}`);
};

install();
for (const line of LINES) {
  const node = join(folder, 'node_modules', `node-${line}`, 'bin', 'node');
  const version = String(spawnSync(node, ['--version']).stdout).trim();
  try {
    await tried(node);
    console.log(`Node ${version}: builds, passes the contract of the stores, starts, is killed and starts again`);
  } catch (thrown) {
    console.log(`Node ${version}: ${thrown.message}`);
    process.exitCode = 1;
  }
}
rmSync(folder, { recursive: true, force: true });
