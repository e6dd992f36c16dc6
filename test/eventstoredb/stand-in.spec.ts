import { EventStoreDBClient, jsonEvent, START, type AppendExpectedRevision } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Log, Server } from './server.mjs';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

for (const batchAppend of [false, true]) {
  /** The rules of the real server's IndexWriter, so that what the store is tried against is what it will meet. */
  describe(`the stand-in for EventStoreDB, ${batchAppend ? 'batched appends' : 'an append a call'}`, () => {
    let server: Server;
    let client: EventStoreDBClient;

    beforeEach(async () => {
      server = await Server.start({ batchAppend });
      client = EventStoreDBClient.connectionString(server.url());
    });
    afterEach(async () => {
      await client.dispose();
      await server.stop();
    });

    const append = async (expectedRevision: AppendExpectedRevision, ...ids: number[]): Promise<unknown> => {
      const events = ids.map((number) => jsonEvent({ id: id(number), type: 'x', data: { number } }));
      try {
        const { nextExpectedRevision, position } = await client.appendToStream('s', events, { expectedRevision });
        return [Number(nextExpectedRevision), position?.commit];
      } catch (thrown) {
        const { type, actualVersion } = thrown as { type?: unknown; actualVersion?: unknown };
        return [type, actualVersion];
      }
    };
    const ids = async (): Promise<number[]> => {
      const found: number[] = [];
      for await (const { event } of client.readStream('s')) found.push(Number(event?.id.slice(-4)));
      return found;
    };

    it('knows an append with an expectation again, with its first place', async () => {
      const first = await append('no_stream', 1, 2);
      const second = await append(1n, 3);
      expect(await append('no_stream', 1, 2)).toEqual(first);
      expect(await append(1n, 3)).toEqual(second);
      expect(await ids()).toEqual([1, 2, 3]);
    });

    it('refuses what is only partly there, or elsewhere', async () => {
      await append('no_stream', 1, 2, 3);
      for (const [expected, ...wanted] of [
        ['no_stream', 9],
        ['no_stream', 1, 9],
        ['no_stream', 1, 2, 3, 4],
        [0n, 3],
        [7n, 4],
      ] as [AppendExpectedRevision, ...number[]][]) {
        expect(await append(expected, ...wanted)).toEqual(['wrong-expected-version', 2n]);
      }
      expect(await ids()).toEqual([1, 2, 3]);
    });

    it('writes an id again where the expectation is the end of the stream', async () => {
      await append('no_stream', 1);
      await append(0n, 1);
      expect(await ids()).toEqual([1, 1]);
    });

    it('knows recent ids without an expectation', async () => {
      const first = await append('any', 1, 2);
      expect(await append('any', 1, 2)).toEqual(first);
      expect(await append('stream_exists', 1, 2)).toEqual(first);
      expect(await ids()).toEqual([1, 2]);
    });

    it('goes on counting after a soft delete, and takes nothing after a hard one', async () => {
      await append('no_stream', 1, 2);
      await client.deleteStream('s');
      await expect(ids()).rejects.toMatchObject({ type: 'stream-not-found' });
      expect(await append('no_stream', 3)).toMatchObject([2, expect.anything()]);
      expect(await ids()).toEqual([3]);
      await client.tombstoneStream('s');
      await expect(ids()).rejects.toMatchObject({ type: 'stream-deleted' });
      if (!batchAppend) expect(await append('any', 4)).toMatchObject(['stream-deleted', undefined]);
    });
  });
}

describe('the log of the stand-in', () => {
  let server: Server;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    server = await Server.start({ log: new Log({ statsEvery: 1 }) });
    client = EventStoreDBClient.connectionString(server.url());
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  it('has positions in order, not dense, with the server’s own events between ours; a subscription starts behind one', async () => {
    for (const stream of ['a', 'b', 'c']) {
      await client.appendToStream(stream, [jsonEvent({ type: 'x', data: {} }), jsonEvent({ type: 'y', data: {} })]);
    }
    const all: { stream: string; commit: bigint; prepare: bigint }[] = [];
    for await (const { event } of client.readAll()) {
      if (event) all.push({ stream: event.streamId, ...(event.position as { commit: bigint; prepare: bigint }) });
    }
    const places = all.map(({ commit, prepare }) => commit * 1_000_000n + prepare);
    expect(places).toEqual(places.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(places.at(-1)).toBeGreaterThan(BigInt(all.length) * 1_000_000n);
    expect(all.some(({ stream }) => stream.startsWith('$stats'))).toBe(true);
    const [first] = all.filter(({ stream }) => stream === 'a');
    const subscription = client.subscribeToAll({ fromPosition: first ?? START });
    const [next] = await new Promise<string[]>((resolve) => {
      subscription.on('data', ({ event }) => resolve([`${event?.streamId} ${event?.type}`]));
    });
    expect(next).toBe('a y');
    await subscription.unsubscribe();
  });

  it('is there again after the end of the process, where it was given a file', () => {
    const dir = mkdtempSync(join(tmpdir(), 'stand-in-'));
    const file = join(dir, 'log.ndjson');
    const data = Buffer.from([0, 1, 255]);
    const log = new Log({ file });
    log.append('a', 'no_stream', [
      { id: id(1), type: 'x', contentType: 'application/octet-stream', data, metadata: data },
    ]);
    log.close();
    const again = new Log({ file });
    expect(again.records.map(({ stream, revision, commit }) => [stream, revision, commit])).toEqual(
      log.records.map(({ stream, revision, commit }) => [stream, revision, commit]),
    );
    expect(Buffer.from(again.records.at(-1)?.data ?? []).equals(data)).toBe(true);
    again.close();
    rmSync(dir, { recursive: true });
  });
});
