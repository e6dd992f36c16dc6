import { afterEach, describe, expect, it } from '@jest/globals';
import type { AppendOutcome } from '#event-store';
import type { Server } from './server.mjs';
import { allOf, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

/** How often a server was called so. */
const timesOf = (server: Server, call: string): number => server.calls.filter((each) => each === call).length;

/** Several appends under way at once, each to a stream of its own. */
const manyTo = (store: Awaited<ReturnType<Trial['store']>>, many: number): Promise<AppendOutcome[]> =>
  Promise.all(Array.from({ length: many }, (_, who) => store.append(write(`s${who}`, -1, said(`c${who}`)))));

describe('the long call for appends', () => {
  it('takes all that is written, once the right to write was tried', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 3_000 });
    const outcomes = await manyTo(store, 20);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'appended'));
    expect([timesOf(server, 'batchAppend'), timesOf(server, 'batched'), timesOf(server, 'append')]).toEqual([1, 20, 1]);
  });

  it('is not begun by a store that only reads', async () => {
    const server = await trial.server();
    await (await trial.store(server)).close();
    const before = timesOf(server, 'batchAppend');
    await trial.store(server, { readOnly: true });
    expect(timesOf(server, 'batchAppend')).toBe(before);
  });

  it('leaves to a call of its own what would hold up others, and all where the server has none', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 3_000 });
    const before = timesOf(server, 'append');
    const large = { ...said('c1'), payload: `"${'a'.repeat(300_000)}"` };
    expect(await store.append(write('a', -1, large))).toMatchObject({ kind: 'appended' });
    expect([timesOf(server, 'batched'), timesOf(server, 'append') - before]).toEqual([0, 1]);

    const older = await trial.server({ batchAppend: false });
    const outcomes = await manyTo(await trial.store(older), 3);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'appended', 'appended']);
    expect(timesOf(older, 'batchAppend')).toBe(0);
  });

  it('is given up once an append on it is not answered; what was under way is looked for, and is there once', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 600 });
    await store.append(write('first', -1, said('first')));
    for (const fault of ['lost request', 'lost answer', 'lost answer'] as const) {
      server.faults.next('batchAppend', { kind: fault });
    }
    server.faults.next('batchAppend', { kind: 'lost request' }, 5);
    const outcomes = await manyTo(store, 12);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => 'appended'));
    expect((await allOf(store)).map(({ id }) => id).toSorted()).toEqual(
      [said('first'), ...outcomes.map((_, who) => said(`c${who}`))].map(({ id }) => id).toSorted(),
    );
    await store.append(write('last', -1, said('last')));
    await store.append(write('last', 0, said('very last')));
    expect(timesOf(server, 'batchAppend')).toBe(2);
  });

  it('is begun anew after a connection was lost, and takes an answer that comes twice for one', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 3_000 });
    server.faults.next('batchAppend', { kind: 'answered twice' }, 5);
    await manyTo(store, 5);
    await server.restart();
    for (let turn = 0; turn < 5; turn++) {
      expect(await store.append(write('a', turn - 1, said(`a${turn}`)))).toMatchObject({ kind: 'appended' });
    }
    expect(timesOf(server, 'batchAppend')).toBe(2);
  });

  it('that breaks before it answered anything is left alone for a while', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 3_000 });
    server.faults.next('batchAppend', { kind: 'dropped', done: false });
    for (let turn = 0; turn < 5; turn++) {
      expect(await store.append(write('a', turn - 1, said(`a${turn}`)))).toMatchObject({ kind: 'appended' });
    }
    expect([timesOf(server, 'batchAppend'), timesOf(server, 'batched')]).toEqual([1, 1]);
  });

  it('is asked alone where the answer is not understood: a server that is busy', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 3_000 });
    const before = timesOf(server, 'append');
    server.faults.next('batchAppend', { kind: 'not understood' });
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [0] });
    expect([timesOf(server, 'batched'), timesOf(server, 'append') - before]).toEqual([1, 1]);
  });

  it('goes to the node that leads by now', async () => {
    const server = await trial.server();
    const leader = await trial.server({ log: server.log });
    const store = await trial.store(server, { callMs: 3_000 });
    await store.append(write('a', -1, said('c1')));
    server.leader = { host: '127.0.0.1', port: leader.port };
    for (let turn = 1; turn < 4; turn++) {
      expect(await store.append(write('a', turn - 1, said(`c${turn + 1}`)))).toMatchObject({ positions: [turn] });
    }
    expect(timesOf(leader, 'batched')).toBeGreaterThan(0);
  });
});

describe('what is refused on the long call', () => {
  it('is told apart: another was faster, a stream was deleted, an append is too large', async () => {
    const server = await trial.server({ maxAppendSize: 2_000 });
    const patient = { callMs: 3_000 };
    const [store, other] = [await trial.store(server, patient), await trial.store(server, patient)];
    const before = timesOf(server, 'append');
    server.faults.next('batchAppend', { kind: 'late', ms: 300 });
    const slow = store.append(write('a', -1, said('slow')));
    while (timesOf(server, 'batched') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await other.append(write('a', -1, said('fast')))).toMatchObject({ kind: 'appended' });
    expect(await slow).toEqual({ kind: 'wrong revision', stream: 'a', actual: 0 });

    const large = { ...said('large'), payload: `"${'a'.repeat(3_000)}"` };
    expect(await store.append(write('b', -1, large))).toEqual({ kind: 'too large', bytes: 3_002, limit: 2_000 });

    server.log.tombstone('register-main|gone');
    await expect(store.append(write('gone', -1, said('gone')))).rejects.toMatchObject({ code: 'STORE_STREAM_DELETED' });
    expect(timesOf(server, 'append')).toBe(before);
  });
});
