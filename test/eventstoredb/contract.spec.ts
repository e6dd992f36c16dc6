import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import { openEventStoreDb, type EventStoreDbEventStore } from '#event-store';
import { eventStoreContract, type OpenedStore } from '#event-store/contract';
import { realServer } from './real.mjs';
import { Log, Server } from './server.mjs';

const opened = async (url: string, disposed: () => Promise<void>, takesClock?: false): Promise<OpenedStore> => {
  const dirs: string[] = [];
  const open = (dir: string): Promise<EventStoreDbEventStore> => openEventStoreDb({ url, dir });
  const newDir = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'register-esdb-'));
    dirs.push(dir);
    return dir;
  };
  const dir = newDir();
  return {
    store: await open(dir),
    reopen: () => open(dir),
    beside: () => open(newDir()),
    ...(takesClock === false && { takesClock }),
    dispose: async () => {
      await disposed();
      for (const one of dirs) rmSync(one, { recursive: true });
    },
  };
};

eventStoreContract('EventStoreDbEventStore on the stand-in', async (options) => {
  const server = await Server.start({ log: new Log(options ?? {}) });
  return opened(server.url(), () => server.stop());
});

const real = await realServer();

if (real) {
  eventStoreContract('EventStoreDbEventStore on the server in EVENTSTORE_URL', () => {
    const register = `spec-${randomBytes(6).toString('hex')}`;
    const url = `${real}${real.includes('?') ? '&' : '?'}register=${register}`;
    return opened(url, () => Promise.resolve(), false);
  });
} else {
  process.stderr.write('\nNO REAL EVENTSTOREDB WAS TRIED: EVENTSTORE_URL is not set, only the stand-in was.\n\n');
  describe('EventStoreDbEventStore on a real server', () => {
    it.todo('was NOT TRIED: EVENTSTORE_URL is not set');
  });
}
