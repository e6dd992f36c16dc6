// How cost grows with the register: 10,000, 100,000 and a million decisions (`--quick`: the first two; GROWTH=10000000 for
// one size by name). Recorded by a process of its own; read over HTTP from an api of its own. The baseline of each figure is
// that of the smallest register in the same run.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { asked, mostMemoryOf, REGISTER, started, stopped } from './servers.mjs';

const ONE = fileURLToPath(new URL('growth.one.mjs', import.meta.url));

const QUESTIONS = {
  page: '{ decisions(first: 20) { edges { node { id title datedOn decidedBy { id name } } cursor } } }',
  point: '{ decision(id: "bench:77") { decision { id title datedOn } } }',
  'point, as known when half of it was': (half) =>
    `{ decision(id: "bench:77", asKnownAt: "p${half}") { decision { id title datedOn } } }`,
  'list of one board in a year, counted':
    '{ decisions(body: "bench:body-7", datedFrom: "2010-01-01", datedTo: "2010-12-31", first: 20) { totalCount edges { node { id title } } } }',
};

/** Starts the register and waits until its views have everything. @returns it, and how long that took in seconds. */
const ready = async (settings) => {
  const start = performance.now();
  const register = await started([REGISTER], { ...settings, PORT: '0' });
  for (;;) {
    const response = await fetch(`${register.url}/health/ready`);
    const { followers = [] } = await response.json();
    if (response.ok && followers.every(({ lag }) => lag.events === 0)) break;
    await pause(20);
  }
  return { register, seconds: (performance.now() - start) / 1000 };
};

const measured = async (decisions, { dir, ms }) => {
  const folder = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const settings = { DATA_DIR: folder, SAMPLE: 'off', LOG_LEVEL: 'silent' };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [ONE, folder, String(decisions)]);
    const { perSecond, head } = JSON.parse(stdout);
    const making = await ready(settings);
    const memory = mostMemoryOf(making.register.child);
    await stopped(making.register.child);
    const { register, seconds } = await ready(settings);
    const figures = {
      'append, 200 at once, the last tenth': [perSecond, 'appends/s'],
      'views made from the log': [(head + 1) / (making.seconds - seconds), 'events/s'],
      'views made from the log: most memory': [memory, 'MB'],
      'start, views there': [seconds, 's'],
    };
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const query = typeof question === 'string' ? question : question(Math.floor(head / 2));
      await asked(register, ms, query);
      const { perSecond: answers, p50 } = await asked(register, ms, query);
      figures[name] = [answers, 'answers/s'];
      figures[`${name}: p50`] = [p50, 'ms'];
    }
    figures['reading: most memory'] = [mostMemoryOf(register.child), 'MB'];
    figures['log on disk'] = [statSync(join(folder, 'log.sqlite')).size / 1e6, 'MB'];
    await stopped(register.child);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const named = process.env.GROWTH === undefined ? [] : [Number(process.env.GROWTH)];
  const sizes = [10_000, ...(named.length > 0 ? named : quick ? [100_000] : [100_000, 1_000_000])];
  const rows = [];
  let smallest;
  for (const size of sizes) {
    const figures = await measured(size, { dir, ms: quick ? 1_500 : 4_000 });
    smallest ??= figures;
    for (const [name, [value, unit]] of Object.entries(figures)) {
      const baseline = smallest[name][0];
      const note = `${size.toLocaleString('en-GB')} decisions; baseline: with ${sizes[0].toLocaleString('en-GB')}`;
      rows.push({ name, value, unit, baseline, ratio: value / baseline, note });
    }
  }
  return rows;
};
