import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandName, MemoryEventStore, eventId, type EventStore } from '#event-store';
import {
  canonicalJson,
  isRefusal,
  liveEvents,
  type Actor,
  type CivilDate,
  type Instant,
  type StoredEvent,
} from '#kernel';
import { eventReader } from '#governance';
import type { RecordStep, Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';
import { SubjectLog } from './subject-log.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const why = { kind: 'error', reason: 'a slip of the pen' } as const;

let store: EventStore;
let door: SubmitHandler;
beforeEach(async () => {
  store = new MemoryEventStore();
  door = new SubmitHandler(store);
  await send('c1', vary('2025-05-01', 1, { command: 'SetBudget', data: { name: 'Pool', amount: { pence: 1 } } }));
  await send('c2', vary('2025-06-01', 2));
});

const vary = (effectiveOn: string, amount: number, more: Partial<RecordStep> = {}): RecordStep => ({
  command: 'VaryBudget',
  data: { amount: { pence: amount } },
  effectiveOn: effectiveOn as CivilDate,
  ...more,
});
const send = (commandId: string, ...steps: readonly Step[]) =>
  door.execute(new Submit({ aggregate: 'budget', id: 'b', commandId, steps }, officer));
const refusal = async (work: Promise<unknown>): Promise<readonly unknown[]> =>
  work.then(
    () => ['recorded'],
    (thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
      return [thrown.code, thrown.detail.field];
    },
  );
const read = eventReader();
const amounts = async (): Promise<readonly unknown[]> =>
  liveEvents((await store.readStream('budget/b')).map(read)).map(
    ({ event }) => (event.data as { amount: number }).amount,
  );

describe('recording again', () => {
  const annulled = eventId(commandName(officer, 'c2'), 0);

  it('is done in one command with the annulment, and keeps the place among others of its day', async () => {
    await send('c3', vary('2025-06-01', 3));
    await send('c4', { annuls: annulled, why }, vary('2025-06-01', 20, { again: annulled }));
    expect(await amounts()).toEqual([1, 20, 3].map((pence) => ({ pence })));
  });
  it('is judged in the place it takes back: what stands behind it on its day still stands', async () => {
    const close = { command: 'CloseBudget', data: {}, effectiveOn: '2025-06-01' as CivilDate };
    const begun = vary('2025-06-01', 1, { command: 'SetBudget', data: { name: 'Other', amount: { pence: 1 } } });
    const at = (commandId: string, ...steps: readonly Step[]) =>
      door.execute(new Submit({ aggregate: 'budget', id: 'other', commandId, steps }, officer));
    await at('o1', begun);
    await at('o2', close);
    const again = eventId(commandName(officer, 'o1'), 0);
    const receipt = await at('o3', { annuls: again, why }, { ...begun, again });
    expect(receipt.events.map(({ type }) => type)).toEqual(['Annulled', 'BudgetSet']);
    expect(await refusal(at('o4', { ...close, effectiveOn: '2025-06-02' as CivilDate }))).not.toEqual(['recorded']);
  });
  it('is refused in front of the annulment: the log would hold both for a while', async () => {
    const steps = [vary('2025-06-01', 20, { again: annulled }), { annuls: annulled, why }];
    expect(await refusal(send('c4', ...steps))).toEqual(['NOT_ANNULLED', 'steps[0].again']);
  });
  it('is done once: not twice in one command, nor in a later one', async () => {
    await send('c3', { annuls: annulled, why });
    const twice = [vary('2025-06-01', 20, { again: annulled }), vary('2025-06-01', 30, { again: annulled })];
    expect(await refusal(send('c4', ...twice))).toEqual(['NOT_ANNULLED', 'steps[1].again']);
    await send('c5', vary('2025-06-01', 20, { again: annulled }));
    expect(await refusal(send('c6', vary('2025-06-01', 30, { again: annulled })))).toEqual(['NOT_ANNULLED', 'again']);
  });
  it('withdraws whole, records again and re-dates in one command (T8)', async () => {
    const steps = [
      { annuls: eventId(commandName(officer, 'c1'), 0), why },
      { annuls: annulled, why },
      vary('2025-05-10', 1, {
        command: 'SetBudget',
        data: { name: 'Pool', amount: { pence: 7 } },
        again: eventId(commandName(officer, 'c1'), 0),
      }),
      vary('2025-06-10', 8, { again: annulled }),
    ];
    await send('c3', ...steps);
    expect(await amounts()).toEqual([7, 8].map((pence) => ({ pence })));
  });
});

describe('an amount that is put right in pounds', () => {
  it('leaves nothing out, kept or not', async () => {
    const event = eventId(commandName(officer, 'c1'), 0);
    const right = (pounds: string, more: object) =>
      vary('2025-05-01', 1, {
        command: 'SetBudget',
        data: { name: 'Pool', amount: { pounds } },
        corrects: event,
        why,
        ...more,
      });
    await send('c3', right('0.07', {}));
    expect((await amounts())[0]).toEqual({ pence: 7 });
    const again = { corrects: eventId(commandName(officer, 'c3'), 0), unsaid: 'KEEP' as const };
    await send('c4', right('0.09', again));
    expect((await amounts())[0]).toEqual({ pence: 9 });
  });
});

describe('a log in which two events have one slot', () => {
  it('has one order, whoever asks: the door as it goes, a door that has just been opened, and the fold', () => {
    const link = (index: number, more: object): StoredEvent => ({
      id: `e${index}`,
      type: index === 0 ? 'BudgetSet' : more && 'annuls' in more ? 'Annulled' : 'BudgetVaried',
      schemaVersion: 1,
      payload: canonicalJson(index === 0 ? { name: 'Pool', amount: { pence: 0 } } : { amount: index }),
      envelope: canonicalJson({
        ...{ effectiveOn: '2025-06-01', actor: officer, commandId: `c${index}`, commandDigest: '', index: 0, count: 1 },
        ...more,
      }),
      stream: 'budget/b',
      revision: index,
      position: index,
      recordedAt: '2025-06-01T00:00:00.000Z' as Instant,
    });
    const log = [
      link(0, {}),
      link(1, {}),
      link(2, { annuls: 'e1' }),
      link(3, { again: 'e1' }),
      link(4, { again: 'e1' }),
      link(5, {}),
    ];
    const fold = liveEvents(log.map(read)).map(({ event }) => event.id);
    const warm = new SubjectLog('budget/b');
    for (const event of log) warm.take([event]);
    const cold = new SubjectLog('budget/b');
    cold.take(log);
    expect([fold, warm.standing.ids, cold.standing.ids]).toEqual(
      Array.from({ length: 3 }, () => ['e0', 'e3', 'e4', 'e5']),
    );
  });
});
