import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { instantOf, type CivilDate, type Fact } from '#kernel';
import type { Aggregate } from './aggregates.js';
import type {
  AppointmentEvent,
  BodyEvent,
  BudgetEvent,
  DecisionEvent,
  DecisionLogEvent,
  InterestEvent,
  MeetingEvent,
  OrganisationEvent,
  PersonEvent,
  PlaceEvent,
  ScrutinyEvent,
  SeatEvent,
  StandingOrderEvent,
  SuccessionEvent,
} from './index.js';
import {
  catalogueFunction,
  delegation,
  functionHolding,
  instrument,
  reservation,
  type Examples,
} from './authority-sentences.contract.js';
import { sentenceOf } from './sentences.js';

const day = (text: string): CivilDate => text as CivilDate;

const NAMES: Readonly<Record<string, string>> = {
  'organisation/icb': 'NHS Gloucestershire ICB',
  'organisation/council': 'Gloucestershire County Council',
  'person/carole': 'Carole Allaway-Martin',
  'person/mary': 'Mary Hutton',
  'body/hwb': 'Gloucestershire Health and Wellbeing Partnership',
  'body/opex': 'Operational Executive',
  'seat/leader': 'Leader',
  'decision/d2': 'Dental contract, second round',
  'instrument/sord': 'Scheme of Reservation and Delegation',
  'meeting/m1': 'meeting of the Operational Executive on 3 May 2023',
};
const nameOf = (aggregate: Aggregate, id: string): string | undefined => NAMES[`${aggregate}/${id}`];

const organisation: Examples<OrganisationEvent> = {
  OrganisationRegistered: [
    { name: 'NHS Gloucestershire ICB', kind: 'ICB', parent: 'region' },
    'NHS Gloucestershire ICB was registered as an integrated care board belonging to “region”.',
  ],
  OrganisationChanged: [
    { name: 'New name', identifiers: [{ scheme: 'ods', value: 'QR1' }] },
    'Its name changed to “New name”; its references are QR1 (ods).',
  ],
  OrganisationClosed: [{ reason: 'Merged.' }, 'The organisation closed: “Merged.”'],
};
const succession: Examples<SuccessionEvent> = {
  SuccessionRecorded: [
    { predecessor: 'ccg', successor: 'icb', kind: 'REPLACEMENT' },
    'NHS Gloucestershire ICB came after “ccg”, in its place.',
  ],
  SuccessionEnded: [{}, 'The succession ended.'],
};
const person: Examples<PersonEvent> = {
  PersonRegistered: [
    { name: 'Peter Mandelson', displayName: 'Lord Mandelson' },
    'Peter Mandelson was registered, shown as “Lord Mandelson”.',
  ],
  PersonChanged: [{ shortName: 'Mandelson', note: null }, 'The short name is “Mandelson”; it has no note any more.'],
  NameRecorded: [{ period: '1', name: 'Ada Example' }, 'The name is “Ada Example”.'],
  NameEnded: [{ period: '1' }, 'The name recorded under “1” is no longer used.'],
};
const place: Examples<PlaceEvent> = {
  PlaceDefined: [
    { name: 'Forest of Dean', kind: 'NEIGHBOURHOOD', parents: ['glos'] },
    'Forest of Dean was defined as a neighbourhood within “glos”.',
  ],
  PlaceChanged: [
    { parents: ['glos', 'severn'], boundary: 'The district', note: null },
    'It lies within “glos” and “severn”; its boundary is “The district”; it has no note any more.',
  ],
  PlaceEnded: [{ reason: 'joined to its neighbour' }, 'It is a place no longer: “joined to its neighbour”.'],
};
const body: Examples<BodyEvent> = {
  BodyEstablished: [
    { name: 'Operational Executive', kind: 'EXECUTIVE_GROUP', owners: ['icb'], parentBody: 'board', places: ['glos'] },
    'Operational Executive was established as an executive group of NHS Gloucestershire ICB, under “board”, for “glos”.',
  ],
  BodyChanged: [
    { remit: 'Buys care', quorum: { members: 4, note: 'the chair among them' }, publicityRegime: 'NONE' },
    'Its remit is “Buys care”; its quorum is 4 members, “the chair among them”; no law on publicity applies to it.',
  ],
  PlaceArrangementAdopted: [
    { place: 'Cheltenham', arrangement: 'LEAD_PROVIDER' },
    'For Cheltenham it adopted the arrangement “lead provider”.',
  ],
  BodySuspended: [{ reason: 'election' }, 'The body was suspended: “election”.'],
  BodyResumed: [{}, 'The body acts again.'],
  BodyDissolved: [
    { mergedInto: 'hwb' },
    'The body was dissolved and became part of the Gloucestershire Health and Wellbeing Partnership.',
  ],
};
const seat: Examples<SeatEvent> = {
  SeatDefined: [{ title: 'Leader', body: 'opex' }, 'The seat “Leader” on the Operational Executive was defined.'],
  SeatChanged: [{ voting: false, category: 'DPH' }, 'It is for: director of public health; its holder does not vote.'],
  SeatRemoved: [{}, 'The seat was removed.'],
};
const appointment: Examples<AppointmentEvent> = {
  AppointmentMade: [
    { person: 'carole', body: 'hwb', role: 'Chair' },
    'Carole Allaway-Martin was appointed Chair of the Gloucestershire Health and Wellbeing Partnership.',
  ],
  AppointmentChanged: [
    { status: 'ACTING', to: day('2025-07-01') },
    'The status is “acting”; its term runs until 30 June 2025.',
  ],
  CapacityRecorded: [
    { period: '7', acting: true, onLeave: true, leaveReason: 'maternity' },
    'It was recorded with: acting, on leave (maternity).',
  ],
  CapacityEnded: [{ period: '7' }, 'The characteristic recorded under “7” ended.'],
  TermExtended: [{ to: day('2026-01-01') }, 'The term was extended until 31 December 2025.'],
  AppointmentEnded: [{ reason: 'resigned' }, 'The appointment ended: “resigned”.'],
  VacancyRecorded: [{ seat: 'leader' }, 'The seat “Leader” became vacant.'],
};
const meeting: Examples<MeetingEvent> = {
  MeetingConvened: [
    { body: 'opex', heldOn: day('2023-05-03'), startsAt: '09:30', venue: 'Shire Hall', inPublic: true },
    'A meeting of the Operational Executive was convened for 3 May 2023 at 09:30, Shire Hall (in public).',
  ],
  MeetingRescheduled: [
    { heldOn: day('2023-05-04'), reason: 'strike' },
    'The meeting is on 4 May 2023; the reason is “strike”.',
  ],
  MeetingCancelled: [{}, 'The meeting was cancelled.'],
  AttendanceRecorded: [
    {
      attendees: [
        { person: 'carole', attendance: 'PRESENT' },
        { name: 'A visitor', attendance: 'IN_ATTENDANCE' },
        { person: 'mary', attendance: 'PRESENT' },
      ],
    },
    'Attendance was recorded: present: Carole Allaway-Martin, Mary Hutton; in attendance: A visitor.',
  ],
  QuorumDetermined: [{ quorate: false, present: 2, required: 4 }, 'The meeting was not quorate (2 present, 4 needed).'],
  MinutesRecorded: [
    { status: 'CONFIRMED', confirmedOn: day('2023-06-07'), atMeeting: 'm1' },
    'The minutes were confirmed on 7 June 2023 at the meeting of the Operational Executive on 3 May 2023.',
  ],
};
const decision: Examples<DecisionEvent> = {
  DecisionProposed: [
    { title: 'Urology', bodies: ['opex'], dueOn: day('2025-01-31') },
    'The decision “Urology” was proposed to the Operational Executive, to be decided by 31 January 2025.',
  ],
  DecisionTaken: [
    { title: 'Community urology services', amount: { pence: 0 }, outcome: 'award confirmed', decidedBy: ['opex'] },
    'The decision “Community urology services” (£0.00, award confirmed) was taken by the Operational Executive.',
  ],
  DecisionChanged: [
    { amount: { pence: 80_354_800 }, procurement: { route: 'PSR_DIRECT_C', standstillUntil: day('2025-02-10') } },
    'Its amount is £803,548.00; on its procurement: the route is PSR direct award process C, the standstill runs until 10 February 2025.',
  ],
  DecisionPublished: [{ publishedOn: day('2025-06-20') }, 'The decision was published on 20 June 2025.'],
  DecisionCalledIn: [{ reason: 'cost' }, 'The decision was called in: “cost”.'],
  DecisionReleased: [{}, 'The decision was released from call-in.'],
  DecisionImplemented: [{ note: 'done' }, 'The decision was carried out: “done”.'],
  DecisionSuperseded: [
    { by: 'd2', part: 'lot 1' },
    'A part of the decision, “lot 1”, was replaced by the decision “Dental contract, second round”.',
  ],
  DecisionRescinded: [{ by: 'd9' }, 'The decision was rescinded by the decision “d9”.'],
  DecisionLapsed: [{}, 'The decision lapsed.'],
  DecisionClassified: [
    {
      disclosure: 'EXEMPT',
      ground: 'LGA_12A_3',
      reasoning: 'The contract is not signed.',
      decidedBy: 'the Chief Executive',
      reviewOn: day('2025-09-01'),
      fields: ['amount', 'procurement'],
    },
    'Of the decision, the amount and what it says about buying were classed as exempt (paragraph 3 of Schedule 12A to the Local Government Act 1972) by the Chief Executive, to be looked at again by 1 September 2025; on the public interest it says “The contract is not signed.”',
  ],
  ExemptionLifted: [{ reason: 'The contract is signed' }, 'The decision was made public: “The contract is signed”.'],
};
const interest: Examples<InterestEvent> = {
  InterestDeclared: [
    { person: 'mary', kind: 'INDIRECT', nature: 'sister works there', organisation: 'council', to: day('2025-04-01') },
    'Mary Hutton declared an indirect interest in Gloucestershire County Council, until 31 March 2025: “sister works there”.',
  ],
  InterestAmended: [{ kind: 'FINANCIAL' }, 'It is a financial interest.'],
  InterestEnded: [{}, 'The interest ended.'],
};
const budget: Examples<BudgetEvent> = {
  BudgetSet: [
    { name: 'Better Care Fund', year: '2025/26', amount: { pence: 5_500_000_000 }, body: 'hwb', amountNote: 'rounded' },
    'The budget “Better Care Fund” (2025/26) was set at £55,000,000.00 (rounded), to be spent by the Gloucestershire Health and Wellbeing Partnership.',
  ],
  BudgetVaried: [{ amount: { pence: 1 } }, 'The budget was varied to £0.01 (a placeholder).'],
  BudgetClosed: [{ reason: 'year over' }, 'The budget was closed: “year over”.'],
};
const scrutiny: Examples<ScrutinyEvent> = {
  MatterRaised: [
    {
      committee: 'hosc',
      kind: 'RECOMMENDATION',
      text: 'Publish the waits?',
      addressedToOrganisation: 'icb',
      dueOn: day('2025-09-01'),
    },
    '“hosc” made a recommendation to NHS Gloucestershire ICB, for a response by 1 September 2025: “Publish the waits?”',
  ],
  LetterSent: [{ to: 'the minister', sentOn: day('2025-07-02') }, 'A letter was sent to the minister on 2 July 2025.'],
  ResponseRecorded: [
    { outcome: 'PARTLY_ACCEPTED', text: 'Yes, monthly' },
    'A response came (partly accepted): “Yes, monthly”.',
  ],
  MatterChanged: [{ aboutMeeting: 'm1' }, 'It arose at the meeting of the Operational Executive on 3 May 2023.'],
  MatterClosed: [{}, 'The matter was closed.'],
};

const standingOrder: Examples<StandingOrderEvent> = {
  StandingOrderPlaced: [
    {
      committee: 'opex',
      every: 'MONTH',
      firstDay: day('2025-07-01'),
      daysBeforeMeeting: 10,
      daysAfterPeriod: 28,
      reader: 'PUBLIC',
      recipient: 'The clerk',
      deliverTo: [{ by: 'EMAIL', to: 'clerk@council.example' }],
    },
    'Decision logs were ordered for the Operational Executive; one for every month, from 1 July 2025; due ten days before the meeting, and 28 days after its end at the latest; for The clerk; delivered by e-mail.',
  ],
  StandingOrderChanged: [
    {
      about: ['icb'],
      every: 'FINANCIAL_YEAR',
      firstDay: day('2026-04-01'),
      daysAfterPeriod: 1,
      reader: 'OFFICERS',
      recipient: 'the chair',
      note: 'by letter',
    },
    'The order was changed; one for every financial year, from 1 April 2026; due one day after its end; about NHS Gloucestershire ICB; for the chair, who sees what is withheld from others; noted: “by letter”.',
  ],
  StandingOrderEnded: [{ reason: 'dissolved' }, 'The standing order ended: “dissolved”.'],
};

const decisionLog: Examples<DecisionLogEvent> = {
  DecisionLogIssued: [
    {
      logId: '0123456789abcdef',
      committee: 'hosc',
      firstDay: day('2025-01-01'),
      lastDay: day('2025-12-31'),
      asAt: day('2025-12-31'),
      knownAt: 2381,
      reader: 'PUBLIC',
      recipient: 'the clerk',
      release: '0.1.0',
      files: [],
    },
    'The decision log 0123456789abcdef for “hosc”, 1 January 2025 to 31 December 2025 (as at 31 December 2025, as known at position 2381), was issued to the clerk.',
  ],
  DecisionLogDelivered: [
    { delivered: [{ by: 'WEBHOOK', to: 'https://council.example/logs', at: instantOf(0), receipt: 'HTTP 202' }] },
    'The decision log was delivered by webhook.',
  ],
  DecisionLogWithdrawn: [{ reason: 'wrong period' }, 'The decision log was withdrawn: “wrong period”.'],
};

const ALL: Readonly<Record<Aggregate, Readonly<Record<string, readonly [unknown, string]>>>> = {
  organisation,
  succession,
  person,
  place,
  function: catalogueFunction,
  body,
  seat,
  instrument,
  functionHolding,
  appointment,
  delegation,
  reservation,
  meeting,
  decision,
  interest,
  budget,
  scrutiny,
  standingOrder,
  decisionLog,
};

const cases = (Object.keys(ALL) as Aggregate[]).flatMap((aggregate) =>
  Object.entries(ALL[aggregate]).map(([type, [data, text]]) => [aggregate, type, data, text] as const),
);

describe('telling what an event says', () => {
  it.each(cases)('%s: %s', (aggregate, type, data, text) => {
    expect(sentenceOf(aggregate, { type, data }, nameOf)).toBe(text);
  });

  it('has every type of event, and each has a golden one that is read for ever', () => {
    const golden = readFileSync('test/golden/events.ndjson', 'utf8');
    const kept = new Set(Array.from(golden.matchAll(/"type":"(\w+)"/g), ([, type]) => type));
    expect(cases.map(([, type]) => type).filter((type) => !kept.has(type))).toEqual([]);
  });

  it('says by which hat a decision was taken, what sort of money it is, and how a condition was met', () => {
    const details = {
      title: 'Urology',
      officer: 'mary',
      appointment: 'leader',
      amount: { pence: 100 },
      spending: 'CAPITAL',
      vat: 'EXCLUDED',
      provider: 'council',
      conditionsMet: [{ delegation: 'g1', condition: 'cfo', on: day('2025-01-31'), evidence: 'certificate 12' }],
    };
    expect(sentenceOf('decision', { type: 'DecisionTaken', data: details }, nameOf)).toBe(
      'The decision “Urology” (£1.00, capital, without VAT) was taken by Mary Hutton as “leader”.',
    );
    const { title: _title, officer: _officer, amount: _amount, ...more } = details;
    expect(sentenceOf('decision', { type: 'DecisionChanged', data: more }, nameOf)).toBe(
      'Whoever decided acted as “leader”; it is capital money; its amount is without VAT; it buys from Gloucestershire County Council; the condition “cfo” was met on 31 January 2025: “certificate 12”.',
    );
  });

  it('says of an annulment that it is one, whatever the room', () => {
    expect(sentenceOf('body', { type: 'Annulled', data: {} }, nameOf)).toBe('An earlier recording was annulled.');
  });

  it('says of a succession what share went over, and by what', () => {
    const shared = {
      ...{ predecessor: 'ccg', successor: 'icb', kind: 'ABOLITION', places: ['glos'], share: 'staff' },
      ...{ catalogueFunctions: ['grants'], instrument: 'order', madeByDecision: 'made' },
    };
    expect(sentenceOf('succession', { type: 'SuccessionRecorded', data: shared }, nameOf)).toBe(
      'NHS Gloucestershire ICB came after “ccg”, which was abolished (for “glos”, with “grants”, staff, by “order”, by the decision “made”).',
    );
  });

  it('says of a change that names nothing that it names nothing', () => {
    expect(sentenceOf('body', { type: 'BodyChanged', data: {} }, nameOf)).toBe('Nothing was said to change.');
  });

  it('does not say that a body is “an other”, nor twice that somebody is designate', () => {
    const established = { type: 'BodyEstablished', data: { name: 'Consortium', kind: 'OTHER' } };
    expect(sentenceOf('body', established, nameOf)).toBe('Consortium was established.');
    const changed = { type: 'BodyChanged', data: { kind: 'OTHER' } };
    expect(sentenceOf('body', changed, nameOf)).toBe('It is something else.');
    const made = (role: string): Fact => ({
      type: 'AppointmentMade',
      data: { person: 'mary', organisation: 'icb', role, status: 'DESIGNATE', capacity: 'OTHER' },
    });
    expect(['Chair (designate)', 'Chair'].map((role) => sentenceOf('appointment', made(role), nameOf))).toEqual([
      'Mary Hutton was appointed Chair (designate) of NHS Gloucestershire ICB.',
      'Mary Hutton was appointed Chair of NHS Gloucestershire ICB (designate).',
    ]);
  });

  it('stops at an event that the room does not have', () => {
    expect(() => sentenceOf('body', { type: 'Renamed', data: {} }, nameOf)).toThrow('body has no event called Renamed');
  });
});
