import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventStoreDbEventStore } from '#event-store';
import type { Proposed, Server } from './server.mjs';
import { type BareClient, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const STRANGER = '00000000-0000-4000-8000-000000000001';
const strange: Proposed = {
  ...{ id: STRANGER, type: 'OrderPlaced', contentType: 'application/json' },
  ...{ data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
};

/** A running store that knows stream `a` of three events and `b` of one. */
const running = async (server: Server, dir = trial.dir()): Promise<EventStoreDbEventStore> => {
  const store = await trial.store(server, { dir });
  await store.append(write('a', -1, said('c1', 0, 3), said('c1', 1, 3), said('c1', 2, 3)));
  await store.append(write('b', -1, said('c2')));
  return store;
};

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    ({ code }: { code?: unknown }) => String(code),
  );
const untilCode = async (store: EventStoreDbEventStore, code: string): Promise<Error> => {
  for (let tries = 0; tries < 200; tries++, await pause(10)) {
    const thrown: unknown = await store.answers().catch((error: unknown) => error);
    if (((thrown as { code?: unknown } | undefined)?.code ?? 'none') === code) return thrown as Error;
  }
  throw new Error(`it never was ${code}`);
};

/** `register status` as a program of its own. */
const statusOf = async (
  server: Server,
  dir: string,
): Promise<{ readonly code: number | null; readonly errors: string; readonly ms: number }> => {
  const begun = performance.now();
  const program = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url)), 'status'],
    { env: { ...process.env, EVENT_STORE_URL: server.url(), DATA_DIR: dir }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  program.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  const timer = setTimeout(() => program.kill('SIGKILL'), 10_000);
  const code = await new Promise<number | null>((resolve) => program.on('close', resolve));
  clearTimeout(timer);
  return { code, errors, ms: performance.now() - begun };
};

describe('an event that the register did not write', () => {
  it('has a code of its own, and a sentence that says what it is; the program rests and stops at once', async () => {
    const server = await trial.server();
    const store = await running(server);
    for (let more = 0; more < 3; more++) {
      server.log.append('register-main|a', 'any', [{ ...strange, id: STRANGER.replace(/1$/, String(more + 1)) }]);
    }
    const { message } = await untilCode(store, 'STORE_FOREIGN_EVENT');
    expect(message).toContain(`event ${STRANGER} (OrderPlaced), revision 3 of register-main|a`);
    expect(await codeOf(store.append(write('c', -1, said('c3'))))).toBe('STORE_FOREIGN_EVENT');
    const before = process.cpuUsage();
    let turns = 0;
    const rested = performance.now();
    for (const end = rested + 300; performance.now() < end; turns++) await pause(30);
    const { user, system } = process.cpuUsage(before);
    // One that went on asking without a pause would have all of the time.
    expect((user + system) / 1_000).toBeLessThan(0.8 * (performance.now() - rested));
    const begun = performance.now();
    await store.close();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('ends a program that starts into it, with its sentence, exit code 2 and no word of DATA_DIR', async () => {
    const server = await trial.server();
    const dir = trial.dir();
    await (await running(server, dir)).close();
    server.log.append('register-main|a', 'any', [strange]);
    for (let more = 0; more < 20; more++) {
      server.log.append('register-main|z', 'any', [{ ...strange, id: `${STRANGER.slice(0, -2)}${more + 10}` }]);
    }
    const { code, errors, ms } = await statusOf(server, dir);
    expect(code).toBe(2);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain(`event ${STRANGER} (OrderPlaced), revision 3 of register-main|a`);
    expect(errors).not.toContain('DATA_DIR');
    expect(ms).toBeLessThan(8_000);
  });

  it('calls a tombstone a tombstone', async () => {
    const server = await trial.server();
    const dir = trial.dir();
    const store = await running(server, dir);
    server.log.tombstone('register-main|a');
    const { message } = await untilCode(store, 'STORE_STREAM_DELETED');
    expect(message).toMatch(/^register-main\|a was deleted on the server for good, with a tombstone/);
    expect(message).not.toMatch(/922337203685477/);
    expect(await codeOf(store.append(write('b', 0, said('c3'))))).toBe('STORE_STREAM_DELETED');
    for (const where of [dir, trial.dir()]) {
      const { code, errors } = await statusOf(server, where);
      expect([code, errors]).toEqual([2, expect.stringContaining('with a tombstone')]);
      expect(errors).not.toMatch(/DATA_DIR|does not answer/);
    }
  });
});

const LIMITS: readonly (readonly [
  name: string,
  says: string,
  metadata: Parameters<BareClient['setStreamMetadata']>[1],
])[] = [
  ['$maxCount', '$maxCount 1', { maxCount: 1 }],
  ['$maxAge', '$maxAge 86400', { maxAge: 86_400 }],
  ['$tb', '$tb 2', { truncateBefore: 2 }],
];

describe('metadata with which the server forgets, on a running register', () => {
  it.each(LIMITS)('stops writing when it comes, %s, and no more when it is taken away', async (_, says, metadata) => {
    const server = await trial.server();
    const store = await running(server);
    const client = trial.bare(server.port);
    await client.setStreamMetadata('register-main|a', metadata);
    const { message } = await untilCode(store, 'STORE_FORGETS_EVENTS');
    expect(message).toContain(`register-main|a has ${says} in its metadata`);
    expect(await codeOf(store.append(write('c', -1, said('c3'))))).toBe('STORE_FORGETS_EVENTS');
    // What it has is read on.
    expect(await store.head()).toBe(3);
    expect(await store.readAll(0, 10)).toHaveLength(4);
    await client.setStreamMetadata('register-main|a', {});
    await untilCode(store, 'none');
    expect(await store.append(write('a', 2, said('c3')))).toMatchObject({ kind: 'appended', positions: [4] });
  });

  it('says which events are gone after a scavenge, and refuses from then on, also an old index', async () => {
    const server = await trial.server();
    const [old, dir] = [trial.dir(), trial.dir()];
    const store = await running(server, dir);
    await (await trial.store(server, { dir: old })).close();
    const client = trial.bare(server.port);
    await client.setStreamMetadata('register-main|a', { maxCount: 1 });
    await untilCode(store, 'STORE_FORGETS_EVENTS');
    expect(server.log.scavenge()).toBe(2);
    await client.setStreamMetadata('register-main|a', {});
    const { message } = await untilCode(store, 'STORE_EVENTS_MISSING');
    expect(message).toContain('revisions 0 to 1 of register-main|a, positions 0 to 1');
    expect(await codeOf(store.append(write('a', 2, said('c3'))))).toBe('STORE_EVENTS_MISSING');
    await store.close();
    server.log.scavenge();
    for (const where of [old, dir, old, trial.dir()]) {
      expect(await codeOf(trial.store(server, { dir: where }))).toBe('STORE_EVENTS_MISSING');
    }
    const { code, errors } = await statusOf(server, old);
    expect([code, errors]).toEqual([2, expect.stringContaining('revisions 0 to 1 of register-main|a')]);
    expect(errors).not.toContain('DATA_DIR');
  });

  it('says so of a soft delete, and goes on when that is taken back', async () => {
    const server = await trial.server();
    const store = await running(server);
    server.log.softDelete('register-main|a');
    const { message } = await untilCode(store, 'STORE_FORGETS_EVENTS');
    expect(message).toContain('register-main|a was deleted on the server (a soft delete');
    await trial.bare(server.port).setStreamMetadata('register-main|a', {});
    await untilCode(store, 'none');
    expect(await store.readStream('a')).toHaveLength(3);
  });

  it('does not mind other metadata, and nobody else’s streams', async () => {
    const server = await trial.server();
    const store = await running(server);
    const client = trial.bare(server.port);
    await client.setStreamMetadata('register-main|a', { acl: { readRoles: ['auditor'] } });
    await client.setStreamMetadata('register-other|a', { maxCount: 1 });
    await client.setStreamMetadata('cart-1', { maxCount: 1 });
    expect(await store.append(write('a', 2, said('c3')))).toMatchObject({ kind: 'appended' });
    await pause(100);
    expect(await codeOf(store.answers())).toBe('none');
  });
});
