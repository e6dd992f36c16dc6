import type { Fact } from '../recorder.js';

const organisation = (id: string, name: string, kind: string, more: object = {}): Fact => [
  'RegisterOrganisation',
  id,
  '2022-07-01',
  { name, kind, ...more },
];
const grant = (id: string, from: string, data: object): Fact => ['GrantDelegation', id, from, data];
const limit = (pounds: string, more: object = {}): object => ({ amount: { pounds }, basis: 'PER_DECISION', ...more });

/**
 * A board with a committee, a joint committee and two posts, of which one is vacant; what they reserve and delegate, with
 * something suspended, something lapsed and something that ended; and a power of somebody else. From 1 April 2025 the limit
 * of the chief finance officer is another, another person holds the post, and a version of the rules is found not valid.
 */
export const SCHEME_WORLD: readonly Fact[] = [
  organisation('icb', 'Severn ICB', 'ICB', { identifiers: [{ scheme: 'ods', value: 'QR9' }] }),
  organisation('council', 'Severn Council', 'COUNCIL'),
  organisation('quiet', 'Quiet Trust', 'NHS_TRUST'),
  organisation('nhse', 'NHS England', 'NHS_ENGLAND'),
  ['DefinePlace', 'forest', '2022-07-01', { name: 'Forest', kind: 'PLACE' }],
  [
    'DefineFunction',
    'buy',
    '2022-07-01',
    { name: 'Arrange community services', statute: 'NHS Act 2006', provision: 's. 3' },
  ],
  ['DefineFunction', 'dental', '2022-07-01', { name: 'Arrange dental services' }],
  [
    'RecordHolding',
    'buy-icb',
    '2022-07-01',
    { function: 'buy', organisation: 'icb', route: 'CONFERRED', statute: 'NHS Act 2006', provision: 's. 3' },
  ],
  ['RecordHolding', 'dental-nhse', '2022-07-01', { function: 'dental', organisation: 'nhse', route: 'CONFERRED' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['EstablishBody', 'finance', '2022-07-01', { name: 'Finance Committee', kind: 'ICB_COMMITTEE', parentBody: 'board' }],
  ['EstablishBody', 'old', '2022-07-01', { name: 'Old Committee', kind: 'ICB_COMMITTEE', parentBody: 'board' }],
  [
    'EstablishBody',
    'joint',
    '2022-07-01',
    { name: 'Joint Committee', kind: 'JOINT_COMMITTEE', owners: ['icb', 'council'] },
  ],
  ['DefineSeat', 'cfo', '2022-07-01', { title: 'Chief finance officer', organisation: 'icb' }],
  ['DefineSeat', 'nurse', '2022-07-01', { title: 'Chief nurse', organisation: 'icb' }],
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Archer' }],
  ['RegisterPerson', 'bob', '2022-07-01', { name: 'Bob Baker' }],
  ['MakeAppointment', 'ann-cfo', '2022-07-01', { person: 'ann', seat: 'cfo' }],
  ['RecordVacancy', 'nobody', '2022-07-01', { seat: 'nurse' }],
  [
    'AdoptInstrument',
    'sord',
    '2022-07-01',
    { title: 'Scheme of reservation and delegation', kind: 'SORD_ENTRY', organisation: 'icb', version: '3' },
  ],
  [
    'TakeDecision',
    'open',
    '2022-07-01',
    { title: 'Adopt the scheme', takenOn: '2022-07-01', decidedBy: ['board'], reference: 'ICB-1' },
  ],
  [
    'TakeDecision',
    'closed',
    '2022-07-01',
    {
      title: 'KESTREL',
      takenOn: '2022-07-01',
      decidedBy: ['board'],
      reference: 'KESTREL-2',
      disclosure: { disclosure: 'CONFIDENTIAL' },
    },
  ],
  [
    'ReserveMatter',
    'plan',
    '2022-07-01',
    { functions: ['Approve the annual plan'], body: 'board', instrument: 'sord', clause: '2.1' },
  ],
  [
    'ReserveMatter',
    'large',
    '2022-07-01',
    { functions: ['Approve contracts'], body: 'board', above: limit('5000000.00') },
  ],
  grant('contracts', '2022-07-01', {
    functions: ['Approve contracts'],
    catalogueFunctions: ['buy'],
    grantedByBody: 'board',
    delegateSeats: ['cfo'],
    places: ['forest'],
    powers: ['AWARD_CONTRACT'],
    limits: [limit('1000000.00', { vat: 'EXCLUDED', spending: 'REVENUE' })],
    conditions: [
      { key: 'cert', text: 'Money is certified', kind: 'CERTIFICATE', applies: 'EACH_DECISION' },
      { key: 'plan', text: 'The plan is approved', kind: 'UPSTREAM', applies: 'STANDING' },
    ],
    onward: 'WITH_CONSENT',
    onwardDepth: 1,
    instrument: 'sord',
    version: '3',
    clause: '4.2',
    madeByDecision: 'open',
    reviewOn: '2026-03-31',
  }),
  grant('secret', '2022-07-01', {
    functions: ['Settle claims'],
    grantedByBody: 'board',
    delegateSeats: ['nurse'],
    madeByDecision: 'closed',
    conditions: [{ key: 'ok', text: 'All is well', kind: 'OTHER', applies: 'STANDING' }],
    approvals: [{ decision: 'closed' }, { name: 'The chair', decision: 'closed' }],
  }),
  ['SatisfyCondition', 'secret', '2022-08-01', { condition: 'ok', evidence: 'KESTREL paper', decision: 'closed' }],
  grant('onward', '2023-01-01', {
    functions: ['Sign orders'],
    grantedByPerson: 'ann',
    delegatePersons: ['bob'],
    until: '2027-03-31',
  }),
  grant('lapsing', '2022-07-01', {
    functions: ['Run the old fund'],
    grantedByBody: 'old',
    delegateNames: ['the team'],
  }),
  ['DissolveBody', 'old', '2024-10-01', {}],
  grant('held-up', '2022-07-01', {
    functions: ['Buy beds'],
    grantedByOrganisation: 'icb',
    delegateBodies: ['finance'],
  }),
  ['SuspendDelegation', 'held-up', '2024-06-01', { reason: 'under review' }],
  grant('gone', '2022-07-01', { functions: ['Gone by now'], grantedByBody: 'board', delegateBodies: ['finance'] }),
  ['RevokeDelegation', 'gone', '2024-01-01', {}],
  grant('theirs', '2022-07-01', {
    functions: ['For the council'],
    grantedByBody: 'joint',
    delegateNames: ['officers'],
    onBehalfOf: 'council',
  }),
  [
    'AdoptInstrument',
    'rules',
    '2022-07-01',
    { title: 'Financial rules', kind: 'SORD_ENTRY', organisation: 'icb', version: '2' },
  ],
  grant('by-two', '2022-07-01', {
    functions: ['Write off debts'],
    grantedByBody: 'board',
    delegateNames: ['the treasurer'],
    instrument: 'rules',
    version: '2',
  }),
  grant('teeth', '2023-04-01', {
    functions: ['Dental'],
    catalogueFunctions: ['dental'],
    grantedByOrganisation: 'nhse',
    delegateOrganisations: ['icb'],
  }),
];

/** What changed after: of the world as it is told last. */
export const LATER: readonly Fact[] = [
  [
    'VaryDelegation',
    'contracts',
    '2025-04-01',
    { limits: [limit('2000000.00', { vat: 'EXCLUDED', spending: 'REVENUE' })] },
  ],
  ['EndAppointment', 'ann-cfo', '2025-04-01', {}],
  ['MakeAppointment', 'bob-cfo', '2025-04-01', { person: 'bob', seat: 'cfo', status: 'INTERIM' }],
  ['FindVersionInvalid', 'rules', '2025-04-01', { version: '2', reason: 'the board was inquorate' }],
  ['RevokeDelegation', 'onward', '2025-05-01', {}],
  grant('new', '2025-04-01', {
    functions: ['Approve grants'],
    grantedByBody: 'finance',
    delegateSeats: ['nurse'],
    madeByDecision: 'open',
  }),
];
