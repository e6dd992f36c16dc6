import { record, recordAll, type Fact, type ShownReceipt } from '../recorder.js';
import type { RunningApi } from '../running-api.js';

/**
 * The worked scenario of the register's domain page: a board delegates community services at Millbrook under the first
 * version of its scheme, then under a second, which turns out to have been adopted by an inquorate meeting. Invented.
 */
const pounds = (amount: number) => ({ pounds: String(amount) });
const limit = (amount: number) => [{ amount: pounds(amount), basis: 'WHOLE_LIFE' }];

const BEFORE: readonly Fact[] = [
  [
    'RegisterOrganisation',
    'vale',
    '2022-07-01',
    { name: 'NHS Vale Integrated Care Board', kind: 'ICB', shortName: 'Vale ICB' },
  ],
  ['DefinePlace', 'system', '2022-07-01', { name: 'Vale', kind: 'SYSTEM' }],
  ['DefinePlace', 'millbrook', '2022-07-01', { name: 'Millbrook', kind: 'PLACE', parents: ['system'] }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Vale Board', kind: 'ICB_BOARD', owners: ['vale'] }],
  [
    'EstablishBody',
    'committee',
    '2022-07-01',
    { name: 'Millbrook Place Committee', kind: 'ICB_COMMITTEE', owners: ['vale'], places: ['millbrook'] },
  ],
  ['DefineFunction', 'arrange', '2022-07-01', { name: 'Arrange the provision of services' }],
  ['DefineFunction', 'community', '2022-07-01', { name: 'Commission community services', partOf: 'arrange' }],
  [
    'RecordHolding',
    'icbs',
    '2022-07-01',
    { function: 'arrange', organisationKind: 'ICB', route: 'CONFERRED', statute: 'NHS Act 2006', provision: 's3' },
  ],
  [
    'AdoptInstrument',
    'sord',
    '2022-07-01',
    { title: 'Scheme of reservation and delegation', kind: 'SORD_ENTRY', organisation: 'vale', version: '1' },
  ],
  [
    'GrantDelegation',
    'millbrook',
    '2022-07-01',
    {
      functions: ['commission community services'],
      catalogueFunctions: ['community'],
      grantedByBody: 'board',
      delegateBodies: ['committee'],
      places: ['millbrook'],
      powers: ['DECIDE', 'SPEND'],
      limits: limit(1_000_000),
      onward: 'PROHIBITED',
      instrument: 'sord',
      version: '1',
      clause: '4.2',
    },
  ],
  [
    'TakeDecision',
    'adopt',
    '2023-03-14',
    { title: 'Adopt version 2 of the scheme', takenOn: '2023-03-14', decidedBy: ['board'], kind: 'ADOPT_DOCUMENT' },
  ],
  [
    'IssueVersion',
    'sord',
    '2023-05-01',
    { version: '2', change: 'limit raised', approvedOn: '2023-03-14', adoptedByDecision: 'adopt' },
  ],
  [
    'VaryDelegation',
    'millbrook',
    '2023-05-01',
    {
      version: '2',
      limits: limit(1_500_000),
      conditions: [
        {
          key: 'cfo',
          text: 'the chief finance officer certifies the budget',
          kind: 'CERTIFICATE',
          applies: 'EACH_DECISION',
        },
      ],
    },
  ],
];

const decided = (id: string, takenOn: string, amount: number): Fact => [
  'TakeDecision',
  id,
  takenOn,
  {
    title: `Community services contract ${id}`,
    takenOn,
    decidedBy: ['committee'],
    kind: 'AWARD_CONTRACT',
    catalogueFunctions: ['community'],
    places: ['millbrook'],
    amount: pounds(amount),
    delegation: 'millbrook',
    conditionsMet: [{ delegation: 'millbrook', condition: 'cfo', on: dayBefore(takenOn), evidence: 'certificate' }],
  },
];

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** Thirty more under the second version: twenty of up to £1.0 million, ten above. */
const OTHERS: readonly Fact[] = Array.from({ length: 30 }, (_, at) => {
  const day = new Date(Date.parse('2023-05-08') + at * 4 * 86_400_000).toISOString().slice(0, 10);
  return decided(
    `more-${String(at).padStart(2, '0')}`,
    day,
    at < 20 ? 50_000 * (at + 1) : 1_000_000 + 50_000 * (at - 19),
  );
});

/** Positions after each step of the story. */
export interface Story {
  readonly taken: number;
  readonly corrected: number;
  readonly found: number;
  readonly ratified: number;
  readonly merged: number;
  readonly last: ShownReceipt;
}

export const recordMillbrook = async (api: RunningApi): Promise<Story> => {
  await recordAll(api, BEFORE);
  const first = await record(api, ...decided('contract', '2023-05-03', 1_200_000));
  const corrects = { corrects: first.events[0]?.id, why: { kind: 'ERROR', reason: 'the minute was wrong: £0.9m' } };
  const [command, id, day, data] = decided('contract', '2023-05-03', 900_000);
  const corrected = await record(api, command, id, day, data, corrects);
  await recordAll(api, OTHERS);
  const reason = 'adopted by an inquorate board on 14 March 2023';
  const found = await record(api, 'FindVersionInvalid', 'sord', '2023-05-01', { version: '2', reason });
  const ratifying: Fact = [
    'TakeDecision',
    'ratify',
    '2023-09-28',
    { title: 'Ratify version 2', takenOn: '2023-09-28', decidedBy: ['board'], kind: 'RATIFY' },
  ];
  await record(api, ...ratifying);
  const ratified = await record(api, 'RatifyVersion', 'sord', '2023-05-01', { version: '2', decision: 'ratify' });
  const last = await recordAll(api, MERGER);
  return {
    taken: first.position,
    corrected: corrected.position,
    found: found.position,
    ratified: ratified.position,
    merged: last.position,
    last,
  };
};

/** 1 April 2026: two boards become one, which grants anew a fortnight later. */
const MERGER: readonly Fact[] = [
  ['RegisterOrganisation', 'central', '2026-04-01', { name: 'NHS Central Vale Integrated Care Board', kind: 'ICB' }],
  [
    'EstablishBody',
    'central-board',
    '2026-04-01',
    { name: 'Central Vale Board', kind: 'ICB_BOARD', owners: ['central'] },
  ],
  [
    'EstablishBody',
    'central-committee',
    '2026-04-01',
    { name: 'Millbrook Committee of Central Vale', kind: 'ICB_COMMITTEE', owners: ['central'] },
  ],
  ['RecordSuccession', 'vale-central', '2026-04-01', { predecessor: 'vale', successor: 'central', kind: 'MERGER' }],
  ['DissolveBody', 'committee', '2026-04-01', { reason: 'merger' }],
  ['DissolveBody', 'board', '2026-04-01', { reason: 'merger' }],
  ['CloseOrganisation', 'vale', '2026-04-01', { reason: 'merged' }],
  [
    'GrantDelegation',
    'central-millbrook',
    '2026-04-15',
    {
      functions: ['commission community services'],
      catalogueFunctions: ['community'],
      grantedByBody: 'central-board',
      delegateBodies: ['central-committee'],
      places: ['millbrook'],
      powers: ['DECIDE'],
      limits: limit(1_000_000),
      onward: 'PROHIBITED',
      replaces: 'millbrook',
    },
  ],
];
