const START = '2022-07-01';

export type Recorded = readonly [command: string, subject: string, day: string, data: object];

const organisation = (id: string): Recorded => [
  'RegisterOrganisation',
  `organisation/${id}`,
  START,
  { name: id, kind: id === 'icb' ? 'ICB' : 'COUNCIL' },
];
const body = (id: string, data: object): Recorded => [
  'EstablishBody',
  `body/${id}`,
  START,
  { name: id, kind: 'OTHER', ...data },
];
const taken = (id: string, data: object, day = '2024-03-01'): Recorded => [
  'TakeDecision',
  `decision/${id}`,
  day,
  { title: id, takenOn: day, ...data },
];

export const WORLD: readonly Recorded[] = [
  ...['icb', 'council', 'county', 'nobody'].map(organisation),
  ['RegisterPerson', 'person/jones', START, { name: 'A Jones' }],
  body('board', { owners: ['icb'] }),
  body('committee', { parentBody: 'board' }),
  body('group', { parentBody: 'committee' }),
  body('joint', { owners: ['icb', 'council'] }),
  body('moved', { owners: ['council'] }),
  ['ChangeBody', 'body/moved', '2024-01-01', { owners: ['county'] }],
  body('scrutiny', { owners: ['council'], kind: 'HOSC' }),
  body('closed', { owners: ['county'] }),
  ['DissolveBody', 'body/closed', '2023-01-01', {}],
  [
    'GrantDelegation',
    'delegation/power',
    START,
    { functions: ['awards'], grantedByBody: 'board', delegatePersons: ['jones'] },
  ],
  [
    'GrantDelegation',
    'delegation/lent',
    START,
    { functions: ['care'], grantedByOrganisation: 'council', delegateBodies: ['board'] },
  ],
  ['DefineSeat', 'seat/chief', START, { title: 'Chief executive', organisation: 'icb' }],
  ['DefineSeat', 'seat/chair', START, { title: 'Chair', body: 'joint' }],
  ['DefineSeat', 'seat/director', START, { title: 'Director', organisation: 'council' }],
  ['ChangeSeat', 'seat/director', '2024-01-01', { organisation: 'county' }],
  ...['chief', 'chair', 'director'].map((seat): Recorded => [
    'GrantDelegation',
    `delegation/of the ${seat}`,
    START,
    { functions: ['hiring'], grantedBySeat: seat, delegatePersons: ['jones'] },
  ]),
  ['ConveneMeeting', 'meeting/before', '2023-06-01', { body: 'moved', heldOn: '2023-11-01' }],
  ['ConveneMeeting', 'meeting/after', '2023-06-01', { body: 'moved', heldOn: '2024-02-01' }],
  ['ConveneMeeting', 'meeting/of the joint body', '2023-06-01', { body: 'joint', heldOn: '2024-03-01' }],
  ['ConveneMeeting', 'meeting/of the group', '2023-06-01', { body: 'group', heldOn: '2024-03-01' }],
  ['ConveneMeeting', 'meeting/passed on', '2023-06-01', { body: 'board', heldOn: '2024-03-01' }],
  ['RescheduleMeeting', 'meeting/passed on', '2024-06-01', { body: 'moved' }],
  taken('met', { meeting: 'of the joint body' }),
  taken('met below', { meeting: 'of the group', organisation: 'county' }),
  taken('met and said', { meeting: 'of the joint body', decidedBy: ['board'] }),
  taken('met and by a power', { meeting: 'of the joint body', officer: 'jones', delegation: 'power' }),
  taken('met with an officer', { meeting: 'of the group', officer: 'jones' }),
  taken('met elsewhere later', { meeting: 'passed on' }),
  taken('met before it moved', { meeting: 'before' }, '2023-11-01'),
  ['TakeDecision', 'decision/met, of its day', '2023-11-01', { title: 'met, of its day', meeting: 'after' }],
  taken('met stub', { meeting: 'of the joint body', disclosure: { disclosure: 'EXEMPT', ground: 'OTHER' } }),
  taken('of the board', { decidedBy: ['board'] }),
  taken('of the group', { decidedBy: ['group'] }),
  taken('joint', { decidedBy: ['joint'] }),
  taken('before it moved', { decidedBy: ['moved'] }, '2023-12-31'),
  taken('after it moved', { decidedBy: ['moved'] }, '2024-01-01'),
  taken('after it closed', { decidedBy: ['closed'] }, '2023-06-01'),
  taken('before it began', { decidedBy: ['board'] }, '2020-01-01'),
  taken('under a post', { officer: 'jones', delegation: 'of the chief' }),
  taken('under a joint seat', { officer: 'jones', delegation: 'of the chair' }),
  taken('under a post before it moved', { officer: 'jones', delegation: 'of the director' }, '2023-12-31'),
  taken('under a post after it moved', { officer: 'jones', delegation: 'of the director' }, '2024-01-01'),
  taken('of an officer', { officer: 'jones', delegation: 'power' }),
  taken('with a lent power', { decidedBy: ['board'], delegation: 'lent' }),
  taken('said', { organisation: 'county', accountable: ['council'] }),
  taken('said and followed', { decidedBy: ['board'], organisation: 'icb', accountable: ['council'] }),
  taken('of nobody', {}),
  [
    'TakeDecision',
    'decision/at the first',
    '2023-11-01',
    { title: 'at the first', decidedBy: ['moved'], meeting: 'before' },
  ],
  [
    'TakeDecision',
    'decision/at the second',
    '2024-02-01',
    { title: 'at the second', decidedBy: ['moved'], meeting: 'after' },
  ],
  ['TakeDecision', 'decision/some day', '2023-11-01', { title: 'some day', decidedBy: ['moved'] }],
  taken('stub', {
    decidedBy: ['board'],
    organisation: 'council',
    delegation: 'lent',
    disclosure: { disclosure: 'EXEMPT', ground: 'OTHER' },
  }),
  taken('hidden', { decidedBy: ['board'], disclosure: { disclosure: 'CONFIDENTIAL', ground: 'OTHER' } }),
];

export const PROPOSED: readonly Recorded[] = [
  ['ProposeDecision', 'decision/only proposed', '2024-03-01', { title: 'only proposed', organisation: 'icb' }],
  ['PublishDecision', 'decision/only proposed', '2024-03-01', { publishedOn: '2024-03-01' }],
  ['ProposeDecision', 'decision/asked', '2024-03-01', { title: 'asked', bodies: ['joint'] }],
  ['ProposeDecision', 'decision/put before', '2024-03-01', { title: 'put before' }],
  ['ChangeDecision', 'decision/put before', '2024-03-01', { meeting: 'of the group' }],
];

/** What follows from whose meeting it was, as at the end of 2024. */
export const MET: Readonly<Record<string, readonly string[]>> = {
  joint: ['met', 'met stub'],
  group: ['met below', 'met with an officer', 'put before'],
  board: [],
  moved: ['met before it moved', 'met elsewhere later', 'met, of its day'],
};

export const ORGANISATIONS = ['icb', 'council', 'county', 'nobody'];

/** Who answers for each as at the end of 2024. */
export const ANSWER: Readonly<Record<string, readonly string[]>> = {
  met: ['council', 'icb'],
  'met below': ['county', 'icb'],
  'met and said': ['icb'],
  'met and by a power': ['icb'],
  'met with an officer': ['icb'],
  'met elsewhere later': ['county'],
  'met before it moved': ['council'],
  'met, of its day': ['county'],
  'met stub': ['council', 'icb'],
  asked: ['council', 'icb'],
  'put before': ['icb'],
  'of the board': ['icb'],
  'of the group': ['icb'],
  joint: ['council', 'icb'],
  'before it moved': ['council'],
  'after it moved': ['county'],
  'after it closed': ['county'],
  'before it began': ['icb'],
  'under a post': ['icb'],
  'under a joint seat': ['council', 'icb'],
  'under a post before it moved': ['council'],
  'under a post after it moved': ['county'],
  'of an officer': ['icb'],
  'with a lent power': ['council', 'icb'],
  said: ['council', 'county'],
  'said and followed': ['council', 'icb'],
  'of nobody': [],
  'at the first': ['council'],
  'at the second': ['county'],
  'some day': ['county'],
  stub: ['council', 'icb'],
  hidden: ['icb'],
  'only proposed': ['icb'],
};
