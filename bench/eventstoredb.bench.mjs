// Appends through the EventStoreDB adapter, beside the bare client doing the same appends to the same server: our own
// overhead an event. The server is the stand-in of test/eventstoredb, in a process of its own, so that its CPU is not
// counted; what it costs a real server to write is not measured here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { openEventStoreDb } from '../dist/libs/event-store/src/index.js';
import { benchEvent, clients, median } from './appends.bench.mjs';

const WRITERS = 64;

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
const measureStore = (url, dir, { writers, ms }) =>
  withStore(url, dir, async (store) => {
    const run = (runs += 1);
    const append = async (who, turn) => {
      const expected = turn === 0 ? 'no stream' : { revision: turn - 1 };
      const { kind } = await store.append([
        { stream: `bench/${run}-${who}`, expected, events: [benchEvent(`${run}/${who}/${turn}`)] },
      ]);
      if (kind !== 'appended') throw new Error(`the bench met ${kind}`);
    };
    for (let turn = 0; turn < 200; turn++) await append('warm', turn);
    return clients(append, { writers, ms });
  });

const measureBare = async (url, { writers, ms }) => {
  const client = EventStoreDBClient.connectionString(url);
  const bytes = (text) => new Uint8Array(Buffer.from(text));
  const run = (runs += 1);
  const append = async (who, turn) => {
    const { id, type, payload, envelope } = benchEvent(`${run}/${who}/${turn}`);
    const event = binaryEvent({ id, type, data: bytes(payload), metadata: bytes(envelope) });
    const expectedRevision = turn === 0 ? 'no_stream' : BigInt(turn - 1);
    await client.appendToStream(`bare-${run}-${who}`, event, { expectedRevision });
  };
  for (let turn = 0; turn < 200; turn++) await append('warm', turn);
  const measured = await clients(append, { writers, ms });
  await client.dispose();
  return measured;
};

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

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick = false, dir } = {}) => {
  const [times, ms] = quick ? [3, 1_000] : [5, 3_000];
  return withServer(async (url) => {
    const rows = [];
    for (const writers of [1, WRITERS]) {
      const rounds = [];
      for (let round = 0; round < times; round++) {
        const bare = await measureBare(url, { writers, ms });
        rounds.push({ bare, own: await measureStore(url, dir, { writers, ms }) });
      }
      const of = (pick) => median(rounds.map(pick));
      const name = `EventStoreDB: ${writers} client${writers === 1 ? '' : 's'}`;
      rows.push({
        name: `${name}, appends`,
        unit: '1/s',
        value: of(({ own }) => own.perSecond),
        baseline: of(({ bare }) => bare.perSecond),
        ratio: of(({ own, bare }) => own.perSecond / bare.perSecond),
        note: 'beside the bare client; positions awaited; against the stand-in, not a real server',
      });
      rows.push({
        name: `${name}, CPU an event`,
        unit: 'µs',
        value: of(({ own }) => own.cpuMicros),
        baseline: of(({ bare }) => bare.cpuMicros),
        ratio: of(({ own, bare }) => own.cpuMicros / bare.cpuMicros),
        note: `above the bare client: ${of(({ own, bare }) => own.cpuMicros - bare.cpuMicros).toFixed(0)} µs (aim 100)`,
      });
    }
    const { events, indexed, read } = await measureReading(url, dir);
    const note = `${events} events`;
    rows.push({
      name: 'EventStoreDB: positions of a whole log',
      unit: '1/s',
      value: indexed,
      baseline: null,
      ratio: null,
      note,
    });
    rows.push({
      name: 'EventStoreDB: reading a whole log',
      unit: '1/s',
      value: read,
      baseline: null,
      ratio: null,
      note,
    });
    return rows;
  });
};
