import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore, eventId, type EventStore } from '#event-store';
import { isRefusal, type Actor, type CivilDate } from '#kernel';
import type { RecordStep, Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const why = { kind: 'error', reason: 'the minutes say 2 May' } as const;
const exempt = { disclosure: 'EXEMPT', ground: 'LGA_12A_3' };

let store: EventStore;
let handler: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  handler = new SubmitHandler(store);
});

const step = (command: string, data: object, more: Partial<RecordStep> = {}): RecordStep => ({
  command,
  data,
  effectiveOn: '2025-05-02' as CivilDate,
  ...more,
});
const taken = (data: object, more: Partial<RecordStep> = {}): RecordStep =>
  step('TakeDecision', { title: 'A contract', ...data }, more);
const send = (commandId: string, ...steps: readonly Step[]) =>
  handler.execute(new Submit({ aggregate: 'decision', id: 'd1', commandId, steps }, officer));
/** Code and field of the refusal; `recorded` where there is none. */
const outcome = async (work: Promise<unknown>): Promise<readonly unknown[]> =>
  work.then(
    () => ['recorded'],
    (thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
      return [thrown.code, thrown.detail.field];
    },
  );
const leftOut = ['DISCLOSURE_LEFT_OUT', 'data.disclosure'];

describe('correcting a recording that classed a decision', () => {
  const corrects = eventId('c1', 0);

  it.each([
    ['TakeDecision', { title: 'A contract', takenOn: '2025-05-02' }],
    ['ProposeDecision', { title: 'A contract' }],
  ])('by %s is refused where the class is left out, and nothing is recorded', async (command, data) => {
    await send('c1', step(command, { ...data, disclosure: exempt }));
    const head = await store.head();
    expect(await outcome(send('c2', step(command, data, { corrects, why })))).toEqual(leftOut);
    expect(await store.head()).toBe(head);
  });
  it('is refused where another kind of recording takes its place, which says no class', async () => {
    await send('c1', step('ProposeDecision', { title: 'A contract', disclosure: exempt }));
    expect(await outcome(send('c2', taken({}, { corrects, why })))).toEqual(leftOut);
  });
  it('is taken where the class is said again, the same or another, public among them', async () => {
    await send('c1', taken({ disclosure: exempt }));
    await send('c2', taken({ disclosure: exempt }, { corrects, why }));
    await send('c3', taken({ disclosure: { disclosure: 'PUBLIC' } }, { corrects: eventId('c2', 0), why }));
    expect(await outcome(send('c4', taken({}, { corrects: eventId('c3', 0), why })))).toEqual(leftOut);
  });
  it('holds for a classification as well, and not for what never said a class', async () => {
    await send('c1', taken({}));
    await send('c2', taken({ amount: 5 }, { corrects, why }));
    await send('c3', step('ClassifyDecision', exempt));
    const instead = step('ChangeDecision', { amount: 6 }, { corrects: eventId('c3', 0), why });
    expect(await outcome(send('c4', instead))).toEqual(leftOut);
  });
  it('names the step of a command that has several', async () => {
    await send('c1', taken({ disclosure: exempt }));
    const steps = [taken({}, { corrects, why }), step('PublishDecision', { publishedOn: '2025-06-01' })];
    expect(await outcome(send('c2', ...steps))).toEqual(['DISCLOSURE_LEFT_OUT', 'steps[0].data.disclosure']);
  });
  it('is found out by a door that has just been opened', async () => {
    await send('c1', taken({ disclosure: exempt }));
    handler = new SubmitHandler(store);
    expect(await outcome(send('c2', taken({}, { corrects, why })))).toEqual(leftOut);
  });
});

describe('recording again what was annulled', () => {
  it('says the class again where it had one', async () => {
    await send('c1', taken({ disclosure: exempt }));
    await send('c2', { annuls: eventId('c1', 0), why });
    const again = eventId('c1', 0);
    expect(await outcome(send('c3', taken({}, { again })))).toEqual(leftOut);
    expect(await outcome(send('c4', taken({ disclosure: exempt }, { again })))).toEqual(['recorded']);
  });
});

describe('a subject that names itself', () => {
  it.each([
    ['TakeDecision', { title: 'A contract', supersedes: 'd1' }, 'data.supersedes'],
    ['TakeDecision', { title: 'A contract', supersedes: 'decision/d1' }, 'data.supersedes'],
    ['SupersedeDecision', { by: 'd1' }, 'data.by'],
    ['RescindDecision', { by: 'd1' }, 'data.by'],
  ])('is refused: %s %j', async (command, data, field) => {
    await send('c1', taken({}));
    expect(await outcome(send('c2', step(command, data)))).toEqual(['NAMES_ITSELF', field]);
  });

  it('is refused also for what is not there yet', async () => {
    expect(await outcome(send('c1', taken({ supersedes: 'd1' })))).toEqual(['NAMES_ITSELF', 'data.supersedes']);
  });
});
