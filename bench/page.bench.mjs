// A page of 20 decisions with their bodies over HTTP: the built register beside a constant answer from a bare Apollo server,
// and beside Apollo over two tables by hand. Every server and every client is a process of its own; sides take turns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import 'reflect-metadata';
import { readConfiguration } from '../dist/libs/access/src/index.js';
import { SubmitHandler } from '../dist/libs/command/src/index.js';
import { createLog } from '../dist/apps/api/src/logging.js';
import { startRegister } from '../dist/apps/api/src/register.runtime.js';
import { median } from './appends.bench.mjs';
import { BODIES, dayOf, filled, titleOf } from './decisions.mjs';
import { asked, REGISTER, started, stopped } from './servers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const page = (args) => `{ decisions(first: 20${args}) { basis { position }
  edges { node { id title datedOn recordedAt decidedBy { id name } } cursor } pageInfo { endCursor hasNextPage } } }`;

/** The same rows as somebody would keep them who asks this one question. */
export const handMade = (file, decisions) => {
  const db = new Database(file);
  db.exec(`CREATE TABLE body (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE decision (id TEXT PRIMARY KEY, title TEXT, dated_on TEXT, amount INTEGER, recorded_at TEXT, body TEXT);
    CREATE INDEX by_day ON decision (dated_on, id)`);
  const body = db.prepare('INSERT INTO body VALUES (?, ?)');
  const decision = db.prepare('INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let index = 0; index < BODIES; index++) body.run(`body/bench:body-${index}`, `Board number ${index}`);
    for (let index = 0; index < decisions; index++) {
      const row = [`decision/bench:${index}`, titleOf(index), dayOf(index), index * 100, '2025-03-01T12:00:00.000Z'];
      decision.run(...row, `body/bench:body-${index % BODIES}`);
    }
  })();
  db.close();
};

/** A register that holds so many decisions, stopped. @returns the settings to start it with. */
export const filledRegister = async (folder, decisions) => {
  const settings = { DATA_DIR: join(folder, 'register'), SAMPLE: 'off', LOG_LEVEL: 'silent' };
  const runtime = await startRegister(readConfiguration(settings), createLog('silent'));
  await filled(new SubmitHandler(runtime.store), decisions);
  await runtime.register.waitFor(await runtime.store.head(), 60_000);
  await runtime.close();
  return settings;
};

/** What is measured is a page of twenty, whoever gives it. */
const refuseUnlessWhole = async (side, { url }, query) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = await answer.json();
  if (data?.decisions.edges.length !== 20) throw new Error(`${side} gives no page of 20: ${JSON.stringify(data)}`);
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const folder = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const decisions = quick ? 5_000 : 50_000;
  const settings = await filledRegister(folder, decisions);
  handMade(join(folder, 'by-hand.sqlite'), decisions);
  const server = join(here, 'page.server.mjs');
  const sides = {
    ours: await started([REGISTER], { ...settings, PORT: '0' }),
    hand: await started([server, 'by-hand', join(folder, 'by-hand.sqlite')]),
    constant: await started([server, 'constant']),
  };
  const questions = [
    ...[
      ['ours', page('')],
      ['hand', page('')],
      ['constant', page('')],
    ],
    ['past', page(', asAt: "2020-06-01", asKnownAt: "p5000"')],
  ].map(([side, query]) => [side, sides[side] ?? sides.ours, query]);
  const measures = {};
  try {
    for (const [side, asking, query] of questions) {
      await refuseUnlessWhole(side, asking, query);
      await asked(asking, 1_000, query);
    }
    for (let round = 0; round < (quick ? 3 : 5); round++) {
      for (const [side, asking, query] of questions) {
        (measures[side] ??= []).push(await asked(asking, quick ? 1_500 : 4_000, query));
      }
    }
  } finally {
    await Promise.all(Object.values(sides).map(({ child }) => stopped(child)));
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (side, key) => median(measures[side].map((one) => one[key]));
  const row = (name, unit, key, side, against, note) => ({
    name,
    unit,
    value: of(side, key),
    baseline: of(against, key),
    ratio: of(side, key) / of(against, key),
    note: `${decisions} decisions held; baseline: ${note}`,
  });
  const hand = 'Apollo over two SQLite tables by hand';
  const what = 'a page of 20 decisions with bodies, 8 clients';
  return [
    row(what, 'pages/s', 'perSecond', 'ours', 'hand', hand),
    row(what, 'pages/s', 'perSecond', 'ours', 'constant', 'a constant answer from a bare Apollo server'),
    row(`${what}, at a past basis`, 'pages/s', 'perSecond', 'past', 'hand', hand),
    row(`${what}: processor time of the server`, 'µs', 'cpu', 'ours', 'hand', hand),
    row(`${what}, at a past basis: processor time`, 'µs', 'cpu', 'past', 'hand', hand),
    row(`${what}: p50`, 'ms', 'p50', 'ours', 'hand', hand),
    row(`${what}: p99`, 'ms', 'p99', 'ours', 'hand', hand),
    {
      ...{ name: `${what}: p99 of its own p50`, unit: 'ms', value: of('ours', 'p99'), baseline: of('ours', 'p50') },
      ...{ ratio: of('ours', 'p99') / of('ours', 'p50'), note: 'baseline: the p50 of the register itself' },
    },
  ];
};
