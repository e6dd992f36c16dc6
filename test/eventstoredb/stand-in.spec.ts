import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { binaryEvent, type AppendExpectedRevision } from '@eventstore/db-client';
import { Asked, asked } from './asked.js';

const WRONG = 'wrong-expected-version';

for (const [name, real] of asked) {
  for (const callEach of [true, false]) {
    /** The rules of the real server's IndexWriter, so that what the store is tried against is what it will meet. */
    describe(`appends to ${name}, ${callEach ? 'an append a call' : 'over the stream of appends'}`, () => {
      let one: Asked;
      beforeEach(async () => {
        one = await Asked.at(real, { callEach });
      });
      afterEach(() => one.end());

      it('are known again with an expectation, with their first place', async () => {
        const first = await one.append('no_stream', [1, 2]);
        const second = await one.append(1n, [3]);
        expect(await one.append('no_stream', [1, 2])).toEqual(first);
        expect(await one.append(1n, [3])).toEqual(second);
        expect(await one.read()).toEqual(['0:1', '1:2', '2:3']);
      });

      it('are refused where they are only partly there, or elsewhere', async () => {
        await one.append('no_stream', [1, 2, 3]);
        for (const [expected, wanted] of [
          ['no_stream', [9]],
          ['no_stream', [1, 9]],
          ['no_stream', [1, 2, 3, 4]],
          [0n, [3]],
          [7n, [4]],
        ] as [AppendExpectedRevision, number[]][]) {
          expect(await one.append(expected, wanted)).toEqual([WRONG, 2n]);
        }
        expect(await one.read()).toEqual(['0:1', '1:2', '2:3']);
      });

      it('write an id again where the expectation is the end of the stream', async () => {
        await one.append('no_stream', [1]);
        await one.append(0n, [1]);
        expect(await one.read()).toEqual(['0:1', '1:1']);
      });

      it('are known by recent ids without an expectation, all of them or none', async () => {
        const first = await one.append('any', [1, 2]);
        expect(await one.append('any', [1, 2])).toEqual(first);
        expect(await one.append('stream_exists', [1, 2])).toEqual(first);
        expect(await one.append('any', [1, 9])).toEqual([WRONG, 1n]);
        expect(await one.append('any', [2])).toMatchObject([1, expect.anything()]);
        expect(await one.read()).toEqual(['0:1', '1:2']);
        // The first is what it goes by.
        expect(await one.append('any', [9, 1])).toMatchObject([3, expect.anything()]);
        expect(await one.read()).toEqual(['0:1', '1:2', '2:9', '3:1']);
      });

      it('write an id that is known in another stream', async () => {
        await one.append('any', [1], `${one.stream}-b`);
        expect(await one.append('any', [1])).toMatchObject([0, expect.anything()]);
        expect(await one.append('any', [1], `${one.stream}-b`)).toMatchObject([1, expect.anything()]);
      });

      it('need a stream, or its metadata, where one is to exist', async () => {
        expect(await one.append('stream_exists', [1])).toEqual([WRONG, 'no_stream']);
        await one.client.setStreamMetadata(one.stream, { spec: true });
        expect(await one.append('stream_exists', [1])).toMatchObject([0, expect.anything()]);
      });

      it('of nothing are taken, and make no stream', async () => {
        expect(await one.append('any', [])).toMatchObject([expect.any(Number), expect.anything()]);
        expect(await one.append('no_stream', [])).toMatchObject([expect.any(Number), expect.anything()]);
        expect(await one.read()).toBe('stream-not-found');
        expect(await one.append(3n, [])).toEqual([WRONG, 'no_stream']);
        expect(await one.append('no_stream', [1])).toMatchObject([0, expect.anything()]);
        expect(await one.append('no_stream', [])).toEqual([WRONG, 0n]);
      });

      it('go on counting after a soft delete, and are taken no more after a hard one', async () => {
        await one.append('no_stream', [1, 2]);
        await one.client.deleteStream(one.stream);
        expect(await one.read()).toBe('stream-not-found');
        expect(await one.append('no_stream', [3])).toMatchObject([2, expect.anything()]);
        expect(await one.read()).toEqual(['2:3']);
        expect(await one.client.getStreamMetadata(one.stream)).toMatchObject({ metadata: { truncateBefore: 2 } });
        await one.client.tombstoneStream(one.stream);
        expect(await one.read()).toBe('stream-deleted');
        expect(await one.append('any', [4])).toEqual(['stream-deleted', undefined]);
        expect(await one.append(2n, [4])).toEqual(['stream-deleted', undefined]);
      });

      it('that repeat what was deleted come back without a place', async () => {
        await one.append('no_stream', [1, 2]);
        await one.client.deleteStream(one.stream);
        expect(await one.append('stream_exists', [1, 2])).toEqual(['stream-deleted', undefined]);
        expect(await one.append('no_stream', [1, 2])).toEqual([1, undefined]);
        expect(await one.append('any', [1, 2])).toEqual([1, undefined]);
        expect(await one.read()).toBe('stream-not-found');
      });

      it('are limited by their data, what stands beside it apart', async () => {
        const big = new Uint8Array(1_100_000).fill(65);
        const small = binaryEvent({ id: one.id(1), type: 'x', data: new Uint8Array([1]), metadata: big });
        expect(await one.client.appendToStream(one.stream, small)).toMatchObject({ success: true });
        const tooMuch = one.client.appendToStream(one.stream, binaryEvent({ id: one.id(2), type: 'x', data: big }));
        await expect(tooMuch).rejects.toMatchObject({
          type: 'maximum-append-size-exceeded',
          maxAppendSize: 1_048_576,
        });
      });
    });
  }

  describe(`reads from ${name}`, () => {
    let one: Asked;
    beforeEach(async () => {
      one = await Asked.at(real);
      await one.append('no_stream', [1, 2, 3]);
    });
    afterEach(() => one.end());

    it('begin at either end of a stream, and not at the one where nothing can follow', async () => {
      expect(await one.read({ fromRevision: 'start', maxCount: 2 })).toEqual(['0:1', '1:2']);
      expect(await one.read({ fromRevision: 'end', direction: 'backwards', maxCount: 2 })).toEqual(['2:3', '1:2']);
      expect(await one.read({ fromRevision: 'start', direction: 'backwards', maxCount: 2 })).toEqual(['0:1']);
      expect(await one.read({ fromRevision: 'end' })).toBe('unknown');
      expect(await one.read({ maxCount: 0 })).toBe('unknown');
      expect(await one.read({ fromRevision: 7n })).toEqual([]);
    });

    it('give what metadata leaves of a stream', async () => {
      await one.client.setStreamMetadata(one.stream, { maxCount: 2 });
      expect(await one.read()).toEqual(['1:2', '2:3']);
      await one.client.setStreamMetadata(one.stream, { truncateBefore: 2 });
      expect(await one.read()).toEqual(['2:3']);
      await one.client.setStreamMetadata(one.stream, {});
      expect(await one.read()).toEqual(['0:1', '1:2', '2:3']);
    });

    it('of the whole log begin at a place, and subscriptions behind it', async () => {
      const places: { revision: bigint; commit: bigint; prepare: bigint }[] = [];
      for await (const { event } of one.client.readAll()) {
        if (event?.streamId !== one.stream) continue;
        places.push({ revision: event.revision, ...(event.position as { commit: bigint; prepare: bigint }) });
      }
      expect(places.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
      const [first, second] = places as [(typeof places)[0], (typeof places)[0]];
      // Byte offsets, an event's own: what stands in the log lies between.
      expect(second.commit - first.commit).toBeGreaterThan(1n);
      for await (const { event } of one.client.readAll({ fromPosition: second, maxCount: 1 })) {
        expect(event).toMatchObject({ streamId: one.stream, revision: 1n });
      }
      const subscription = one.client.subscribeToAll({ fromPosition: first });
      const [next] = await new Promise<unknown[]>((resolve) => {
        subscription.on('data', ({ event }) => resolve([event]));
      });
      expect(next).toMatchObject({ streamId: one.stream, revision: 1n });
      await subscription.unsubscribe();
    });

    it('show a deletion as metadata, and a tombstone as an event of its own at the last revision there is', async () => {
      await one.client.deleteStream(one.stream);
      const last = BigInt(2) ** 63n - 1n;
      const metadata = await one.client.getStreamMetadata(one.stream);
      expect(metadata.metadata).toMatchObject({ truncateBefore: Number(last) });
      await one.client.tombstoneStream(one.stream);
      const ours: unknown[] = [];
      for await (const { event } of one.client.readAll({
        direction: 'backwards',
        fromPosition: 'end',
        maxCount: 100,
      })) {
        if (event?.streamId === one.stream) ours.push(event);
      }
      expect(ours[0]).toMatchObject({ type: '$streamDeleted', revision: last });
    });

    it('end a live subscription that nobody reads from, once it lags', async () => {
      const subscription = one.client.subscribeToAll({ fromPosition: 'end' });
      await new Promise((resolve) => subscription.once('confirmation', resolve));
      const ended = new Promise((resolve) => subscription.once('error', resolve));
      const data = new Uint8Array(20_000);
      for (let number = 100; number < 220; number++) {
        await one.client.appendToStream(one.stream, binaryEvent({ id: one.id(number), type: 'x', data }));
      }
      subscription.resume();
      expect(await ended).toMatchObject({ code: 10, message: expect.stringContaining('Consumer too slow') });
    });
  });
}
