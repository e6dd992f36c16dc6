import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandName, MemoryEventStore, eventId, type EventStore } from '#event-store';
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
  const corrects = eventId(commandName(officer, 'c1'), 0);

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
    await send(
      'c3',
      taken({ disclosure: { disclosure: 'PUBLIC' } }, { corrects: eventId(commandName(officer, 'c2'), 0), why }),
    );
    expect(await outcome(send('c4', taken({}, { corrects: eventId(commandName(officer, 'c3'), 0), why })))).toEqual(
      leftOut,
    );
  });
  it('holds for a classification as well, and not for what never said a class', async () => {
    await send('c1', taken({}));
    await send('c2', taken({ amount: { pence: 5 } }, { corrects, why }));
    await send('c3', step('ClassifyDecision', exempt));
    const instead = step(
      'ChangeDecision',
      { amount: { pence: 6 } },
      { corrects: eventId(commandName(officer, 'c3'), 0), why },
    );
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
    await send('c2', { annuls: eventId(commandName(officer, 'c1'), 0), why });
    const again = eventId(commandName(officer, 'c1'), 0);
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

  it('is refused for a delegation that stands in the place of itself', async () => {
    const granted = {
      functions: ['f'],
      grantedByName: 'Board',
      delegateNames: ['Committee'],
      replaces: 'delegation/d1',
    };
    const command = { aggregate: 'delegation', id: 'd1', commandId: 'g1', steps: [step('GrantDelegation', granted)] };
    const sent = handler.execute(new Submit(command, officer));
    expect(await outcome(sent)).toEqual(['NAMES_ITSELF', 'data.replaces']);
  });

  it('is refused also for what is not there yet', async () => {
    expect(await outcome(send('c1', taken({ supersedes: 'd1' })))).toEqual(['NAMES_ITSELF', 'data.supersedes']);
  });
});

describe('recording words about a decision of which it was ever said who may see it', () => {
  const open = { disclosure: { disclosure: 'PUBLIC' } };

  it.each([
    ['takes it anew after it was annulled', taken({})],
    ['proposes it anew after it was annulled', step('ProposeDecision', { title: 'A contract' })],
  ])('is refused without the class where it %s', async (_, anew) => {
    await send('c1', taken({ disclosure: exempt }));
    await send('c2', { annuls: eventId(commandName(officer, 'c1'), 0), why });
    expect(await outcome(send('c3', anew))).toEqual(leftOut);
    expect(await outcome(send('c3', { ...anew, data: { ...anew.data, ...open } }))).toEqual(['recorded']);
  });
  it('is refused without the class where it changes it, also after a lifting and where the class is taken away', async () => {
    await send('c1', taken({}));
    expect(await outcome(send('c2', step('ChangeDecision', { note: 'a' })))).toEqual(['recorded']);
    await send('c3', step('ClassifyDecision', exempt));
    expect(await outcome(send('c4', step('ChangeDecision', { note: 'b' })))).toEqual(leftOut);
    await send('c5', step('LiftExemption', {}));
    expect(await outcome(send('c6', step('ChangeDecision', { note: 'c' })))).toEqual(leftOut);
    expect(await outcome(send('c7', step('ChangeDecision', { note: 'c', disclosure: null })))).toEqual(leftOut);
    expect(await outcome(send('c8', step('ChangeDecision', { note: 'c', ...open })))).toEqual(['recorded']);
  });
  it('is refused where an earlier step of the same command said the class', async () => {
    const steps = [taken({ disclosure: exempt }), step('ChangeDecision', { note: 'a' })];
    expect(await outcome(send('c1', ...steps))).toEqual(['DISCLOSURE_LEFT_OUT', 'steps[1].data.disclosure']);
  });
  it('opens nothing: a laxer class than what stands is refused, until that is opened', async () => {
    await send('c1', step('ProposeDecision', { title: 'A contract', disclosure: exempt }));
    expect(await outcome(send('c2', taken(open)))).toEqual(['STILL_WITHHELD', 'data.disclosure']);
    expect(await outcome(send('c3', step('ChangeDecision', { note: 'a', ...open })))).toEqual([
      'STILL_WITHHELD',
      'data.disclosure',
    ]);
    expect(await outcome(send('c4', step('LiftExemption', {}), taken(open)))).toEqual(['recorded']);
  });
});

describe('naming a decision that one may not see', () => {
  const scrutineer: Actor = { ...officer, id: 's', roles: ['scrutiny-officer'] };
  const secret = { disclosure: 'CONFIDENTIAL', ground: 'OTHER' };
  const raise = (id: string) =>
    handler.execute(
      new Submit(
        {
          aggregate: 'scrutiny',
          id,
          commandId: id,
          steps: [step('RaiseMatter', { committee: 'hosc', kind: 'REQUEST', text: '?', aboutDecision: 'd1' })],
        },
        scrutineer,
      ),
    );
  beforeEach(async () => {
    const establish = {
      ...step('EstablishBody', { name: 'HOSC', kind: 'HOSC' }),
      effectiveOn: '2020-01-01' as CivilDate,
    };
    await handler.execute(new Submit({ aggregate: 'body', id: 'hosc', commandId: 'h', steps: [establish] }, officer));
  });
  const ahead = { effectiveOn: '2099-01-01' as CivilDate };

  it('goes by its class as at today: one that is lifted only later is not there', async () => {
    await send('c1', taken({ disclosure: secret }));
    await send('c2', step('LiftExemption', {}, ahead));
    expect(await outcome(raise('m1'))).toEqual(['UNKNOWN_REFERENCE', 'data.aboutDecision']);
  });
  it('goes by the recordings it is made of: what an annulled classification withheld is not there until it is opened', async () => {
    await send('c1', taken({}));
    await send('c2', step('ClassifyDecision', secret));
    await send('c3', { annuls: eventId(commandName(officer, 'c2'), 0), why });
    expect(await outcome(raise('m1'))).toEqual(['UNKNOWN_REFERENCE', 'data.aboutDecision']);
    await send('c4', step('ClassifyDecision', { disclosure: 'PUBLIC' }));
    expect(await outcome(raise('m1'))).toEqual(['recorded']);
  });
  it('is not told who has a reference already, where they may not know of it', async () => {
    await send('c1', taken({ disclosure: secret, reference: 'R-1' }));
    const operator: Actor = { id: 'cli:o', roles: ['operator'], vouchedBy: 'operator' };
    const take = (actor: Actor) =>
      handler.execute(
        new Submit({ aggregate: 'decision', id: 'd2', commandId: 'c2', steps: [taken({ reference: 'R-1' })] }, actor),
      );
    await expect(take(operator)).rejects.toThrow('the reference R-1 belongs to something already');
    await expect(take(officer)).rejects.toThrow('the reference R-1 belongs to decision/d1 already');
  });
  it('finds one whose words that were withheld are gone', async () => {
    await send('c1', taken({ disclosure: secret }));
    await send('c2', { annuls: eventId(commandName(officer, 'c1'), 0), why });
    expect(await outcome(raise('m1'))).toEqual(['UNKNOWN_REFERENCE', 'data.aboutDecision']);
    await send('c3', taken({ disclosure: { disclosure: 'PUBLIC' } }));
    expect(await outcome(raise('m1'))).toEqual(['recorded']);
  });
  it('finds one that is withheld only later', async () => {
    await send('c1', taken({}));
    await send('c2', step('ClassifyDecision', secret, ahead));
    expect(await outcome(raise('m1'))).toEqual(['recorded']);
  });
  it('does not find one that begins later and is withheld from the first', async () => {
    await send('c1', taken({ disclosure: secret }, ahead));
    expect(await outcome(raise('m1'))).toEqual(['UNKNOWN_REFERENCE', 'data.aboutDecision']);
  });
});
