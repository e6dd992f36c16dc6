import type { Aggregate } from './aggregates.js';

/** Where what a change of a subject says was said before. */
export interface Revisions {
  /** Events that begin it: a field they leave out is one that nothing was said of. */
  readonly begun: readonly string[];
  /** Events that say something other of its fields, in the same words. */
  readonly revised: readonly string[];
  /** Events beyond which it cannot be told from single events what stood: ends, and names that run side by side. */
  readonly unclear: readonly string[];
  /** Fields that have fields of their own, which are changed one by one. */
  readonly parts?: readonly string[];
  /** Fields that only a beginning says, where a change says all others anew. */
  readonly fixed?: readonly string[];
  /** Fields by which events said once what is another field now, in part: what that was before cannot be told from them. */
  readonly partly?: Readonly<Record<string, string>>;
}

/** Only what can change by a command of its own is here. */
export const REVISIONS: Readonly<Partial<Record<Aggregate, Revisions>>> = {
  organisation: {
    begun: ['OrganisationRegistered'],
    revised: ['OrganisationChanged'],
    unclear: ['OrganisationClosed'],
  },
  person: { begun: ['PersonRegistered'], revised: ['PersonChanged'], unclear: ['NameRecorded', 'NameEnded'] },
  place: { begun: ['PlaceDefined'], revised: ['PlaceChanged'], unclear: ['PlaceEnded'] },
  function: { begun: ['FunctionDefined'], revised: ['FunctionChanged'], unclear: ['FunctionEnded'] },
  functionHolding: { begun: ['HoldingRecorded'], revised: ['HoldingChanged'], unclear: ['HoldingEnded'] },
  body: { begun: ['BodyEstablished'], revised: ['BodyChanged'], unclear: ['BodyDissolved'] },
  seat: { begun: ['SeatDefined'], revised: ['SeatChanged'], unclear: ['SeatRemoved'] },
  instrument: { begun: ['InstrumentAdopted'], revised: ['InstrumentChanged'], unclear: ['InstrumentWithdrawn'] },
  appointment: {
    begun: ['AppointmentMade', 'VacancyRecorded'],
    revised: ['AppointmentChanged', 'TermExtended'],
    unclear: ['AppointmentEnded'],
  },
  delegation: {
    begun: ['DelegationGranted'],
    revised: ['DelegationVaried', 'DelegationExtended'],
    unclear: ['DelegationRevoked'],
    partly: { soleLimit: 'limits' },
  },
  reservation: { begun: ['MatterReserved'], revised: ['ReservationChanged'], unclear: ['ReservationEnded'] },
  meeting: { begun: ['MeetingConvened'], revised: ['MeetingRescheduled'], unclear: ['MeetingCancelled'] },
  decision: {
    begun: ['DecisionProposed'],
    // What was said of a proposal stays when it is taken.
    revised: ['DecisionTaken', 'DecisionChanged', 'DecisionPublished'],
    unclear: ['DecisionRescinded', 'DecisionLapsed', 'DecisionSuperseded'],
    parts: ['procurement'],
  },
  interest: { begun: ['InterestDeclared'], revised: ['InterestAmended'], unclear: ['InterestEnded'] },
  budget: { begun: ['BudgetSet'], revised: ['BudgetVaried'], unclear: ['BudgetClosed'] },
  scrutiny: { begun: ['MatterRaised'], revised: ['MatterChanged'], unclear: ['MatterClosed'] },
  standingOrder: {
    begun: ['StandingOrderPlaced'],
    revised: ['StandingOrderChanged'],
    unclear: ['StandingOrderEnded'],
    fixed: ['committee', 'council'],
  },
};
