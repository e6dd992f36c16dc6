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
});
