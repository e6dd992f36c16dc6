import { recordAll, type Fact } from './recorder.js';
import type { RunningApi } from './running-api.js';

/** The day from which there are two boards in the place of one. */
export const END = '2026-04-01';

export const organisation = (id: string, name: string, kind: string, from: string): Fact => [
  'RegisterOrganisation',
  id,
  from,
  { name, kind },
];

const standing = (key: string): object => ({ key, text: 'Certified', kind: 'CERTIFICATE', applies: 'STANDING' });

/** Frimley's kind: a board that is split over two successors by place, and what came of it after. */
export const recordSplitBoard = async (api: RunningApi) => {
  const grant = (id: string, more: object, from = '2022-07-01'): Fact => [
    'GrantDelegation',
    id,
    from,
    { grantedByBody: 'f-board', delegateNames: ['the executive'], ...more },
  ];
  const before = await recordAll(api, [
    organisation('frimley', 'Frimley', 'ICB', '2022-07-01'),
    organisation('valley', 'Thames Valley', 'ICB', END),
    organisation('surrey', 'Surrey and Sussex', 'ICB', END),
    organisation('nhse-1', 'NHS England 1', 'NHS_ENGLAND', '2013-04-01'),
    organisation('trust', 'Some Trust', 'NHS_TRUST', '2013-04-01'),
    ['DefinePlace', 'east', '2022-07-01', { name: 'East Berkshire', kind: 'PLACE' }],
    ['DefinePlace', 'slough', '2022-07-01', { name: 'Slough', kind: 'NEIGHBOURHOOD', parents: ['east'] }],
    ['DefinePlace', 'heath', '2022-07-01', { name: 'Surrey Heath', kind: 'PLACE' }],
    ['DefineFunction', 'community', '2022-07-01', { name: 'Community services' }],
    ['EstablishBody', 'f-board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['frimley'] }],
    ['EstablishBody', 'f-audit', '2022-07-01', { name: 'Audit', kind: 'ICB_COMMITTEE', parentBody: 'f-board' }],
    [
      'EstablishBody',
      'f-heath',
      '2022-07-01',
      { name: 'Heath committee', kind: 'ICB_COMMITTEE', owners: ['frimley'], places: ['heath'] },
    ],
    ['ReserveMatter', 'f-plan', '2022-07-01', { functions: ['The plan'], body: 'f-board' }],
    ['RegisterPerson', 'f-ann', '2022-07-01', { name: 'Ann Archer' }],
    ['MakeAppointment', 'f-chair', '2022-07-01', { person: 'f-ann', body: 'f-audit', role: 'Chair' }],
    grant('f-slough', { functions: ['to buy'], catalogueFunctions: ['community'], places: ['slough'] }),
    grant('f-all', { functions: ['To sign'], conditions: [standing('cfo'), standing('legal'), standing('sums')] }),
    ['SatisfyCondition', 'f-all', '2022-08-01', { condition: 'legal' }],
    grant('f-old', { functions: ['ended before'], until: '2025-03-31' }),
    grant('f-timed', { functions: ['to the day'], until: '2026-03-31' }),
    [
      'GrantDelegation',
      'f-dental',
      '2023-04-01',
      { functions: ['dental'], grantedByOrganisation: 'nhse-1', delegateOrganisations: ['frimley'] },
    ],
    [
      'GrantDelegation',
      'f-teeth',
      '2023-04-01',
      { functions: ['dental'], grantedByOrganisation: 'trust', delegateOrganisations: ['frimley'] },
    ],
    ['EstablishBody', 'f-quality', '2022-07-01', { name: 'Quality', kind: 'ICB_COMMITTEE', owners: ['frimley'] }],
    ['AdoptInstrument', 'f-s75', '2023-04-01', { title: 'Section 75', kind: 'S75_AGREEMENT', organisation: 'frimley' }],
    ['EstablishBody', 'f-hosc', '2013-04-01', { name: 'Scrutiny', kind: 'HOSC' }],
    [
      'RaiseMatter',
      'f-beds',
      '2025-06-01',
      { committee: 'f-hosc', kind: 'RECOMMENDATION', text: 'Keep the beds', addressedToOrganisation: 'frimley' },
    ],
    [
      'RaiseMatter',
      'f-shut',
      '2025-06-01',
      { committee: 'f-hosc', kind: 'RECOMMENDATION', text: 'Done', addressedToBody: 'f-board' },
    ],
    ['CloseMatter', 'f-shut', '2025-09-01', {}],
  ]);
  const cut = await recordAll(api, [
    ['CloseOrganisation', 'frimley', END, {}],
    [
      'RecordSuccession',
      'f-valley',
      END,
      { predecessor: 'frimley', successor: 'valley', kind: 'ABOLITION', places: ['east'] },
    ],
    [
      'RecordSuccession',
      'f-surrey',
      END,
      { predecessor: 'frimley', successor: 'surrey', kind: 'ABOLITION', places: ['heath'] },
    ],
    ['EstablishBody', 'v-board', END, { name: 'Board', kind: 'ICB_BOARD', owners: ['valley'] }],
    [
      'GrantDelegation',
      'v-dental',
      END,
      { functions: ['Dental '], grantedByOrganisation: 'nhse-1', delegateOrganisations: ['valley'] },
    ],
    ['ChangeBody', 'f-heath', END, { owners: ['surrey'] }],
    ['DissolveBody', 'f-quality', END, { mergedInto: 'v-board' }],
  ]);
  const grown = await recordAll(api, [
    grant(
      'v-buy',
      { ...{ functions: ['buying'], catalogueFunctions: ['community'] }, grantedByBody: 'v-board' },
      '2026-06-01',
    ),
    grant(
      'v-sign',
      { functions: ['signing'], grantedByBody: 'v-board', replaces: 'f-all', conditions: [standing('cfo')] },
      END,
    ),
    ['ReserveMatter', 'v-plan', '2026-04-20', { functions: ['the plan'], organisation: 'valley' }],
    ['ChangeInstrument', 'f-s75', '2026-05-01', { organisation: 'valley' }],
    ['MakeAppointment', 'v-chair', '2026-06-15', { person: 'f-ann', body: 'v-board', role: 'chair' }],
    ['ChangeMatter', 'f-beds', '2026-04-15', { addressedToOrganisation: 'surrey' }],
  ]);
  return { before, cut, grown };
};
