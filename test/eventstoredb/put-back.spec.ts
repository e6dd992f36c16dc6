import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDbEventStore, LogLoss, StoreFault } from '#event-store';
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

describe('a log that was put back while nobody had it open', () => {
  const opening = async (server: Server, dir: string, more = {}): Promise<string> =>
    trial.store(server, { dir, ...more }).then(
      async (store) => {
        const head = await store.head();
        await store.close();
        return `opened at ${head}`;
      },
      ({ code, message }) => `${code}: ${message}`,
    );
  const before = async (): Promise<readonly [Server, string, Log]> => {
    const [server, dir] = [await trial.server(), trial.dir()];
    const store = await opened(server, { dir });
    await recorded(store, 0, 2);
    const older = server.log.copy();
    await recorded(store, 2, 4);
    await store.close();
    return [server, dir, older];
  };

  it.each(LOGS)('is refused where it is %s, until somebody accepts what is missing', async (_, make) => {
    const [server, dir, older] = await before();
    await server.putBack(await make(older));
    const refused =
      /^LOG_OLDER_THAN_KNOWN: .*eventstoredb-main.sqlite knows register main up to position 3, recorded at .*/;
    expect(await opening(server, dir)).toMatch(refused);
    const losses: LogLoss[] = [];
    const onLoss = (loss: LogLoss): void => void losses.push(loss);
    expect(await opening(server, dir, { onLoss, readOnly: true })).toMatch(/^opened at/);
    expect(await opening(server, dir)).toMatch(refused);
    expect(await opening(server, dir, { onLoss })).toMatch(/^opened at/);
    expect(await opening(server, dir)).toMatch(/^opened at/);
    const head = server.log.records.filter(({ stream }) => stream.startsWith('register-main|')).length - 1;
    expect(losses.map(({ known, found }) => [known.position, found])).toEqual([
      [3, head],
      [3, head],
    ]);
  });

  it('is told from another register’s, which begins with the same id', async () => {
    const [server, dir] = [await trial.server(), trial.dir()];
    const store = await opened(server, { dir });
    await recorded(store, 0, 3);
    await store.close();
    const other = await trial.server();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await recorded(await opened(other), 0, 3);
    expect(await opening(other, dir, { onLoss: () => undefined })).toMatch(/^STORE_INDEX_OF_ANOTHER_LOG/);
  });
});
