// The views on PostgreSQL beside the same views on SQLite, on one log in one run: following, rebuilding, one subject as
// at a day and as known then, and a page of a list. The server is one of our own, with its disk waited for.
//
// The two are asked turn by turn, so that a machine that is busy is busy for both. Beside them, in the same turns, what
// the client needs for a statement that finds nothing out: no question on PostgreSQL can be cheaper.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { addDays } from '../dist/libs/kernel/src/index.js';
import { openRegister } from '../dist/libs/register/src/open.js';
import { newDatabase, startPostgres } from '../dist/test/postgres/postgres.js';
import { median, quantile } from './appends.bench.mjs';
import { FIRST_DAY, MIXED_DAYS, mixedLog, postView, randomness, readEvent } from './posts.mjs';

const BATCH = 256;

const open = (place, store) => openRegister({ ...place, store, views: [postView], readEvent });

/** Follows a log from its first event, and makes the views anew from it: events a second. */
const writing = async (place, log) => {
  const [head, none] = [log.events.length - 1, { ...log.store, head: async () => -1 }];
  const perSecond = (start, end = performance.now()) => (log.events.length * 1_000) / (end - start);
  const house = await open(place, none);
  let start = performance.now();
  for (let at = 0; at <= head; at += BATCH) await house.follower.handle(log.events.slice(at, at + BATCH));
  const followed = perSecond(start);
  await house.close();
  const again = await open(place, log.store);
  start = performance.now();
  let filled = start;
  const { compared } = await again.rebuild({
    onProgress: (done, all) => {
      if (done === all) filled = performance.now();
    },
  });
  const whole = perSecond(start);
  if (!compared?.every(({ same }) => same)) throw new Error('rebuilt is not what was followed');
  await again.close();
  return { followed, filled: perSecond(start, filled), whole };
};

/** Milliseconds until a new event is in the views for good, by register. */
const following = async (houses, log, times) => {
  const taken = Object.fromEntries(Object.keys(houses).map((side) => [side, []]));
  for (let turn = 0; turn < times; turn++) {
    const event = log.add(1 + turn, MIXED_DAYS.first + 900);
    for (const [side, { follower }] of Object.entries(houses)) {
      const start = performance.now();
      await follower.handle([event]);
      taken[side].push(performance.now() - start);
    }
  }
  return taken;
};

/** Questions, each drawn at random: the same ones to every register. */
const questions = (log, seed) => {
  const random = randomness(seed);
  const whole = (below) => Math.floor(random() * below);
  const head = log.events.length - 1;
  const day = () => addDays(FIRST_DAY, MIXED_DAYS.first + whole(MIXED_DAYS.span));
  const somebody = () => String(1 + whole(log.subjects - 1));
  const point = (id, asAt, position) => (register) => register.point('post', id, { asAt, position });
  const many = (ids, asAt, position) => (register) => register.pointMany('post', ids, { asAt, position });
  const page = (where, asAt, position) => (register) => register.list('post', { first: 20, where }, { asAt, position });
  const then = () => whole(head + 1);
  return {
    'one subject as known now': () => point(somebody(), day(), head),
    'one subject as known then': () => point(somebody(), day(), then()),
    'one with a long history as known then': () =>
      point('0', addDays(FIRST_DAY, MIXED_DAYS.first + whole(9_000)), then()),
    '20 subjects as known then': () => many(Array.from({ length: 20 }, somebody), day(), then()),
    'a page of 20 by a column': () => page({ body: `body-${whole(500)}` }, day(), head),
    'a page of 20 by a column as known then': () => page({ body: `body-${whole(500)}` }, day(), then()),
  };
};

/** Turns of one register before the other has its turn. */
const TURNS = 20;

/** Microseconds of each question, by question and by whom was asked; those asked first are not counted. */
const asking = async (sides, log, times) => {
  const measured = {};
  for (const [what, draw] of Object.entries(questions(log, 2))) {
    const taken = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
    for (let turn = -times / 4; turn < times; turn += TURNS) {
      const drawn = Array.from({ length: TURNS }, draw);
      for (const [side, ask] of Object.entries(sides)) {
        for (const question of drawn) {
          const start = performance.now();
          await ask(question);
          if (turn >= 0) taken[side].push((performance.now() - start) * 1_000);
        }
      }
    }
    measured[what] = taken;
  }
  return measured;
};

/**
 * @param quick 50,000 events instead of 500,000.
 * @param dir where the temporary files go; default the system's.
 */
export const run = async ({ quick, dir } = {}) => {
  const log = mixedLog(quick ? 50_000 : 500_000);
  const events = log.events.length;
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-postgres-bench-'));
  const server = await startPostgres({ durable: true });
  try {
    const database = await newDatabase(server.url);
    const places = {
      sqlite: { directory: join(own, 'sqlite') },
      postgres: { directory: join(own, 'none'), readModelUrl: database.url },
    };
    const rates = { sqlite: await writing(places.sqlite, log), postgres: await writing(places.postgres, log) };
    const houses = { sqlite: await open(places.sqlite, log.store), postgres: await open(places.postgres, log.store) };
    const bare = new pg.Client({ connectionString: database.url });
    await bare.connect();
    // Questions are asked of a database at rest: what it does after a rebuild is no part of a look-up.
    for (const work of ['VACUUM ANALYZE', 'CHECKPOINT']) await bare.query(work);
    const asked = await asking(
      {
        sqlite: (question) => question(houses.sqlite.register),
        postgres: (question) => question(houses.postgres.register),
        floor: () => bare.query({ name: 'floor', text: 'SELECT $1::bigint', values: [1] }),
      },
      log,
      quick ? 2_000 : 5_000,
    );
    await bare.end();
    const single = await following(houses, log, quick ? 200 : 1_000);
    for (const house of Object.values(houses)) await house.close();
    const row = (name, unit, value, baseline, note) => ({ name, unit, value, baseline, ratio: value / baseline, note });
    const rate = (name, what) =>
      row(
        `${name}, PostgreSQL`,
        'events/s',
        rates.postgres[what],
        rates.sqlite[what],
        `${events} events; baseline: SQLite`,
      );
    const results = [
      rate('follow, batches of 256', 'followed'),
      rate('rebuild, filling alone', 'filled'),
      rate('rebuild, filled, compared and switched', 'whole'),
      row(
        'follow, one event, PostgreSQL, p50',
        'ms',
        ...[single.postgres, single.sqlite].map(median),
        'until it is kept, with the disk waited for; baseline: SQLite, which leaves that to the next moment',
      ),
    ];
    for (const [what, { sqlite, postgres, floor }] of Object.entries(asked)) {
      for (const q of [0.5, 0.99]) {
        const [value, baseline, least] = [postgres, sqlite, floor].map((taken) => quantile(taken, q));
        const note = `baseline: SQLite; a bare prepared statement: ${least.toFixed(0)} µs`;
        results.push(row(`${what}, PostgreSQL, p${q * 100}`, 'µs', value, baseline, note));
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
