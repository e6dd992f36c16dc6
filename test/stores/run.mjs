// Every end-to-end spec (that is, every spec that depends on place.ts) once for each pair of stores, and a table in the end:
// `npm run test:stores [-- decision.spec meeting.spec]`. A real EventStoreDB is taken from EVENTSTORE_URL, a PostgreSQL from
// POSTGRES_URL; where they are not set, the stand-in and the PostgreSQL of the tests are started here.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onOwnNode } from '../../scripts/own-node.mjs';
import { realServer } from '../eventstoredb/real.mjs';

await onOwnNode();

/** Specs that bring their stores themselves. */
const NOT_HERE = ['/test/stores/', '/test/chaos/'];

const folder = mkdtempSync(join(tmpdir(), 'register-stores-'));
// As root PostgreSQL runs as another user, who has to get at its files.
chmodSync(folder, 0o755);
const servers = [];

/** Starts a program of the tests. @returns the address it says on its first line. */
const serverAt = async (...args) => {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  servers.push({ child, ended });
  const line = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    ended.then((code) => Promise.reject(new Error(`${args[0]} ended with ${code}`))),
  ]);
  return JSON.parse(line).url;
};

const real = await realServer();
const eventStoreDb = () => real ?? serverAt('test/eventstoredb/server.mjs');
const postgres = async () =>
  process.env.POSTGRES_URL ?? serverAt('test/postgres/server.mjs', join(folder, 'postgres'), String(process.pid));

/** Also those that `npm test` leaves to runs of their own because they kill and stop programs. */
const OF_ALL = [
  '--testPathIgnorePatterns',
  '/node_modules/',
  '/dist/',
  '/test/browser/',
  '/test/documents/',
  '/test/loss/',
];

const jest = (args, environment = {}, out = 'ignore') => {
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
  return spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...OF_ALL, ...args], {
    stdio: ['ignore', out, 'inherit'],
    env: { ...env, ...environment },
    encoding: 'utf8',
  });
};

const failedAsAWhole = ({ status, assertionResults }) =>
  status === 'failed' && !assertionResults.some((spec) => spec.status === 'failed');

/** Runs the specs over one pair. @returns a row of the table. */
const tried = ([name, environment], specs) => {
  const begun = performance.now();
  const file = join(folder, 'found.json');
  process.stderr.write(`\n${name}\n`);
  const { status } = jest(['--json', '--outputFile', file, '--runTestsByPath', ...specs], environment);
  if (!existsSync(file)) throw new Error(`jest ended with ${status} over ${name}, without a word about the specs`);
  const found = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return {
    stores: name,
    files: found.numTotalTestSuites,
    passed: found.numPassedTests,
    // A file that fails as a whole, and not in one of its specs, counts as one.
    failed: found.numFailedTests + found.testResults.filter(failedAsAWhole).length,
    skipped: found.numPendingTests,
    seconds: Math.round((performance.now() - begun) / 1000),
  };
};

const end = async () => {
  for (const { child } of servers) child.kill('SIGTERM');
  await Promise.all(servers.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
};

const specs = JSON.parse(
  jest(['--findRelatedTests', 'test/stores/place.ts', '--listTests', '--json'], {}, 'pipe').stdout,
)
  .filter((file) => !NOT_HERE.some((part) => file.includes(part)))
  .filter((file) => process.argv.length < 3 || process.argv.slice(2).some((part) => file.includes(part)));
if (specs.length === 0) throw new Error(`no end-to-end spec is called ${process.argv.slice(2).join(' or ')}`);
const rows = [];
try {
  const [esdb, pg] = await Promise.all([eventStoreDb(), postgres()]);
  const pairs = [
    ['SQLite and SQLite', { EVENT_STORE_URL: 'sqlite:', READ_MODEL_URL: 'sqlite:' }],
    ['SQLite and PostgreSQL', { EVENT_STORE_URL: 'sqlite:', READ_MODEL_URL: pg }],
    ['EventStoreDB and SQLite', { EVENT_STORE_URL: esdb, READ_MODEL_URL: 'sqlite:' }],
    ['EventStoreDB and PostgreSQL', { EVENT_STORE_URL: esdb, READ_MODEL_URL: pg }],
  ];
  for (const pair of pairs) rows.push(tried(pair, specs));
} finally {
  await end();
}
console.table(rows);
if (!real) {
  console.log('NO REAL EVENTSTOREDB WAS TRIED: EVENTSTORE_URL is not set, only the stand-in was.');
}
process.exitCode = rows.every(({ failed, passed }) => failed === 0 && passed > 0) ? 0 : 1;
