import { afterEach, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler, type Intent, type Receipt } from '#command';
import type { Actor, CivilDate } from '#kernel';
import { allOf, Trial } from './trial.js';

const trial = new Trial();
afterEach(() => trial.end());

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'development' };

const decision = (id: string, data: object = {}): Intent => ({
  aggregate: 'decision',
  id,
  commandId: `take ${id}`,
  steps: [
    {
      command: 'TakeDecision',
      effectiveOn: '2025-04-01' as CivilDate,
      data: { title: `Decision ${id}`, stage: 'award confirmed', referenceSeries: 'ICB-2025/26', ...data },
    },
  ],
});

describe('the one door on EventStoreDB', () => {
  it('gives numbers of a series once and without gaps, to two programs at once, whatever becomes of the answers', async () => {
    const server = await trial.server();
    const stores = [
      await trial.store(server, { callMs: 1_000 }),
      await trial.store(server, { callMs: 1_000 }),
    ] as const;
    const doors = stores.map((store) => new SubmitHandler(store));
    const take = async (door: SubmitHandler | undefined, id: string): Promise<Receipt> => {
      for (;;) {
        try {
          return await (door as SubmitHandler).execute(new Submit(decision(id), officer));
        } catch (thrown) {
          const { code } = thrown as { code?: unknown };
          if (code !== 'CONFLICT' && code !== 'OUTCOME_UNKNOWN') throw thrown;
        }
      }
    };
    await Promise.all(
      doors.map(async (door, who) => {
        for (let turn = 0; turn < 12; turn++) {
          if (turn % 4 === who) server.faults.next('append', { kind: 'dropped', done: turn % 2 === 0 });
          await take(door, `${who}-${turn}`);
        }
      }),
    );
    const references = new Map<string, string>();
    for (const { type, stream, payload } of await allOf(stores[0])) {
      if (type !== 'DecisionTaken') continue;
      const { reference } = JSON.parse(payload) as { reference: string };
      expect(references.has(reference)).toBe(false);
      references.set(reference, stream);
    }
    expect([...references.keys()].toSorted()).toEqual(
      Array.from({ length: 24 }, (_, at) => `ICB-2025/26-${String(at + 1).padStart(4, '0')}`),
    );
    const claims = (await allOf(stores[0])).filter(({ type }) => type === 'ReferenceTaken');
    for (const { payload } of claims) {
      const { reference, subject } = JSON.parse(payload) as { reference: string; subject: string };
      expect(references.get(reference)).toBe(subject);
    }
  });

  it('finishes a command that was cut off behind its claim, with the number it had claimed', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 100, resolveMs: 200 });
    const door = new SubmitHandler(store);
    await door.execute(new Submit(decision('first'), officer));
    server.faults.next('append', { kind: 'late answer', ms: 0 });
    server.faults.next('append', { kind: 'lost request' }, 50);
    await expect(door.execute(new Submit(decision('second'), officer))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    server.faults.clear();
    await new SubmitHandler(store).execute(new Submit(decision('third'), officer));
    await door.execute(new Submit(decision('second'), officer));
    const taken = (await allOf(store)).filter(({ type }) => type === 'DecisionTaken');
    expect(
      taken.map(({ stream, payload }) => [stream, (JSON.parse(payload) as { reference: string }).reference]),
    ).toEqual([
      ['decision/first', 'ICB-2025/26-0001'],
      ['decision/third', 'ICB-2025/26-0003'],
      ['decision/second', 'ICB-2025/26-0002'],
    ]);
  });

  it('takes up a number that another program has just taken for the same command', async () => {
    const server = await trial.server();
    const [one, other] = [await trial.store(server, { callMs: 3_000 }), await trial.store(server, { callMs: 3_000 })];
    const [door, otherDoor] = [new SubmitHandler(one), new SubmitHandler(other)];
    await otherDoor.execute(new Submit(decision('known'), officer));
    await door.execute(new Submit(decision('first'), officer));
    // The other one learns of the number taken since, looks, and is held up before it looks who has the next.
    const before = server.calls.length;
    for (const ms of [0, 0, 0, 400]) server.faults.next('read', { kind: 'late', ms });
    const sent = otherDoor.execute(new Submit({ ...decision('second'), traceparent: 'other' }, officer));
    const reads = (): number => server.calls.slice(before).filter((call) => call === 'read').length;
    while (reads() < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    // Meanwhile the same command takes reference and number here; the decision itself is long under way.
    for (const ms of [0, 0, 1_200]) server.faults.next('append', { kind: 'late', ms });
    const receipts = await Promise.all([
      sent,
      door.execute(new Submit({ ...decision('second'), traceparent: 'one' }, officer)),
    ]);
    expect(receipts.map(({ events }) => events)).toEqual([receipts[0]?.events, receipts[0]?.events]);
    const types = (await allOf(one)).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['ReferenceTaken', 'NumberAssigned', 'DecisionTaken']);
    const another = decision('second', { title: 'Another decision' });
    await expect(otherDoor.execute(new Submit(another, officer))).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
  });

  it('says that nobody knows, not that nothing was recorded, where the append has no answer and reading has none', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { callMs: 100, resolveMs: 200 });
    const door = new SubmitHandler(store);
    server.faults.next('append', { kind: 'lost request' }, 50);
    await expect(door.execute(new Submit(decision('early'), officer))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    server.faults.clear();
    await door.execute(new Submit(decision('first'), officer));
    const second = decision('second', { referenceSeries: undefined });
    server.faults.next('append', { kind: 'lost answer' }, 50);
    server.faults.next('read', { kind: 'dropped' }, 50);
    await expect(door.execute(new Submit(second, officer))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    server.faults.clear();
    expect(await door.execute(new Submit(second, officer))).toMatchObject({ alreadyRecorded: true });
  });

  it('gives a receipt without a position where the store cannot know it yet', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { positionMs: 100 });
    const door = new SubmitHandler(store);
    await door.execute(new Submit(decision('first'), officer));
    server.faults.next('subscribe', { kind: 'silent' });
    await server.restart();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const receipt = await door.execute(new Submit(decision('second', { referenceSeries: undefined }), officer));
    expect(receipt).toMatchObject({ position: null, alreadyRecorded: false, after: 'r0.decision/second' });
    const again = await door.execute(new Submit(decision('second', { referenceSeries: undefined }), officer));
    expect(again).toMatchObject({ position: expect.any(Number), alreadyRecorded: true });
  });

  it('does not take another command under the same id for the one that has no position yet', async () => {
    const server = await trial.server();
    const store = await trial.store(server, { positionMs: 100 });
    const door = new SubmitHandler(store);
    await door.execute(new Submit(decision('first'), officer));
    server.faults.next('subscribe', { kind: 'silent' }, 50);
    await server.restart();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await door.execute(new Submit(decision('second', { referenceSeries: undefined }), officer));
    const another = decision('second', { referenceSeries: undefined, title: 'Another decision' });
    await expect(door.execute(new Submit(another, officer))).rejects.toMatchObject({ code: 'STORE_BEHIND' });
    server.faults.clear();
  });
});
