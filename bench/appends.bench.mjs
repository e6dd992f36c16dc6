// Durable appends at the level of the store, beside bare better-sqlite3 in the same run.
//
// Repetitions are interleaved and medians taken, so that a disk whose speed drifts is slow for both sides.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { eventId, SqliteEventStore } from '../dist/libs/event-store/src/index.js';

const WRITERS = 64;

/** An event of about 300 bytes in all. */
export const benchEvent = (commandId) => ({
  id: eventId(commandId, 0),
  type: 'DecisionTaken',
  schemaVersion: 1,
  payload: JSON.stringify({ reference: commandId, title: 'x'.repeat(120), value: 6_000_000 }),
  envelope: JSON.stringify({ commandId, count: 1, effectiveOn: '2025-04-01', index: 0, actor: { id: 'bench' } }),
});

export const median = (numbers) => quantile(numbers, 0.5);

export const quantile = (numbers, q) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
};

const inDirectory = async (dir, work) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  try {
    return await work(own);
  } finally {
    rmSync(own, { recursive: true });
  }
};

/**
 * Runs `writers` clients for `ms`, each with one append at a time.
 *
 * @param append takes the client's number and turn; resolves when the append is durable.
 * @returns appends a second, CPU of the whole process in µs an append, p99 of the event loop's delay in ms.
 */
export const clients = async (append, { writers, ms }) => {
  let done = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + ms;
  const client = async (who) => {
    for (let turn = 0; performance.now() < end; turn++) {
      await append(who, turn);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, who) => client(who)));
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  // The monitor's own 1 ms timer is in what it measures.
  return {
    perSecond: done / seconds,
    cpuMicros: (user + system) / done,
    delayMs: Math.max(0, delay.percentile(99) / 1e6 - 1),
    done,
  };
};

/** Tells the ids of one measurement from those of the next. */
let runs = 0;

/**
 * The store with so many clients. `group` is appends a commit: the store asks for the time once a group.
 *
 * @param warmMs how long 64 clients append before anything is measured, in milliseconds.
 */
export const measureStore = (dir, { writers, ms, warmMs = 0 }) =>
  inDirectory(dir, async (own) => {
    let commits = 0;
    const store = await SqliteEventStore.open({
      file: join(own, 'log.sqlite'),
      now: () => {
        commits += 1;
        return Date.now();
      },
    });
    const run = (runs += 1);
    const append = async (who, turn) => {
      const expected = turn === 0 ? 'no stream' : { revision: turn - 1 };
      const { kind } = await store.append([
        { stream: `bench-${who}`, expected, events: [benchEvent(`${run}/${who}/${turn}`)] },
      ]);
      if (kind !== 'appended') throw new Error(`the bench met ${kind}`);
    };
    await append(writers, 0);
    if (warmMs > 0) await clients((who, turn) => append(`warm-${who}`, turn), { writers: WRITERS, ms: warmMs });
    commits = 0;
    const measured = await clients(append, { writers, ms });
    await store.close();
    return { ...measured, group: measured.done / commits };
  });

/**
 * The floor: the same bytes into one table with the same keys by bare better-sqlite3, WAL and synchronous=FULL, in one
 * thread that waits for each commit.
 *
 * @param group appends a transaction.
 */
export const measureBare = (dir, { group, ms }) =>
  inDirectory(dir, (own) => {
    const db = new Database(join(own, 'bare.sqlite'));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec(`CREATE TABLE event (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL,
      revision INTEGER NOT NULL, payload TEXT NOT NULL, envelope TEXT NOT NULL, UNIQUE (stream, revision)) STRICT`);
    const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)');
    let position = 0;
    const run = (runs += 1);
    const commit = db.transaction(() => {
      for (let index = 0; index < group; index++, position++) {
        const { id, payload, envelope } = benchEvent(`${run}/${position}`);
        insert.run(position, id, `bench-${position % WRITERS}`, Math.floor(position / WRITERS), payload, envelope);
      }
    }).immediate;
    commit();
    position = group;
    const cpu = process.cpuUsage();
    const start = performance.now();
    while (performance.now() < start + ms) commit();
    const seconds = (performance.now() - start) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const done = position - group;
    db.close();
    return { perSecond: done / seconds, cpuMicros: (user + system) / done };
  });

/** What one small durable write costs on the disk of `dir`: p50 in ms. */
export const measureFsync = (dir, times) =>
  inDirectory(dir, (own) => {
    const file = openSync(join(own, 'fsync'), 'w');
    const block = Buffer.alloc(4_096, 1);
    const took = Array.from({ length: times }, () => {
      writeSync(file, block);
      const start = performance.now();
      fsyncSync(file);
      return performance.now() - start;
    });
    closeSync(file);
    return median(took);
  });

/**
 * @param options.quick shorter and fewer repetitions.
 * @param options.dir where the files go: the disk that is measured. Default the system's temporary directory.
 * @returns rows `{ name, unit, value, baseline, ratio, note }`; baseline and ratio are null where there is none.
 */
export const run = async ({ quick = false, dir } = {}) => {
  const [times, ms] = quick ? [3, 400] : [5, 1_500];
  const rounds = [];
  for (let round = 0; round < times; round++) {
    const fsyncMs = await measureFsync(dir, quick ? 20 : 50);
    const bareSingle = await measureBare(dir, { group: 1, ms });
    const single = await measureStore(dir, { writers: 1, ms });
    const many = await measureStore(dir, { writers: WRITERS, ms });
    const bareGrouped = await measureBare(dir, { group: Math.max(1, Math.round(many.group)), ms });
    rounds.push({ fsyncMs, bareSingle, single, many, bareGrouped });
  }
  const of = (pick) => median(rounds.map(pick));
  const row = (name, unit, pick, pickBaseline, note) => {
    const value = of(pick);
    const baseline = pickBaseline ? of(pickBaseline) : null;
    const ratio = pickBaseline ? of((round) => pick(round) / pickBaseline(round)) : null;
    return { name, unit, value, baseline, ratio, note };
  };
  const group = of(({ many }) => many.group).toFixed(1);
  return [
    row('disk: fsync p50', 'ms', (r) => r.fsyncMs, null, 'one 4 KiB write'),
    row(
      'store: durable appends, 1 client',
      '1/s',
      (r) => r.single.perSecond,
      (r) => r.bareSingle.perSecond,
      'beside bare single commits',
    ),
    row(
      `store: durable appends, ${WRITERS} clients`,
      '1/s',
      (r) => r.many.perSecond,
      (r) => r.bareGrouped.perSecond,
      `beside bare commits of the same group size, ${group}`,
    ),
    row(
      'store: CPU an append, 1 client',
      'µs',
      (r) => r.single.cpuMicros,
      (r) => r.bareSingle.cpuMicros,
      'all threads',
    ),
    row(
      `store: CPU an append, ${WRITERS} clients`,
      'µs',
      (r) => r.many.cpuMicros,
      (r) => r.bareGrouped.cpuMicros,
      'all threads',
    ),
    row(`store: event loop delay p99, ${WRITERS} clients`, 'ms', (r) => r.many.delayMs, null, 'aim: at most 50'),
  ];
};
