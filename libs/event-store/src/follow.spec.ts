import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position, StoredEvent } from '#kernel';
import { eventOf, eventsOf } from './contract/event-store.contract.js';
import { follow } from './follow.js';
import type { Follower, FollowerState, RunningFollower } from './follower.js';
import { MemoryEventStore } from './memory/memory.event-store.js';
import { StoreFault } from './store-fault.js';

/** Keeps positions, a batch at a time, like a table with its checkpoint. */
class Keeper implements Follower {
  readonly batches: number[][] = [];
  kept: Position = -1;

  constructor(
    readonly name: string,
    readonly poison: (event: StoredEvent) => boolean = () => false,
  ) {}

  checkpoint(): Promise<Position> {
    return Promise.resolve(this.kept);
  }

  handle(events: readonly StoredEvent[]): Promise<void> {
    const poison = events.find(this.poison);
    if (poison) return Promise.reject(new Error(`cannot take the event at ${poison.position}`));
    this.batches.push(events.map(({ position }) => position));
    this.kept = events.at(-1)?.position ?? this.kept;
    return Promise.resolve();
  }
}

/** A store whose reads fail while it is told to. */
class FailingStore extends MemoryEventStore {
  failures = 0;

  override readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    if (this.failures === 0) return super.readAll(from, limit);
    this.failures -= 1;
    return Promise.reject(new Error('the disk is away'));
  }
}

const WAIT = { timeoutMs: 5_000 };

const live = async (running: RunningFollower): Promise<FollowerState> => {
  while (running.state().state === 'catching up') await new Promise((resolve) => setImmediate(resolve));
  return running.state();
};

describe('following the log', () => {
  let store: FailingStore;
  const append = (stream: string, count: number): Promise<unknown> =>
    store.append([{ stream, expected: 'no stream', events: eventsOf(stream, count) }]);

  beforeEach(() => {
    store = new FailingStore();
  });
  afterEach(() => store.close());

  it('takes every event once, in order, from the checkpoint on, and then each new one', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await append(name, 3);
    const keeper = new Keeper('keeper');
    keeper.kept = 2;
    const running = follow(store, keeper, { batch: 4 });
    expect(await running.whenAt(14, WAIT)).toBe('reached');
    await append('f', 1);
    expect(await running.whenAt(15, WAIT)).toBe('reached');
    expect(keeper.batches).toEqual([[3, 4, 5], [6, 7, 8], [9, 10, 11], [12, 13, 14], [15]]);
    expect(await live(running)).toEqual({ name: 'keeper', state: 'live', position: 15 });
    await running.stop();
    expect(running.state().state).toBe('stopped');
  });

  it('never ends a batch inside a command, however long', async () => {
    await append('a', 1);
    await append('b', 9);
    await append('c', 2);
    const keeper = new Keeper('keeper');
    // The limit is doubled until a command ends in the page: 2, 4, 8, 16.
    const running = follow(store, keeper, { batch: 2 });
    expect(await running.whenAt(11, WAIT)).toBe('reached');
    expect(keeper.batches).toEqual([[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
    await running.stop();
  });

  it('stops at a poison event, loudly, and leaves the others running', async () => {
    await append('a', 2);
    const told: FollowerState[] = [];
    const poisoned = new Keeper('poisoned', ({ stream }) => stream === 'b');
    const sound = new Keeper('sound');
    const first = follow(store, poisoned, { onState: (state) => told.push(state) });
    const second = follow(store, sound);
    expect(await first.whenAt(1, WAIT)).toBe('reached');
    const waiting = first.whenAt(9, WAIT);
    await append('b', 2);
    expect(await waiting).toBe('failed');
    expect(await second.whenAt(3, WAIT)).toBe('reached');
    const failed = { name: 'poisoned', state: 'failed', position: 1, lastError: 'cannot take the event at 2' };
    expect(first.state()).toEqual(failed);
    expect(told.at(-1)).toEqual(failed);
    expect(await first.whenAt(1, WAIT)).toBe('reached');
    expect(await first.whenAt(2, WAIT)).toBe('failed');
    await first.stop();
    expect(first.state()).toEqual(failed);
    await second.stop();
  });

  it('fails where its checkpoint cannot be read', async () => {
    const running = follow(store, {
      name: 'blind',
      checkpoint: () => Promise.reject(new Error('no such table')),
      handle: () => Promise.resolve(),
    });
    expect(await running.whenAt(0, WAIT)).toBe('failed');
    expect(running.state()).toMatchObject({ state: 'failed', lastError: 'no such table' });
  });

  it('tries again after faults of the store, saying why, and forgets them when it is there', async () => {
    await append('a', 2);
    store.failures = 2;
    const told: FollowerState[] = [];
    const keeper = new Keeper('keeper');
    const running = follow(store, keeper, { onState: (state) => told.push(state) });
    expect(await running.whenAt(1, WAIT)).toBe('reached');
    expect(told[0]).toEqual({ name: 'keeper', state: 'catching up', position: -1, lastError: 'the disk is away' });
    await append('b', 1);
    expect(await running.whenAt(2, WAIT)).toBe('reached');
    expect((await live(running)).lastError).toBeUndefined();
    await running.stop();
  });

  it('asks its checkpoint again after a fault: what was under way may have been kept', async () => {
    await append('a', 2);
    const keeper = new Keeper('keeper');
    let lost = 1;
    const handle = keeper.handle.bind(keeper);
    keeper.handle = async (events) => {
      await handle(events);
      if (lost-- > 0) throw new StoreFault('STORE_BUSY', 'kept, and the answer got lost');
    };
    const running = follow(store, keeper);
    expect(await running.whenAt(1, WAIT)).toBe('reached');
    await append('b', 1);
    expect(await running.whenAt(2, WAIT)).toBe('reached');
    expect(keeper.batches).toEqual([[0, 1], [2]]);
    await running.stop();
  });

  it('answers whoever waits in vain: too late, given up, or stopped', async () => {
    const running = follow(store, new Keeper('keeper'));
    expect(await running.whenAt(0, { timeoutMs: 5 })).toBe('timed out');
    expect(await running.whenAt(0, { timeoutMs: 5_000, signal: AbortSignal.abort() })).toBe('timed out');
    const giveUp = new AbortController();
    const waiting = running.whenAt(0, { timeoutMs: 5_000, signal: giveUp.signal });
    giveUp.abort();
    expect(await waiting).toBe('timed out');
    const left = running.whenAt(0, WAIT);
    await running.stop();
    expect(await left).toBe('failed');
  });

  it('stops with its signal, and when the store is closed', async () => {
    const signal = new AbortController();
    const one = follow(store, new Keeper('one'), { signal: signal.signal });
    const two = follow(store, new Keeper('two'));
    expect(await one.whenAt(-1, WAIT)).toBe('reached');
    signal.abort();
    await one.stop();
    expect(one.state().state).toBe('stopped');
    const gone = two.whenAt(0, WAIT);
    await store.close();
    expect(await gone).toBe('failed');
    expect(two.state().state).toBe('stopped');
  });

  it('leaves turns to others between batches', async () => {
    for (let index = 0; index < 20; index++) {
      await store.append([{ stream: `s${index}`, expected: 'no stream', events: [eventOf(`c${index}`)] }]);
    }
    let turns = 0;
    let counting = true;
    const count = (): void => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    count();
    const seen: number[] = [];
    const keeper = new Keeper('keeper', () => {
      seen.push(turns);
      return false;
    });
    const running = follow(store, keeper, { batch: 1 });
    await running.whenAt(19, WAIT);
    counting = false;
    expect(new Set(seen).size).toBeGreaterThan(10);
    await running.stop();
  });
});
