// Appends through the EventStoreDB adapter, beside the bare client doing the same appends: our own overhead an event. The
// two take turns, many short ones, and what is told is the median of the differences between neighbours, so that a
// machine that is busy is busy for both. Each has a server of its own, the stand-in of test/eventstoredb in a process of
// its own: its CPU is not counted, and what it costs a real server to write is not measured here.
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

/** Pairs of short turns, after as many events each as it takes to be warm. */
const paired = async (own, bare, { writers, ms, times }) => {
  for (const append of [own(), bare()]) await clients(append, { writers, ms: 4 * ms });
  const pairs = [];
  for (let turn = 0; turn < times; turn++) {
    const measured = {};
    const sides = { own, bare };
    for (const side of turn % 2 === 0 ? ['own', 'bare'] : ['bare', 'own']) {
      measured[side] = await clients(sides[side](), { writers, ms });
    }
    pairs.push(measured);
  }
  return pairs;
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
  const [times, ms] = quick ? [10, 300] : [30, 500];
  return withServer((url) =>
    withServer(async (other) => {
      const client = EventStoreDBClient.connectionString(other);
      const rows = await withStore(url, dir, async (store) => {
        const measured = [];
        for (const writers of [1, WRITERS]) {
          const call = { username: 'bench', password: 'bench' };
          const pairs = await paired(
            () => throughStore(store),
            () => throughClient(client, call),
            { writers, ms, times },
          );
          const stream = await clients(throughClient(client), { writers, ms });
          const of = (pick) => median(pairs.map(pick));
          const name = `EventStoreDB: ${writers} client${writers === 1 ? '' : 's'}`;
          measured.push({
            name: `${name}, appends`,
            unit: '1/s',
            value: of(({ own }) => own.perSecond),
            baseline: of(({ bare }) => bare.perSecond),
            ratio: of(({ own, bare }) => own.perSecond / bare.perSecond),
            note: 'beside the bare client; positions awaited; against the stand-in, not a real server',
          });
          measured.push({
            name: `${name}, CPU an event`,
            unit: 'µs',
            value: of(({ own }) => own.cpuMicros),
            baseline: of(({ bare }) => bare.cpuMicros),
            ratio: of(({ own, bare }) => own.cpuMicros / bare.cpuMicros),
            note: `above the bare client: ${of(({ own, bare }) => own.cpuMicros - bare.cpuMicros).toFixed(0)} µs (aim 100), of ${times} pairs of ${ms} ms; the client's stream of appends: ${stream.cpuMicros.toFixed(0)} µs`,
          });
        }
        return measured;
      });
      await client.dispose();
      const { events, indexed, read } = await measureReading(url, dir);
      const rate = (name, value) => ({
        name,
        unit: '1/s',
        value,
        baseline: null,
        ratio: null,
        note: `${events} events`,
      });
      return [
        ...rows,
        rate('EventStoreDB: positions of a whole log', indexed),
        rate('EventStoreDB: reading a whole log', read),
      ];
    }),
  );
};
