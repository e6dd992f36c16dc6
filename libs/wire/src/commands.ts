import type { Aggregate } from '#governance';
import {
  ChangeAppointmentInput,
  EndAppointmentInput,
  EndCapacityInput,
  ExtendTermInput,
  MakeAppointmentInput,
  RecordCapacityInput,
  RecordVacancyInput,
} from './inputs/appointment.inputs.js';
import {
  AdoptPlaceArrangementInput,
  ChangeBodyInput,
  ChangeSeatInput,
  DefineSeatInput,
  DissolveBodyInput,
  EstablishBodyInput,
  RemoveSeatInput,
  ResumeBodyInput,
  SuspendBodyInput,
} from './inputs/body.inputs.js';
import { CloseBudgetInput, SetBudgetInput, VaryBudgetInput } from './inputs/budget.inputs.js';
import {
  CallInDecisionInput,
  ChangeDecisionInput,
  ClassifyDecisionInput,
  ImplementDecisionInput,
  LapseDecisionInput,
  LiftExemptionInput,
  ProposeDecisionInput,
  PublishDecisionInput,
  ReleaseDecisionInput,
  RescindDecisionInput,
  SupersedeDecisionInput,
  TakeDecisionInput,
} from './inputs/decision.inputs.js';
import {
  IssueDecisionLogInput,
  RecordLogDeliveryInput,
  WithdrawDecisionLogInput,
} from './inputs/decision-log.inputs.js';
import {
  BreachConditionInput,
  ExtendDelegationInput,
  GrantDelegationInput,
  ResumeDelegationInput,
  RevokeDelegationInput,
  SatisfyConditionInput,
  SuspendDelegationInput,
  VaryDelegationInput,
} from './inputs/delegation.inputs.js';
import {
  ChangeFunctionInput,
  ChangeHoldingInput,
  DefineFunctionInput,
  EndFunctionInput,
  EndHoldingInput,
  RecordHoldingInput,
} from './inputs/function.inputs.js';
import {
  AdoptInstrumentInput,
  ChangeInstrumentInput,
  FindVersionInvalidInput,
  IssueVersionInput,
  RatifyVersionInput,
  WithdrawInstrumentInput,
} from './inputs/instrument.inputs.js';
import { AmendInterestInput, DeclareInterestInput, EndInterestInput } from './inputs/interest.inputs.js';
import {
  CancelMeetingInput,
  ConveneMeetingInput,
  RecordAttendanceInput,
  RecordMinutesInput,
  RecordQuorumInput,
  RescheduleMeetingInput,
} from './inputs/meeting.inputs.js';
import {
  ChangeOrganisationInput,
  CloseOrganisationInput,
  EndSuccessionInput,
  RecordSuccessionInput,
  RegisterOrganisationInput,
} from './inputs/organisation.inputs.js';
import { ChangePersonInput, EndNameInput, RecordNameInput, RegisterPersonInput } from './inputs/person.inputs.js';
import { ChangePlaceInput, DefinePlaceInput, EndPlaceInput } from './inputs/place.inputs.js';
import { ChangeReservationInput, EndReservationInput, ReserveMatterInput } from './inputs/reservation.inputs.js';
import {
  ChangeMatterInput,
  CloseMatterInput,
  RaiseMatterInput,
  RecordLetterInput,
  RecordResponseInput,
} from './inputs/scrutiny.inputs.js';
import {
  ChangeStandingOrderInput,
  EndStandingOrderInput,
  PlaceStandingOrderInput,
} from './inputs/standing-order.inputs.js';

type Input = new () => object;

/** A command of an aggregate: the class its data is checked by. */
const of = <A extends Aggregate>(aggregate: A, input: Input) => ({ aggregate, input, changes: [] as readonly Input[] });

/**
 * A command that says what changed of what was said when the subject began: what it names replaces what was, null takes
 * it away, what it does not name stays.
 *
 * @param changes the classes of the commands that said it first.
 */
const change = <A extends Aggregate>(aggregate: A, input: Input, ...changes: readonly Input[]) => ({
  aggregate,
  input,
  changes,
});

/** Every command of the register: the aggregate it belongs to and the class its data is checked by. */
export const COMMANDS = {
  RegisterOrganisation: of('organisation', RegisterOrganisationInput),
  ChangeOrganisation: change('organisation', ChangeOrganisationInput, RegisterOrganisationInput),
  CloseOrganisation: of('organisation', CloseOrganisationInput),
  RecordSuccession: of('succession', RecordSuccessionInput),
  EndSuccession: of('succession', EndSuccessionInput),
  RegisterPerson: of('person', RegisterPersonInput),
  ChangePerson: change('person', ChangePersonInput, RegisterPersonInput),
  RecordName: of('person', RecordNameInput),
  EndName: of('person', EndNameInput),
  DefinePlace: of('place', DefinePlaceInput),
  ChangePlace: change('place', ChangePlaceInput, DefinePlaceInput),
  EndPlace: of('place', EndPlaceInput),
  DefineFunction: of('function', DefineFunctionInput),
  ChangeFunction: change('function', ChangeFunctionInput, DefineFunctionInput),
  EndFunction: of('function', EndFunctionInput),
  RecordHolding: of('functionHolding', RecordHoldingInput),
  ChangeHolding: change('functionHolding', ChangeHoldingInput, RecordHoldingInput),
  EndHolding: of('functionHolding', EndHoldingInput),
  EstablishBody: of('body', EstablishBodyInput),
  ChangeBody: change('body', ChangeBodyInput, EstablishBodyInput),
  AdoptPlaceArrangement: of('body', AdoptPlaceArrangementInput),
  SuspendBody: of('body', SuspendBodyInput),
  ResumeBody: of('body', ResumeBodyInput),
  DissolveBody: of('body', DissolveBodyInput),
  DefineSeat: of('seat', DefineSeatInput),
  ChangeSeat: change('seat', ChangeSeatInput, DefineSeatInput),
  RemoveSeat: of('seat', RemoveSeatInput),
  AdoptInstrument: of('instrument', AdoptInstrumentInput),
  IssueVersion: of('instrument', IssueVersionInput),
  FindVersionInvalid: of('instrument', FindVersionInvalidInput),
  RatifyVersion: of('instrument', RatifyVersionInput),
  ChangeInstrument: change('instrument', ChangeInstrumentInput, AdoptInstrumentInput),
  WithdrawInstrument: of('instrument', WithdrawInstrumentInput),
  MakeAppointment: of('appointment', MakeAppointmentInput),
  ChangeAppointment: change('appointment', ChangeAppointmentInput, MakeAppointmentInput, RecordVacancyInput),
  RecordCapacity: of('appointment', RecordCapacityInput),
  EndCapacity: of('appointment', EndCapacityInput),
  ExtendTerm: of('appointment', ExtendTermInput),
  EndAppointment: of('appointment', EndAppointmentInput),
  RecordVacancy: of('appointment', RecordVacancyInput),
  GrantDelegation: of('delegation', GrantDelegationInput),
  VaryDelegation: change('delegation', VaryDelegationInput, GrantDelegationInput),
  SuspendDelegation: of('delegation', SuspendDelegationInput),
  ResumeDelegation: of('delegation', ResumeDelegationInput),
  ExtendDelegation: of('delegation', ExtendDelegationInput),
  SatisfyCondition: of('delegation', SatisfyConditionInput),
  BreachCondition: of('delegation', BreachConditionInput),
  RevokeDelegation: of('delegation', RevokeDelegationInput),
  ReserveMatter: of('reservation', ReserveMatterInput),
  ChangeReservation: change('reservation', ChangeReservationInput, ReserveMatterInput),
  EndReservation: of('reservation', EndReservationInput),
  ConveneMeeting: of('meeting', ConveneMeetingInput),
  RescheduleMeeting: change('meeting', RescheduleMeetingInput, ConveneMeetingInput),
  CancelMeeting: of('meeting', CancelMeetingInput),
  RecordAttendance: of('meeting', RecordAttendanceInput),
  RecordQuorum: of('meeting', RecordQuorumInput),
  RecordMinutes: of('meeting', RecordMinutesInput),
  ProposeDecision: of('decision', ProposeDecisionInput),
  TakeDecision: of('decision', TakeDecisionInput),
  ChangeDecision: change('decision', ChangeDecisionInput, ProposeDecisionInput, TakeDecisionInput),
  PublishDecision: of('decision', PublishDecisionInput),
  CallInDecision: of('decision', CallInDecisionInput),
  ReleaseDecision: of('decision', ReleaseDecisionInput),
  ImplementDecision: of('decision', ImplementDecisionInput),
  SupersedeDecision: of('decision', SupersedeDecisionInput),
  RescindDecision: of('decision', RescindDecisionInput),
  LapseDecision: of('decision', LapseDecisionInput),
  ClassifyDecision: of('decision', ClassifyDecisionInput),
  LiftExemption: of('decision', LiftExemptionInput),
  DeclareInterest: of('interest', DeclareInterestInput),
  AmendInterest: change('interest', AmendInterestInput, DeclareInterestInput),
  EndInterest: of('interest', EndInterestInput),
  SetBudget: of('budget', SetBudgetInput),
  VaryBudget: change('budget', VaryBudgetInput, SetBudgetInput),
  CloseBudget: of('budget', CloseBudgetInput),
  RaiseMatter: of('scrutiny', RaiseMatterInput),
  RecordLetter: of('scrutiny', RecordLetterInput),
  RecordResponse: of('scrutiny', RecordResponseInput),
  ChangeMatter: change('scrutiny', ChangeMatterInput, RaiseMatterInput),
  CloseMatter: of('scrutiny', CloseMatterInput),
  PlaceStandingOrder: of('standingOrder', PlaceStandingOrderInput),
  ChangeStandingOrder: of('standingOrder', ChangeStandingOrderInput),
  EndStandingOrder: of('standingOrder', EndStandingOrderInput),
  IssueDecisionLog: of('decisionLog', IssueDecisionLogInput),
  RecordLogDelivery: of('decisionLog', RecordLogDeliveryInput),
  WithdrawDecisionLog: of('decisionLog', WithdrawDecisionLogInput),
} as const;

export type CommandName = keyof typeof COMMANDS;
