import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  follow,
  MemoryEventStore,
  StoreFault,
  type EventStore,
  type LogLoss,
  type RunningFollower,
} from '#event-store';
import { newDatabase } from '#testing/postgres';
import { seatView } from '../engine/engine.contract.js';
import { openRegister, openRegisterToRead, type OpenRegister } from '../open.js';
import { logOf, readEvent, seat } from '../register.contract.js';

let database: Awaited<ReturnType<typeof newDatabase>>;
let open: { close(): Promise<void> }[] = [];
let following: RunningFollower[] = [];
let losses: string[] = [];
let schemas = 0;

beforeAll(async () => {
  database = await newDatabase();
}, 90_000);
afterEach(async () => {
  for (const one of following) await one.stop();
  for (const house of open) await house.close();
  [open, following, losses] = [[], [], []];
});
afterAll(() => database.drop());

const newSchema = (): string => `${database.url}?schema=own_${++schemas}`;
const house = async (store: EventStore, readModelUrl: string): Promise<OpenRegister> => {
  const onLoss = ({ sentence }: LogLoss): void => void losses.push(sentence);
  const options = { directory: '', views: [seatView], readEvent, lateLogMs: 200, onLoss };
  const opened = await openRegister({ ...options, store, readModelUrl });
  open.push(opened);
  return opened;
};
const appointed = (names: string): Promise<MemoryEventStore> =>
  logOf(Array.from(names, (name) => seat(name, 'Appointed', '2025-03-02', { holder: name })));
const more = async (store: EventStore, names: string): Promise<void> => {
  for (const { stream, recordedAt: _, revision: _r, position: _p, ...event } of await (
    await appointed(names)
  ).readAll(0, 99)) {
    await store.append([{ stream, expected: 'no stream', events: [event] }]);
  }
};
const followed = (store: EventStore, { follower }: OpenRegister): RunningFollower => {
  const running = follow(store, follower);
  following.push(running);
  return running;
};
const basis = { now: Date.now() };
const refused = { code: 'STORE_REPLACED', message: expect.stringMatching(/is of another log/) };

describe('two registers that were given one place for their views', () => {
  it('do not read each other’s, from the first event on, and nothing of one is added to the other', async () => {
    const url = newSchema();
    const [mine, other] = [new MemoryEventStore(), new MemoryEventStore()];
    const [one, two] = [await house(mine, url), await house(other, url)];
    await more(mine, 'abc');
    await followed(mine, one).whenAt(2, { timeoutMs: 5_000 });
    expect((await one.register.resolveBasis(basis)).position).toBe(2);
    await more(other, 'vwxyz');
    await expect(two.register.resolveBasis(basis)).rejects.toMatchObject(refused);
    await expect(two.register.position()).rejects.toMatchObject(refused);
    const running = followed(other, two);
    expect(await running.whenAt(4, { timeoutMs: 500 })).toBe('timed out');
    expect(running.state().lastError).toMatch(/is of another log/);
    expect((await one.register.resolveBasis(basis)).position).toBe(2);
    expect(losses).toHaveLength(1);
  });

  it('are told apart also where the second has recorded nothing', async () => {
    const url = newSchema();
    const mine = new MemoryEventStore();
    const [one, two] = [await house(mine, url), await house(new MemoryEventStore(), url)];
    await more(mine, 'ab');
    await followed(mine, one).whenAt(1, { timeoutMs: 5_000 });
    await expect(two.register.resolveBasis(basis)).rejects.toMatchObject({
      code: 'STORE_REPLACED',
      message: expect.stringMatching(/the log is empty, and own_\d+_0001 knows it up to position 1/),
    });
  });
});

describe('whoever reads beside the programs that write', () => {
  it('answers where it has not been told of the newest events yet, and no more once they turn out to be others', async () => {
    const url = newSchema();
    const mine = await appointed('abc');
    const one = await house(mine, url);
    const running = followed(mine, one);
    await running.whenAt(2, { timeoutMs: 5_000 });
    const late = await copyOf(mine, 3);
    const reader = await openRegisterToRead('', [seatView], url, late, { lateLogMs: 200 });
    open.push(reader);
    await more(mine, 'de');
    await running.whenAt(4, { timeoutMs: 5_000 });
    expect((await reader.register.resolveBasis(basis)).position).toBe(4);
    await more(late, 'xyz');
    await expect(reader.register.resolveBasis(basis)).rejects.toMatchObject({
      message: expect.stringMatching(/at position 4 the log has event .* an older copy that went on/),
    });
  });

  it('goes on while its log does not answer, and looks again at how the log is seen before it takes it for another', async () => {
    const url = newSchema();
    const mine = await appointed('abc');
    const running = followed(mine, await house(mine, url));
    await running.whenAt(2, { timeoutMs: 5_000 });
    const copy = new Moody(await copyOf(mine, 3));
    let looks = 0;
    const lookAgain = async (): Promise<void> => {
      looks += 1;
      copy.mood = 'well';
    };
    const reader = await openRegisterToRead('', [seatView], url, copy, { lookAgain });
    open.push(reader);
    expect((await reader.register.resolveBasis(basis)).position).toBe(2);
    await more(mine, 'd');
    await running.whenAt(3, { timeoutMs: 5_000 });
    copy.mood = 'away';
    expect((await reader.register.resolveBasis(basis)).position).toBe(3);
    await more(copy.store, 'd');
    copy.mood = 'seen otherwise';
    await expect(reader.register.resolveBasis(basis)).rejects.toMatchObject({ code: 'STORE_REPLACED' });
    expect([looks, copy.mood]).toEqual([1, 'well']);
  });
});

/** The same log as another program has it. */
const copyOf = async (store: EventStore, events: number): Promise<MemoryEventStore> => {
  const copy = new MemoryEventStore();
  for (const { stream, recordedAt, revision: _, position: _p, ...event } of await store.readAll(0, events)) {
    await copy.append([{ stream, expected: 'no stream', events: [event] }], { recordedAt });
  }
  return copy;
};

/** A store that does not always answer, or shows what stands there in another way. */
class Moody extends MemoryEventStore {
  mood: 'well' | 'away' | 'seen otherwise' = 'well';
  constructor(readonly store: MemoryEventStore) {
    super();
  }
  override async head(): Promise<number> {
    if (this.mood === 'away') throw new StoreFault('STORE_UNREACHABLE', 'nobody answers');
    return this.store.head();
  }
  override async readAll(...asked: Parameters<EventStore['readAll']>): ReturnType<EventStore['readAll']> {
    const events = await this.store.readAll(...asked);
    if (this.mood !== 'seen otherwise') return events;
    return events.map((event) => ({ ...event, stream: `skipped/${event.position}` }));
  }
}
