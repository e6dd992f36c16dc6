// What EventStoreDB costs: appends by the bare client, a call each and by its stream of appends, through our store and
// through Submit, with 1, 16 and 64 writers; an import beside what 16 writers append; a rebuild beside one from SQLite.
// Those that are compared take turns, many short ones, and what is told is the median of the ratios between neighbours,
// so that a machine that is busy is busy for all. The server is the stand-in of test/eventstoredb in a process of its
// own: its CPU is not counted, and what it costs a real server to write is not measured here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { importFiles } from '../dist/apps/cli/src/import/import.js';
import { Submit, SubmitHandler } from '../dist/libs/command/src/index.js';
import { openEventStoreDb, readPages, SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { eventReader } from '../dist/libs/governance/src/index.js';
import { openRegister, VIEWS } from '../dist/libs/register/src/index.js';
import { benchEvent, clients, median } from './appends.bench.mjs';

const WRITERS = [1, 16, 64];

let runs = 0;

const withServer = async (work) => {
  const program = new URL('../test/eventstoredb/server.mjs', import.meta.url).pathname;
  const server = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface(server.stdout), 'line');
    return await work(JSON.parse(line).url);
  } finally {
    server.kill('SIGKILL');
  }
};

const withStore = async (url, dir, work) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const store = await openEventStoreDb({ url, dir: own });
  try {
    return await work(store);
  } finally {
    await store.close();
    rmSync(own, { recursive: true });
  }
};

/** Each client writes to a stream of its own, one event after the other. */
const throughStore = (store) => {
  const run = (runs += 1);
  return async (who, turn) => {
    const expected = turn === 0 ? 'no stream' : { revision: turn - 1 };
    const { kind } = await store.append([
      { stream: `bench/${run}-${who}`, expected, events: [benchEvent(`${run}/${who}/${turn}`)] },
    ]);
    if (kind !== 'appended') throw new Error(`the bench met ${kind}`);
  };
};

const bytes = (text) => new Uint8Array(Buffer.from(text));

/**
 * The same with nothing but the client. Credentials of its own make each append a call of its own, as those of the
 * adapter are: the client's one long-lived stream of appends has defects that the adapter keeps clear of (ADR 13).
 *
 * @param credentials `undefined` for that stream.
 */
const throughClient = (client, credentials) => {
  const run = (runs += 1);
  return async (who, turn) => {
    const { id, type, payload, envelope } = benchEvent(`${run}/${who}/${turn}`);
    const event = binaryEvent({ id, type, data: bytes(payload), metadata: bytes(envelope) });
    const expectedRevision = turn === 0 ? 'no_stream' : BigInt(turn - 1);
    await client.appendToStream(`bare-${run}-${who}`, event, { expectedRevision, ...(credentials && { credentials }) });
  };
};

const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };

/** Each client takes decisions, one after the other, each on a subject of its own. */
const throughSubmit = (door) => {
  const run = (runs += 1);
  return (who, turn) => {
    const data = { title: 'Community urology services', amount: { pence: 80_354_800 }, stage: 'award confirmed' };
    const steps = [{ command: 'TakeDecision', effectiveOn: '2025-04-01', data }];
    const id = `bench:${run}-${who}-${turn}`;
    return door.execute(new Submit({ aggregate: 'decision', id, commandId: id, steps }, officer));
  };
};

/** How long each side runs with 16 writers before anything is measured: the door is compiled after some ten thousand commands. */
const WARM_MS = 4_000;

/** Rounds of short turns. */
const rounds = async (sides, { writers, ms, times }) => {
  for (const append of Object.values(sides)) await clients(append(), { writers, ms: 2 * ms });
  const measured = [];
  for (let turn = 0; turn < times; turn++) {
    const round = {};
    const order = Object.entries(sides);
    for (const [side, append] of turn % 2 === 0 ? order : order.toReversed()) {
      round[side] = await clients(append(), { writers, ms });
    }
    measured.push(round);
  }
  return measured;
};

/** Who is measured, beside whom, and the ratio aimed at. */
const SIDES = {
  call: ['the client, a call each', null, null],
  stream: ['the client, its stream of appends', 'call', null],
  store: ['our store', 'call', 0.85],
  submit: ['through Submit', 'store', 0.7],
};

const rowsOf = (measured, writers) =>
  Object.entries(SIDES).flatMap(([side, [name, beside, aim]]) => {
    const of = (pick) => median(measured.map(pick));
    const row = (what, unit, key) => ({
      name: `EventStoreDB, ${writers} writer${writers === 1 ? '' : 's'}: ${name}${what}`,
      unit,
      value: of((round) => round[side][key]),
      baseline: beside && of((round) => round[beside][key]),
      ratio: beside && of((round) => round[side][key] / round[beside][key]),
      note: beside ? `beside ${SIDES[beside][0]}${aim && key === 'perSecond' ? `; aim ${aim}` : ''}` : '',
    });
    return [row('', '1/s', 'perSecond'), row(', CPU', 'µs/append', 'cpuMicros')];
  });

/** Reads the whole log from the server, as a first start and a rebuild do. */
const measureReading = async (url, dir) => {
  const start = performance.now();
  return withStore(url, dir, async (store) => {
    const opened = performance.now();
    let events = 0;
    for (let page = await store.readAll(0, 1_000); page.length > 0; page = await store.readAll(events, 1_000)) {
      events += page.length;
    }
    const end = performance.now();
    return { events, indexed: (events / (opened - start)) * 1_000, read: (events / (end - opened)) * 1_000 };
  });
};

/** Rows a second of an import of decisions, beside what 16 writers append to the same server before and after. */
const measureImport = async (url, dir, { ms }) =>
  withStore(url, dir, async (store) => {
    const folder = new URL('../examples/uk-commons-decisions/', import.meta.url).pathname;
    const append = () => clients(throughStore(store), { writers: 16, ms });
    const before = await append();
    const start = performance.now();
    const order = { files: [join(folder, 'decisions.csv.gz')], mappings: [join(folder, 'decisions.yaml')] };
    const { total } = await importFiles(store, officer, order);
    const value = (total.rows * 1_000) / (performance.now() - start);
    const baseline = (before.perSecond + (await append()).perSecond) / 2;
    const note = `${total.rows} rows, ${total.refused} refused; beside appends of 16 writers; aim 0.5`;
    return [{ name: 'EventStoreDB: import', unit: 'rows/s', value, baseline, ratio: value / baseline, note }];
  });

const secondsToRebuild = async (store, dir) => {
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const start = performance.now();
  const house = await openRegister({ directory: own, store, views: VIEWS, readEvent: eventReader() });
  if ((await house.follower.checkpoint()) < 0) await house.rebuild();
  const seconds = (performance.now() - start) / 1_000;
  await house.close();
  rmSync(own, { recursive: true });
  return seconds;
};

/** Views made from the log on the server, beside those from the same log on SQLite, in turns. */
const measureRebuild = async (url, dir, { times }) =>
  withStore(url, dir, async (store) => {
    const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
    const copy = await SqliteEventStore.open({ file: join(own, 'log.sqlite') });
    for await (const page of readPages(store)) {
      const writes = page.map(({ stream, revision, id, type, schemaVersion, payload, envelope }) => ({
        stream,
        expected: revision === 0 ? 'no stream' : { revision: revision - 1 },
        events: [{ id, type, schemaVersion, payload, envelope }],
      }));
      for (let at = 0; at < writes.length; at += 200) await copy.append(writes.slice(at, at + 200));
    }
    const events = (await copy.head()) + 1;
    const measured = [];
    for (let turn = 0; turn < times; turn++) {
      const embedded = await secondsToRebuild(copy, dir);
      measured.push({ embedded, server: await secondsToRebuild(store, dir) });
    }
    await copy.close();
    rmSync(own, { recursive: true });
    const of = (pick) => median(measured.map(pick));
    return [
      {
        name: 'EventStoreDB: rebuild',
        unit: 's',
        value: of(({ server }) => server),
        baseline: of(({ embedded }) => embedded),
        ratio: of(({ server, embedded }) => server / embedded),
        note: `${events} events; beside SQLite; aim at most 1.5`,
      },
    ];
  });

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick = false, dir } = {}) => {
  const [times, ms] = quick ? [8, 250] : [30, 500];
  const rows = await withServer(async (url) => {
    const client = EventStoreDBClient.connectionString(url);
    const measured = await withStore(url, dir, async (store) => {
      const door = new SubmitHandler(store);
      const sides = {
        call: () => throughClient(client, { username: 'bench', password: 'bench' }),
        stream: () => throughClient(client),
        store: () => throughStore(store),
        submit: () => throughSubmit(door),
      };
      for (const append of Object.values(sides)) await clients(append(), { writers: 16, ms: WARM_MS });
      const tables = [];
      for (const writers of WRITERS) tables.push(...rowsOf(await rounds(sides, { writers, ms, times }), writers));
      return tables;
    });
    await client.dispose();
    const { events, indexed, read } = await measureReading(url, dir);
    const rate = { unit: '1/s', baseline: null, ratio: null, note: `${events} events` };
    return [
      ...measured,
      { name: 'EventStoreDB: positions of a whole log', value: indexed, ...rate },
      { name: 'EventStoreDB: reading a whole log', value: read, ...rate },
    ];
  });
  return withServer(async (url) => [
    ...rows,
    ...(await measureImport(url, dir, { ms: 4 * ms })),
    ...(await measureRebuild(url, dir, { times: quick ? 1 : 3 })),
  ]);
};
