// The views on PostgreSQL beside the same views on SQLite, in one run on one log: following, rebuilding, one subject as
// at a day and as known then, and a page of a list. The server is one of our own, with its disk waited for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, canonicalJson, instantOf } from '../dist/libs/kernel/src/index.js';
import { openRegister } from '../dist/libs/register/src/open.js';
import { newDatabase, startPostgres } from '../dist/test/postgres/postgres.js';

const FIRST_DAY = '1900-01-01';
const BATCH = 256;

const postView = {
  aggregate: 'post',
  initial: {},
  project: (_state, { data }) => data,
  turns: () => [],
  show: (state) => state,
  title: ({ holder }) => `post of ${holder}`,
  order: ({ holder }) => holder ?? '',
  columns: { holder: ({ holder }) => holder, body: ({ body }) => body },
  lists: { identifier: ({ reference }) => (reference === undefined ? [] : [reference]) },
};

const readEvent = ({ payload, envelope: text, schemaVersion: _, ...event }) => {
  const envelope = JSON.parse(text);
  return { ...event, effectiveOn: envelope.effectiveOn, envelope, data: JSON.parse(payload) };
};

/** Repeatable numbers in [0, 1): mulberry32. */
const randomness = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** A log in memory: five events a subject, every seventh or so recorded late; and one subject with a long history. */
const logOf = (count) => {
  const events = [];
  const streams = new Map();
  const random = randomness(1);
  const subjects = Math.ceil(count / 5);
  for (let position = 0; position < count; position++) {
    const subject = position < subjects ? position : random() < 0.05 ? 0 : Math.floor(random() * subjects);
    const stream = `post/${subject}`;
    const own = streams.get(stream) ?? [];
    streams.set(stream, own);
    const day = 1_000 + own.length * 30 + Math.floor(random() * 40);
    const envelope = { commandId: `bench:${position}`, count: 1, effectiveOn: addDays(FIRST_DAY, day), index: 0 };
    const payload = { body: `body-${position % 500}`, holder: `person ${position % 9973}`, reference: `R/${subject}` };
    own.push({
      ...{
        id: `${stream}#${own.length}`,
        type: 'HolderNamed',
        schemaVersion: 1,
        stream,
        revision: own.length,
        position,
      },
      ...{ payload: canonicalJson(payload), envelope: canonicalJson(envelope), recordedAt: instantOf(position) },
    });
    events.push(own.at(-1));
  }
  return {
    subjects,
    events,
    head: async () => events.length - 1,
    readAll: async (from, limit) => events.slice(from, from + limit),
    readStream: async (stream) => streams.get(stream) ?? [],
  };
};

const quantile = (numbers, q) => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * q)] ?? Number.NaN;

/** Milliseconds of each of several askings, after some that are not counted. */
const timesOf = async (times, ask) => {
  for (let turn = 0; turn < 300; turn++) await ask();
  const taken = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await ask();
    taken.push(performance.now() - start);
  }
  return taken;
};

/** Everything that is measured, on one read model. */
const measured = async (place, log, times) => {
  const empty = { ...log, head: async () => -1 };
  const house = await openRegister({ ...place, store: empty, views: [postView], readEvent });
  const head = log.events.length - 1;
  let start = performance.now();
  for (let at = 0; at <= head; at += BATCH) await house.follower.handle(log.events.slice(at, at + BATCH));
  const followed = log.events.length / ((performance.now() - start) / 1_000);
  await house.close();
  const again = await openRegister({ ...place, store: log, views: [postView], readEvent });
  let done = 0;
  start = performance.now();
  let filled = start;
  const { compared } = await again.rebuild({
    onProgress: (steps, all) => {
      done = steps;
      if (steps === all) filled = performance.now();
    },
  });
  if (done === 0 || !compared?.every(({ same }) => same)) throw new Error('rebuilt is not what was followed');
  const [rebuilt, whole] = [filled - start, performance.now() - start].map((ms) => log.events.length / (ms / 1_000));
  const random = randomness(2);
  const day = () => addDays(FIRST_DAY, 1_000 + Math.floor(random() * 400));
  const somebody = () => String(1 + Math.floor(random() * (log.subjects - 1)));
  const then = () => Math.floor(random() * (head + 1));
  const point = (id, position) => () => again.register.point('post', id(), { asAt: day(), position: position() });
  const page = (where) => () => again.register.list('post', { first: 50, ...where() }, { asAt: day(), position: head });
  const asked = {
    'one subject as known now': await timesOf(
      times,
      point(somebody, () => head),
    ),
    'one subject as known then': await timesOf(times, point(somebody, then)),
    'one subject with a long history as known then': await timesOf(
      times,
      point(() => '0', then),
    ),
    'a page of 50 by a column': await timesOf(
      times / 10,
      page(() => ({ where: { body: `body-${Math.floor(random() * 500)}` } })),
    ),
    'a page of 50 of everything': await timesOf(
      times / 10,
      page(() => ({})),
    ),
  };
  await again.close();
  return { followed, rebuilt, whole, asked };
};

/**
 * @param quick 50,000 events instead of 500,000.
 * @param dir where the temporary files go; default the system's.
 */
export const run = async ({ quick, dir } = {}) => {
  const log = logOf(quick ? 50_000 : 500_000);
  const times = quick ? 2_000 : 5_000;
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-postgres-bench-'));
  const server = await startPostgres({ durable: true });
  try {
    const database = await newDatabase(server.url);
    const sqlite = await measured({ directory: join(own, 'sqlite') }, log, times);
    const postgres = await measured({ directory: join(own, 'none'), readModelUrl: database.url }, log, times);
    const note = `${log.events.length} events; baseline: the same on SQLite`;
    const rate = (name, what) => {
      const [value, baseline] = [postgres[what], sqlite[what]];
      return { name: `${name}, PostgreSQL`, unit: 'events/s', value, baseline, ratio: value / baseline, note };
    };
    const results = [
      rate('follow, batches of 256', 'followed'),
      rate('rebuild', 'rebuilt'),
      rate('rebuild, compared and switched', 'whole'),
    ];
    for (const [what, taken] of Object.entries(postgres.asked)) {
      for (const q of [0.5, 0.99]) {
        const [value, baseline] = [taken, sqlite.asked[what]].map((times) => quantile(times, q) * 1_000);
        results.push({
          name: `${what}, PostgreSQL, p${q * 100}`,
          unit: 'µs',
          value,
          baseline,
          ratio: value / baseline,
          note,
        });
      }
    }
    return results;
  } finally {
    await server.stop();
    rmSync(own, { recursive: true, force: true });
  }
};

if (process.argv[1] === import.meta.filename) {
  for (const result of await run({ quick: process.argv.includes('--quick') })) console.log(JSON.stringify(result));
}
