import type { Type } from '@nestjs/common';
import { AuthorityResolver } from './authority/authority.resolver.js';
import { SurveyResolver } from './authority/survey.resolver.js';
import { ReliedResolver } from './authority/relied.resolver.js';
import { AppointmentResolver } from './appointment/appointment.resolver.js';
import { BodyResolver } from './body/body.resolver.js';
import { SeatResolver } from './body/seat.resolver.js';
import { VacancyResolver, VacantSeatsResolver } from './body/vacancy.resolver.js';
import { BudgetResolver } from './budget/budget.resolver.js';
import { ContradictedResolver } from './contradicted.resolver.js';
import { DecisionLogResolver } from './decision-log/decision-log.resolver.js';
import { IssuingResolver } from './decision-log/issuing.resolver.js';
import { DecisionMutationsResolver } from './decision/decision.mutations.resolver.js';
import { DecisionResolver } from './decision/decision.resolver.js';
import {
  ActingUnderResolver,
  ConditionMetResolver,
  DecisionPartsResolver,
} from './decision/decision-parts.resolver.js';
import { DecisionVotesResolver, NamedVoteResolver, VotesResolver } from './decision/votes.resolver.js';
import { SupersedingResolver } from './decision/superseding.resolver.js';
import { DelegationMutationsResolver } from './delegation/delegation.mutations.resolver.js';
import {
  ApprovalResolver,
  ConditionResolver,
  DelegationPartsResolver,
  LimitResolver,
} from './delegation/delegation-parts.resolver.js';
import { DelegationResolver } from './delegation/delegation.resolver.js';
import { ReservationResolver } from './delegation/reservation.resolver.js';
import { ChangesResolver } from './history/changes.resolver.js';
import { HistoryResolver } from './history/history.resolver.js';
import { InstrumentPartsResolver, InstrumentPartyResolver } from './instrument/instrument-parts.resolver.js';
import { InstrumentVersionResolver, InstrumentVersionsResolver } from './instrument/versions.resolver.js';
import { InstrumentResolver } from './instrument/instrument.resolver.js';
import { InterestResolver } from './interest/interest.resolver.js';
import { LapsingAppointmentResolver } from './lapsing/lapsing-appointment.resolver.js';
import { LapsingDelegationResolver } from './lapsing/lapsing-delegation.resolver.js';
import { LapsingResolver } from './lapsing/lapsing.resolver.js';
import { LAPSING_RESOLVERS } from './lapsing/lapsing-holdings.resolvers.js';
import { LapsingMeetingResolver } from './lapsing/lapsing-meeting.resolver.js';
import { AttendeeResolver, MinutesResolver } from './meeting/meeting-parts.resolver.js';
import { MeetingResolver } from './meeting/meeting.resolver.js';
import { OrganisationListsResolver } from './organisation/organisation-lists.resolver.js';
import { FormerBodyNamesResolver, FormerOrganisationNamesResolver } from './organisation/former-names.resolver.js';
import { MoneyResolver } from './money.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { ReceiptResolver } from './receipt.resolver.js';
import { OrganisationResolver } from './organisation/organisation.resolver.js';
import { EXERCISED_RESOLVERS } from './function/exercised.resolvers.js';
import { FunctionHoldingResolver } from './function/function-holding.resolver.js';
import { FunctionResolver } from './function/function.resolver.js';
import { OrganisationFunctionsResolver } from './function/organisation-functions.resolver.js';
import { REVERSE_RESOLVERS } from './reverse/reverse.resolvers.js';
import { SuccessionResolver } from './organisation/succession.resolver.js';
import { HandoverResolver, LapsingEntryResolver, WhatLapsesResolver } from './organisation/what-lapses.resolver.js';
import { PersonResolver } from './person/person.resolver.js';
import { PlaceResolver } from './place/place.resolver.js';
import { PLACED_RESOLVERS } from './place/placed.resolvers.js';
import { RegisterResolver } from './register/register.resolver.js';
import { FunctionsMapResolver } from './scheme/functions-map.resolver.js';
import { SchemeDifferenceResolver, SchemeOfDelegationResolver } from './scheme/scheme.resolver.js';
import { ScrutinyResolver } from './scrutiny/scrutiny.resolver.js';
import { StandingOrderResolver } from './standing-order/standing-order.resolver.js';

/** Every resolver of the API: the served schema and the committed one are made of the same list. */
export const RESOLVERS: readonly Type[] = [
  RegisterResolver,
  ContradictedResolver,
  MoneyResolver,
  NodeResolver,
  OrganisationResolver,
  ReceiptResolver,
  FormerBodyNamesResolver,
  FormerOrganisationNamesResolver,
  OrganisationListsResolver,
  SuccessionResolver,
  WhatLapsesResolver,
  HandoverResolver,
  LapsingEntryResolver,
  PersonResolver,
  PlaceResolver,
  FunctionResolver,
  FunctionHoldingResolver,
  OrganisationFunctionsResolver,
  BodyResolver,
  SeatResolver,
  VacancyResolver,
  VacantSeatsResolver,
  LapsingResolver,
  ...PLACED_RESOLVERS,
  ...EXERCISED_RESOLVERS,
  ...LAPSING_RESOLVERS,
  LapsingAppointmentResolver,
  LapsingDelegationResolver,
  LapsingMeetingResolver,
  AppointmentResolver,
  BudgetResolver,
  InterestResolver,
  InstrumentResolver,
  InstrumentPartsResolver,
  InstrumentPartyResolver,
  InstrumentVersionsResolver,
  InstrumentVersionResolver,
  DelegationResolver,
  DelegationPartsResolver,
  LimitResolver,
  ConditionResolver,
  ApprovalResolver,
  DelegationMutationsResolver,
  ReservationResolver,
  MeetingResolver,
  AttendeeResolver,
  MinutesResolver,
  DecisionResolver,
  AuthorityResolver,
  ReliedResolver,
  SurveyResolver,
  SupersedingResolver,
  DecisionPartsResolver,
  ActingUnderResolver,
  ConditionMetResolver,
  DecisionVotesResolver,
  VotesResolver,
  NamedVoteResolver,
  DecisionMutationsResolver,
  DecisionLogResolver,
  IssuingResolver,
  SchemeOfDelegationResolver,
  SchemeDifferenceResolver,
  FunctionsMapResolver,
  StandingOrderResolver,
  ScrutinyResolver,
  HistoryResolver,
  ChangesResolver,
  ...REVERSE_RESOLVERS,
];
