import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Asked } from './asked.js';
import { Log, type Proposed, type Server } from './server.mjs';

const EVENT: Omit<Proposed, 'id'> = {
  type: 'x',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
};
const event = (number: number): Proposed => ({
  ...EVENT,
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What can be done to a real server by its operators, and is done to the stand-in by its specs. */
describe('the log of the stand-in', () => {
  let one: Asked;
  let server: Server;
  beforeEach(async () => {
    one = await Asked.at(undefined, { log: new Log({ statsEvery: 1 }) });
    server = one.standIn as Server;
  });
  afterEach(() => one.end());

  const inLog = (stream: string): number[] =>
    server.log.records.filter((record) => record.stream === stream).map(({ revision }) => Number(revision));
  const nextError = async (work: () => Promise<unknown>): Promise<unknown> => {
    const thrown: unknown = await work().catch((error: unknown) => error);
    return thrown;
  };

  it('has positions in order, not dense, with the server’s own events between ours', async () => {
    for (const stream of ['a', 'b', 'c']) await one.append('any', [1, 2], stream);
    const places = server.log.records.map(({ commit }) => commit);
    expect(places).toEqual(places.toSorted((before, after) => Number(before - after)));
    expect(new Set(places).size).toBe(places.length);
    expect(Number(places.at(-1))).toBeGreaterThan(100 * places.length);
    expect(server.log.records.some(({ stream }) => stream.startsWith('$stats'))).toBe(true);
  });

  it('loses by scavenging what metadata has let go, and keeps the last event of a stream', async () => {
    await one.append('no_stream', [1, 2, 3, 4]);
    await one.client.setStreamMetadata(one.stream, { maxCount: 2 });
    expect(inLog(one.stream)).toEqual([0, 1, 2, 3]);
    expect(server.log.scavenge()).toBe(2);
    expect(inLog(one.stream)).toEqual([2, 3]);
    await one.client.setStreamMetadata(one.stream, {});
    expect(await one.read()).toEqual(['2:3', '3:4']);
    await one.client.deleteStream(one.stream);
    server.log.scavenge();
    expect(inLog(one.stream)).toEqual([3]);
    expect(inLog(`$$${one.stream}`)).toHaveLength(1);
    expect(await one.append('no_stream', [5])).toMatchObject([4, expect.anything()]);
    await one.client.tombstoneStream(one.stream);
    server.log.scavenge();
    expect(server.log.records.filter(({ stream }) => stream === one.stream).map(({ type }) => type)).toEqual([
      '$streamDeleted',
    ]);
    expect(await one.read()).toBe('stream-deleted');
  });

  it('does not know again what was scavenged, once the server was started again', async () => {
    await one.append('no_stream', [1, 2]);
    await one.client.setStreamMetadata(one.stream, { truncateBefore: 1 });
    server.log.scavenge();
    await server.restart();
    await pause(50);
    expect(await one.append('no_stream', [1, 2])).toEqual(['wrong-expected-version', 1n]);
  });

  it('goes on telling a subscription where it was over a scavenging', async () => {
    const subscription = one.client.subscribeToAll({ fromPosition: 'start' });
    const told: string[] = [];
    subscription.on('data', ({ event: each }) => {
      if (each?.streamId === one.stream) told.push(String(each.revision));
    });
    await one.append('no_stream', [1, 2, 3]);
    await one.client.setStreamMetadata(one.stream, { truncateBefore: 2 });
    await pause(50);
    server.log.scavenge();
    await one.append(2n, [4]);
    await pause(50);
    expect(told).toEqual(['0', '1', '2', '3']);
    await subscription.unsubscribe();
  });

  it('is put back: an older copy, an empty one, another', async () => {
    await one.append('no_stream', [1]);
    const copy = server.log.copy();
    await one.append(0n, [2]);
    await server.putBack(copy);
    await pause(50);
    expect(await one.read()).toEqual(['0:1']);
    expect(await one.append(0n, [3])).toMatchObject([1, expect.anything()]);
    expect(await one.read()).toEqual(['0:1', '1:3']);
    await server.putBack(new Log());
    await pause(50);
    expect(await one.read()).toBe('stream-not-found');
  });

  it('is there again after the end of the process, where it was given a file', () => {
    const dir = mkdtempSync(join(tmpdir(), 'stand-in-'));
    const file = join(dir, 'log.ndjson');
    const log = new Log({ file });
    log.append('a', 'no_stream', [event(1), event(2), { ...event(3), data: Buffer.from([0, 1, 255]) }]);
    log.append('b', 'no_stream', [event(4)]);
    log.append('c', 'no_stream', []);
    log.softDelete('b');
    log.append('b', 'no_stream', [event(5)]);
    log.append('$$a', 'any', [{ ...event(6), data: Buffer.from('{"$tb":1}') }]);
    expect(log.scavenge()).toBeGreaterThan(0);
    log.append('a', 2n, [event(7)]);
    log.append('d', 'any', [event(8)]);
    log.tombstone('d');
    log.close();
    const again = new Log({ file });
    expect(again.records).toEqual(log.records);
    expect(again.append('d', 'any', [event(9)])).toEqual({ kind: 'deleted' });
    expect(again.append('b', 'any', [event(9)])).toMatchObject({ revision: 2 });
    again.close();
    rmSync(dir, { recursive: true });
  });

  it('ends the server when the disk is full', async () => {
    await one.append('no_stream', [1]);
    server.log.room = Number(server.log.records.at(-1)?.commit);
    const appended = nextError(() => one.client.appendToStream(one.stream, jsonEvent({ type: 'x', data: {} })));
    expect(await appended).toBeInstanceOf(Error);
    expect(await nextError(() => one.client.getStreamMetadata(one.stream))).toMatchObject({ code: 14 });
    server.log.room = Number.POSITIVE_INFINITY;
    await server.start();
    await pause(50);
    expect(await one.read()).toEqual(['0:1']);
  });

  it('answers nothing while the server is frozen, and everything afterwards', async () => {
    server.freeze();
    const appended = one.append('no_stream', [1]);
    expect(await Promise.race([appended, pause(100).then(() => 'nothing')])).toBe('nothing');
    server.thaw();
    expect(await appended).toMatchObject([0, expect.anything()]);
  });

  it('is not ready at once after a start, where the server is told to take its time', async () => {
    const begun = performance.now();
    const slow = await Asked.at(undefined, { notReadyMs: 300 });
    const thrown = await nextError(() => slow.client.getStreamMetadata('a'));
    expect(thrown).toMatchObject({ code: 14, message: expect.stringContaining('Server Is Not Ready') });
    while ((await slow.read()) !== 'stream-not-found') await pause(20);
    expect(performance.now() - begun).toBeGreaterThan(300);
    await slow.end();
  });
});
