import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';

import { follow as followAlone, MemoryEventStore } from '#event-store';
import type { CivilDate, StoredEvent } from '#kernel';
import { newDatabase, postgresUrl, startPostgres } from '#testing/postgres';

import { Connection } from './shelves/connection.js';
import { FIRST_DAY, seatView } from './engine/engine.contract.js';
import { followLed } from './led-follower.js';
import { openRegister, openRegisterToRead, type OpenRegister } from './open.js';
import { logOf, readEvent, seat, type Line } from './register.contract.js';
import { replay } from './questions/replay.js';

const VIEWS = [seatView];
const WAIT = { timeoutMs: 15_000 };

/** Each subject appointed, then some of them corrected far back. */
const linesOf = (subjects: number): Line[] => [
  ...Array.from({ length: subjects }, (_, at) => seat(String(at), 'Appointed', '2025-03-02', { holder: `Ann ${at}` })),
  ...Array.from({ length: subjects }, (_, at) => seat(String(at), 'Named', '2025-03-01', { name: `seat ${at % 7}` })),
];

let database: Awaited<ReturnType<typeof newDatabase>>;
let opened: Pick<OpenRegister, 'close'>[] = [];
let made = 0;

const place = (): string => `${database.url}?schema=p${made++}`;
const openAt = async (readModelUrl: string, store: MemoryEventStore): Promise<OpenRegister> => {
  const house = await openRegister({ directory: '', readModelUrl, store, views: VIEWS, readEvent });
  opened.push(house);
  return house;
};
const ask = async (statement: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};
const closeAll = async (): Promise<void> => {
  for (const house of opened) await house.close();
  opened = [];
};

beforeAll(async () => {
  database = await newDatabase();
}, 90_000);
afterAll(async () => {
  await closeAll();
  await ask(`DROP ROLE IF EXISTS reader_${process.pid}`);
  await database.drop();
});

describe('naming a PostgreSQL that cannot be used', () => {
  const from = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };
  const wrong: Readonly<Record<string, { readonly url: () => Promise<string> | string; readonly says: RegExp }>> = {
    'a port where nothing listens': {
      url: () => from((url) => (url.port = '1')),
      says: /^READ_MODEL_URL names an address where nothing listens: found "postgres:\/\/postgres:…@/,
    },
    'a wrong password': {
      url: () => from((url) => (url.password = 'hush')),
      says: /^READ_MODEL_URL names a user or password that PostgreSQL does not take: found /,
    },
    'a database that is not there': {
      url: () => from((url) => (url.pathname = '/nowhere')),
      says: /^READ_MODEL_URL names a database that is not there: found /,
    },
    'a user who may not make schemas': {
      url: async () => {
        await ask(`CREATE ROLE reader_${process.pid} LOGIN PASSWORD 'hush'`);
        return from((url) => Object.assign(url, { username: `reader_${process.pid}`, password: 'hush' }));
      },
      says: /^READ_MODEL_URL names a user who may not make schemas in that database: found /,
    },
    'TLS where there is none': {
      url: () => from((url) => url.searchParams.set('sslmode', 'verify-full')),
      says: /^READ_MODEL_URL asks for TLS that PostgreSQL does not speak: found /,
    },
    'a schema that cannot be one': {
      url: () => from((url) => url.searchParams.set('schema', 'a b')),
      says: /^READ_MODEL_URL names schema "a b": found /,
    },
    'another kind of store': { url: () => 'mysql://db/register', says: /^READ_MODEL_URL names no read model: found / },
  };

  it.each(Object.entries(wrong))('is refused in one sentence without the password: %s', async (_, { url, says }) => {
    const readModelUrl = await url();
    const opening = openRegister({
      ...{ directory: '', readModelUrl, views: VIEWS, readEvent },
      store: new MemoryEventStore(),
    });
    const refusal = (await opening.catch((thrown: unknown) => thrown)) as Error & { code: string };
    expect(refusal).toMatchObject({ code: 'CONFIG_READ_MODEL_URL', detail: { field: 'READ_MODEL_URL' } });
    expect(refusal.message).toMatch(says);
    expect(refusal.message).toContain(', for example READ_MODEL_URL=postgres://');
    expect(refusal.message).not.toContain('hush');
    expect(refusal.message).not.toContain('\n');
  });

  it('is told apart from one in which no register has made views', async () => {
    await expect(openRegisterToRead('', VIEWS, place(), new MemoryEventStore())).rejects.toMatchObject({
      code: 'REGISTER_NO_VIEWS',
    });
  });
});

describe('several programs on the same views', () => {
  it('make them once where they start together', async () => {
    const [url, store] = [place(), await logOf(linesOf(3))];
    const houses = await Promise.all([1, 2, 3].map(() => openAt(url, store)));
    await Promise.all(houses.map(({ follower }) => follower.checkpoint()));
    expect(await Promise.all(houses.map(({ register }) => register.position()))).toEqual([-1, -1, -1]);
    await closeAll();
  });

  it('keep every event once, though each follows without asking who leads', async () => {
    const [url, store] = [place(), await logOf(linesOf(60))];
    const head = await store.head();
    const houses = await Promise.all([1, 2].map(() => openAt(url, store)));
    const running = houses.map(({ follower }) => followAlone(store, follower, { batch: 7 }));
    for (const follower of running) expect(await follower.whenAt(head, WAIT)).toBe('reached');
    for (const follower of running) await follower.stop();
    const [one] = houses as [OpenRegister];
    const { compared, position } = await one.rebuild();
    expect([position, compared?.filter(({ same }) => !same)]).toEqual([head, []]);
    await closeAll();
  });

  it('have one that leads, and another that takes over when it goes', async () => {
    const [url, store] = [place(), await logOf(linesOf(3))];
    const [one, two] = [await openAt(url, store), await openAt(url, store)];
    const first = followLed(one, store);
    expect(await first.whenAt(5, WAIT)).toBe('reached');
    const second = followLed(two, store);
    expect(await second.whenAt(5, WAIT)).toBe('reached');
    expect([first.leads(), second.leads(), second.state().state]).toEqual([true, false, 'standing by']);
    await first.stop();
    for (const end = Date.now() + WAIT.timeoutMs; !second.leads() && Date.now() < end;) await tick();
    expect(second.leads()).toBe(true);
    // As if its program had died: PostgreSQL ends the session that holds the lock.
    await ask(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`);
    for (const end = Date.now() + WAIT.timeoutMs; second.leads() && Date.now() < end;) await tick();
    expect(second.leads()).toBe(false);
    for (const end = Date.now() + WAIT.timeoutMs; !second.leads() && Date.now() < end;) await tick();
    expect(second.leads()).toBe(true);
    await second.stop();
    await closeAll();
  });

  it('follow and read the next generation when one of them has switched', async () => {
    const [url, store] = [place(), await logOf(linesOf(5))];
    const one = await openAt(url, store);
    const [two, beside] = [await openAt(url, store), await openRegisterToRead('', VIEWS, url, store)];
    opened.push(beside);
    const follower = followLed(two, store, { batch: 4 });
    expect(await follower.whenAt(9, WAIT)).toBe('reached');
    expect((await one.rebuild()).compared?.every(({ same }) => same)).toBe(true);
    await store.append([
      {
        stream: 'seat/new',
        expected: 'no stream',
        events: [{ ...((await store.readAll(0, 1))[0] as StoredEvent), id: 'new' }],
      },
    ]);
    for (const { register } of [one, two, beside]) expect(await register.waitFor(10, WAIT.timeoutMs)).toBe('reached');
    expect(await one.dropOldGenerations()).toBe(1);
    expect(await beside.register.point('seat', 'new', { asAt: '2025-03-02' as CivilDate, position: 10 })).toMatchObject(
      {
        kind: 'found',
      },
    );
    await follower.stop();
    await closeAll();
  });
});

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

describe('making the views anew', () => {
  it('is refused while another program does it', async () => {
    const [url, store] = [place(), await logOf(linesOf(300))];
    const [one, two] = [await openAt(url, store), await openAt(url, store)];
    let other: Promise<unknown> | undefined;
    await one.rebuild({
      onProgress: () => {
        other ??= two.rebuild().catch((thrown: unknown) => thrown);
      },
    });
    expect(await other).toMatchObject({ code: 'REBUILD_UNDER_WAY' });
    await closeAll();
  });
});

describe('asking', () => {
  it('goes by an index, whatever is asked', async () => {
    const [url, store] = [place(), await logOf(linesOf(40))];
    const house = await openAt(url, store);
    const running = followAlone(store, house.follower);
    await running.whenAt(79, WAIT);
    await running.stop();
    const asked = jest.spyOn(Connection.prototype, 'all');
    const basis = { asAt: FIRST_DAY, position: 50 };
    await house.register.resolveBasis({ asKnownAt: '2025-03-29', now: Date.now() });
    await house.register.point('seat', '1', basis);
    await house.register.point('seat', 'nobody', basis);
    await house.register.pointMany('seat', ['1', '2', '3', 'nobody', 'nothing'], basis);
    await house.register.list('seat', { first: 5, where: { holder: ['Ann 1', 'Ann 2'] } }, basis);
    await house.register.list('seat', { first: 5, where: { identifier: 'seat 1' } }, basis);
    await house.register.list('seat', { first: 5 }, basis);
    await house.register.listMany('seat', 'name', ['seat 1', 'seat 2'], { firstEach: 2 }, basis);
    await house.register.resolveSubject('seat', 'seat 1', basis).catch(() => undefined);
    await house.register.slices('seat', '1', 50);
    const texts = [...new Set(asked.mock.calls.map(([text]) => text))];
    asked.mockRestore();
    expect(texts.length).toBeGreaterThan(11);
    const client = new pg.Client({
      connectionString: database.url,
      options: `-c search_path=${new URL(url).searchParams.get('schema')}_0001 -c enable_seqscan=off -c plan_cache_mode=force_generic_plan`,
    });
    await client.connect();
    for (const [at, text] of texts.entries()) {
      let count = Math.max(0, ...[...text.matchAll(/\$(\d)/g)].map(([, number]) => Number(number)));
      await client.query(`PREPARE asked_${at} AS ${text.replaceAll('?', () => `$${++count}`)}`);
      const nulls = Array.from({ length: count }, () => 'NULL').join(', ');
      const { rows } = await client.query<Record<string, string>>(
        `EXPLAIN EXECUTE asked_${at}${count > 0 ? `(${nulls})` : ''}`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect([text, plan]).toEqual([text, expect.not.stringMatching(/Seq Scan|Disabled/)]);
    }
    await client.end();
    await closeAll();
  });
});

describe('losing PostgreSQL', () => {
  it('tells readers to ask again, and follows on when it is back, to what the oracle says', async () => {
    const server = await startPostgres();
    const store = await logOf(linesOf(50));
    const house = await openRegister({ directory: '', readModelUrl: server.url, store, views: VIEWS, readEvent });
    const follower = followLed(house, store, { batch: 5 });
    expect(await follower.whenAt(20, WAIT)).toBe('reached');
    await server.crash();
    await expect(house.register.position()).rejects.toMatchObject({ code: 'READ_MODEL_UNAVAILABLE' });
    await tick();
    await server.start();
    expect(await follower.whenAt(await store.head(), WAIT)).toBe('reached');
    const question = { asAt: '2025-03-05' as CivilDate, position: await store.head() };
    expect(await replay(store, house.register, VIEWS, readEvent, question)).toMatchObject({
      subjects: 50,
      differences: [],
    });
    await server.crash();
    await server.start();
    expect((await house.rebuild()).compared?.every(({ same }) => same)).toBe(true);
    await follower.stop();
    await house.close();
    await server.stop();
  }, 60_000);

  it('keeps to its server for specs, or to the one that POSTGRES_URL names', async () => {
    expect(new URL(await postgresUrl()).host).toBe(new URL(database.url).host);
  });
});
