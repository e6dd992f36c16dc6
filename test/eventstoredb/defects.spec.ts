import { isCommandError, jsonEvent } from '@eventstore/db-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseEventStoreDbUrl } from '#event-store';
import { said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const pending = Symbol('pending');

/** What came of it within a moment, or that nothing did. */
const soon = async (promise: Promise<unknown>, ms = 300): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(pending), ms);
  });
  const first = await Promise.race([promise.catch((error: unknown) => error), late]);
  clearTimeout(timer);
  return first;
};

const event = (): ReturnType<typeof jsonEvent> => jsonEvent({ type: 'x', data: {} });

/** What the client does of itself, seen once more, and what the store makes of it. */
describe('defects of the client', () => {
  it('1: without throwing, a lost race reports a revision that is not there; it is never asked for', async () => {
    const server = await trial.server({ batchAppend: true });
    const quiet = trial.bare(server.port, { throwOnAppendFailure: false });
    await quiet.appendToStream('bare', [event(), event(), event()]);
    expect(await quiet.appendToStream('bare', event(), { expectedRevision: 'no_stream' })).toMatchObject({
      success: false,
      nextExpectedRevision: 1n,
    });

    await expect(trial.store(server, { query: { throwOnAppendFailure: 'false' } })).rejects.toMatchObject({
      code: 'CONFIG_EVENT_STORE_URL',
      message: expect.stringContaining('throwOnAppendFailure'),
    });
    expect(parseEventStoreDbUrl(server.url()).connection).toMatchObject({ throwOnAppendFailure: true });
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1', 0, 3), said('c1', 1, 3), said('c1', 2, 3)));
    expect(await store.append(write('a', -1, said('c2')))).toEqual({ kind: 'wrong revision', stream: 'a', actual: 2 });
  });

  it('2: an append without an answer is waited for without end; the store has a time of its own', async () => {
    const server = await trial.server({ batchAppend: true });
    const bare = trial.bare(server.port, { defaultDeadline: 50 });
    server.faults.next('batchAppend', { kind: 'lost request' });
    const append = bare.appendToStream('bare', event());
    expect(await soon(append)).toBe(pending);
    append.catch(() => undefined);

    const store = await trial.store(server, { callMs: 50, resolveMs: 100 });
    server.faults.next('append', { kind: 'lost request' }, 50);
    expect(await soon(store.append(write('a', -1, said('c1'))), 3_000)).toMatchObject({ kind: 'unknown' });
  });

  it('3: one client’s lost connection fails another’s appends; each store has a long call of its own', async () => {
    const [one, two] = [await trial.server({ batchAppend: true }), await trial.server({ batchAppend: true })];
    const [bareOne, bareTwo] = [trial.bare(one.port), trial.bare(two.port)];
    await bareOne.appendToStream('bare', event());
    await bareTwo.appendToStream('bare', event());
    two.faults.next('batchAppend', { kind: 'lost request' });
    const failing = bareTwo.appendToStream('bare', event());
    await soon(failing, 50);
    await one.stop();
    expect(await soon(failing)).toMatchObject({ name: 'Error' });
    await one.start();

    const [first, second] = [await trial.store(one), await trial.store(two, { callMs: 1_000 })];
    await first.append(write('a', -1, said('c1')));
    const before = two.calls.filter((call) => call === 'batched').length;
    two.faults.next('append', { kind: 'late', ms: 300 });
    const slow = second.append(write('a', -1, said('c2')));
    await soon(slow, 50);
    await one.stop();
    expect(await slow).toMatchObject({ kind: 'appended', positions: [0] });
    expect(two.calls.filter((call) => call === 'batched')).toHaveLength(before + 1);
  });

  it('4: an unreachable server is a plain error here and a class of its own there; the store goes by its code', async () => {
    const bare = trial.bare(1);
    const thrown: unknown = await bare.appendToStream('bare', event()).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 14 });
    expect(isCommandError(thrown as Error)).toBe(false);

    const server = await trial.server();
    const store = await trial.store(server, { callMs: 100, resolveMs: 200 });
    await server.stop();
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'unknown' });
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  });

  it('5: the actual revision may be the word no_stream; the store says null', async () => {
    const server = await trial.server();
    const bare = trial.bare(server.port);
    const thrown: unknown = await bare
      .appendToStream('bare', event(), { expectedRevision: 3n })
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ type: 'wrong-expected-version', actualVersion: 'no_stream' });

    const store = await trial.store(server);
    expect(await store.append(write('a', 3, said('c1')))).toEqual({
      kind: 'wrong revision',
      stream: 'a',
      actual: null,
    });
  });

  it('says of an append that is too large how much data it has, which is what the server counts', async () => {
    const server = await trial.server({ maxAppendSize: 2_000 });
    const store = await trial.store(server);
    const about = 'a'.repeat(3_000);
    const beside = { ...said('c1'), envelope: `{"about":"${about}"}` };
    expect(await store.append(write('a', -1, beside))).toMatchObject({ kind: 'appended' });
    const data = { ...said('c2'), payload: `"${about}"` };
    expect(await store.append(write('a', 0, data))).toEqual({ kind: 'too large', bytes: 3_002, limit: 2_000 });
  });

  it('keeps metadata that looks like JSON as another text; the store gives back the bytes', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    const odd = { ...said('c1'), envelope: '{ "b":1,  "a": 1.0 }', payload: '[1.0]' };
    await store.append(write('a', -1, odd));
    expect(await store.readStream('a')).toMatchObject([{ envelope: odd.envelope, payload: odd.payload }]);
  });

  it('asks the leader wherever something is decided, and any node for what is followed', async () => {
    const [leader, follower] = [await trial.server(), await trial.server()];
    follower.leader = { host: '127.0.0.1', port: leader.port };
    const store = await trial.store(follower);
    expect(follower.calls).toContain('subscribe');
    expect(leader.calls).not.toContain('subscribe');
    const before = leader.calls.length;
    await store.readStream('a');
    expect(leader.calls.slice(before)).toContain('read');
  });
});
