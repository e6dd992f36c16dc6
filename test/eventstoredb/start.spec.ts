import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openEventStore } from '#event-store';
import { Log, selfSigned, type Server } from './server.mjs';
import { allOf, type BareClient, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const plain = (server: Server): BareClient => trial.bare(server.port);

const refusal = async (opening: Promise<unknown>): Promise<{ code: string; message: string; detail: object }> => {
  const thrown: unknown = await opening.catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'Refusal', detail: { field: 'EVENT_STORE_URL' } });
  return thrown as { code: string; message: string; detail: object };
};

describe('opening by EVENT_STORE_URL', () => {
  it('goes to the server for esdb: and kurrentdb:', async () => {
    const server = await trial.server();
    for (const url of [server.url(), server.url().replace('esdb:', 'kurrentdb:')]) {
      const store = await openEventStore(url, trial.dir());
      expect(await store.head()).toBe(-1);
      await store.close();
    }
  });

  it('says in one sentence that nobody answers, with an example', async () => {
    const { message, code } = await refusal(trial.store('esdb://127.0.0.1:1?tls=false', { connectMs: 200 }));
    expect(code).toBe('CONFIG_EVENT_STORE_URL');
    expect(message).toMatch(
      /^EVENT_STORE_URL names a server that does not answer \(.+\): found "esdb:\/\/127.0.0.1:1\?tls=false", needed for example EVENT_STORE_URL=esdb:/,
    );
    expect(message).not.toContain('\n');
  });

  it('says so for seeds none of which answers', async () => {
    const seeds = 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=2&discoveryInterval=10';
    expect((await refusal(trial.store(seeds, { connectMs: 200 }))).message).toContain('does not answer');
  });

  it('waits for a server that is not ready in the first moments of its own start', async () => {
    const server = await trial.server({ notReadyMs: 400 });
    const store = await trial.store(server, { connectMs: 5_000 });
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended' });
  });

  it('says so for a server that accepts and is silent', async () => {
    const server = await trial.server();
    server.faults.next('subscribe', { kind: 'lost answer' }, 50);
    server.faults.next('subscribe', { kind: 'silent' }, 50);
    await expect(trial.store(server, { silenceMs: 100, connectMs: 300 })).rejects.toMatchObject({
      code: 'CONFIG_EVENT_STORE_URL',
    });
  });

  it('talks TLS with a user, and says which it is when the password is wrong, without showing it', async () => {
    const tls = selfSigned();
    const server = await trial.server({
      tls,
      users: [{ username: 'clerk', password: 'p@ss:w/rd', groups: ['$admins'] }],
    });
    const ca = join(trial.dir(), 'ca.pem');
    writeFileSync(ca, tls.cert);
    const store = await trial.store(server, { query: { tlsCAFile: ca } });
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended' });
    const query = `?tlsCAFile=${encodeURIComponent(ca)}`;
    const wrong = await refusal(trial.store(`esdb://clerk:secret@127.0.0.1:${server.port}${query}`));
    expect(wrong.message).toContain('does not let this user in with this password');
    expect(wrong.message).not.toContain('secret');
    const nobody = await refusal(trial.store(`esdb://127.0.0.1:${server.port}${query}`));
    expect(nobody.message).toContain('wants a user and password');
  });

  it('does not open without TLS where TLS is wanted', async () => {
    const server = await trial.server();
    const { message, detail } = await refusal(trial.store(`esdb://127.0.0.1:${server.port}`, { connectMs: 200 }));
    expect(message).toContain('does not answer');
    expect(detail).toMatchObject({ remedy: expect.stringContaining('tls=false') });
  });
});

describe('what else is in the database', () => {
  it('is passed over: the server’s own streams, other registers, other programs, names that begin alike', async () => {
    const server = await trial.server({ log: new Log({ statsEvery: 1 }) });
    const store = await trial.store(server);
    const other = await trial.store(server, { query: { register: 'main-two' } });
    await other.append(write('a', -1, said('c1')));
    await store.append(write('a', -1, said('c1')));
    const data = Buffer.from('{}');
    const foreign = { type: 'x', contentType: 'application/json', data, metadata: Buffer.alloc(0) };
    for (const [index, stream] of ['cart-1', 'register-main', 'register-mainly|a', '$ce-register'].entries()) {
      server.log.append(stream, 'any', [{ ...foreign, id: `00000000-0000-4000-8000-00000000000${index}` }]);
    }
    await store.append(write('a', 0, said('c2')));
    expect((await allOf(store)).map(({ position, stream, revision }) => [position, stream, revision])).toEqual([
      [0, 'a', 0],
      [1, 'a', 1],
    ]);
    expect(await allOf(other)).toHaveLength(1);
    expect(await (await trial.store(server)).head()).toBe(1);
  });

  it('moves the checkpoint on past it, so that a start does not read it again', async () => {
    const server = await trial.server({ log: new Log({ statsEvery: 0 }) });
    const dir = trial.dir();
    const store = await trial.store(server, { dir });
    await store.append(write('a', -1, said('c1')));
    const event = { type: 'x', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.alloc(0) };
    for (let turn = 0; turn < 100; turn++) {
      const id = `00000000-0000-4000-8000-${String(turn).padStart(12, '0')}`;
      server.log.append('cart-1', 'any', [{ ...event, id }]);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    await store.close();
    const { place } = await indexOf(dir);
    const ours = server.log.records.find(({ stream }) => stream === 'register-main|a');
    expect(place > Number(ours?.commit)).toBe(true);
    const again = await trial.store(server, { dir });
    expect(await again.append(write('a', 0, said('c2')))).toMatchObject({ positions: [1] });
  });

  it('stops at an event in our streams that the register did not write', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    const event = { type: 'x', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.alloc(0) };
    server.log.append('register-main|a', 'any', [{ ...event, id: '00000000-0000-4000-8000-000000000000' }]);
    const isWell = (): Promise<boolean> =>
      store.answers().then(
        () => true,
        () => false,
      );
    while (await isWell()) await new Promise((resolve) => setTimeout(resolve, 10));
    const foreign = { code: 'STORE_FOREIGN_EVENT', message: expect.stringContaining('register-main|a') };
    await expect(store.answers()).rejects.toMatchObject(foreign);
    await expect(store.append(write('b', -1, said('c1')))).rejects.toMatchObject(foreign);
    await expect(trial.store(server)).rejects.toMatchObject(foreign);
  });
});

describe('streams that the server may forget', () => {
  for (const metadata of [{ maxCount: 5 }, { maxAge: 60 }, { truncateBefore: 1 }]) {
    it(`are refused at the start: ${JSON.stringify(metadata)}`, async () => {
      const server = await trial.server();
      const dir = trial.dir();
      const store = await trial.store(server, { dir });
      await store.append(write('body/glos:772', -1, said('c1')));
      await plain(server).setStreamMetadata('register-main|body/glos:772', metadata);
      await store.close();
      for (const where of [dir, trial.dir(), dir]) {
        const { code, message } = await refusal(trial.store(server, { dir: where }));
        expect(code).toBe('STORE_FORGETS_EVENTS');
        expect(message).toContain('register-main|body/glos:772');
      }
      await plain(server).setStreamMetadata('register-main|body/glos:772', {});
      expect(await (await trial.store(server, { dir })).head()).toBe(0);
    });
  }

  it('are no matter in other programs’ streams', async () => {
    const server = await trial.server();
    await plain(server).setStreamMetadata('cart-1', { maxCount: 5 });
    await plain(server).setStreamMetadata('register-other|a', { maxCount: 5 });
    expect(await (await trial.store(server)).head()).toBe(-1);
  });

  it('fault a reader that finds events missing, and a stream that was deleted', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1', 0, 2), said('c1', 1, 2)));
    await plain(server).setStreamMetadata('register-main|a', { truncateBefore: 1 });
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'STORE_FORGETS_EVENTS' });
    await plain(server).setStreamMetadata('register-main|a', {});
    const isKept = (): Promise<boolean> =>
      store.answers().then(
        () => true,
        () => false,
      );
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 10));
    server.log.tombstone('register-main|a');
    await expect(store.append(write('a', 1, said('c3')))).rejects.toMatchObject({ code: 'STORE_STREAM_DELETED' });
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'STORE_STREAM_DELETED' });
  });

  it('are not written on when they were deleted and would go on counting', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1')));
    server.log.softDelete('register-main|a');
    const code = expect.stringMatching(/^STORE_(FORGETS_EVENTS|STREAM_DELETED)$/);
    const deleted = { code, message: expect.stringContaining('deleted') };
    await expect(store.append(write('a', -1, said('c2')))).rejects.toMatchObject(deleted);
    expect(server.log.records.filter(({ stream }) => stream === 'register-main|a')).toHaveLength(1);
  });
});

describe('the index of positions', () => {
  it('is made again where it was deleted, the same', async () => {
    const server = await trial.server();
    const dir = trial.dir();
    const store = await trial.store(server, { dir });
    for (let turn = 0; turn < 30; turn++)
      await store.append(write(`s${turn}`, -1, said(`c${turn}`, 0, 2), said(`c${turn}`, 1, 2)));
    const before = await allOf(store);
    await store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dir, `eventstoredb-main.sqlite${suffix}`), { force: true });
    const again = await trial.store(server, { dir });
    expect(await allOf(again)).toEqual(before);
    expect(await allOf(await trial.store(server, { dir }))).toEqual(before);
  });

  it('reads a long log back from the server in pages, byte for byte', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 5_000 });
    const appends = Array.from({ length: 300 }, (_, turn) => store.append(write(`s${turn}`, -1, said(`c${turn}`))));
    for (const outcome of await Promise.all(appends)) expect(outcome).toMatchObject({ kind: 'appended' });
    const before = await allOf(store);
    const dir = trial.dir();
    await (await trial.store(server, { dir })).close();
    const cold = await trial.store(server, { dir });
    expect((await cold.readAll(100, 50)).map(({ position }) => position)).toEqual(
      Array.from({ length: 50 }, (_, at) => at + 100),
    );
    expect(await allOf(cold)).toEqual(before);
  });

  it('is refused beside another log', async () => {
    const [server, stranger] = [await trial.server(), await trial.server()];
    const dir = trial.dir();
    const store = await trial.store(server, { dir });
    await store.append(write('a', -1, said('c1')));
    await store.close();
    await expect(trial.store(stranger, { dir })).rejects.toMatchObject({ code: 'LOG_OLDER_THAN_KNOWN' });
    const other = await trial.store(stranger);
    await other.append(write('a', -1, said('c2')));
    await expect(trial.store(stranger, { dir })).rejects.toMatchObject({ code: 'STORE_INDEX_OF_ANOTHER_LOG' });
  });

  it('keeps positions where a server does not say that it has caught up', async () => {
    const server = await trial.server({ caughtUp: false });
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1')));
    expect(await (await trial.store(server)).head()).toBe(0);
  });

  it('is opened for reading beside the program that writes', async () => {
    const server = await trial.server();
    const dir = trial.dir();
    const store = await trial.store(server, { dir });
    await store.append(write('a', -1, said('c1')));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const reader = await trial.store(server, { dir, readOnly: true });
    expect(await allOf(reader)).toEqual(await allOf(store));
    await expect(reader.append(write('b', -1, said('c2')))).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  });
});

async function indexOf(dir: string): Promise<{ place: number }> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(dir, 'eventstoredb-main.sqlite'), { readonly: true });
  const place = Number(db.prepare('SELECT commit_position FROM mark').pluck().get());
  db.close();
  return { place };
}
