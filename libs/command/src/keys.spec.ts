import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore, type EventStore } from '#event-store';
import { isRefusal, type Actor, type CivilDate, type Envelope } from '#kernel';
import type { Intent } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
/** The same word, with its accent apart and in one. */
const [APART, IN_ONE] = ['Zoe\u0308', 'Zo\u00eb'];
const UNSEEN = {
  'a line break': '\n',
  'a line separator': '\u2028',
  'a control character': '\u0007',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a right-to-left override': '\u202e',
  'an isolate': '\u2067',
  'a direction mark': '\u200f',
  'a Hangul filler': '\u3164',
  'a variation selector': '\ufe0f',
};

let store: EventStore;
let door: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  door = new SubmitHandler(store);
});

const person = (id: string, more: Partial<Intent> = {}): Intent => ({
  aggregate: 'person',
  id,
  commandId: `register ${id}`,
  steps: [{ command: 'RegisterPerson', data: { name: 'A' }, effectiveOn: '2025-04-01' as CivilDate }],
  ...more,
});
const decision = (data: object): Intent => ({
  aggregate: 'decision',
  id: 'd',
  commandId: 'take',
  steps: [{ command: 'TakeDecision', data: { title: 'A', ...data }, effectiveOn: '2025-04-01' as CivilDate }],
});
const send = (intent: Intent) => door.execute(new Submit(intent, officer));
const refusal = async (intent: Intent): Promise<readonly unknown[]> =>
  send(intent).then(
    () => ['recorded'],
    (thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
      return [thrown.code, thrown.detail.field];
    },
  );

describe('ids, sources and on whose behalf', () => {
  it('are brought into one normal form, so that what looks the same is the same', async () => {
    const source = { document: APART, locator: APART };
    await send(person(APART, { source, onBehalfOf: APART }));
    const [event] = await store.readStream(`person/${IN_ONE}`);
    expect(JSON.parse(event?.envelope ?? '{}') as Envelope).toMatchObject({
      source: { document: IN_ONE, locator: IN_ONE },
      onBehalfOf: IN_ONE,
    });
    const intent = { aggregate: 'appointment', id: 'a', commandId: 'a' };
    const step = {
      command: 'MakeAppointment',
      data: { person: APART, role: 'Chair' },
      effectiveOn: '2025-04-01' as CivilDate,
    };
    expect(await refusal({ ...intent, steps: [step] })).toEqual(['recorded']);
  });
  it('make one command of two that look the same', async () => {
    const first = await send(person(APART, { commandId: 'c', onBehalfOf: APART }));
    const again = await send(person(IN_ONE, { commandId: 'c', onBehalfOf: IN_ONE }));
    expect(again).toEqual({ ...first, alreadyRecorded: true });
  });
  it('make two commands of one id where it is recorded for another body', async () => {
    await send(person('p', { onBehalfOf: 'board' }));
    for (const onBehalfOf of ['council', undefined]) {
      const { onBehalfOf: _, ...without } = person('p');
      const intent = onBehalfOf === undefined ? without : { ...without, onBehalfOf };
      expect(await refusal(intent)).toEqual(['COMMAND_ID_REUSED', 'commandId']);
    }
  });
});

describe('what nobody sees', () => {
  it.each(Object.entries(UNSEEN))('%s, is refused in ids and references, and the field is named', async (_, sign) => {
    const text = `a${sign}b`;
    expect(await refusal(person(text, { commandId: 'c' }))).toEqual(['NOT_A_KEY', 'id']);
    expect(await refusal(person('p', { commandId: text }))).toEqual(['NOT_A_KEY', 'commandId']);
    expect(await refusal(person('p', { onBehalfOf: text }))).toEqual(['NOT_A_KEY', 'onBehalfOf']);
    expect(await refusal(decision({ reference: text }))).toEqual(['INPUT', 'data.reference']);
    expect(await refusal(decision({ referenceSeries: text }))).toEqual(['INPUT', 'data.referenceSeries']);
    expect(await refusal(decision({ officer: text }))).toEqual(['INPUT', 'data.officer']);
    const identifiers = [{ scheme: 'ocds', value: text }];
    expect(await refusal(decision({ identifiers }))).toEqual(['INPUT', 'data.identifiers[0].value']);
    expect(await store.head()).toBe(-1);
  });
  it('is taken in texts, where it says something: a family of people, a paragraph', async () => {
    expect(await refusal(decision({ title: 'The 👩‍👧 service', text: 'one\ntwo' }))).toEqual(['recorded']);
  });
});

describe('a last day', () => {
  const budget = (until: string): Intent => ({
    aggregate: 'budget',
    id: 'b',
    commandId: until,
    steps: [
      {
        command: 'SetBudget',
        data: { name: 'Pool', amount: { pence: 1 }, until },
        effectiveOn: '2025-04-01' as CivilDate,
      },
    ],
  });
  it('is one after which a day comes: what would never end is refused, with the field', async () => {
    for (const until of ['9999-12-30', '9999-12-31', '2025-02-30'])
      expect(await refusal(budget(until))).toEqual(['INPUT', 'data.until']);
    expect(await refusal(budget('9999-12-29'))).toEqual(['recorded']);
    expect((await store.readStream('budget/b'))[0]?.payload).toContain('"to":"9999-12-30"');
  });
});
