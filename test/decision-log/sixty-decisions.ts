import { addDays, type CivilDate, type Why } from '#kernel';
import { eventOf, step, type ToRecord } from './recorded-register.js';

/** Bodies that decide, in the order in which a log has them, and one that is not the system's. */
const BODIES = [
  ['icp', 'The Partnership', 'ICP', ['gcc', 'icb']],
  ['board', 'ICB Board', 'ICB_BOARD', ['icb']],
  ['quality', 'Quality Committee', 'ICB_COMMITTEE', ['icb']],
  ['joint', 'Joint Commissioning Committee', 'JOINT_COMMITTEE', ['gcc', 'icb']],
  ['hwb', 'Health and Wellbeing Board', 'HWB', ['gcc']],
] as const;

const TYPES = ['AWARD_CONTRACT', 'APPROVE', 'RECOMMEND', 'VARY', 'NOTE'] as const;
const ROUTES = ['MEETING_IN_PUBLIC', 'MEETING_PRIVATE_SESSION', 'URGENT_CHAIR_CEO', undefined] as const;

const organisation = (id: string, data: object): ToRecord => ({
  aggregate: 'organisation',
  id,
  step: step('RegisterOrganisation', '2022-07-01', data),
});

const surroundings: readonly ToRecord[] = [
  organisation('gcc', { name: 'County Council', kind: 'COUNCIL' }),
  organisation('icb', { name: 'County ICB', kind: 'ICB', identifiers: [{ scheme: 'ods', value: 'QX1' }] }),
  organisation('trust', { name: 'County Trust', kind: 'NHS_TRUST', system: 'QX1' }),
  ...[['hosc', 'Health Scrutiny Committee', 'HOSC', ['gcc']] as const, ...BODIES].map(([id, name, kind, owners]) => ({
    aggregate: 'body',
    id,
    step: step('EstablishBody', '2022-07-01', { name, kind, owners }),
  })),
  { aggregate: 'person', id: 'ann', step: step('RegisterPerson', '2022-07-01', { name: 'Ann Archer' }) },
  {
    aggregate: 'delegation',
    id: 'scheme',
    step: step('GrantDelegation', '2025-04-01', {
      functions: ['buying'],
      grantedByOrganisation: 'icb',
      delegateBodies: ['board'],
      limits: [{ amount: { pence: 150_000_000 }, basis: 'PER_DECISION' }],
    }),
  },
  {
    aggregate: 'appointment',
    id: 'chair',
    step: step('MakeAppointment', '2025-05-01', { person: 'ann', body: 'board', role: 'Chair' }),
  },
  {
    aggregate: 'budget',
    id: 'place',
    step: step('SetBudget', '2025-04-01', { name: 'Place fund', organisation: 'icb', amount: { pence: 2_500_000_00 } }),
  },
  {
    aggregate: 'decision',
    id: 'coming',
    step: step('ProposeDecision', '2025-09-01', {
      title: 'A proposal, "quoted", with a comma',
      organisation: 'icb',
      bodies: ['board'],
      dueOn: '2026-02-02',
    }),
  },
];

const day = (nth: number): CivilDate => addDays('2025-01-06' as CivilDate, Math.floor(nth / 2) * 11);

const said = (nth: number): object => {
  const [body] = BODIES[nth % BODIES.length] ?? ['board'];
  const route = ROUTES[nth % ROUTES.length];
  return {
    title: `Decision ${nth}: beds, wards and “rooms”`,
    reference: `ICB-2025/26-${String(60 - nth).padStart(4, '0')}`,
    takenOn: day(nth),
    organisation: nth % 7 === 0 ? 'trust' : 'icb',
    ...(nth % 9 === 8
      ? { officer: 'ann' }
      : nth % 11 === 10
        ? { decidedByName: 'The Place Lead' }
        : { decidedBy: [body] }),
    kind: TYPES[nth % TYPES.length],
    ...(route && { route }),
    ...(nth % 3 !== 0 && { amount: { pence: nth % 13 === 12 ? -1_234_56 : 1_000_01 * (nth + 1) ** 2 } }),
    ...(nth % 4 === 1 && { amountNote: 'an estimate' }),
    ...(nth % 5 === 0 && { procurement: { route: 'PSR_DIRECT_C', supplier: `Supplier ${nth} & Sons` } }),
    ...(nth % 6 === 0 && { reasons: `First, because of ${nth}.\nSecond, because of the rest.` }),
    ...(nth % 8 === 7 && { publishedOn: addDays(day(nth), 45) }),
  };
};

export const WITHHELD = { disclosure: 'EXEMPT', ground: 'LGA_12A_3', reviewOn: '2027-01-31', reasoning: 'Weighed.' };
const why: Why = { kind: 'error', reason: 'The minutes say otherwise.' };

/**
 * A committee's year: sixty decisions of five bodies, an officer and somebody not in the register. Every twelfth is
 * exempt, one is confidential, every tenth has its amount withheld; some are corrected, one is annulled, one moved to
 * another day, one replaced, one called in, one of a day not known.
 */
export const sixtyDecisions = (): readonly ToRecord[] => {
  const facts: ToRecord[] = [...surroundings];
  const first = facts.length;
  const about = (nth: number, one: ToRecord['step']): void =>
    void facts.push({ aggregate: 'decision', id: `d${nth}`, step: one });
  const corrected = (nth: number, data: object): void =>
    about(nth, step('TakeDecision', day(nth), data, { corrects: eventOf(first + nth), why, unsaid: 'DROP' }));
  for (let nth = 0; nth < 60; nth++) about(nth, step('TakeDecision', day(nth), said(nth)));
  for (let nth = 3; nth < 60; nth += 12)
    about(
      nth,
      step('ClassifyDecision', day(nth), { ...WITHHELD, ...(nth > 3 && { publicTitle: `A contract, ${nth}` }) }),
    );
  for (let nth = 4; nth < 60; nth += 10)
    about(nth, step('ClassifyDecision', day(nth), { ...WITHHELD, fields: ['amount', 'amountNote'] }));
  about(20, step('ClassifyDecision', day(20), { ...WITHHELD, disclosure: 'CONFIDENTIAL' }));
  corrected(5, { ...said(5), amount: { pence: 7_777_77 } });
  corrected(17, { ...said(17), title: 'Decision 17, put right' });
  // The only one of December, and paid back.
  corrected(22, { ...said(22), takenOn: '2025-12-30', amount: { pence: -500_00 } });
  corrected(33, { ...said(33), takenOn: undefined, publishedOn: undefined });
  about(41, { annuls: eventOf(first + 41), why });
  about(10, step('SupersedeDecision', '2025-11-01', { by: 'd50' }));
  about(11, step('CallInDecision', '2025-11-02', { reason: 'Ten members asked for it.' }));
  facts.push({
    aggregate: 'scrutiny',
    id: 'asked',
    step: step('RaiseMatter', '2025-10-01', {
      committee: 'hosc',
      kind: 'RECOMMENDATION',
      text: 'Publish the waiting times.',
      addressedToOrganisation: 'icb',
      aboutDecision: 'd7',
    }),
  });
  return facts;
};
