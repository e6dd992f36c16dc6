import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, type StreamWrite } from '#event-store';
import type { StoredEvent } from '#kernel';
import { Streams, heldBy, type Known } from './streams.js';

class Counted implements Known {
  revision = -1;
  weight = 0;
  readonly ids: string[] = [];
  constructor(readonly stream: string) {}
  take(events: readonly StoredEvent[]): void {
    for (const { id, revision } of events) {
      this.ids.push(id);
      this.revision = revision;
    }
  }
}

const id = (stream: string, revision: number): string => `${stream}-${revision}`;

class Watched extends MemoryEventStore {
  readonly reads: string[] = [];
  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.reads.push(`${stream} from ${from}`);
    return super.readStream(stream, from);
  }
  async grow(stream: string, from: number, count: number, payload = '{}'): Promise<void> {
    const events = Array.from({ length: count }, (_, index) => ({
      id: id(stream, from + index),
      type: 'Grown',
      schemaVersion: 1,
      payload,
      envelope: '{}',
    }));
    const write: StreamWrite = { stream, expected: from === 0 ? 'no stream' : { revision: from - 1 }, events };
    expect((await this.append([write])).kind).toBe('appended');
  }
}

/** Gives its answers when it is let. */
class Held extends Watched {
  private readonly held: (() => void)[] = [];

  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    const found = await super.readStream(stream, from);
    await new Promise<void>((resolve) => {
      this.held.push(resolve);
    });
    return found;
  }

  async let(count: number): Promise<void> {
    while (this.held.length < count) await new Promise((resolve) => setImmediate(resolve));
    for (const resolve of this.held.splice(0, count)) resolve();
  }
}

describe('what is known of streams', () => {
  it('is read once, and then only what stands behind it', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    await store.grow('a', 0, 3);
    await streams.of('a', Counted);
    await store.grow('a', 3, 2);
    const known = await streams.of('a', Counted);
    expect(known.ids).toEqual([0, 1, 2, 3, 4].map((revision) => id('a', revision)));
    expect(store.reads).toEqual(['a from 0', 'a from 3']);
  });

  it('takes in what was written when it is asked for again, and looks only where it is to', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    const known = streams.asKnown('a', Counted);
    await store.grow('a', 0, 2);
    streams.wrote(known, await store.readStream('a'));
    expect([known.ids.length, store.reads.length]).toEqual([0, 1]);
    expect((await streams.unlooked.of('a', Counted)).ids).toEqual([id('a', 0), id('a', 1)]);
    await store.grow('a', 2, 1);
    expect((await streams.unlooked.of('a', Counted)).revision).toBe(1);
    expect((await streams.of('a', Counted)).ids).toEqual([0, 1, 2].map((revision) => id('a', revision)));
    expect(store.reads).toEqual(['a from 0', 'a from 2']);
  });

  it('does not keep what was written behind something it does not know', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    await store.grow('a', 0, 3);
    streams.wrote(streams.asKnown('a', Counted), (await store.readStream('a')).slice(1));
    expect(streams.asKnown('a', Counted).revision).toBe(-1);
    expect((await streams.of('a', Counted)).revision).toBe(2);
  });

  it('takes in each event once, also where two look at the same time', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    await store.grow('a', 0, 2);
    await streams.of('a', Counted);
    await store.grow('a', 2, 2);
    const [one, other] = await Promise.all([streams.of('a', Counted), streams.of('a', Counted)]);
    expect([one.revision, one.ids.length, other.revision, other.ids.length]).toEqual([3, 4, 3, 4]);
  });

  it('is looked at once for all who ask while others look, and never before they asked', async () => {
    const store = new Held();
    const streams = new Streams(store);
    await store.grow('a', 0, 1);
    const first = streams.of('a', Counted);
    // The first look has its answer already, which does not say this.
    await store.grow('a', 1, 1);
    const [second, third] = [streams.of('a', Counted), streams.of('a', Counted)];
    const elsewhere = streams.of('b', Counted);
    expect(store.reads).toEqual(['a from 0', 'b from 0']);
    await store.let(2);
    expect([(await first).revision, (await elsewhere).revision]).toEqual([0, -1]);
    await new Promise((resolve) => setImmediate(resolve));
    await store.grow('a', 2, 1);
    const fourth = streams.of('a', Counted);
    await store.let(1);
    expect(await Promise.all([second, third])).toMatchObject([{ revision: 1 }, { revision: 1 }]);
    await store.let(1);
    expect((await fourth).ids).toEqual([0, 1, 2].map((revision) => id('a', revision)));
    expect(store.reads).toEqual(['a from 0', 'b from 0', 'a from 1', 'a from 2']);
  });

  it('is looked at again after a look that failed, by whoever waited for it', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    await store.grow('a', 0, 1);
    const there = store.readStream.bind(store);
    store.readStream = () => Promise.reject(new Error('no answer'));
    const failing = streams.of('a', Counted);
    store.readStream = there;
    const next = streams.of('a', Counted);
    await expect(failing).rejects.toThrow('no answer');
    expect((await next).revision).toBe(0);
    expect((await streams.of('a', Counted)).revision).toBe(0);
    expect(store.reads).toEqual(['a from 0', 'a from 1']);
  });

  it('is no more than may be: what was used longest ago is read again, and what does not exist is not kept', async () => {
    const store = new Watched();
    const streams = new Streams(store, 10 * heldBy({ payload: '{}' }));
    for (const stream of ['a', 'b', 'c']) await store.grow(stream, 0, 4);
    for (const stream of ['a', 'b', 'c', 'none', 'b', 'a', 'none']) await streams.of(stream, Counted);
    expect(store.reads).toEqual([
      ...['a from 0', 'b from 0', 'c from 0', 'none from 0', 'b from 4', 'a from 0', 'none from 0'],
    ]);
  });

  it('counts what events say, not how many they are', async () => {
    const store = new Watched();
    const streams = new Streams(store, 10 * heldBy({ payload: '{}' }));
    await store.grow('a', 0, 2);
    await store.grow('b', 0, 1, JSON.stringify({ text: 'x'.repeat(3_000) }));
    for (const stream of ['a', 'b', 'b', 'a']) await streams.of(stream, Counted);
    expect(store.reads).toEqual(['a from 0', 'b from 0', 'b from 1', 'a from 0']);
  });

  it('does not count twice what has grown, so that a stream longer than may be is still known alone', async () => {
    const store = new Watched();
    const streams = new Streams(store, 10 * heldBy({ payload: '{}' }));
    await store.grow('a', 0, 8);
    await streams.of('a', Counted);
    await store.grow('a', 8, 8);
    await streams.of('a', Counted);
    await streams.of('a', Counted);
    expect(store.reads).toEqual(['a from 0', 'a from 8', 'a from 16']);
  });

  it('counts whole what was put aside while somebody used it', async () => {
    const store = new Watched();
    const streams = new Streams(store, 10 * heldBy({ payload: '{}' }));
    await store.grow('a', 0, 9);
    await store.grow('b', 0, 9);
    const known = await streams.of('a', Counted);
    await streams.of('b', Counted);
    await store.grow('a', 9, 1);
    streams.wrote(known, await store.readStream('a', 9));
    for (const stream of ['c', 'a']) {
      if (stream === 'c') await store.grow(stream, 0, 1);
      await streams.of(stream, Counted);
    }
    expect(store.reads).toEqual(['a from 0', 'b from 0', 'a from 9', 'c from 0', 'a from 0']);
  });

  it('is the same for a new stream that was written to and for one that is read', async () => {
    const store = new Watched();
    const streams = new Streams(store);
    await store.grow('a', 0, 2);
    streams.wrote(new Counted('a'), await store.readStream('a'));
    expect(streams.asKnown('a', Counted)).toMatchObject({ revision: 1, ids: [id('a', 0), id('a', 1)] });
    expect(streams.asKnown('a', Counted)).toBe(streams.asKnown('a', Counted));
    expect(store.reads).toEqual(['a from 0']);
  });
});
