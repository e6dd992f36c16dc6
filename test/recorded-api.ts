import { Submit, SubmitHandler, openLog, type Step } from '#command';
import { commandName, eventId } from '#event-store';
import type { Actor, CivilDate, Instant, Why } from '#kernel';
import { dataOf } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const clerk: Actor = { id: 'clerk-1', name: 'Ada Clerk', roles: ['governance-officer'], vouchedBy: 'test' };

/** Id of the event that a command recorded. */
export const eventOf = (command: string): string => eventId(commandName(clerk, command), 0);
const error: Why = { kind: 'error', reason: 'the minutes say 1 May', evidence: 'minutes of 7 May, item 4' };
const never: Why = { kind: 'never-happened', reason: 'the meeting fell through' };

const says = (command: string, effectiveOn: string, data: object, more: object = {}): Step => ({
  command,
  data,
  effectiveOn: effectiveOn as CivilDate,
  ...more,
});

const ICB = { name: 'Old ICB', kind: 'ICB', identifiers: [{ scheme: 'ods', value: 'QR1' }] };
const HWB = { name: 'Gloucestershire Health and Wellbeing Partnership', kind: 'HWB', owners: ['icb'] };
const CHAIR = { person: 'carole', body: 'hwb', role: 'Chair' };
const UROLOGY = {
  title: 'Community urology services',
  amount: { pence: 0 },
  outcome: 'award confirmed',
  decidedBy: ['hwb'],
  reference: 'ICB-2024/25-0001',
};

/**
 * Instant, subject and step of each command; the first is `c1`. Position 0 is the opening of the register, and the
 * reference of the decision takes position 8, so that the decision stands at 9 and what follows it at 10 to 13.
 */
const RECORDED: readonly (readonly [at: string, aggregate: string, id: string, step: Step])[] = [
  ['2024-01-10T10:00:00.000Z', 'organisation', 'icb', says('RegisterOrganisation', '2022-07-01', ICB)],
  ['2024-01-10T10:00:01.000Z', 'body', 'hwb', says('EstablishBody', '2022-07-01', HWB)],
  [
    '2024-01-10T10:00:02.000Z',
    'person',
    'carole',
    says('RegisterPerson', '2022-07-01', { name: 'Carole Allaway-Martin' }),
  ],
  ['2024-06-01T09:00:00.000Z', 'appointment', 'chair', says('MakeAppointment', '2024-06-01', CHAIR)],
  ['2024-07-01T22:59:59.999Z', 'body', 'hwb', says('ChangeBody', '2024-07-01', { note: 'the last moment of its day' })],
  ['2024-07-01T23:00:00.000Z', 'body', 'hwb', says('ChangeBody', '2024-07-01', { note: 'in London, the day after' })],
  [
    '2024-09-01T09:00:00.000Z',
    'appointment',
    'chair',
    says('MakeAppointment', '2024-05-01', CHAIR, { corrects: eventOf('c4'), why: error }),
  ],
  ['2024-09-02T09:00:00.000Z', 'decision', 'd1', says('TakeDecision', '2024-09-02', UROLOGY)],
  ['2024-09-03T09:00:00.000Z', 'decision', 'd1', says('ImplementDecision', '2024-09-10', {})],
  ['2024-10-01T09:00:00.000Z', 'decision', 'd1', { annuls: eventOf('c9'), why: never }],
  [
    '2024-10-02T09:00:00.000Z',
    'decision',
    'd1',
    says('ImplementDecision', '2024-09-12', { note: 'it went ahead after all' }, { again: eventOf('c9') }),
  ],
  [
    '2024-11-01T09:00:00.000Z',
    'organisation',
    'icb',
    says('ChangeOrganisation', '2024-11-01', { name: 'NHS Gloucestershire ICB' }),
  ],
];

/** An API over a register that was filled at known instants of 2024. */
export interface RecordedApi extends RunningApi {
  /** The data of an answer. @throws where there are errors. */
  data<Data extends object>(query: string, variables?: object): Promise<Data>;
  /** The nodes of the one list that is asked for. */
  nodes(query: string, variables?: object): Promise<readonly Record<string, unknown>[]>;
}

/** Fills a register of its own, so that days in the past can be asked about "as known at", and runs the API over it. */
export const runRecordedApi = async (): Promise<RecordedApi> => {
  const place = await Place.find();
  const store = await place.openLog();
  await openLog(store, { recordedInstants: 'kept', source: 'test' }, clerk, '2024-01-10T09:00:00.000Z' as Instant);
  const handler = new SubmitHandler(store);
  for (const [index, [at, aggregate, id, step]] of RECORDED.entries()) {
    const source = { system: 'test', document: 'minutes.pdf', locator: `item ${index + 1}` };
    const recorded = { recordedAt: at as Instant, source, onBehalfOf: 'NHS Gloucestershire ICB' };
    await handler.execute(new Submit({ aggregate, id, commandId: `c${index + 1}`, steps: [step], ...recorded }, clerk));
  }
  await store.close();
  const api = await runApi(place.environment);
  await api.runtime.register.waitFor(await api.runtime.store.head(), 5_000);
  const data = async <Data extends object>(query: string, variables: object = {}): Promise<Data> =>
    dataOf<Data>(await api.ask(query, variables));
  return {
    ...api,
    data,
    nodes: async (query, variables) => {
      const [list] = Object.values(await data<Record<string, Listed>>(query, variables));
      return list?.edges.map(({ node }) => node) ?? [];
    },
    close: async () => {
      await api.close();
      await place.remove();
    },
  };
};

interface Listed {
  readonly edges: readonly { readonly node: Record<string, unknown> }[];
}
