import type { Aggregate } from '#governance';
import type { Restriction } from '../questions/restriction.js';
import { appointmentFiltered, AppointmentFilter } from './appointment.filter.js';
import { bodyFiltered, BodyFilter } from './body.filter.js';
import { budgetFiltered, BudgetFilter } from './budget.filter.js';
import { decisionFiltered, DecisionFilter } from './decision.filter.js';
import { delegationFiltered, DelegationFilter } from './delegation.filter.js';
import { functionFiltered, FunctionFilter } from './function.filter.js';
import { functionHoldingFiltered, FunctionHoldingFilter } from './function-holding.filter.js';
import { instrumentFiltered, InstrumentFilter } from './instrument.filter.js';
import { interestFiltered, InterestFilter } from './interest.filter.js';
import { meetingFiltered, MeetingFilter } from './meeting.filter.js';
import { scrutinyFiltered, ScrutinyMatterFilter } from './scrutiny.filter.js';
import { decisionLogFiltered, IssuedDecisionLogFilter } from './decision-log.filter.js';
import { reservationFiltered, ReservationFilter } from './reservation.filter.js';
import { organisationFiltered, OrganisationFilter } from './organisation.filter.js';
import { placeFiltered, PlaceFilter } from './place.filter.js';
import { personFiltered, PersonFilter } from './person.filter.js';
import { seatFiltered, SeatFilter } from './seat.filter.js';
import { standingOrderFiltered, StandingOrderFilter } from './standing-order.filter.js';
import { successionFiltered, SuccessionFilter } from './succession.filter.js';
import type { Filtered } from './condition.js';

/** What the lists of a room are narrowed by: the input, and what it comes to. */
export const FILTERS = {
  appointment: { input: AppointmentFilter, filtered: appointmentFiltered },
  body: { input: BodyFilter, filtered: bodyFiltered },
  budget: { input: BudgetFilter, filtered: budgetFiltered },
  decision: { input: DecisionFilter, filtered: decisionFiltered },
  delegation: { input: DelegationFilter, filtered: delegationFiltered },
  function: { input: FunctionFilter, filtered: functionFiltered },
  functionHolding: { input: FunctionHoldingFilter, filtered: functionHoldingFiltered },
  instrument: { input: InstrumentFilter, filtered: instrumentFiltered },
  interest: { input: InterestFilter, filtered: interestFiltered },
  meeting: { input: MeetingFilter, filtered: meetingFiltered },
  decisionLog: { input: IssuedDecisionLogFilter, filtered: decisionLogFiltered },
  reservation: { input: ReservationFilter, filtered: reservationFiltered },
  place: { input: PlaceFilter, filtered: placeFiltered },
  organisation: { input: OrganisationFilter, filtered: organisationFiltered },
  person: { input: PersonFilter, filtered: personFiltered },
  seat: { input: SeatFilter, filtered: seatFiltered },
  standingOrder: { input: StandingOrderFilter, filtered: standingOrderFiltered },
  succession: { input: SuccessionFilter, filtered: successionFiltered },
  scrutiny: { input: ScrutinyMatterFilter, filtered: scrutinyFiltered },
};

export type FilteredRoom = keyof typeof FILTERS;

/** A filter of whichever room. */
export type ListFilter = InstanceType<(typeof FILTERS)[FilteredRoom]['input']>;

type Reading = (filter: ListFilter, visible: Restriction | undefined) => Filtered;

/** @param visible of decisions that replace others, those that whoever asks may see. @throws Refusal */
export const filteredBy = (aggregate: Aggregate, filter: ListFilter, visible: Restriction | undefined): Filtered => {
  const { filtered } = (FILTERS as Record<Aggregate, { readonly filtered: Reading }>)[aggregate];
  return filtered(filter, visible);
};
