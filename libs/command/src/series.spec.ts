import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, type EventStore } from '#event-store';
import type { Actor, CivilDate, StoredEvent } from '#kernel';
import type { Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const step = (command: string, data: object): Step => ({
  command,
  data: { title: 'Community urology services', ...data },
  effectiveOn: '2025-08-06' as CivilDate,
});
const series = { referenceSeries: 'ICB-2025/26' };
const send = (door: SubmitHandler, id: string, ...steps: readonly Step[]) =>
  door.execute(new Submit({ aggregate: 'decision', id, commandId: `take ${id}`, steps }, officer));
const references = async (store: EventStore, id: string): Promise<readonly string[]> =>
  (await store.readStream(`decision/${id}`)).map(
    ({ payload }) => (JSON.parse(payload) as { reference: string }).reference,
  );
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `ICB-2025/26-${String(index + 1).padStart(4, '0')}`);

describe('a series of references', () => {
  it.each([8, 64, 256])('gives %i decisions at once their numbers in the order in which they came', async (count) => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    const ids = Array.from({ length: count }, (_, index) => `d${index}`);
    await Promise.all(ids.map(async (id) => send(door, id, step('TakeDecision', series))));
    expect((await Promise.all(ids.map(async (id) => references(store, id)))).flat()).toEqual(numbered(count));
  });

  it('has no part in the receipt, which names the positions of the decision itself', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    for (const id of ['a', 'b']) {
      const receipt = await send(door, id, step('ProposeDecision', series), step('TakeDecision', series));
      const stored = await store.readStream(`decision/${id}`);
      expect(receipt.events).toEqual(stored.map(({ id: event, type, position }) => ({ id: event, type, position })));
      expect([receipt.position, receipt.after]).toEqual([stored.at(-1)?.position, `p${stored.at(-1)?.position}`]);
      expect(await send(door, id, step('ProposeDecision', series), step('TakeDecision', series))).toEqual({
        ...receipt,
        alreadyRecorded: true,
      });
    }
  });

  it('keeps the order of arrival where one in between is refused, and leaves no gap for it', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    const answers = await Promise.allSettled([
      send(door, 'a', step('TakeDecision', series)),
      send(door, 'b', step('TakeDecision', { ...series, officer: 'nobody' })),
      send(door, 'c', step('TakeDecision', series)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([...(await references(store, 'a')), ...(await references(store, 'c'))]).toEqual(numbered(2));
  });

  it('is shared by several doors to one log, without gaps, however many write at once', async () => {
    const store = new MemoryEventStore();
    const doors = [new SubmitHandler(store), new SubmitHandler(store), new SubmitHandler(store)];
    const ids = Array.from({ length: 60 }, (_, index) => `d${index}`);
    await Promise.all(
      ids.map(async (id, at) => send(doors[at % 3] as SubmitHandler, id, step('TakeDecision', series))),
    );
    const given = (await Promise.all(ids.map(async (id) => references(store, id)))).flat();
    expect(given.toSorted()).toEqual(numbered(60));
  });

  it('is read once, and afterwards only behind what is known', async () => {
    let events = 0;
    class Watched extends MemoryEventStore {
      override async readStream(stream: string, from?: number): Promise<readonly StoredEvent[]> {
        const found = await super.readStream(stream, from);
        if (stream.startsWith('series/')) events += found.length;
        return found;
      }
    }
    const door = new SubmitHandler(new Watched());
    for (let index = 0; index < 50; index++) await send(door, `d${index}`, step('TakeDecision', series));
    expect(events).toBeLessThanOrEqual(50);
  });
});

describe('two facts of one command', () => {
  it('that ask for the next number are one decision with one number', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    await send(door, 'a', step('ProposeDecision', series), step('TakeDecision', { referenceSeries: 'icb-2025/26 ' }));
    await send(door, 'b', step('TakeDecision', series));
    expect(await references(store, 'a')).toEqual(['ICB-2025/26-0001', 'ICB-2025/26-0001']);
    expect(await references(store, 'b')).toEqual(['ICB-2025/26-0002']);
  });
  it('that give one reference claim it once, whatever its case and spaces', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    await send(door, 'a', step('ProposeDecision', { reference: 'R-1' }), step('TakeDecision', { reference: 'r-1' }));
    expect(await store.readStream('reference/R-1')).toHaveLength(1);
    expect(await references(store, 'a')).toEqual(['R-1', 'r-1']);
  });
  it('of which one gives by hand what the series would give next have one reference', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    const [first] = numbered(1);
    await send(door, 'a', step('ProposeDecision', { reference: first }), step('TakeDecision', series));
    await send(door, 'b', step('TakeDecision', series));
    expect(await references(store, 'a')).toEqual([first, first]);
    expect(await references(store, 'b')).toEqual([numbered(2)[1]]);
  });
  it('take nothing from a command of which the id looks like what the register makes of theirs', async () => {
    const store = new MemoryEventStore();
    const door = new SubmitHandler(store);
    await send(door, 'a', step('TakeDecision', { reference: 'R-9' }));
    const intent = {
      aggregate: 'decision',
      id: 'b',
      commandId: 'take a/reference/R-9',
      steps: [step('TakeDecision', {})],
    };
    expect(await door.execute(new Submit(intent, officer))).toMatchObject({ subject: 'decision/b' });
  });
});
