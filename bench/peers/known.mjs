// `node bench/peers/known.mjs register|tree|bitemporal SUBJECTS EVENTS TIMES [URL]`: one subject as at a day, as known at a
// position, asked so often, over the same history. Says the p50 in µs, and how many questions found something.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { addDays } from '../../dist/libs/kernel/src/index.js';
import { openRegister } from '../../dist/libs/register/src/open.js';
import { quantile } from '../appends.bench.mjs';
import { FIRST_DAY, logInMemory, postView, randomness, readEvent } from '../posts.mjs';

const [kind, subjects, each, times, url] = process.argv.slice(2);
const SPAN = 3_000;

/** Events in order of recording: nine of ten say what begins later than all before, one is late. */
const log = logInMemory();
const random = randomness(5);
for (let number = 0; number < Number(each); number++) {
  for (let subject = 0; subject < Number(subjects); subject++) {
    const newest = Math.floor(((number + 1) * SPAN) / (Number(each) + 1));
    log.add(subject, random() < 0.9 ? newest : Math.floor(random() * newest));
  }
}
const events = log.events.map((event) => ({ ...readEvent(event), subject: event.stream.slice('post/'.length) }));

const register = async (folder) => {
  const house = await openRegister({ directory: folder, store: log.store, views: [postView], readEvent });
  await house.follower.handle(log.events.slice((await house.follower.checkpoint()) + 1));
  const asked = async (id, asAt, position) =>
    (await house.register.point('post', id, { asAt, position })).kind === 'found';
  return { asked, close: () => house.close() };
};

/** The newest event on the latest day not after the day, of those recorded by then. */
const tree = (folder) => {
  const db = new Database(join(folder, 'events.sqlite'));
  db.exec(`CREATE TABLE event (subject TEXT, day TEXT, position INTEGER, state TEXT,
    PRIMARY KEY (subject, day DESC, position DESC)) WITHOUT ROWID`);
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?)');
  db.transaction(() => {
    for (const { subject, effectiveOn, position, data } of events)
      insert.run(subject, effectiveOn, position, JSON.stringify(data));
  })();
  const seek = db.prepare(`SELECT state FROM event WHERE subject = ? AND day <= ? AND position <= ?
    ORDER BY day DESC, position DESC LIMIT 1`);
  const asked = async (id, day, position) => {
    const found = seek.get(id, day, position);
    return found !== undefined && JSON.parse(found.state) !== null;
  };
  return { asked, close: async () => db.close() };
};

/** Rectangles of (days, positions), none over another of the same subject: what the database itself refuses. */
const rectangles = () => {
  const all = [];
  const open = new Map();
  for (const { subject, effectiveOn: day, position, data } of events) {
    const standing = open.get(subject) ?? [];
    const at = standing.findLastIndex(({ from }) => from <= day);
    const covering = standing[at];
    const until = covering ? covering.until : (standing[0]?.from ?? null);
    const made = [{ from: day, until, since: position, data }];
    if (covering && covering.from < day) made.unshift({ ...covering, until: day, since: position });
    if (covering) all.push({ subject, ...covering, to: position });
    standing.splice(at < 0 ? 0 : at, covering ? 1 : 0, ...made);
    open.set(subject, standing);
  }
  for (const [subject, standing] of open) for (const one of standing) all.push({ subject, ...one, to: null });
  // What was said and replaced by the same event was never known.
  return all.filter(({ since, to }) => since !== to);
};

const bitemporal = async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP TABLE IF EXISTS post; CREATE EXTENSION IF NOT EXISTS btree_gist;
    CREATE TABLE post (id text, valid daterange, known int8range, state text,
      EXCLUDE USING gist (id WITH =, valid WITH &&, known WITH &&))`);
  const rows = rectangles();
  for (let from = 0; from < rows.length; from += 1_000) {
    const some = rows.slice(from, from + 1_000);
    await client.query(
      `INSERT INTO post SELECT id, daterange(a, b), int8range(c, d), state
       FROM unnest($1::text[], $2::date[], $3::date[], $4::int8[], $5::int8[], $6::text[]) AS r(id, a, b, c, d, state)`,
      ['subject', 'from', 'until', 'since', 'to', 'data'].map((key) =>
        some.map((row) => (key === 'data' ? JSON.stringify(row.data) : row[key])),
      ),
    );
  }
  await client.query('ANALYZE post');
  const text = 'SELECT state FROM post WHERE id = $1 AND valid @> $2::date AND known @> $3::int8';
  const asked = async (id, day, position) => {
    const { rows: found } = await client.query({ name: 'known', text, values: [id, day, position] });
    return found.length > 0 && JSON.parse(found[0].state) !== null;
  };
  return { asked, close: () => client.end() };
};

const folder = mkdtempSync(join(tmpdir(), 'register-peers-'));
const { asked, close } = await { register, tree, bitemporal }[kind](folder);
const questions = Array.from({ length: Number(times) }, () => [
  String(Math.floor(random() * Number(subjects))),
  addDays(FIRST_DAY, Math.floor(random() * SPAN)),
  Math.floor(random() * events.length),
]);
for (const question of questions.slice(0, 500)) await asked(...question);
let found = 0;
const taken = [];
for (const question of questions) {
  const start = performance.now();
  if (await asked(...question)) found += 1;
  taken.push((performance.now() - start) * 1_000);
}
await close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ p50: quantile(taken, 0.5), p99: quantile(taken, 0.99), found }));
