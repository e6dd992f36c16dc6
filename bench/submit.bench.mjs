// Durable appends through Submit, the whole door: permit, validate, read, judge, append, receipt. Beside: our own store, and
// bare better-sqlite3, each in a process of its own, in turns.
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureFsync, median } from './appends.bench.mjs';

const ONE = fileURLToPath(new URL('appends.one.mjs', import.meta.url));

/** What was aimed for: of what our own store appends, and in µs of CPU an append. */
const AIMS = { 1: { ofStore: 0.8 }, 64: { ofStore: 0.6, cpuMicros: 80 } };

const measured = (...words) => {
  const done = spawnSync(process.execPath, [ONE, ...words.map(String)], { maxBuffer: 1 << 24 });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${String(done.stderr)}`);
  return JSON.parse(String(done.stdout));
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir = tmpdir() }) => {
  const ms = quick ? 1_000 : 3_000;
  const times = quick ? 3 : 5;
  const fsyncMs = await measureFsync(dir, 50);
  const rows = [];
  for (const writers of [1, 64]) {
    const rounds = Array.from({ length: times }, () => {
      const submit = measured('submit', writers, ms, dir);
      const store = measured('store', writers, ms, dir);
      const bare = measured('bare', 1, ms / 2, dir, Math.max(1, Math.round(submit.group)));
      return { submit, store, bare };
    });
    const of = (pick) => median(rounds.map(pick));
    const who = `Submit, ${writers} client${writers === 1 ? '' : 's'}`;
    const row = (name, unit, key, beside, note) =>
      rows.push({
        name,
        unit,
        value: of(({ submit }) => submit[key]),
        baseline: of((round) => round[beside][key]),
        ratio: of((round) => round.submit[key] / round[beside][key]),
        note,
      });
    const { ofStore, cpuMicros } = AIMS[writers];
    const [group, delay] = [of(({ submit }) => submit.group), of(({ submit }) => submit.delayMs)];
    row(who, 'appends/s', 'perSecond', 'store', `beside our own store; aim ${ofStore}`);
    row(
      `${who}, beside SQLite`,
      'appends/s',
      'perSecond',
      'bare',
      `bare commits of ${Math.round(group)}; fsync p50 ${fsyncMs.toFixed(2)} ms; loop delay p99 ${delay.toFixed(1)} ms`,
    );
    const aim = cpuMicros ? `; aim ${cpuMicros} µs` : '';
    row(`${who}: CPU`, 'µs/append', 'cpuMicros', 'store', `all threads, beside our own store${aim}`);
  }
  return rows;
};
