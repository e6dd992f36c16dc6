// One measurement of durable appends in a process of its own: `node appends.one.mjs store|submit|bare WRITERS MS DIR [GROUP]`.
// Both sides are warm when they are measured: it takes the run-time some ten thousand commands to compile all of the door.
// Says in JSON: appends a second, CPU of the process in µs an append, p99 of the event loop's delay in ms, appends a commit.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onOwnNode } from '#own-node';

await onOwnNode();
const { Submit, SubmitHandler } = await import('#command');
const { SqliteEventStore } = await import('#event-store');
const { clients, measureBare, measureStore } = await import('./appends.bench.mjs');

const [kind = '', writers = '', ms = '', dir = '', group = '1'] = process.argv.slice(2);

const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };
const data = { title: 'Community urology services', amount: { pence: 80_354_800 }, stage: 'award confirmed' };

const WARM_MS = 3_000;

/** The whole door: each client takes decisions, one after the other, each on a subject of its own. */
const measureSubmit = async () => {
  const own = mkdtempSync(join(dir, 'register-bench-'));
  let commits = 0;
  const now = () => {
    commits += 1;
    return Date.now();
  };
  const store = await SqliteEventStore.open({ file: join(own, 'log.sqlite'), now });
  const door = new SubmitHandler(store);
  const decide = (who, turn) =>
    door.execute(
      new Submit(
        {
          aggregate: 'decision',
          id: `bench:${who}-${turn}`,
          commandId: `bench/${who}/${turn}`,
          steps: [{ command: 'TakeDecision', effectiveOn: '2025-04-01', data }],
        },
        officer,
      ),
    );
  await clients((who, turn) => decide(`warm-${who}`, turn), { writers: 64, ms: WARM_MS });
  commits = 0;
  const measured = await clients(decide, { writers: Number(writers), ms: Number(ms) });
  await store.close();
  rmSync(own, { recursive: true });
  return { ...measured, group: measured.done / commits };
};

const MEASURES = {
  store: () => measureStore(dir, { writers: Number(writers), ms: Number(ms), warmMs: WARM_MS }),
  submit: measureSubmit,
  bare: () => measureBare(dir, { group: Number(group), ms: Number(ms) }),
};
console.log(JSON.stringify(await MEASURES[kind]()));
