import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventOf, eventStoreContract } from '../contract/event-store.contract.js';
import type { EventStore } from '../event-store.js';
import { openEventStore } from '../open.js';
import { SqliteEventStore } from '../sqlite/sqlite.event-store.js';
import { answerAppends } from './answering-appends.js';
import { BesideEventStore } from './beside.event-store.js';
import { listenBeside } from './socket.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'register-beside-'));

interface Held {
  readonly store: SqliteEventStore;
  readonly server: Server;
  end(): Promise<void>;
}

/** A program that holds a log and gives it to others. */
const holding = async (dir: string, options: { readonly now?: () => number } = {}): Promise<Held> => {
  const store = await SqliteEventStore.open({ file: join(dir, 'log.sqlite'), ...options });
  const server = createServer((request, response) => void answerAppends(store, request, response));
  const socket = await listenBeside(server, dir);
  return {
    store,
    server,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      socket.remove();
      await store.close();
    },
  };
};

const beside = async (dir: string): Promise<EventStore> => {
  const store = await BesideEventStore.open(dir, () => openEventStore('sqlite:', dir, { readOnly: true }));
  if (!store) throw new Error('nobody gives a log there');
  return store;
};

eventStoreContract('BesideEventStore', async (options) => {
  const dir = temporary();
  const held = await holding(dir, options);
  const open = (): Promise<EventStore> => beside(dir);
  const dispose = async (): Promise<void> => {
    await held.end();
    rmSync(dir, { recursive: true });
  };
  return { store: await open(), reopen: open, beside: async () => held.store, dispose };
});

describe('the log of a server beside', () => {
  let dir = '';
  let held: Held | undefined;
  afterEach(async () => {
    await held?.end();
    held = undefined;
    rmSync(dir, { recursive: true, force: true });
  });

  it('is not there where nobody gives one', async () => {
    dir = temporary();
    const none = (): Promise<EventStore> => Promise.reject(new Error('nothing is opened'));
    expect(await BesideEventStore.open(dir, none)).toBeUndefined();
    const other = createServer((_request, response) => response.writeHead(404).end('{}'));
    const socket = await listenBeside(other, dir);
    expect(await BesideEventStore.open(dir, none)).toBeUndefined();
    other.closeAllConnections();
    other.close();
    socket.remove();
  });

  it('wakes whoever waits for the log in the server, at once', async () => {
    dir = temporary();
    held = await holding(dir);
    const store = await beside(dir);
    const waiting = held.store.whenBeyond(-1, AbortSignal.timeout(5_000));
    const began = performance.now();
    await store.append([{ stream: 'a', expected: 'no stream', events: [eventOf('c1')] }]);
    expect(await waiting).toBe(true);
    expect(performance.now() - began).toBeLessThan(2_000);
    await store.close();
  });

  it('refuses with the fault of the server, by its code', async () => {
    dir = temporary();
    held = await holding(dir);
    const store = await beside(dir);
    await held.store.close();
    const refused = store.append([{ stream: 'a', expected: 'no stream', events: [eventOf('c1')] }]);
    await expect(refused).rejects.toMatchObject({ name: 'StoreFault', code: 'STORE_CLOSED' });
    await store.close();
  });

  it('says that it is not known whether an append went in where the server ends within it, and refuses the next', async () => {
    dir = temporary();
    held = await holding(dir);
    const { server, store: log } = held;
    const store = await beside(dir);
    const write = [{ stream: 'a', expected: 'no stream' as const, events: [eventOf('c1')] }];
    server.removeAllListeners('request');
    server.on('request', (request) => {
      // Written, and gone before it could say so.
      void log.append(write).then(() => request.socket.destroy());
    });
    expect(await store.append(write)).toMatchObject({ kind: 'unknown', cause: { code: 'STORE_WRITER_LOST' } });
    expect(await store.readStream('a')).toHaveLength(1);
    await held.end();
    held = undefined;
    await expect(store.append(write)).rejects.toMatchObject({
      code: 'STORE_WRITER_LOST',
      message: expect.stringContaining('say the same once more'),
    });
    await store.close();
  });

  it('takes an append of more than a queue holds for one that is too much at a time', async () => {
    dir = temporary();
    held = await holding(dir);
    const store = await beside(dir);
    const events = Array.from({ length: 70 }, (_, index) => eventOf('big', index, 'x'.repeat(950_000)));
    expect(await store.append([{ stream: 'a', expected: 'no stream', events }])).toEqual({ kind: 'overloaded' });
    expect(await store.head()).toBe(-1);
    await store.close();
  });
});
