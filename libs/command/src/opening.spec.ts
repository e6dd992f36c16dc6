import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, eventDigest } from '#event-store';
import { instantOf, isRefusal, type Actor, type CivilDate, type Instant, type StoredEvent } from '#kernel';
import type { Intent, Step } from './intent.js';
import { openLog } from './log-opening.js';
import { Submit, SubmitHandler } from './submit.js';

const clerk: Actor = { id: 'o1', roles: ['operator'], vouchedBy: 'operator' };
const step = (name = 'A'): Step => ({
  command: 'RegisterPerson',
  data: { name },
  effectiveOn: '2025-04-01' as CivilDate,
});
const send = (door: SubmitHandler, id: string, more: Partial<Intent> = {}) =>
  door.execute(new Submit({ aggregate: 'person', id, commandId: `register ${id}`, steps: [step()], ...more }, clerk));
const refusal = async (work: Promise<unknown>): Promise<readonly unknown[]> =>
  work.then(
    () => ['recorded'],
    (thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
      return [thrown.code, thrown.detail.field];
    },
  );
const at = (text: string): { recordedAt: Instant } => ({ recordedAt: text as Instant });

describe('the first command of an empty log', () => {
  it.each([
    ['for its data', { steps: [step('')] }],
    ['for what it names', { steps: [{ ...step(), corrects: 'x', why: { kind: 'error' as const, reason: 'r' } }] }],
    ['for an instant that has not come', at(instantOf(Date.now() + 60_000))],
  ])('opens nothing where it is refused %s', async (_, more) => {
    const store = new MemoryEventStore();
    await refusal(send(SubmitHandler.keepingInstants(store, 'test'), 'p', more));
    expect(await store.head()).toBe(-1);
  });
  it('opens the log in one append, once, also where many come at once to two doors', async () => {
    const store = new MemoryEventStore();
    const doors = [new SubmitHandler(store), new SubmitHandler(store)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(doors[index % 2] as SubmitHandler, `p${index}`)),
    );
    const types = (await store.readAll(0, 100)).map(({ type }) => type);
    expect(types).toEqual(['RegisterOpened', ...Array.from({ length: 20 }, () => 'PersonRegistered')]);
    expect(answers.map(({ position }) => position as number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });
});

describe('a recording instant that is brought along (T1)', () => {
  it('opens the register as one that keeps them, with the first that is taken', async () => {
    const store = new MemoryEventStore();
    const door = SubmitHandler.keepingInstants(store, 'test');
    expect(await refusal(send(door, 'p', at('2999-01-01T00:00:00.000Z')))).toEqual(['RECORDED_AT', 'recordedAt']);
    await send(door, 'q', at('2020-01-01T00:00:00.000Z'));
    expect((await store.readAll(0, 2)).map(({ recordedAt }) => recordedAt)).toEqual([
      '2020-01-01T00:00:00.000Z',
      '2020-01-01T00:00:00.000Z',
    ]);
  });
  it('is not later than now: the millisecond that has come is taken, the next minute is not', async () => {
    const door = SubmitHandler.keepingInstants(new MemoryEventStore(), 'test');
    expect(await refusal(send(door, 'a', at(instantOf(Date.now()))))).toEqual(['recorded']);
    expect(await refusal(send(door, 'b', at(instantOf(Date.now() + 60_000))))).toEqual(['RECORDED_AT', 'recordedAt']);
  });
  it('begins another log each time, also with the same import at the same instants', async () => {
    const begun = await Promise.all(
      [0, 1].map(async () => {
        const store = new MemoryEventStore();
        await send(SubmitHandler.keepingInstants(store, 'test'), 'q', at('2020-01-01T00:00:00.000Z'));
        return eventDigest((await store.readAll(0, 1))[0] as StoredEvent);
      }),
    );
    expect(begun[0]).not.toBe(begun[1]);
  });
  it('is in order: the same again is taken, an earlier one is not, also by a door that has just been opened', async () => {
    const store = new MemoryEventStore();
    await openLog(store, { recordedInstants: 'kept', source: 'test' }, clerk, '2020-01-01T00:00:00.000Z' as Instant);
    await send(new SubmitHandler(store), 'a', at('2021-01-01T00:00:00.000Z'));
    const door = new SubmitHandler(store);
    expect(await refusal(send(door, 'b', at('2021-01-01T00:00:00.000Z')))).toEqual(['recorded']);
    expect(await refusal(send(door, 'c', at('2020-12-31T23:59:59.999Z')))).toEqual(['RECORDED_AT', 'recordedAt']);
  });
  it('is refused by a register that stamps what it records itself', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    expect(await refusal(send(door, 'a', at('2020-01-01T00:00:00.000Z')))).toEqual(['RECORDED_AT', 'recordedAt']);
    await send(door, 'a');
    expect(await refusal(send(SubmitHandler.keepingInstants(store, 'x'), 'b', at('2020-01-01T00:00:00.000Z')))).toEqual(
      ['RECORDED_AT', 'recordedAt'],
    );
  });
});
