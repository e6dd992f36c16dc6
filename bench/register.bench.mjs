// The register: rebuilding the views, looking up one subject, correcting far back. Each beside a bare baseline
// measured in the same run on the same data.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addDays } from '../dist/libs/kernel/src/index.js';
import { SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { openRegister } from '../dist/libs/register/src/open.js';
import { Timeline } from '../dist/libs/register/src/engine/timeline.js';
import { quantile } from './appends.bench.mjs';
import { FIRST_DAY, logInMemory, postEvent, postView, randomness, readEvent } from './posts.mjs';

const KNOWN_NOW = Number.MAX_SAFE_INTEGER;

const inDirectory = async (dir, work) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  try {
    return await work(own);
  } finally {
    rmSync(own, { recursive: true });
  }
};

const microsOf = async (times, work) => {
  const taken = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await work(turn);
    taken.push((performance.now() - start) * 1_000);
  }
  return taken;
};

const open = (dir, store) => openRegister({ directory: join(dir, 'views'), store, views: [postView], readEvent });

const openAndFollow = async (dir, { store, events }) => {
  const house = await open(dir, store);
  const from = (await house.follower.checkpoint()) + 1;
  if (from < events.length) await house.follower.handle(events.slice(from));
  return house;
};

/** A register of so many events, four to a subject, every seventh recorded late, in a log on disk. */
const rebuilding = (dir, count) =>
  inDirectory(dir, async (own) => {
    const store = await SqliteEventStore.open({ file: join(own, 'log.sqlite') });
    const random = randomness(1);
    const subjects = Math.ceil(count / 4);
    const revisions = new Int32Array(subjects);
    for (let written = 0; written < count;) {
      const writes = [];
      for (; writes.length < 1_000 && written < count; written++) {
        const subject = written < subjects ? written : Math.floor(random() * subjects);
        const revision = revisions[subject]++;
        const day = 80_000 + revision * 400 + Math.floor(random() * 500);
        const expected = revision === 0 ? 'no stream' : { revision: revision - 1 };
        writes.push({ stream: `post/${subject}`, expected, events: [postEvent(subject, revision, written, day)] });
      }
      const { kind } = await store.append(writes);
      if (kind !== 'appended') throw new Error(`the log said ${kind}`);
    }
    const scanStart = performance.now();
    for (let from = 0; from < count;) {
      const page = await store.readAll(from, 5_000);
      for (const { payload, envelope } of page) for (const text of [payload, envelope]) JSON.parse(text);
      from = page.at(-1).position + 1;
    }
    const scan = count / ((performance.now() - scanStart) / 1_000);
    let memory = 0;
    const sampling = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 50);
    const start = performance.now();
    const house = await open(own, store);
    const seconds = (performance.now() - start) / 1_000;
    clearInterval(sampling);
    if ((await house.register.position()) !== count - 1)
      throw new Error('the rebuild did not reach the end of the log');
    await house.close();
    await store.close();
    const value = count / seconds;
    const note = `${count} events in ${seconds.toFixed(1)} s, ${Math.round(memory / 1e6)} MB; baseline: scan and parse`;
    return [{ name: `rebuild, ${count} events`, unit: 'events/s', value, baseline: scan, ratio: value / scan, note }];
  });

/** Look-ups of one subject as known now and as known then, beside one bare seek of an open row. */
const lookingUp = async (own, log, label, subjectOf, dayOf, times) => {
  const house = await openAndFollow(own, log);
  const head = log.events.length - 1;
  const random = randomness(2);
  const ask = (position) => () =>
    house.register.point('post', String(subjectOf(random)), {
      asAt: addDays(FIRST_DAY, dayOf(random)),
      position: position(),
    });
  const { generation } = JSON.parse(readFileSync(join(own, 'views', 'views.json'), 'utf8'));
  const reads = new Database(join(own, 'views', `views-000${generation}.sqlite`), { readonly: true });
  const seek = reads.prepare(
    `SELECT state FROM post_slice WHERE id = ? AND recorded_to = ${KNOWN_NOW} AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1`,
  );
  const results = [];
  const bareTimes = async () =>
    microsOf(times, () => seek.get(String(subjectOf(random)), addDays(FIRST_DAY, dayOf(random))));
  const now = () => head;
  await microsOf(200, ask(now));
  await bareTimes();
  const baselines = await bareTimes();
  const bases = { 'as known now': now, 'as known then': () => Math.floor(random() * (head + 1)) };
  for (const [what, position] of Object.entries(bases)) {
    const taken = await microsOf(times, ask(position));
    for (const q of [0.5, 0.99]) {
      const [value, baseline] = [quantile(taken, q), quantile(baselines, q)];
      results.push({
        name: `${what}, ${label}, p${String(q * 100)}`,
        unit: 'µs',
        value,
        baseline,
        ratio: value / baseline,
        note: 'baseline: one bare seek',
      });
    }
  }
  reads.close();
  await house.close();
  return results;
};

const oneSubject = (dir, count, times) =>
  inDirectory(dir, async (own) => {
    const log = logInMemory();
    const random = randomness(3);
    // Nine in order, one recorded late: somewhere in what there is.
    for (let number = 0; number < count; number++)
      log.add('one', random() < 0.9 ? number : Math.floor(random() * number));
    return lookingUp(
      own,
      log,
      `${count} events on one subject`,
      () => 'one',
      (next) => Math.floor(next() * count),
      times,
    );
  });

const manySubjects = (dir, count, times) =>
  inDirectory(dir, async (own) => {
    const log = logInMemory();
    for (let subject = 0; subject < count; subject++) log.add(subject, 1_000 + (subject % 300));
    for (let number = 0; number < count / 5; number++) log.add((number * 7919) % count, 1_500 + (number % 300));
    const subjectOf = (next) => Math.floor(next() * count);
    return lookingUp(own, log, `${count} subjects`, subjectOf, (next) => 900 + Math.floor(next() * 1_000), times);
  });

/** Corrections of events anywhere in a subject's history: in the engine alone, and written to the views. */
const correcting = (dir, times) =>
  inDirectory(dir, async (own) => {
    const measured = { engine: [], written: [] };
    for (const count of [10, 10_000]) {
      const log = logInMemory();
      const random = randomness(4);
      for (let number = 0; number < count; number++) log.add('one', number);
      const newest = Array.from({ length: count }, (_, number) => `post/one#${number}`);
      const correction = () => {
        const place = Math.floor(random() * count);
        const event = log.add('one', place, { corrects: newest[place] });
        newest[place] = event.id;
        return event;
      };
      const timeline = new Timeline(postView);
      for (const event of log.events) timeline.apply(readEvent(event));
      const house = await openAndFollow(join(own, String(count)), log);
      const engine = await microsOf(times, () => timeline.apply(readEvent(correction())));
      await house.follower.handle(log.events.slice((await house.follower.checkpoint()) + 1));
      const written = [];
      for (let turn = 0; turn < times; turn++) {
        const event = correction();
        written.push(...(await microsOf(1, () => house.follower.handle([event]))));
      }
      measured.engine.push(quantile(engine, 0.5));
      measured.written.push(quantile(written, 0.5));
      await house.close();
    }
    return Object.entries(measured).map(([what, [few, many]]) => ({
      name: `back-dated correction at 10,000 events, ${what}, p50`,
      unit: 'µs',
      value: many,
      baseline: few,
      ratio: many / few,
      note: 'baseline: the same at 10 events',
    }));
  });

/**
 * @param quick stops at 100,000 subjects and 100,000 events to rebuild.
 * @param dir where the temporary files go; default the system's.
 */
export const run = async ({ quick, dir } = {}) => {
  const times = quick ? 2_000 : 10_000;
  const results = [];
  results.push(...(await rebuilding(dir, quick ? 100_000 : 1_000_000)));
  for (const count of [100, 1_000, 10_000, 100_000]) results.push(...(await oneSubject(dir, count, times)));
  for (const count of quick ? [1_000, 10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000]) {
    results.push(...(await manySubjects(dir, count, times)));
  }
  results.push(...(await correcting(dir, quick ? 300 : 1_000)));
  return results;
};

if (process.argv[1] === import.meta.filename) {
  for (const result of await run({ quick: process.argv.includes('--quick') })) console.log(JSON.stringify(result));
}
