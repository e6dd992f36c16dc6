// `node bench/peers/race.mjs [--quick] [--only append|page|known]`: the register beside peers that run wherever npm does, on
// the same work. Every side is a process of its own; sides take turns; medians, and the register's ratio to each. Needs a
// built register, and `npm ci --prefix bench/peers`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onOwnNode } from '../../scripts/own-node.mjs';

await onOwnNode();
const { newDatabase, startPostgres } = await import('../../dist/test/postgres/postgres.js');
const { median } = await import('../appends.bench.mjs');
const { pages } = await import('./pages.mjs');

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
const rounds = values.quick ? 3 : 5;
const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What one process says in JSON of what it measured. */
const said = (script, ...words) => {
  const done = spawnSync(process.execPath, [fileOf(script), ...words.map(String)], { maxBuffer: 1 << 24 });
  if (done.status !== 0) throw new Error(`${script} ${words.join(' ')}: ${String(done.stderr)}`);
  return JSON.parse(String(done.stdout));
};

/** Measures every side in turn, so often. @returns the median of each. */
const inTurns = (sides) => {
  const taken = new Map(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(sides)) taken.get(name).push(measure());
  }
  return Object.fromEntries([...taken].map(([name, all]) => [name, median(all)]));
};

const print = (what, unit, ours, peers, better) => {
  console.log(`\n${what}: the register ${shown(ours)} ${unit}`);
  for (const [name, value] of Object.entries(peers)) {
    const ratio = better === 'more' ? ours / value : value / ours;
    console.log(`  ${name.padEnd(56)} ${shown(value).padStart(9)}  ratio ${ratio.toPrecision(2)}`);
  }
};
const shown = (number) => (number >= 100 ? Math.round(number).toLocaleString('en-GB') : number.toPrecision(3));

/** Durable appends by one client and by 64. */
const appends = (folder, url) => {
  const ms = values.quick ? 1_000 : 3_000;
  for (const clients of [1, 64]) {
    const { register, ...peers } = inTurns({
      register: () => said('../appends.one.mjs', 'submit', clients, ms, folder).perSecond,
      'our own store alone': () => said('../appends.one.mjs', 'store', clients, ms, folder).perSecond,
      'better-sqlite3, a commit each': () => said('../appends.one.mjs', 'bare', 1, ms, folder).perSecond,
      'PostgreSQL 18, INSERT': () => said('append.mjs', 'postgres', clients, ms, url).perSecond,
      'castore on PostgreSQL, read and push': () => said('append.mjs', 'castore', clients, ms, url).perSecond,
    });
    print(`Submit, ${clients} client${clients === 1 ? '' : 's'}`, 'a s', register, peers, 'more');
  }
};

/** One subject as at a day, as known then. */
const known = (url) => {
  const times = values.quick ? 2_000 : 10_000;
  const found = new Set();
  const p50 = (...words) => {
    const answer = said('known.mjs', ...words);
    found.add(`${words[1]}: ${answer.found}`);
    return answer.p50;
  };
  for (const [label, subjects, each] of [
    ['5 events a subject', 10_000, 5],
    ['10,000 events on one subject', 1, 10_000],
  ]) {
    const { register, ...peers } = inTurns({
      register: () => p50('register', subjects, each, times),
      'one B-tree of events by hand, SQLite': () => p50('tree', subjects, each, times),
      'bitemporal table, GiST exclusion, PostgreSQL 18': () => p50('bitemporal', subjects, each, times, url),
    });
    if (found.size > 1) throw new Error(`the sides answer differently: ${[...found].join(', ')}`);
    found.clear();
    print(`as known then, ${label}, p50`, 'µs', register, peers, 'less');
  }
};

const folder = mkdtempSync(join(tmpdir(), 'register-peers-'));
const server = await startPostgres({ durable: true });
try {
  const wanted = (name) => values.only === undefined || values.only === name;
  const { url } = await newDatabase(server.url);
  if (wanted('append')) appends(folder, url);
  if (wanted('known')) known(url);
  if (wanted('page')) {
    for (const [what, { ours, peers }] of Object.entries(await pages(folder, url, { quick: values.quick, rounds }))) {
      print(what, 'pages/s', ours, peers, 'more');
    }
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
