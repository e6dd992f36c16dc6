import {
  AppointmentView,
  BodyView,
  BudgetView,
  DecisionLogView,
  DecisionView,
  DelegationView,
  FunctionHoldingView,
  FunctionView,
  InstrumentView,
  InterestView,
  MeetingView,
  OrganisationView,
  PersonView,
  PlaceView,
  ReservationView,
  ScrutinyView,
  SeatView,
  StandingOrderView,
  SuccessionView,
} from '#register';
import { answerOf, connectionOf, filtered, lastingConnectionOf } from './connection.js';

/** Answers about one subject, and pages of lists, of every aggregate. In one file, because records name each other. */
export const OrganisationAnswer = answerOf(OrganisationView, 'Organisation', 'organisation');
export const OrganisationConnection = filtered(lastingConnectionOf(OrganisationView, 'Organisation'));
export const SuccessionAnswer = answerOf(SuccessionView, 'Succession', 'succession');
export const SuccessionConnection = filtered(lastingConnectionOf(SuccessionView, 'Succession'));
export const PersonAnswer = answerOf(PersonView, 'Person', 'person');
export const PersonConnection = filtered(connectionOf(PersonView, 'Person'));
export const PlaceAnswer = answerOf(PlaceView, 'Place', 'place');
export const PlaceConnection = filtered(lastingConnectionOf(PlaceView, 'Place'));
export const FunctionAnswer = answerOf(FunctionView, 'Function', 'function');
export const FunctionConnection = filtered(lastingConnectionOf(FunctionView, 'Function'));
export const FunctionHoldingAnswer = answerOf(FunctionHoldingView, 'FunctionHolding', 'functionHolding');
export const FunctionHoldingConnection = filtered(lastingConnectionOf(FunctionHoldingView, 'FunctionHolding'));
export const BodyAnswer = answerOf(BodyView, 'Body', 'body');
export const BodyConnection = filtered(lastingConnectionOf(BodyView, 'Body'));
export const SeatAnswer = answerOf(SeatView, 'Seat', 'seat');
export const SeatConnection = filtered(lastingConnectionOf(SeatView, 'Seat'));
export const InstrumentAnswer = answerOf(InstrumentView, 'Instrument', 'instrument');
export const InstrumentConnection = filtered(lastingConnectionOf(InstrumentView, 'Instrument'));
export const AppointmentAnswer = answerOf(AppointmentView, 'Appointment', 'appointment');
export const AppointmentConnection = filtered(lastingConnectionOf(AppointmentView, 'Appointment'));
export const DelegationAnswer = answerOf(DelegationView, 'Delegation', 'delegation');
export const DelegationConnection = filtered(lastingConnectionOf(DelegationView, 'Delegation'));
export const ReservationAnswer = answerOf(ReservationView, 'Reservation', 'reservation');
export const ReservationConnection = filtered(lastingConnectionOf(ReservationView, 'Reservation'));
export const MeetingAnswer = answerOf(MeetingView, 'Meeting', 'meeting');
export const MeetingConnection = filtered(connectionOf(MeetingView, 'Meeting'));
export const DecisionAnswer = answerOf(DecisionView, 'Decision', 'decision');
export const DecisionConnection = filtered(connectionOf(DecisionView, 'Decision'));
export const InterestAnswer = answerOf(InterestView, 'Interest', 'interest');
export const InterestConnection = filtered(lastingConnectionOf(InterestView, 'Interest'));
export const BudgetAnswer = answerOf(BudgetView, 'Budget', 'budget');
export const BudgetConnection = filtered(lastingConnectionOf(BudgetView, 'Budget'));
export const IssuedDecisionLogAnswer = answerOf(DecisionLogView, 'IssuedDecisionLog', 'issuedDecisionLog');
export const IssuedDecisionLogConnection = filtered(connectionOf(DecisionLogView, 'IssuedDecisionLog'));
export const StandingOrderAnswer = answerOf(StandingOrderView, 'StandingOrder', 'standingOrder');
export const StandingOrderConnection = filtered(lastingConnectionOf(StandingOrderView, 'StandingOrder'));
export const ScrutinyMatterAnswer = answerOf(ScrutinyView, 'ScrutinyMatter', 'scrutinyMatter');
export const ScrutinyMatterConnection = filtered(connectionOf(ScrutinyView, 'ScrutinyMatter'));
