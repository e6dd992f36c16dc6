import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDbEventStore, StoreFault } from '#event-store';
import type { Log } from './server.mjs';
import { Log as ServerLog } from './server.mjs';
import { said, Trial, write } from './trial.js';

const trial = new Trial();
let told: StoreFault[] = [];
afterEach(async () => {
  told = [];
  await trial.end();
});

type Server = Awaited<ReturnType<Trial['server']>>;

const opened = (server: Server, more = {}): Promise<EventStoreDbEventStore> =>
  trial.store(server, { positionMs: 1_000, resolveMs: 1_000, onReplaced: (fault) => told.push(fault), ...more });
const recorded = async (store: EventStoreDbEventStore, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at++) await store.append(write('s', at - 1, said(`c${at}`)));
};
const outcomeOf = (work: Promise<{ readonly kind: string }>): Promise<string> =>
  work.then(
    ({ kind }) => kind,
    ({ code }) => String(code),
  );
const until = async (found: () => boolean): Promise<void> => {
  for (let tries = 0; !found() && tries < 200; tries++) await pause(20);
};

/** What may stand there after somebody put something back, made from the log as it was after two of four events. */
const LOGS: readonly (readonly [name: string, make: (older: Log) => Log | Promise<Log>])[] = [
  ['an older copy', (older) => older],
  [
    'an older copy that others went on with',
    async (older) => {
      const server = await trial.server({ log: older });
      const other = await trial.store(server);
      for (let at = 2; at < 6; at++) await other.append(write('s', at - 1, said(`other${at}`)));
      await other.close();
      const gone = server.log.copy();
      return gone;
    },
  ],
  ['an empty one', () => new ServerLog()],
];

describe('a log that is put back under an open store', () => {
  it.each(LOGS)('takes nothing more where it is %s: not acknowledged, told once, and read no more', async (_, make) => {
    const server = await trial.server();
    const store = await opened(server);
    await recorded(store, 0, 2);
    const older = server.log.copy();
    await recorded(store, 2, 4);
    await server.putBack(await make(older));
    expect(await outcomeOf(store.append(write('s', 3, said('c4'))))).toMatch(/^(unknown|STORE_REPLACED)$/);
    expect(await outcomeOf(store.append(write('new', -1, said('new'))))).toMatch(/^(unknown|STORE_REPLACED)$/);
    const many = Array.from({ length: 20 }, (_unused, at) => write(`n${at}`, -1, said(`n${at}`)));
    const outcomes = await Promise.all(many.map((writes) => outcomeOf(store.append(writes))));
    expect(outcomes).not.toContain('appended');
    await until(() => told.length > 0);
    expect(await outcomeOf(store.append(write('new', -1, said('new'))))).toBe('STORE_REPLACED');
    await expect(store.readStream('s')).rejects.toMatchObject({ code: 'STORE_REPLACED' });
    await expect(store.readAll(0, 9)).rejects.toMatchObject({ code: 'STORE_REPLACED' });
    expect(told).toEqual([expect.objectContaining({ code: 'STORE_REPLACED' })]);
  });

  it('is noticed where nobody writes', async () => {
    const server = await trial.server();
    const store = await opened(server);
    await recorded(store, 0, 3);
    const waiting = store.whenBeyond(2, new AbortController().signal);
    await server.putBack(new ServerLog());
    await waiting;
    await until(() => told.length > 0);
    await expect(store.head()).rejects.toMatchObject({ code: 'STORE_REPLACED' });
  });

  it('is not suspected where it is the same: after restarts, with other people’s events, and while answers go astray', async () => {
    const server = await trial.server();
    const store = await opened(server, { resolveMs: 5_000 });
    await recorded(store, 0, 3);
    await server.putBack(server.log.copy());
    server.faults.next('append', { kind: 'lost answer' });
    expect(await outcomeOf(store.append(write('s', 2, said('c3'))))).toBe('appended');
    await server.restart();
    expect(await outcomeOf(store.append(write('s', 3, said('c4'))))).toBe('appended');
    expect(await store.head()).toBe(4);
    expect(told).toEqual([]);
  });
});
