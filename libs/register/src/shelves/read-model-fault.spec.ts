import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isPassing } from '#event-store';
import { POSTGRES_PASSING, readModelFault } from './read-model-fault.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Somebody who listens where PostgreSQL should, and does this with whoever comes. */
const listening = async (meet: (socket: Socket) => void): Promise<number> => {
  const server = createServer(meet).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
};

/** What `pg` says of a connection that does not come about, one by one and from a pool. */
const faultsOf = async (port: number): Promise<readonly unknown[]> => {
  const where = { host: '127.0.0.1', port, user: 'u', database: 'd', connectionTimeoutMillis: 50 };
  const caught = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'it came about',
      (fault: unknown) => fault,
    );
  const pool = new pg.Pool(where);
  const faults = [await caught(new pg.Client(where).connect()), await caught(pool.connect())];
  await pool.end();
  return faults;
};

describe('a PostgreSQL that is not to be had', () => {
  it.each<readonly [string, (socket: Socket) => void]>([
    ['takes the call and says nothing', (socket) => void socket.unref()],
    ['hangs up', (socket) => void socket.destroy()],
  ])('passes where it %s: whoever follows tries again', async (_how, meet) => {
    for (const fault of await faultsOf(await listening(meet))) {
      const seen = readModelFault(fault, POSTGRES_PASSING);
      expect({ fault: String(fault), passing: isPassing(seen) }).toEqual({ fault: String(fault), passing: true });
    }
  });

  it('passes where nobody listens', async () => {
    const port = await listening(() => undefined);
    servers.pop()?.close();
    for (const fault of await faultsOf(port)) expect(isPassing(readModelFault(fault, POSTGRES_PASSING))).toBe(true);
  });
});
