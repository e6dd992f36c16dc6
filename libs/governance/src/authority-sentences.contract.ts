import type { CivilDate, Fact } from '#kernel';
import type { DelegationEvent, FunctionEvent, HoldingEvent, InstrumentEvent, ReservationEvent } from './index.js';

/** For every type of event of an aggregate what it says, and how that is told. */
export type Examples<Event extends Fact> = {
  readonly [Type in Event['type']]: readonly [Extract<Event, { type: Type }>['data'], string];
};

const day = (text: string): CivilDate => text as CivilDate;

export const catalogueFunction: Examples<FunctionEvent> = {
  FunctionDefined: [
    {
      name: 'Primary dental services',
      catalogue: 'ICS-2022',
      statute: 'National Health Service Act 2006',
      provision: 's99',
      partOf: 'primary-care',
      delegable: false,
    },
    'The function “Primary dental services” (ICS-2022, National Health Service Act 2006, s99, part of “primary-care”) was defined, which may not be delegated on.',
  ],
  FunctionChanged: [
    { delegable: true, services: ['dental', 'orthodontic'], source: 'a page', provision: null },
    'It has no provision any more; the catalogue has it from “a page”; it is about dental and orthodontic; it may be delegated on.',
  ],
  FunctionEnded: [{ reason: 'repealed' }, 'It is a function no longer: “repealed”.'],
};

export const functionHolding: Examples<HoldingEvent> = {
  HoldingRecorded: [
    {
      function: 'dental',
      organisationKind: 'ICB',
      route: 'DELEGATED',
      fromOrganisation: 'icb',
      places: ['glos'],
      services: ['orthodontic'],
      provision: 's65Z5',
      to: day('2026-04-01'),
    },
    '“dental” is held by every integrated care board (delegated from NHS Gloucestershire ICB, s65Z5), for “glos”, orthodontic, until 31 March 2026.',
  ],
  HoldingChanged: [
    { organisation: 'icb', organisationKind: null, route: 'TRANSFERRED', to: null },
    'It is held by NHS Gloucestershire ICB; it names no kind of organisation that holds it any more; the function is transferred; its end is open.',
  ],
  HoldingEnded: [{ reason: 'repealed' }, 'The function is held by it no longer: “repealed”.'],
};

export const instrument: Examples<InstrumentEvent> = {
  InstrumentAdopted: [
    { title: 'Constitution', kind: 'CONSTITUTION', organisation: 'icb', version: '2', adoptedOn: day('2022-06-30') },
    '“Constitution” (constitution, version 2) of NHS Gloucestershire ICB was adopted on 30 June 2022.',
  ],
  VersionIssued: [
    { version: '3.0', change: 'limits raised', approvedOn: day('2024-03-27') },
    'Version 3.0 was issued, approved on 27 March 2024: “limits raised”.',
  ],
  VersionFoundInvalid: [
    { version: '2', reason: 'adopted by an inquorate board', decision: 'd2' },
    'Version 2 was found never to have been valid by the decision “Dental contract, second round”: “adopted by an inquorate board”.',
  ],
  VersionRatified: [{ version: '2' }, 'Version 2 was ratified.'],
  InstrumentChanged: [{ partOf: 'sord' }, 'It is part of “Scheme of Reservation and Delegation”.'],
  InstrumentWithdrawn: [
    { replacedBy: 'sord' },
    'The instrument was withdrawn and replaced by “Scheme of Reservation and Delegation”.',
  ],
};

export const delegation: Examples<DelegationEvent> = {
  DelegationGranted: [
    {
      grantedByOrganisation: 'icb',
      delegateBodies: ['opex'],
      delegateSeats: ['leader'],
      functions: ['buying care'],
      limits: [{ amount: { pence: 123_450 }, basis: 'PER_DECISION', spending: 'CAPITAL', vat: 'EXCLUDED' }],
    },
    '“buying care” was delegated by NHS Gloucestershire ICB to the Operational Executive and whoever holds “Leader”, up to £1,234.50 per decision (capital, without VAT).',
  ],
  DelegationVaried: [
    {
      powers: ['AWARD_CONTRACT', 'SIGN'],
      soleLimit: { basis: 'PER_YEAR' },
      onward: 'WITH_CONSENT',
      onwardDepth: 1,
      noticeDays: 90,
      conditions: [
        { key: 'a', text: 'after talks', kind: 'CONSULTATION', applies: 'EACH_DECISION', with: 'the chair' },
        { key: 'b', text: 'segment 1', kind: 'OTHER', applies: 'STANDING' },
      ],
      approvals: [{ body: 'hwb', decision: 'd2', on: day('2025-06-01') }],
    },
    'The powers are: award contract, sign; its conditions are “after talks” (a, consultation with the chair) and “segment 1” (b, at all times); passing it on is permitted with consent; it may be passed on once; it was approved by the Gloucestershire Health and Wellbeing Partnership, the decision “Dental contract, second round” on 1 June 2025; it may be ended with notice of 90 days; the limit is measured per year.',
  ],
  ConditionSatisfied: [
    { condition: 'segment', decision: 'd2', evidence: 'letter' },
    'The condition “segment” was satisfied by the decision “Dental contract, second round”: “letter”.',
  ],
  ConditionBreached: [{ condition: 'segment' }, 'The condition “segment” was breached.'],
  DelegationSuspended: [{}, 'The delegation was suspended.'],
  DelegationResumed: [{}, 'The delegation is in force again.'],
  DelegationExtended: [{ to: day('2024-03-01') }, 'The delegation was extended until 29 February 2024.'],
  DelegationRevoked: [{ reason: 'no longer needed' }, 'The delegation was revoked: “no longer needed”.'],
};

export const reservation: Examples<ReservationEvent> = {
  MatterReserved: [
    {
      body: 'hwb',
      organisation: 'icb',
      functions: ['closing a service'],
      catalogueFunctions: ['provision'],
      above: { amount: { pence: 100 }, basis: 'WHOLE_LIFE' },
      to: day('2026-04-01'),
    },
    '“closing a service” was reserved to the Gloucestershire Health and Wellbeing Partnership and NHS Gloucestershire ICB, which is “provision”, above £1.00 whole life, until 31 March 2026.',
  ],
  ReservationChanged: [
    { above: null, version: '2', clause: '4.1', text: 'The Board alone' },
    'It is reserved whatever it costs; it is made by version 2; it stands at 4.1; its words are “The Board alone”.',
  ],
  ReservationEnded: [{ reason: 'version 3' }, 'The reservation ended: “version 3”.'],
};
