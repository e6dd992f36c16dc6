// Durable appends through Submit, the whole door: permit, validate, read, judge, append, receipt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { Submit, SubmitHandler } from '../dist/libs/command/src/index.js';
import { clients, measureBare, measureFsync, median } from './appends.bench.mjs';

const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };

/** Each client takes decisions, one after the other, each on a subject of its own. */
const measureSubmit = async (dir, { writers, ms }) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  let commits = 0;
  const now = () => {
    commits += 1;
    return Date.now();
  };
  const store = await SqliteEventStore.open({ file: join(own, 'log.sqlite'), now });
  const door = new SubmitHandler(store);
  const decide = (who, turn) =>
    door.execute(
      new Submit(
        {
          aggregate: 'decision',
          id: `bench:${who}-${turn}`,
          commandId: `bench/${who}/${turn}`,
          steps: [
            {
              command: 'TakeDecision',
              effectiveOn: '2025-04-01',
              data: { title: 'Community urology services', amount: 80_354_800, stage: 'award confirmed' },
            },
          ],
        },
        officer,
      ),
    );
  for (let turn = 0; turn < 500; turn++) await decide('warm', turn);
  commits = 0;
  const measured = await clients(decide, { writers, ms });
  await store.close();
  rmSync(own, { recursive: true });
  return { ...measured, group: Math.max(1, Math.round(measured.done / commits)) };
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const ms = quick ? 1_000 : 3_000;
  const rounds = quick ? 3 : 5;
  const fsyncMs = await measureFsync(dir, 50);
  const rows = [];
  for (const writers of [1, 64]) {
    const submits = [];
    const bare = [];
    for (let round = 0; round < rounds; round++) {
      const submit = await measureSubmit(dir, { writers, ms });
      submits.push(submit);
      bare.push(await measureBare(dir, { group: submit.group, ms: ms / 2 }));
    }
    const of = (measured, key) => median(measured.map((one) => one[key]));
    const value = of(submits, 'perSecond');
    const baseline = of(bare, 'perSecond');
    const group = of(submits, 'group');
    rows.push({
      name: `Submit, ${writers} client${writers === 1 ? '' : 's'}`,
      unit: 'appends/s',
      value,
      baseline,
      ratio: value / baseline,
      note: `bare commits of ${group}; fsync p50 ${fsyncMs.toFixed(2)} ms; loop delay p99 ${of(submits, 'delayMs').toFixed(1)} ms`,
    });
    rows.push({
      name: `Submit, ${writers} client${writers === 1 ? '' : 's'}: CPU`,
      unit: 'µs/append',
      value: of(submits, 'cpuMicros'),
      baseline: of(bare, 'cpuMicros'),
      ratio: of(submits, 'cpuMicros') / of(bare, 'cpuMicros'),
      note: 'both threads of the process',
    });
  }
  return rows;
};
