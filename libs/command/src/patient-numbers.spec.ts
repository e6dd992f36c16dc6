import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore, type EventStore } from '#event-store';
import { isRefusal, type Actor, type CivilDate, type Envelope } from '#kernel';
import type { Intent, RecordStep } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const NUMBER = '943 476 5919';
const TEXT = `Placement of ${NUMBER}`;

let store: EventStore;
let door: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  door = new SubmitHandler(store);
});

const step = (data: object, more: Partial<RecordStep> = {}): RecordStep => ({
  command: 'TakeDecision',
  data: { title: 'Placement', takenOn: '2025-04-10', ...data },
  effectiveOn: '2025-04-10' as CivilDate,
  ...more,
});

const send = async (given: RecordStep | readonly RecordStep[], more: Partial<Intent> = {}): Promise<string> => {
  const steps = Array.isArray(given) ? (given as readonly RecordStep[]) : [given as RecordStep];
  const work = door.execute(new Submit({ aggregate: 'decision', id: 'd', commandId: 'c', steps, ...more }, officer));
  return work.then(
    () => 'recorded',
    (thrown: unknown) => (isRefusal(thrown) ? `${thrown.code} ${thrown.detail.field}` : `${String(thrown)}`),
  );
};

describe('an NHS number', () => {
  it.each([
    ['data.title', step({ title: TEXT }), {}],
    ['data.text', step({ text: `One\ntwo ${NUMBER}` }), {}],
    ['data.tags[1]', step({ tags: ['care', NUMBER] }), {}],
    ['source.document', step({}), { source: { document: TEXT } }],
    ['source.system', step({}, { source: { system: TEXT } }), {}],
    ['onBehalfOf', step({}), { onBehalfOf: TEXT }],
    ['steps[1].data.title', [step({}), step({ title: TEXT })], {}],
  ] as const)('is refused in %s, and nothing is written', async (field, given, more) => {
    expect(await send(given, more)).toBe(`PATIENT_NUMBER ${field}`);
    expect(await store.head()).toBe(-1);
  });

  it('is refused in the reason of a correction', async () => {
    await send(step({}));
    const [, taken] = await store.readAll(0, 10);
    const why = { kind: 'error', reason: TEXT } as const;
    const correcting = step({ title: 'Put right' }, { corrects: taken?.id ?? '', why });
    expect(await send(correcting, { commandId: 'c2' })).toBe('PATIENT_NUMBER why.reason');
    const annulling = { annuls: taken?.id ?? '', why } as never as RecordStep;
    expect(await send(annulling, { commandId: 'c3' })).toBe('PATIENT_NUMBER why.reason');
  });

  it('is not repeated whole in the refusal, which is logged', async () => {
    const refused: unknown = await door
      .execute(new Submit({ aggregate: 'decision', id: 'd', commandId: 'c', steps: [step({ title: TEXT })] }, officer))
      .catch((thrown: unknown) => thrown);
    expect(JSON.stringify(refused) + String(refused)).not.toMatch(/943 ?476/);
    expect(refused).toMatchObject({ message: expect.stringContaining('943…19'), detail: { rule: 'BR-006' } });
  });
});

describe('a number that only looks like one', () => {
  const excuse = (number: string, is = 'number of the framework contract'): Partial<Intent> => ({
    notPatientNumbers: [{ number, is }],
  });

  it('goes in when whoever records it says what it is, which is kept', async () => {
    expect(await send(step({ title: TEXT, note: '9434765919 again' }), excuse('9434765919'))).toBe('recorded');
    const taken = (await store.readAll(0, 10)).at(-1);
    expect((JSON.parse(taken?.envelope ?? '') as Envelope).notPatientNumbers).toEqual([
      { number: '9434765919', is: 'number of the framework contract' },
    ]);
    expect(await send(step({ title: TEXT, note: '9434765919 again' }), excuse('9434765919'))).toBe('recorded');
    expect(await send(step({ title: TEXT, note: '9434765919 again' }))).toBe('COMMAND_ID_REUSED commandId');
  });

  it.each([
    ['another number of it', excuse('401 023 2137'), 'NOT_PATIENT_NUMBERS notPatientNumbers[0].number'],
    ['nothing', excuse(NUMBER, ' '), 'NOT_PATIENT_NUMBERS notPatientNumbers[0].is'],
    [
      'too many',
      { notPatientNumbers: Array.from({ length: 51 }, () => ({ number: NUMBER, is: 'x' })) },
      'NOT_PATIENT_NUMBERS notPatientNumbers',
    ],
    ['no list', { notPatientNumbers: 'all' as never }, 'NOT_PATIENT_NUMBERS notPatientNumbers'],
  ])('is not excused by saying %s', async (_what, more, refusal) => {
    expect(await send(step({ title: TEXT }), more)).toBe(refusal);
  });

  it('is not excused with another beside it', async () => {
    expect(await send(step({ title: `${TEXT} and 401 023 2137` }), excuse(NUMBER))).toBe('PATIENT_NUMBER data.title');
  });

  it('goes in as a code that others give, and as an id', async () => {
    const identifiers = [{ scheme: 'contract', value: '9434765919' }];
    expect(await send(step({ identifiers }), { id: '9434765919' })).toBe('recorded');
  });
});
