import { afterEach, describe, expect, it } from '@jest/globals';
import type { AppendOutcome, EventStoreDbEventStore } from '#event-store';
import { Log } from './server.mjs';
import { allOf, said, Trial, write } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

/** What stands in the server's log of our streams. */
const onServer = (log: Log): string[] =>
  log.records
    .filter(({ stream }) => stream.startsWith('register-'))
    .map(({ stream, revision }) => `${stream}@${revision}`);

/** Tries until it holds: a client takes a moment to connect anew. */
const eventually = async (work: () => Promise<unknown>): Promise<void> => {
  for (const until = performance.now() + 5_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    try {
      await work();
      return;
    } catch (thrown) {
      if (performance.now() > until) throw thrown;
    }
  }
};

const ways = [
  ['on the long call for appends', true],
  ['of a call for one append', false],
] as const;

describe.each(ways)('an answer that goes astray %s', (_, batchAppend) => {
  for (const fault of [
    { kind: 'lost answer' },
    { kind: 'lost request' },
    { kind: 'late', ms: 100 },
    { kind: 'late', ms: 600 },
    { kind: 'late answer', ms: 600 },
    { kind: 'dropped', done: true },
    { kind: 'dropped', done: false },
    { kind: 'twice' },
    { kind: 'status', code: 2, details: 'something unheard of' },
    { kind: 'status', code: 13, details: 'internal' },
    { kind: 'status', code: 14, details: 'gone' },
    { kind: 'status', code: 10, details: 'prepare timed out' },
  ] as const) {
    it(`is found out about, and the event is there once: ${JSON.stringify(fault)}`, async () => {
      const server = await trial.server({ batchAppend });
      const store = await trial.store(server);
      await store.append(write('a', -1, said('c1')));
      server.faults.next('append', fault);
      expect(await store.append(write('a', 0, said('c2'), said('c3')))).toMatchObject({
        kind: 'appended',
        positions: [1, 2],
      });
      // What arrives late finds its events there.
      await new Promise((resolve) => setTimeout(resolve, fault.kind === 'late' ? 400 : 0));
      expect(onServer(server.log)).toEqual(['register-main|a@0', 'register-main|a@1', 'register-main|a@2']);
      expect(await store.append(write('a', 2, said('c4')))).toMatchObject({ kind: 'appended', positions: [3] });
    });
  }

  it('is told as unknown once the time is over, and is resolved by sending the append again', async () => {
    const server = await trial.server({ batchAppend });
    const store = await trial.store(server, { callMs: 100, resolveMs: 300 });
    server.faults.next('append', { kind: 'lost request' }, 50);
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'unknown' });
    server.faults.clear();
    expect(await store.readStream('a')).toEqual([]);
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [0] });
  });

  it('is told as unknown where the append went in and nothing answers; sent again, it is there already', async () => {
    const server = await trial.server({ batchAppend });
    const store = await trial.store(server, { callMs: 100, resolveMs: 200 });
    server.faults.next('append', { kind: 'lost answer' }, 50);
    server.faults.next('read', { kind: 'dropped' }, 50);
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'unknown' });
    server.faults.clear();
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'already appended', positions: [0] });
  });

  it('does not hide that somebody else was faster', async () => {
    const server = await trial.server({ batchAppend });
    const [store, other] = [await trial.store(server), await trial.store(server)];
    server.faults.next('append', { kind: 'late', ms: 500 });
    const slow = store.append(write('a', -1, said('slow')));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await other.append(write('a', -1, said('fast')))).toMatchObject({ kind: 'appended' });
    expect(await slow).toEqual({ kind: 'wrong revision', stream: 'a', actual: 0 });
  });

  it('keeps an append to several streams in one piece, and goes on where it stopped', async () => {
    const server = await trial.server({ batchAppend });
    const dir = trial.dir();
    const store = await trial.store(server, { dir, callMs: 100, resolveMs: 200 });
    const both = [...write('reference/R1', -1, said('c1', 0, 2)), ...write('decision/d1', -1, said('c1', 1, 2))];
    server.faults.next('append', { kind: 'lost answer' });
    server.faults.next('append', { kind: 'lost request' }, 20);
    expect(await store.append(both)).toMatchObject({ kind: 'unknown' });
    expect(onServer(server.log)).toEqual(['register-main|reference/R1@0']);
    server.faults.clear();
    await store.append(write('x', -1, said('between')));
    expect(await store.append(both)).toMatchObject({ kind: 'appended', positions: [0, 2] });
    expect(await store.append(both)).toMatchObject({ kind: 'already appended', positions: [0, 2] });
  });
});

describe('a server that goes away', () => {
  it('is written to again after a restart, from stores that were open', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1')));
    await server.restart();
    expect(await store.append(write('a', 0, said('c2')))).toMatchObject({ kind: 'appended', positions: [1] });
    await server.stop();
    const appending = store.append(write('a', 1, said('c3')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.start();
    expect(await appending).toMatchObject({ kind: 'appended', positions: [2] });
    expect((await allOf(store)).map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  it('loses and doubles nothing for followers, wherever the subscription breaks', async () => {
    const server = await trial.server();
    const [store, reader] = [await trial.store(server, { positionMs: 8_000 }), await trial.store(server)];
    for (const after of [0, 1, 2, 3, 5, 8]) server.faults.next('subscribe', { kind: 'ends', after });
    server.faults.next('subscribe', { kind: 'twice' }, 3);
    await server.restart();
    for (let turn = 0; turn < 40; turn++) {
      const events = [said(`c${turn}`, 0, 2), said(`c${turn}`, 1, 2)];
      expect(await store.append(write(`s${turn % 3}`, Math.floor(turn / 3) * 2 - 1, ...events))).toMatchObject({
        kind: 'appended',
        positions: [turn * 2, turn * 2 + 1],
      });
    }
    while ((await reader.head()) < 79) await reader.whenBeyond(await reader.head(), AbortSignal.timeout(3_000));
    expect(await allOf(reader)).toEqual(await allOf(store));
    expect((await allOf(reader)).map(({ position }) => position)).toEqual(Array.from({ length: 80 }, (_, at) => at));
  });

  it('that ends a subscription because it lags is asked for it again at once, and appends wait for no look at the log', async () => {
    const server = await trial.server();
    server.faults.next('subscribe', { kind: 'ends', after: 3, slow: true });
    const store = await trial.store(server, { pauseMs: 60_000, callMs: 3_000 });
    server.faults.next('read', { kind: 'late', ms: 400 }, 4);
    const began = performance.now();
    for (let turn = 0; turn < 6; turn++) {
      const outcome = await store.append(write('a', turn - 1, said(`c${turn}`)));
      expect(outcome).toMatchObject({ kind: 'appended', positions: [turn] });
    }
    expect(performance.now() - began).toBeLessThan(400);
    expect(server.calls.filter((call) => call === 'subscribe').length).toBeGreaterThan(1);
  });

  it.each([{ kind: 'twice' }, { kind: 'from before', events: 3 }, { kind: 'ends', after: 2 }] as const)(
    'is read from a place in the past all the same where the answer is not what was asked for: %p',
    async (fault) => {
      const server = await trial.server();
      const dir = trial.dir();
      const store = await trial.store(server, { dir });
      for (let turn = 0; turn < 8; turn++) await store.append(write('a', turn - 1, said(`c${turn}`)));
      const events = await allOf(store);
      await store.close();
      // Opened again it holds no events in memory, only where they stand.
      const again = await trial.store(server, { dir });
      server.faults.next('subscribe', fault);
      expect(await again.readAll(4, 3)).toEqual(events.slice(4, 7));
      server.faults.next('subscribe', fault);
      expect(await allOf(again)).toEqual(events);
    },
  );

  it('says while it is away that no answer comes, and what it gave before all the same', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    await store.append(write('a', -1, said('c1')));
    await store.answers();
    await server.stop();
    await expect(store.answers()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await expect(store.readStream('a')).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: expect.stringContaining('read a'),
    });
    expect((await store.readAll(0, 10)).map(({ id }) => id)).toEqual([said('c1').id]);
  });

  it('is asked something that goes to it: frozen, without a leader, or with a subscription that does not come back', async () => {
    const server = await trial.server();
    const store = await trial.store(server);
    server.freeze();
    await expect(store.answers()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    server.thaw();
    await store.answers();
    server.leader = { host: '127.0.0.1', port: 1 };
    await expect(store.answers()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    server.leader = undefined;
    server.faults.next('subscribe', { kind: 'dropped' }, 1_000);
    await server.restart();
    await eventually(() => expect(store.answers()).rejects.toMatchObject({ code: 'STORE_BEHIND' }));
    server.faults.clear();
    await eventually(() => store.answers());
  });

  it('notices a subscription that died without a word', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { silenceMs: 200 });
    const other = await trial.store(server);
    server.faults.next('subscribe', { kind: 'silent' });
    await server.restart();
    await other.append(write('a', -1, said('c1')));
    expect(await store.whenBeyond(-1, AbortSignal.timeout(3_000))).toBe(true);
  });

  it('gives no positions where they do not come in time, and the reading of the stream gives them later', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { positionMs: 100 });
    server.faults.next('subscribe', { kind: 'silent' });
    await server.restart();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const outcome: AppendOutcome = await store.append(write('a', -1, said('c1')));
    expect(outcome).toEqual({ kind: 'appended', positions: null, recordedAt: null });
    expect(await store.whenBeyond(-1, AbortSignal.timeout(3_000))).toBe(true);
    expect(await store.readStream('a')).toMatchObject([{ position: 0, revision: 0 }]);
  });
});

describe('a cluster', () => {
  it('follows the leader that it is sent to', async () => {
    const log = new Log();
    const [leader, follower] = [await trial.server({ log }), await trial.server({ log })];
    follower.leader = { host: '127.0.0.1', port: leader.port };
    const store = await trial.store(follower);
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [0] });
    expect(await store.readStream('a')).toHaveLength(1);
    expect(leader.calls).toContain('append');
    leader.faults.next('append', { kind: 'not leader', leader: { host: '127.0.0.1', port: leader.port } });
    expect(await store.append(write('a', 0, said('c2')))).toMatchObject({ kind: 'appended', positions: [1] });
  });

  it('is found through gossip, and again when the leader dies', async () => {
    const log = new Log();
    const [one, two] = [await trial.server({ log }), await trial.server({ log })];
    const at = (port: number, state: string): { host: string; port: number; state: string } => ({
      host: '127.0.0.1',
      port,
      state,
    });
    one.members = [at(one.port, 'LEADER'), at(two.port, 'FOLLOWER')];
    two.members = [at(one.port, 'LEADER'), at(two.port, 'FOLLOWER')];
    two.leader = { host: '127.0.0.1', port: one.port };
    const seeds = `esdb://127.0.0.1:${two.port},127.0.0.1:${one.port}?tls=false&discoveryInterval=20&maxDiscoverAttempts=5`;
    const store = await trial.store(seeds, { callMs: 1_000, resolveMs: 8_000 });
    expect(await store.append(write('a', -1, said('c1')))).toMatchObject({ kind: 'appended', positions: [0] });
    two.leader = undefined;
    two.members = [{ ...at(one.port, 'LEADER'), alive: false }, at(two.port, 'LEADER')] as never;
    await one.stop();
    expect(await store.append(write('a', 0, said('c2')))).toMatchObject({ kind: 'appended', positions: [1] });
    expect(two.calls).toContain('append');
  });
});

describe.each(ways)('faults at random %s', (_, batchAppend) => {
  it('lose nothing that was acknowledged and double nothing, with writers in two processes', async () => {
    const server = await trial.server({ batchAppend });
    const stores = [await trial.store(server), await trial.store(server)] as const;
    const kinds = [
      { kind: 'lost answer' },
      { kind: 'lost request' },
      { kind: 'late', ms: 350 },
      { kind: 'dropped', done: true },
      { kind: 'dropped', done: false },
      { kind: 'twice' },
    ] as const;
    let random = 7;
    const next = (): number => (random = (random * 48_271) % 2_147_483_647);
    const acknowledged = new Map<string, number>();
    const writer = async (store: EventStoreDbEventStore, who: string): Promise<void> => {
      for (let turn = 0; turn < 40;) {
        if (next() % 5 === 0) server.faults.next('append', kinds[next() % kinds.length] as (typeof kinds)[number]);
        if (next() % 23 === 0) server.faults.next('subscribe', { kind: 'ends', after: next() % 4 });
        const event = said(`${who} ${turn}`);
        const outcome = await store.append(write(who, turn - 1, event));
        if (outcome.kind === 'unknown') continue;
        expect(['appended', 'already appended']).toContain(outcome.kind);
        if ('positions' in outcome && outcome.positions) acknowledged.set(event.id, outcome.positions[0] as number);
        turn += 1;
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map((who, index) => writer(stores[index % 2 === 0 ? 0 : 1], who)));
    server.faults.clear();
    const last = async (store: EventStoreDbEventStore): Promise<void> => {
      while ((await store.head()) < 159) await store.whenBeyond(await store.head(), AbortSignal.timeout(5_000));
    };
    await Promise.all(stores.map(last));
    const events = await allOf(stores[0]);
    expect(events).toHaveLength(160);
    expect(new Set(events.map(({ id }) => id)).size).toBe(160);
    for (const { id, position } of events) if (acknowledged.has(id)) expect(acknowledged.get(id)).toBe(position);
    expect(acknowledged.size).toBeGreaterThan(100);
    expect(await allOf(stores[1])).toEqual(events);
  });
});
