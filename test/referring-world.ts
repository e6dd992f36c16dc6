import fc from 'fast-check';
import type { CommandName } from '#wire';
import type { Aggregate } from '#governance';
import type { Told } from './joined-world.js';

const FIVE = ['1', '2', '3', '4', '5'] as const;
const keys = (letter: string): readonly string[] => FIVE.map((one) => `${letter}${one}`);

const [ORGANISATIONS, BODIES, PEOPLE, SEATS] = [keys('o'), keys('b'), keys('p'), keys('s')];
const [INSTRUMENTS, MEETINGS, DECISIONS, MATTERS] = [keys('i'), keys('m'), keys('d'), keys('t')];
const [APPOINTMENTS, DELEGATIONS, INTERESTS, BUDGETS] = [keys('a'), keys('g'), keys('n'), keys('u')];
const [ORDERS, SUCCESSIONS, PLACES, FUNCTIONS] = [keys('w'), keys('x'), keys('l'), keys('f')];
const [HOLDINGS, RESERVATIONS] = [keys('h'), keys('r')];

type Part = fc.Arbitrary<object>;

const one = (field: string, of: readonly string[]): Part => fc.constantFrom(...of).map((id) => ({ [field]: id }));
const maybe = (field: string, of: readonly string[]): Part => fc.option(one(field, of), { nil: {} });
const some = (field: string, of: readonly string[]): Part =>
  fc.subarray([...of]).map((ids) => (ids.length === 0 ? {} : { [field]: ids }));
const all = (...parts: readonly Part[]): Part => fc.tuple(...parts).map((said) => Object.assign({}, ...said) as object);
const words = (said: object): Part => fc.constant(said);

const told = (aggregate: Aggregate, ids: readonly string[], command: CommandName, data: Part): fc.Arbitrary<Told> =>
  fc.record({
    aggregate: fc.constant(aggregate),
    command: fc.constant(command),
    id: fc.constantFrom(...ids),
    data,
    day: fc.integer({ min: 1, max: 5 }),
  });

const place = all(maybe('organisation', ORGANISATIONS), maybe('body', BODIES));
const places = some('places', PLACES);
const exercised = some('catalogueFunctions', FUNCTIONS);
const shares = all(exercised, places, maybe('instrument', INSTRUMENTS), maybe('madeByDecision', DECISIONS));
const details = all(
  places,
  exercised,
  some('decidedBy', BODIES),
  maybe('officer', PEOPLE),
  fc.option(
    one('person', PEOPLE).map((who) => ({ votes: { for: 2, named: [{ ...who, vote: 'FOR' }] } })),
    { nil: {} },
  ),
  maybe('organisation', ORGANISATIONS),
  some('accountable', ORGANISATIONS),
  maybe('delegation', DELEGATIONS),
  maybe('appointment', APPOINTMENTS),
  maybe('provider', ORGANISATIONS),
  fc.option(
    one('delegation', DELEGATIONS).map((of) => ({ conditionsMet: [{ ...of, condition: 'k' }] })),
    { nil: {} },
  ),
  maybe('instrument', INSTRUMENTS),
  maybe('meeting', MEETINGS),
  maybe('implements', MATTERS),
);
const powers = all(
  places,
  exercised,
  maybe('grantedByOrganisation', ORGANISATIONS),
  maybe('grantedByBody', BODIES),
  some('delegateOrganisations', ORGANISATIONS),
  some('delegateBodies', BODIES),
  some('delegatePersons', PEOPLE),
  maybe('instrument', INSTRUMENTS),
  maybe('madeByDecision', DECISIONS),
);
/** What else a delegation may name. */
const parties = all(
  maybe('grantedBySeat', SEATS),
  maybe('grantedByPerson', PEOPLE),
  maybe('onBehalfOf', ORGANISATIONS),
  maybe('replaces', DELEGATIONS),
  some('delegateSeats', SEATS),
  some('excludedProviders', ORGANISATIONS),
  all(one('organisation', ORGANISATIONS), maybe('body', BODIES), maybe('decision', DECISIONS)).map((approval) => ({
    approvals: [approval],
  })),
);
const GRANT = {
  functions: ['to pay'],
  grantedByName: 'them',
  delegateNames: ['others'],
  conditions: [{ key: 'k', text: 'Segment 1.', kind: 'UPSTREAM', applies: 'STANDING' }],
};
const held = all(maybe('seat', SEATS), place, maybe('deputyFor', PEOPLE), maybe('madeByDecision', DECISIONS));
const matter = all(
  maybe('addressedToOrganisation', ORGANISATIONS),
  maybe('addressedToBody', BODIES),
  maybe('aboutDecision', DECISIONS),
  maybe('aboutMeeting', MEETINGS),
);
const ORDER = { every: 'MONTH', firstDay: '2024-01-01', daysAfterPeriod: 5, reader: 'PUBLIC', recipient: 'them' };

/** Whatever may name whatever, begun, changed and ended, in an order in which much of it can be recorded. */
const FACTS: readonly fc.Arbitrary<Told>[] = [
  told('organisation', ORGANISATIONS, 'ChangeOrganisation', one('parent', ORGANISATIONS)),
  told('organisation', ['o3'], 'CloseOrganisation', words({})),
  told(
    'succession',
    SUCCESSIONS,
    'RecordSuccession',
    all(words({ kind: 'MERGER' }), one('predecessor', ORGANISATIONS), one('successor', ORGANISATIONS), shares),
  ),
  told('body', BODIES, 'ChangeBody', all(some('owners', ORGANISATIONS), one('parentBody', BODIES), places)),
  told('body', ['b3'], 'DissolveBody', one('mergedInto', BODIES)),
  told('place', PLACES, 'ChangePlace', some('parents', PLACES)),
  told('place', ['l3'], 'EndPlace', words({})),
  told('function', FUNCTIONS, 'ChangeFunction', one('partOf', FUNCTIONS)),
  told('function', ['f3'], 'EndFunction', words({})),
  told(
    'functionHolding',
    HOLDINGS,
    'RecordHolding',
    all(
      words({ route: 'TRANSFERRED' }),
      one('function', FUNCTIONS),
      one('organisation', ORGANISATIONS),
      maybe('fromOrganisation', ORGANISATIONS),
      maybe('instrument', INSTRUMENTS),
      places,
    ),
  ),
  told('functionHolding', ['h3'], 'EndHolding', words({})),
  told('seat', ['s3'], 'RemoveSeat', words({})),
  told('seat', SEATS, 'ChangeSeat', place),
  told(
    'instrument',
    INSTRUMENTS,
    'ChangeInstrument',
    all(words({ kind: 'SORD_ENTRY' }), place, maybe('partOf', INSTRUMENTS), maybe('adoptedByDecision', DECISIONS)),
  ),
  told(
    'instrument',
    INSTRUMENTS,
    'ChangeInstrument',
    all(one('organisation', ORGANISATIONS), maybe('body', BODIES), maybe('approvedByDecision', DECISIONS)).map(
      (party) => ({ parties: [party] }),
    ),
  ),
  told(
    'instrument',
    INSTRUMENTS,
    'IssueVersion',
    all(
      fc.constantFrom('1', '2').map((version) => ({ version })),
      maybe('adoptedByDecision', DECISIONS),
    ),
  ),
  told('instrument', INSTRUMENTS, 'FindVersionInvalid', words({ version: '2', reason: 'inquorate' })),
  told('body', BODIES, 'ChangeBody', one('instrument', INSTRUMENTS)),
  told('seat', SEATS, 'ChangeSeat', one('instrument', INSTRUMENTS)),
  told('instrument', ['i3'], 'WithdrawInstrument', one('replacedBy', INSTRUMENTS)),
  told('appointment', APPOINTMENTS, 'MakeAppointment', all(words({ role: 'Member' }), one('person', PEOPLE), held)),
  told('appointment', ['a3'], 'EndAppointment', words({})),
  told('delegation', DELEGATIONS, 'VaryDelegation', powers),
  told('delegation', DELEGATIONS, 'VaryDelegation', parties),
  told('delegation', ['g3'], 'GrantDelegation', all(words(GRANT), powers)),
  told('delegation', DELEGATIONS, 'SatisfyCondition', all(words({ condition: 'k' }), maybe('decision', DECISIONS))),
  told('delegation', ['g3'], 'RevokeDelegation', words({})),
  told(
    'reservation',
    RESERVATIONS,
    'ReserveMatter',
    all(
      words({ functions: ['to close'], reservedToName: 'them' }),
      place,
      places,
      exercised,
      maybe('instrument', INSTRUMENTS),
    ),
  ),
  told('reservation', ['r3'], 'EndReservation', words({})),
  told('meeting', MEETINGS, 'ConveneMeeting', all(words({ heldOn: '2024-01-03' }), one('body', BODIES))),
  told(
    'meeting',
    MEETINGS,
    'RecordAttendance',
    one('person', PEOPLE).map((who) => ({ attendees: [{ ...who, attendance: 'PRESENT' }] })),
  ),
  told('meeting', MEETINGS, 'RecordMinutes', all(words({ status: 'CONFIRMED' }), maybe('atMeeting', MEETINGS))),
  told(
    'decision',
    DECISIONS,
    'ProposeDecision',
    all(words({ title: 'Plan' }), some('bodies', BODIES), places, exercised),
  ),
  told('decision', DECISIONS, 'TakeDecision', all(words({ title: 'Plan' }), details, one('supersedes', DECISIONS))),
  told('decision', DECISIONS, 'TakeDecision', all(words({ title: 'Plan' }), details)),
  told('decision', DECISIONS, 'ChangeDecision', all(one('meeting', MEETINGS), words({ note: 'Put off.' }))),
  told('decision', ['d4'], 'SupersedeDecision', one('by', DECISIONS)),
  told('decision', ['d5'], 'RescindDecision', one('by', DECISIONS)),
  told(
    'interest',
    INTERESTS,
    'DeclareInterest',
    all(words({ nature: 'Shares', kind: 'FINANCIAL' }), one('person', PEOPLE), maybe('organisation', ORGANISATIONS)),
  ),
  told(
    'budget',
    BUDGETS,
    'SetBudget',
    all(words({ name: 'Pooled', year: '2024/25', amount: { pence: 100 } }), place, places),
  ),
  told(
    'scrutiny',
    MATTERS,
    'RaiseMatter',
    all(words({ kind: 'REQUEST', text: 'Report.' }), one('committee', BODIES), matter),
  ),
  told(
    'standingOrder',
    ORDERS,
    'PlaceStandingOrder',
    all(words(ORDER), fc.oneof(one('committee', BODIES), one('council', ORGANISATIONS)), some('about', ORGANISATIONS)),
  ),
];

const begun = (aggregate: Aggregate, command: CommandName, id: string, data: object): Told => ({
  aggregate,
  command,
  id,
  data,
  day: 1,
});

/** One long history of everything. @param seed by which it is the same again. */
export const referringHistory = (seed: number, length: number): readonly Told[] => [
  ...ORGANISATIONS.map((id) => begun('organisation', 'RegisterOrganisation', id, { name: id, kind: 'ICB' })),
  ...PLACES.map((id) => begun('place', 'DefinePlace', id, { name: id, kind: 'PLACE' })),
  ...INSTRUMENTS.map((id) => begun('instrument', 'AdoptInstrument', id, { title: id, kind: 'OTHER' })),
  ...FUNCTIONS.map((id) => begun('function', 'DefineFunction', id, { name: id })),
  ...BODIES.map((id) => begun('body', 'EstablishBody', id, { name: id, kind: 'OTHER' })),
  ...PEOPLE.map((id) => begun('person', 'RegisterPerson', id, { name: id })),
  ...DELEGATIONS.map((id) => begun('delegation', 'GrantDelegation', id, GRANT)),
  ...SEATS.map((id) => begun('seat', 'DefineSeat', id, { title: id, body: 'b1' })),
  ...fc.sample(fc.oneof(...FACTS), { seed, numRuns: length }),
];
