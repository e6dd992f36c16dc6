// `node bench/peers/append.mjs postgres|castore CLIENTS MS URL`: durable appends by peers, in a process of its own.
import { randomUUID } from 'node:crypto';
import { EventStore, EventType } from '@castore/core';
import { PostgresEventStorageAdapter } from '@castore/event-storage-adapter-postgres';
import pg from 'pg';
import { clients } from '../appends.bench.mjs';

const [kind, writers, ms, connectionString] = process.argv.slice(2);
const payload = { title: 'Community urology services', amount: { pence: 80_354_800 }, stage: 'award confirmed' };

/** One row a decision, each a transaction; a connection a client, twenty at most. */
const postgres = async () => {
  const pool = new pg.Pool({ connectionString, max: Math.min(20, Number(writers)) });
  await pool.query(`CREATE TABLE IF NOT EXISTS plain_event (position bigserial PRIMARY KEY, stream text, revision int, type text,
    payload text, envelope text, recorded_at timestamptz DEFAULT now(), UNIQUE (stream, revision))`);
  const text = 'INSERT INTO plain_event (stream, revision, type, payload, envelope) VALUES ($1, 0, $2, $3, $4)';
  const envelope = JSON.stringify({ actor: { id: 'bench' }, commandId: randomUUID(), effectiveOn: '2025-04-01' });
  const append = () => {
    const values = [`decision/${randomUUID()}`, 'DecisionTaken', JSON.stringify(payload), envelope];
    return pool.query({ name: 'append', text, values });
  };
  return { append, close: () => pool.end() };
};

/** What a command handler of castore does: read the aggregate, decide, push with the version that was read. */
const castore = async () => {
  await PostgresEventStorageAdapter.createEventTable({ connectionString }).catch(() => {});
  const store = new EventStore({
    eventStoreId: 'DECISIONS',
    eventTypes: [new EventType({ type: 'DECISION_TAKEN' })],
    reducer: (_, { aggregateId, version, payload: said }) => ({ aggregateId, version, ...said }),
    eventStorageAdapter: new PostgresEventStorageAdapter({ connectionString }),
  });
  const append = async () => {
    const aggregateId = randomUUID();
    const { aggregate } = await store.getAggregate(aggregateId);
    const version = (aggregate?.version ?? 0) + 1;
    await store.pushEvent({ aggregateId, version, type: 'DECISION_TAKEN', payload });
  };
  return { append, close: async () => {} };
};

const { append, close } = await { postgres, castore }[kind]();
for (let turn = 0; turn < 200; turn++) await append();
const { perSecond } = await clients(append, { writers: Number(writers), ms: Number(ms) });
await close();
console.log(JSON.stringify({ perSecond }));
process.exit();
