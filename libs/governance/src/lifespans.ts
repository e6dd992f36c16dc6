import type { CivilDate, Envelope } from '#kernel';
import { addDays, firstDayIn, lastDayIn } from '#kernel';
import type { Aggregate } from './aggregates.js';

/** With what a thing begins and ends: commands, each with the event that it records. */
export interface Lifespan {
  readonly begins: Readonly<Record<string, string>>;
  readonly ends: Readonly<Record<string, string>>;
}

/** What lasts from a day to a day, either of which somebody may not know. */
export const LIFESPANS = {
  organisation: {
    begins: { RegisterOrganisation: 'OrganisationRegistered' },
    ends: { CloseOrganisation: 'OrganisationClosed' },
  },
  succession: { begins: { RecordSuccession: 'SuccessionRecorded' }, ends: { EndSuccession: 'SuccessionEnded' } },
  place: { begins: { DefinePlace: 'PlaceDefined' }, ends: { EndPlace: 'PlaceEnded' } },
  function: { begins: { DefineFunction: 'FunctionDefined' }, ends: { EndFunction: 'FunctionEnded' } },
  functionHolding: { begins: { RecordHolding: 'HoldingRecorded' }, ends: { EndHolding: 'HoldingEnded' } },
  body: { begins: { EstablishBody: 'BodyEstablished' }, ends: { DissolveBody: 'BodyDissolved' } },
  seat: { begins: { DefineSeat: 'SeatDefined' }, ends: { RemoveSeat: 'SeatRemoved' } },
  instrument: {
    begins: { AdoptInstrument: 'InstrumentAdopted' },
    ends: { WithdrawInstrument: 'InstrumentWithdrawn' },
  },
  appointment: {
    begins: { MakeAppointment: 'AppointmentMade', RecordVacancy: 'VacancyRecorded' },
    ends: { EndAppointment: 'AppointmentEnded' },
  },
  delegation: { begins: { GrantDelegation: 'DelegationGranted' }, ends: { RevokeDelegation: 'DelegationRevoked' } },
  reservation: { begins: { ReserveMatter: 'MatterReserved' }, ends: { EndReservation: 'ReservationEnded' } },
  interest: { begins: { DeclareInterest: 'InterestDeclared' }, ends: { EndInterest: 'InterestEnded' } },
  budget: { begins: { SetBudget: 'BudgetSet' }, ends: { CloseBudget: 'BudgetClosed' } },
  standingOrder: {
    begins: { PlaceStandingOrder: 'StandingOrderPlaced' },
    ends: { EndStandingOrder: 'StandingOrderEnded' },
  },
} as const satisfies Partial<Record<Aggregate, Lifespan>>;

export const lifespanOf = (aggregate: string): Lifespan | undefined =>
  (LIFESPANS as Partial<Record<string, Lifespan>>)[aggregate];

/** Whether a command, or an event, is the beginning or the end of the thing itself. */
export const partIn = (aggregate: string, type: string): 'begins' | 'ends' | undefined => {
  const { begins, ends } = lifespanOf(aggregate) ?? { begins: {}, ends: {} };
  const names = (of: Readonly<Record<string, string>>): boolean => type in of || Object.values(of).includes(type);
  if (names(begins)) return 'begins';
  return names(ends) ? 'ends' : undefined;
};

/** What is known of a day that nobody knows. */
export interface UnknownDay extends Pick<Envelope, 'effectiveIn' | 'notBefore' | 'notAfter'> {}

/** The earliest and the latest that a day can be; of an end, the first day without. Missing where nothing bounds it. */
export const boundsOf = (
  { effectiveIn, notBefore, notAfter }: UnknownDay,
  part: 'begins' | 'ends',
): { readonly earliest?: CivilDate; readonly latest?: CivilDate } => {
  const first = effectiveIn === undefined ? undefined : firstDayIn(effectiveIn);
  const last = effectiveIn === undefined ? undefined : lastDayIn(effectiveIn);
  const earliest = [notBefore, first]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
  // Whoever ended in 2018 was there on its last day at the latest: 1 January 2019 is the first day without.
  const lastOfIt = last && part === 'ends' ? addDays(last, 1) : last;
  const latest = [notAfter, lastOfIt].filter((day) => day !== undefined).toSorted()[0];
  return { ...(earliest !== undefined && { earliest }), ...(latest !== undefined && { latest }) };
};
