import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandName, MemoryEventStore, eventId, type EventStore } from '#event-store';
import { LIFESPANS } from '#governance';
import { isRefusal, type Actor, type CivilDate, type Envelope } from '#kernel';
import { COMMANDS } from '#wire';
import type { Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';
import { unknownDay } from './unknown-day.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const why = { kind: 'error', reason: 'a slip of the pen' } as const;

let store: EventStore;
let door: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  door = new SubmitHandler(store);
});

let commands = 0;
const send = (...steps: readonly Step[]) =>
  door.execute(new Submit({ aggregate: 'interest', id: 'i', commandId: `c${commands++}`, steps }, officer));
const person = () =>
  door.execute(
    new Submit(
      {
        aggregate: 'person',
        id: 'p',
        commandId: 'p',
        steps: [{ command: 'RegisterPerson', data: { name: 'Ada' }, effectiveOn: '2000-01-01' as CivilDate }],
      },
      officer,
    ),
  );

type Given = Parameters<typeof unknownDay>[0];
const day = (given: Given | string): Pick<Step & { effectiveOn: CivilDate }, 'effectiveOn'> =>
  typeof given === 'string'
    ? { effectiveOn: given as CivilDate }
    : (unknownDay(given, '') ?? { effectiveOn: given.effectiveOn as CivilDate });
const declared = (given: Given | string): Step => ({
  command: 'DeclareInterest',
  data: { person: 'p', kind: 'FINANCIAL', nature: 'Shares' },
  ...day(given),
});
const ended = (given: Given | string, more = {}): Step => ({
  command: 'EndInterest',
  data: {},
  ...day(given),
  ...more,
});
const placed = async (): Promise<readonly string[]> =>
  (await store.readStream('interest/i')).map(({ envelope }) => (JSON.parse(envelope) as Envelope).effectiveOn);
const refusalOf = (thrown: unknown): readonly unknown[] => {
  if (!isRefusal(thrown)) throw thrown;
  return [thrown.code, thrown.detail.field];
};
const refused = async (...steps: readonly Step[]): Promise<readonly unknown[]> =>
  send(...steps).then(() => ['recorded'], refusalOf);

describe('a day that nobody knows', () => {
  it.each<[Given, object | undefined]>([
    [{ effectiveOn: '2018-01-01' }, undefined],
    [{ startKnown: true, effectiveOn: '2018-01-01' }, undefined],
    [{ startKnown: false }, { effectiveOn: '0001-01-01', startKnown: false }],
    [
      { startKnown: false, effectiveOn: '2018-02-03' },
      { effectiveOn: '2018-02-03', startKnown: false },
    ],
    [{ effectiveIn: '2018' }, { effectiveOn: '2018-01-01', startKnown: false, effectiveIn: '2018' }],
    [
      { effectiveIn: '2018-02', effectiveOn: null },
      { effectiveOn: '2018-02-01', startKnown: false, effectiveIn: '2018-02' },
    ],
    [{ notAfter: '2018-02-03' }, { effectiveOn: '0001-01-01', startKnown: false, notAfter: '2018-02-03' }],
    [
      { effectiveIn: '2018', notBefore: '2018-05-06' },
      { effectiveOn: '2018-05-06', startKnown: false, effectiveIn: '2018', notBefore: '2018-05-06' },
    ],
  ])('%j is taken', (given, expected) => {
    expect(unknownDay(given, '')).toEqual(expected);
  });

  it.each<[Given, string, string]>([
    [{ effectiveIn: '18' }, 'NOT_A_PERIOD', 'effectiveIn'],
    [{ effectiveIn: '2018-13' }, 'NOT_A_PERIOD', 'effectiveIn'],
    [{ effectiveIn: '2018-00' }, 'NOT_A_PERIOD', 'effectiveIn'],
    [{ effectiveIn: '9999' }, 'NOT_A_PERIOD', 'effectiveIn'],
    [{ effectiveIn: 2018 }, 'NOT_A_PERIOD', 'effectiveIn'],
    [{ notBefore: '2018-02-30' }, 'NOT_A_DATE', 'notBefore'],
    [{ notBefore: '2018-02-02', notAfter: '2018-02-01' }, 'UNKNOWN_DAY', 'notBefore'],
    [{ effectiveIn: '2018', notAfter: '2017-12-31' }, 'UNKNOWN_DAY', 'effectiveIn'],
    [{ effectiveIn: '2018', effectiveOn: '2018-01-01' }, 'UNKNOWN_DAY', 'effectiveOn'],
    [{ startKnown: true, notAfter: '2018-01-01' }, 'UNKNOWN_DAY', 'startKnown'],
  ])('%j is refused', (given, code, field) => {
    let thrown: unknown;
    try {
      unknownDay(given, '');
    } catch (refusal) {
      thrown = refusal;
    }
    expect(refusalOf(thrown)).toEqual([code, field]);
  });
});

describe('the end of something on a day that nobody knows', () => {
  beforeEach(person);

  it.each<[string, Given | string, Given, string]>([
    ['stands on the day after a known start', '2010-05-06', { startKnown: false }, '2010-05-07'],
    ['stands on an unknown start', { startKnown: false }, { startKnown: false }, '0001-01-01'],
    ['stands on its own bound where that is later', '2010-05-06', { notBefore: '2012-01-01' }, '2012-01-01'],
    ['stands at the beginning of its year', '2010-05-06', { effectiveIn: '2018' }, '2018-01-01'],
    ['stands in its year and behind the start', '2018-05-06', { effectiveIn: '2018' }, '2018-05-07'],
    ['may be in the year of the start', { effectiveIn: '2018' }, { effectiveIn: '2018' }, '2018-01-01'],
    ['may be the last day of its year', '2018-12-31', { effectiveIn: '2018' }, '2019-01-01'],
    ['keeps a day that stands in for it', '2010-05-06', { startKnown: false, effectiveOn: '2013-01-01' }, '2013-01-01'],
    ['may cover no day', '2018-05-06', { notAfter: '2018-05-06' }, '2018-05-06'],
  ])('%s', async (_, start, end, expected) => {
    await send(declared(start));
    await send(ended(end));
    expect((await placed())[1]).toBe(expected);
  });

  it('says that it is not before the day that the door found', async () => {
    await send(declared('2010-05-06'));
    await send(ended({ startKnown: false }));
    const [, end] = await store.readStream('interest/i');
    expect(JSON.parse(end?.envelope ?? '')).toMatchObject({ startKnown: false, notBefore: '2010-05-07' });
  });

  it('stands behind a beginning of its own command', async () => {
    await send(declared('2010-05-06'), ended({ startKnown: false }));
    expect(await placed()).toEqual(['2010-05-06', '2010-05-07']);
  });

  it('is refused where no day is left, where nothing began, and twice', async () => {
    expect(await refused(ended({ startKnown: false }))).toEqual(['ENDS_BEFORE_START', 'effectiveOn']);
    await send(declared('2018-05-06'));
    expect(await refused(ended({ effectiveIn: '2017' }))).toEqual(['ENDS_BEFORE_START', 'effectiveIn']);
    await send(ended({ startKnown: false }));
    expect(await refused(ended({ startKnown: false }))).toEqual(['ALREADY_ENDED', undefined]);
  });

  it('is put right like any other, and a day is put in its place', async () => {
    await send(declared('2018-05-06'));
    await send(ended({ startKnown: false }));
    const id = eventId(commandName(officer, `c${commands - 1}`), 0);
    await send(ended('2019-01-01', { corrects: id, why }));
    expect((await placed()).at(-1)).toBe('2019-01-01');
  });

  it('is not said of what neither begins nor ends', async () => {
    await send(declared('2018-05-06'));
    const amended: Step = { command: 'AmendInterest', data: { nature: 'Bonds' }, ...day({ effectiveIn: '2019' }) };
    expect(await refused(amended)).toEqual(['UNKNOWN_DAY', 'effectiveIn']);
  });
});

describe('what begins and ends', () => {
  it('is said of commands that there are', () => {
    const named = Object.entries(LIFESPANS).flatMap(([aggregate, { begins, ends }]) =>
      Object.keys({ ...begins, ...ends }).map((command) => [command, aggregate]),
    );
    const known = new Map(Object.entries(COMMANDS).map(([command, { aggregate }]) => [command, aggregate]));
    expect(named.map(([command = '']) => [command, known.get(command)])).toEqual(named);
  });
});
