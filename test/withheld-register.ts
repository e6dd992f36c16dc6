import { Submit, SubmitHandler, openLog, type Step } from '#command';
import { commandName, eventId } from '#event-store';
import type { Actor, CivilDate, Instant, Why } from '#kernel';
import { openIssuer } from './issuer.js';
import { runApi, type GraphQLAnswer, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const clerk: Actor = { id: 'clerk-1', roles: ['governance-officer'], vouchedBy: 'test' };

/** A text that stands in one field of one decision and nowhere else. */
export const canary = (id: string, field: string): string => `CANARY-${id}-${field}`;

/** Figures that stand nowhere else: `77010001` of the first decision. */
export const figure = (nth: number, field: 0 | 1): number => 77_010_001 + nth * 10_000 + field;

/** Everything a decision may say, each text of it a canary. */
const said = (id: string, nth: number, more: object = {}): object => ({
  reference: `REF-${id}`,
  title: canary(id, 'title'),
  decidedBy: ['board'],
  officer: 'ann',
  decidedByName: canary(id, 'decidedByName'),
  organisation: 'icb',
  accountable: ['council'],
  kind: 'AWARD_CONTRACT',
  route: 'MEETING_PRIVATE_SESSION',
  outcome: canary(id, 'outcome'),
  method: canary(id, 'method'),
  text: canary(id, 'text'),
  reasons: canary(id, 'reasons'),
  alternatives: canary(id, 'alternatives'),
  takenOn: '2024-03-01',
  stage: canary(id, 'stage'),
  amount: { pence: figure(nth, 0) },
  amountPerYear: { pence: figure(nth, 1) },
  amountNote: canary(id, 'amountNote'),
  term: canary(id, 'term'),
  legalBasis: canary(id, 'legalBasis'),
  procurement: {
    route: 'PSR_DIRECT_C',
    supplier: canary(id, 'supplier'),
    noticeId: canary(id, 'noticeId'),
    standstillUntil: '2031-07-19',
    tenderDeadline: '2031-01-23',
  },
  delegation: 'scheme',
  conditionsMet: [{ delegation: 'scheme', condition: 'cfo', evidence: canary(id, 'conditionMet') }],
  meeting: 'm1',
  tags: [canary(id, 'tags')],
  identifiers: [{ scheme: 'ocds', value: canary(id, 'identifier') }],
  website: canary(id, 'website'),
  conflictInSource: canary(id, 'conflictInSource'),
  note: canary(id, 'note'),
  ...more,
});

const withheld = (id: string, disclosure: string, more: object = {}): object => ({
  disclosure,
  ground: 'LGA_12A_3',
  reasoning: canary(id, 'reasoning'),
  decidedBy: canary(id, 'exemptedBy'),
  reviewOn: '2030-01-31',
  publicTitle: `Neutral title of ${id}`,
  ...more,
});

export const step = (command: string, effectiveOn: string, data: object, more: object = {}): Step => ({
  command,
  data,
  effectiveOn: effectiveOn as CivilDate,
  ...more,
});
const why = (id: string): Why => ({ kind: 'error', reason: canary(id, 'why'), evidence: canary(id, 'evidence') });

type Recorded = readonly [month: number, aggregate: string, id: string, step: Step];

/** Month of 2024 in which it was recorded, aggregate, id, step; the n-th is command `cn`. */
export const RECORDED: readonly Recorded[] = [
  [
    1,
    'organisation',
    'icb',
    step('RegisterOrganisation', '2022-07-01', { name: 'NHS Gloucestershire ICB', kind: 'ICB' }),
  ],
  [1, 'organisation', 'council', step('RegisterOrganisation', '2022-07-01', { name: 'The Council', kind: 'COUNCIL' })],
  [1, 'body', 'board', step('EstablishBody', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] })],
  [1, 'person', 'ann', step('RegisterPerson', '2022-07-01', { name: 'Ann Archer' })],
  [1, 'meeting', 'm1', step('ConveneMeeting', '2024-03-01', { body: 'board', heldOn: '2024-03-01' })],
  [
    1,
    'delegation',
    'scheme',
    step('GrantDelegation', '2022-07-01', {
      functions: ['buying'],
      grantedByOrganisation: 'icb',
      delegateBodies: ['board'],
    }),
  ],
  [
    2,
    'decision',
    'open',
    step('TakeDecision', '2024-03-01', {
      title: 'Open decision',
      reference: 'REF-open',
      decidedBy: ['board'],
      takenOn: '2024-03-01',
    }),
  ],
  // Public at first, exempt from June on.
  [3, 'decision', 'later', step('TakeDecision', '2024-03-01', said('later', 0))],
  [
    3,
    'decision',
    'later',
    step('PublishDecision', '2024-03-02', { publishedOn: '2024-03-02', where: canary('later', 'publishedWhere') }),
  ],
  [6, 'decision', 'later', step('ClassifyDecision', '2024-06-01', withheld('later', 'EXEMPT'))],
  // Exempt from the first; corrected, called in, carried out.
  [
    3,
    'decision',
    'exempt',
    step('TakeDecision', '2024-03-01', said('exempt', 1, { disclosure: withheld('exempt', 'EXEMPT') })),
  ],
  [
    4,
    'decision',
    'exempt',
    step('TakeDecision', '2024-03-01', said('exempt', 1, { disclosure: withheld('exempt', 'EXEMPT') }), {
      corrects: eventId(commandName(clerk, 'c11'), 0),
      why: why('exempt'),
    }),
  ],
  [4, 'decision', 'exempt', step('CallInDecision', '2024-04-01', { reason: canary('exempt', 'calledInBecause') })],
  [4, 'decision', 'exempt', step('ReleaseDecision', '2024-04-02', { reason: canary('exempt', 'releasedBecause') })],
  [4, 'decision', 'exempt', step('ImplementDecision', '2024-04-03', { note: canary('exempt', 'implementedNote') })],
  // Confidential from the first; one that became it.
  [
    3,
    'decision',
    'secret',
    step(
      'TakeDecision',
      '2024-03-01',
      said('secret', 2, {
        reference: canary('secret', 'reference'),
        disclosure: withheld('secret', 'CONFIDENTIAL', { publicTitle: canary('secret', 'publicTitle') }),
      }),
    ),
  ],
  [
    3,
    'decision',
    'became',
    step('TakeDecision', '2024-03-01', said('became', 3, { reference: canary('became', 'reference') })),
  ],
  [
    7,
    'decision',
    'became',
    step(
      'ClassifyDecision',
      '2024-07-01',
      withheld('became', 'CONFIDENTIAL', { publicTitle: canary('became', 'publicTitle') }),
    ),
  ],
  // Exempt until it was lifted.
  [
    3,
    'decision',
    'lifted',
    step('TakeDecision', '2024-03-01', said('lifted', 4, { disclosure: withheld('lifted', 'EXEMPT') })),
  ],
  [8, 'decision', 'lifted', step('LiftExemption', '2024-08-01', { reason: 'The contract is signed.' })],
  // Public, with parts that are not.
  [3, 'decision', 'parts', step('TakeDecision', '2024-03-01', said('parts', 5))],
  [
    3,
    'decision',
    'parts',
    step(
      'ClassifyDecision',
      '2024-03-01',
      withheld('parts', 'EXEMPT', {
        publicTitle: undefined,
        fields: ['amount', 'amountPerYear', 'conditionsMet', 'procurement', 'reasons'],
      }),
    ),
  ],
  [4, 'decision', 'parts', step('ClassifyDecision', '2024-03-01', { disclosure: 'CONFIDENTIAL', fields: ['note'] })],
  [
    5,
    'decision',
    'parts',
    step(
      'ChangeDecision',
      '2024-05-01',
      {
        reasons: canary('parts', 'newReasons'),
        disclosure: { disclosure: 'EXEMPT', ground: 'LGA_12A_3', fields: ['reasons'] },
      },
      { source: { document: canary('parts', 'document') } },
    ),
  ],
  // Takes effect in a future that is exempt.
  [
    3,
    'decision',
    'future',
    step('TakeDecision', '2999-01-01', said('future', 6, { disclosure: withheld('future', 'EXEMPT') })),
  ],
  // Public by mistake, corrected to exempt, annulled.
  [3, 'decision', 'gone', step('TakeDecision', '2024-03-01', said('gone', 7))],
  [
    4,
    'decision',
    'gone',
    step('TakeDecision', '2024-03-01', said('gone', 7, { disclosure: withheld('gone', 'EXEMPT') }), {
      corrects: eventId(commandName(clerk, 'c26'), 0),
      why: why('gone'),
    }),
  ],
  [5, 'decision', 'gone', { annuls: eventId(commandName(clerk, 'c27'), 0), why: why('gone') }],
  // What names them from elsewhere.
  [6, 'decision', 'open', step('SupersedeDecision', '2024-06-01', { by: 'secret', part: 'clause 3' })],
  [
    6,
    'decision',
    'heir',
    step('TakeDecision', '2024-06-01', {
      title: 'Heir',
      reference: 'REF-heir',
      supersedes: 'exempt',
      decidedBy: ['board'],
      takenOn: '2024-06-01',
    }),
  ],
  [
    6,
    'scrutiny',
    'asked',
    step('RaiseMatter', '2024-06-01', {
      committee: 'board',
      kind: 'RECOMMENDATION',
      text: 'Why?',
      aboutDecision: 'exempt',
    }),
  ],
  [
    6,
    'scrutiny',
    'pressed',
    step('RaiseMatter', '2024-06-01', {
      committee: 'board',
      kind: 'RECOMMENDATION',
      text: 'Why?',
      aboutDecision: 'secret',
    }),
  ],
  [
    6,
    'appointment',
    'a1',
    step('MakeAppointment', '2024-06-01', { person: 'ann', body: 'board', role: 'Chair', madeByDecision: 'became' }),
  ],
];

/** Decisions whose words are withheld from the public today, and in what. */
export const CLOSED = ['later', 'exempt', 'secret', 'became', 'future', 'gone'] as const;

export interface WithheldRegister {
  readonly api: RunningApi;
  /** Instants between which the register knew less than it does now, the last of 2024 at the end. */
  readonly instants: readonly string[];
  /** The bytes of an answer to whoever holds the roles. */
  bytes(roles: readonly string[], query: string, variables?: object): Promise<string>;
  ask(roles: readonly string[], query: string, variables?: object): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** Everything is asked for at once and again and again, which nobody may who is not looking for what is withheld. */
const WITHOUT_LIMITS = {
  ...{ BUDGET_READER: '1000000', BUDGET_SCRUTINY_OFFICER: '1000000', BUDGET_OPERATOR: '1000000' },
  ...{ BUDGET_GOVERNANCE_OFFICER: '1000000', BUDGET_AUDITOR: '1000000' },
  ...{ LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' },
};

/**
 * An API over a register with decisions of every class, canaries in all their fields, and an issuer in front of it.
 *
 * @param more what else is recorded, behind all the rest.
 */
export const runWithheldRegister = async (more: readonly Recorded[] = []): Promise<WithheldRegister> => {
  const all = [...RECORDED, ...more];
  const issuer = await openIssuer();
  const place = await Place.find();
  const store = await place.openLog();
  await openLog(store, { recordedInstants: 'kept', source: 'test' }, clerk, '2024-01-01T09:00:00.000Z' as Instant);
  const handler = new SubmitHandler(store);
  const months = all.map(([month]) => month);
  for (const month of new Set(months.toSorted((one, other) => one - other))) {
    for (const [index, [recordedIn, aggregate, id, one]] of all.entries()) {
      if (recordedIn !== month) continue;
      const recordedAt =
        `2024-${String(month).padStart(2, '0')}-10T09:00:${String(index).padStart(2, '0')}.000Z` as Instant;
      const source = { system: 'test', document: canary(id, 'document'), url: canary(id, 'url') };
      const intent = { aggregate, id, commandId: `c${index + 1}`, steps: [one], recordedAt };
      const isOpen = aggregate !== 'decision' || id === 'open' || id === 'heir';
      await handler.execute(
        new Submit(isOpen ? intent : { ...intent, source, onBehalfOf: canary(id, 'behalf') }, clerk),
      );
    }
  }
  await store.close();
  const api = await runApi({ ...place.environment, ...issuer.environment, ...WITHOUT_LIMITS });
  const waited = await api.runtime.register.waitFor(await api.runtime.store.head(), 30_000);
  if (waited !== 'reached') throw new Error(`the views have not taken the register in: ${waited}`);
  const tokens = new Map<string, string>();
  const bytes = async (roles: readonly string[], query: string, variables: object = {}): Promise<string> => {
    const key = roles.join(' ');
    const token = tokens.get(key) ?? (await issuer.tokenOf(`somebody who is ${key}`, roles));
    tokens.set(key, token);
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  };
  return {
    api,
    instants: [3, 4, 5, 6, 7, 8, 12].map((month) => `2024-${String(month).padStart(2, '0')}-20T09:00:00Z`),
    bytes,
    ask: async (roles, query, variables) => {
      const text = await bytes(roles, query, variables);
      return JSON.parse(text.slice(text.indexOf('\n') + 1)) as GraphQLAnswer;
    },
    close: async () => {
      await api.close();
      await issuer.close();
      await place.remove();
    },
  };
};
