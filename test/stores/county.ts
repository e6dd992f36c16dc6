import type { Fact } from '../recorder.js';

/** What only officers and auditors may meet. */
export const SECRET = 'Withheld words';

const COUNTY: readonly Fact[] = [
  ['RegisterOrganisation', 'gcc', '1974-04-01', { name: 'County Council', kind: 'COUNCIL' }],
  ['RegisterOrganisation', 'ccg', '2013-04-01', { name: 'County CCG', kind: 'CCG' }],
  [
    'RegisterOrganisation',
    'icb',
    '2022-07-01',
    {
      name: 'County ICB',
      kind: 'ICB',
      identifiers: [{ scheme: 'ods', value: 'QX1' }],
      note: 'Ærø, Łódź, naïve — “ß” 🏥',
    },
  ],
  ['RecordSuccession', 'after-ccg', '2022-07-01', { predecessor: 'ccg', successor: 'icb', kind: 'REPLACEMENT' }],
  ['RegisterPerson', 'ann', '2022-07-01', { name: 'Ann Archer' }],
  ['RegisterPerson', 'ben', '2022-07-01', { name: 'Ben Åkesson' }],
  // Whom a database that sorts by a language would put elsewhere.
  ['RegisterPerson', 'ada', '2022-07-01', { name: 'ada de Souza' }],
  ['RegisterPerson', 'zoe', '2022-07-01', { name: 'Zoë Öberg' }],
  ['RegisterPerson', 'ae', '2022-07-01', { name: 'Ægir O’Neil-Smith' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['EstablishBody', 'hosc', '2020-01-01', { name: 'Health Scrutiny Committee', kind: 'HOSC', owners: ['gcc'] }],
  ['EstablishBody', 'care', '2022-07-01', { name: 'Care Committee', kind: 'ICB_COMMITTEE', parentBody: 'board' }],
  ['ChangeBody', 'care', '2023-04-01', { name: 'Primary Care Committee' }],
  ['DefineSeat', 'chair', '2022-07-01', { title: 'Chair', body: 'board', voting: true }],
  [
    'AdoptInstrument',
    'scheme',
    '2022-07-01',
    { title: 'Scheme of Delegation', kind: 'OPERATIONAL_SCHEME', organisation: 'icb', version: '1' },
  ],
  ['IssueVersion', 'scheme', '2024-04-01', { version: '2', change: 'limits raised' }],
  [
    'MakeAppointment',
    'ann-chair',
    '2024-06-01',
    { person: 'ann', seat: 'chair', body: 'board', role: 'Chair', until: '2027-05-31' },
  ],
  ['MakeAppointment', 'ben-member', '2023-01-01', { person: 'ben', body: 'care', role: 'Member' }],
  [
    'GrantDelegation',
    'buying',
    '2023-04-01',
    {
      functions: ['buying care'],
      grantedByBody: 'board',
      delegateBodies: ['care'],
      instrument: 'scheme',
      limits: [{ amount: { pence: 500_000_00 }, basis: 'PER_DECISION' }],
    },
  ],
  ['VaryDelegation', 'buying', '2024-04-01', { limits: [{ amount: { pence: 750_000_00 }, basis: 'PER_DECISION' }] }],
  ['ConveneMeeting', 'march', '2025-02-20', { body: 'board', heldOn: '2025-03-27', venue: 'Shire Hall' }],
  ['RecordAttendance', 'march', '2025-03-27', { attendees: [{ person: 'ann', attendance: 'PRESENT' }] }],
  [
    'DeclareInterest',
    'ben-shares',
    '2023-01-01',
    { person: 'ben', kind: 'FINANCIAL', nature: 'Shares in a care home' },
  ],
  [
    'SetBudget',
    'better-care',
    '2025-04-01',
    { name: 'Better Care Fund', amount: { pence: 12_345_678_00 }, body: 'board', year: '2025/26' },
  ],
];

/** Decisions of 2025, enough for some pages of a list. */
const DECISIONS: readonly Fact[] = Array.from({ length: 7 }, (_, n): Fact => {
  const takenOn = `2025-0${n + 1}-15`;
  return [
    'TakeDecision',
    `d${n}`,
    takenOn,
    {
      title: ['Urology', 'apnoea', 'Zebra crossing', 'Ångström', 'eye care', 'Dental', 'urgent care'][n],
      takenOn,
      organisation: 'icb',
      decidedBy: [n % 2 ? 'care' : 'board'],
      delegation: n % 2 ? 'buying' : undefined,
      meeting: n === 2 ? 'march' : undefined,
      amount: n === 3 ? undefined : { pence: n * 1_000_00 },
      referenceSeries: 'ICB-2024/25',
    },
  ];
});

const withheld = (id: string, disclosure: string): Fact => [
  'TakeDecision',
  id,
  '2025-05-05',
  {
    title: `${SECRET} of ${id}`,
    text: SECRET,
    takenOn: '2025-05-05',
    organisation: 'icb',
    decidedBy: ['board'],
    reference: `R-${id}`,
    amount: { pence: 98_765_43 },
    disclosure: { disclosure, ground: 'LGA_12A_3', reviewOn: '2030-01-31', publicTitle: `A matter (${id})` },
  },
];

/** The main facts of every room, in the order in which they are recorded; the n-th is command `fact-n`. */
export const FACTS: readonly Fact[] = [
  ...COUNTY,
  ...DECISIONS,
  withheld('exempt', 'EXEMPT'),
  withheld('hidden', 'CONFIDENTIAL'),
  ['CallInDecision', 'd1', '2025-02-20', { reason: 'not enough was said' }] satisfies Fact,
  ['ReleaseDecision', 'd1', '2025-03-01', { reason: 'more was said' }] satisfies Fact,
  ['SupersedeDecision', 'd0', '2025-06-15', { by: 'd5' }] satisfies Fact,
  [
    'RaiseMatter',
    'why',
    '2025-05-20',
    { committee: 'hosc', kind: 'QUESTION', text: 'Why so late?', aboutDecision: 'd3' },
  ] satisfies Fact,
  ['RecordResponse', 'why', '2025-06-20', { outcome: 'ACCEPTED', text: 'It will be sooner.' }] satisfies Fact,
].map(([command, id, effectiveOn, data, recording = {}], n): Fact => {
  const source = { document: 'minutes.pdf', locator: `item ${n}`, url: `https://example.org/minutes#${n}` };
  return [command, id, effectiveOn, data, { commandId: `fact-${n}`, source, onBehalfOf: 'County ICB', ...recording }];
});

/** One subject of every room: its field of the API, and its key. */
export const SUBJECTS: readonly (readonly [root: string, aggregate: string, id: string])[] = [
  ['organisation', 'organisation', 'icb'],
  ['succession', 'succession', 'after-ccg'],
  ['person', 'person', 'ben'],
  ['body', 'body', 'care'],
  ['seat', 'seat', 'chair'],
  ['instrument', 'instrument', 'scheme'],
  ['appointment', 'appointment', 'ann-chair'],
  ['delegation', 'delegation', 'buying'],
  ['meeting', 'meeting', 'march'],
  ['interest', 'interest', 'ben-shares'],
  ['budget', 'budget', 'better-care'],
  ['decision', 'decision', 'd1'],
  ['scrutinyMatter', 'scrutiny', 'why'],
];
