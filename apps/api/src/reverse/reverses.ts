import type { Type } from '@nestjs/common';
import type { Aggregate } from '#governance';
import {
  AppointmentView,
  BodyView,
  DecisionLogView,
  DecisionView,
  FunctionView,
  DelegationView,
  InstrumentView,
  MeetingView,
  OrganisationView,
  PersonView,
  PlaceView,
  ScrutinyView,
  SeatView,
} from '#register';
import * as connections from '../graphql/connections.js';

/** A list of what names a record in a field, where no resolver of the record's own room has it. */
export interface Reverse {
  /** Of which records it is a field, and how it is called. */
  readonly on: Type;
  readonly field: string;
  readonly description: string;
  /** What it lists, by which column or list of theirs. */
  readonly aggregate: Aggregate;
  readonly column: string;
  readonly connection: Type;
  /** Whether what it lists lasts. */
  readonly lasts: boolean;
}

type Listed = Omit<Reverse, 'on' | 'field' | 'description'>;

const lists = (aggregate: Aggregate, column: string, connection: Type, lasts = true): Listed => ({
  aggregate,
  column,
  connection,
  lasts,
});

const appointments = (column: string): Listed => lists('appointment', column, connections.AppointmentConnection);
const instruments = (column: string): Listed => lists('instrument', column, connections.InstrumentConnection);
const orders = (column: string): Listed => lists('standingOrder', column, connections.StandingOrderConnection);
const decisions = (column: string): Listed => lists('decision', column, connections.DecisionConnection, false);
const meetings = (column: string): Listed => lists('meeting', column, connections.MeetingConnection, false);
const logs = (column: string): Listed => lists('decisionLog', column, connections.IssuedDecisionLogConnection, false);
const matters = (column: string): Listed => lists('scrutiny', column, connections.ScrutinyMatterConnection, false);
const bodies = (column: string): Listed => lists('body', column, connections.BodyConnection);
const seats = lists('seat', 'instrument', connections.SeatConnection);
const delegations = (column: string): Listed => lists('delegation', column, connections.DelegationConnection);
const holdings = (column: string): Listed => lists('functionHolding', column, connections.FunctionHoldingConnection);
const reservations = (column: string): Listed => lists('reservation', column, connections.ReservationConnection);
const successions = (column: string): Listed => lists('succession', column, connections.SuccessionConnection);
const interests = lists('interest', 'organisation', connections.InterestConnection);

const on = (view: Type, field: string, description: string, listed: Listed): Reverse => ({
  on: view,
  field,
  description,
  ...listed,
});

/** Every reference is seen from both ends; most lists are in the resolvers of their rooms, the others are these. */
export const REVERSES: readonly Reverse[] = [
  on(PersonView, 'deputies', 'Appointments in which somebody deputises for the person.', appointments('deputyFor')),
  on(
    PersonView,
    'meetings',
    'Meetings in whose attendance the person is named, however taking part.',
    meetings('attendee'),
  ),
  on(PersonView, 'decisionsVotedOn', 'Decisions among whose named votes is the person’s.', decisions('voter')),
  on(PersonView, 'delegationsGranted', 'The delegations that the person grants.', delegations('grantedByPerson')),

  on(SeatView, 'delegationsGranted', 'The delegations that whoever holds it grants.', delegations('grantedBySeat')),
  on(SeatView, 'delegationsReceived', 'The delegations that whoever holds it receives.', delegations('delegateSeat')),

  on(BodyView, 'delegationsApproved', 'The delegations that it approved.', delegations('approvedByBody')),
  on(BodyView, 'mergedBodies', 'Bodies that became part of it when they were dissolved.', bodies('mergedInto')),
  on(BodyView, 'instrumentsAsParty', 'The instruments that it is a party to.', instruments('partyBody')),
  on(BodyView, 'instruments', 'The instruments that govern it or belong to it.', instruments('body')),
  on(BodyView, 'reservations', 'What is reserved to it.', reservations('body')),
  on(BodyView, 'decisionsAskedOf', 'What it was ever asked to decide, whatever became of it.', decisions('askedOf')),
  on(BodyView, 'scrutinyMattersReceived', 'What scrutiny committees addressed to it.', matters('addressedToBody')),
  on(BodyView, 'standingOrders', 'The standing orders for decision logs made for it.', orders('committee')),
  on(BodyView, 'issuedDecisionLogs', 'The decision logs that were issued for it.', logs('committee')),

  on(
    OrganisationView,
    'instrumentsAsParty',
    'The instruments that it is a party to.',
    instruments('partyOrganisation'),
  ),
  on(OrganisationView, 'instruments', 'Its instruments.', instruments('organisation')),
  on(
    OrganisationView,
    'delegationsApproved',
    'The delegations that it approved as a party.',
    delegations('approvedByOrganisation'),
  ),
  on(
    OrganisationView,
    'delegationsOnBehalf',
    'The delegations under which others act for it.',
    delegations('onBehalfOf'),
  ),
  on(
    OrganisationView,
    'delegationsExcluding',
    'The delegations under which nothing may be bought from it.',
    delegations('excludedProvider'),
  ),
  on(
    OrganisationView,
    'functionsPassedOn',
    'Functions that came from it to others: transferred, delegated, directed, or exercised together.',
    holdings('fromOrganisation'),
  ),
  on(OrganisationView, 'reservations', 'What is reserved to it.', reservations('organisation')),
  on(OrganisationView, 'decisionsBuying', 'The decisions that buy from it.', decisions('provider')),
  on(OrganisationView, 'interestsHeld', 'Declared interests that people hold in it.', interests),
  on(
    OrganisationView,
    'scrutinyMattersReceived',
    'What scrutiny committees addressed to it.',
    matters('addressedToOrganisation'),
  ),
  on(OrganisationView, 'standingOrders', 'The standing orders for decision logs for its area.', orders('council')),
  on(OrganisationView, 'standingOrdersAbout', 'The standing orders for decision logs about it.', orders('about')),
  on(OrganisationView, 'issuedDecisionLogs', 'The decision logs that were issued for its area.', logs('council')),
  on(OrganisationView, 'issuedDecisionLogsAbout', 'The issued decision logs narrowed to it.', logs('about')),

  on(InstrumentView, 'decisions', 'The decisions taken under it, by the day they go by.', decisions('instrument')),
  on(InstrumentView, 'seats', 'The seats and posts that it provides for.', seats),
  on(InstrumentView, 'bodies', 'The bodies that it makes, with their quorum.', bodies('instrument')),
  on(InstrumentView, 'reservations', 'The reservations that it makes.', reservations('instrument')),
  on(InstrumentView, 'replacedInstruments', 'The instruments in whose place it stands.', instruments('replacedBy')),

  on(
    AppointmentView,
    'decisionsTaken',
    'The decisions that were taken in it, of several hats that one person may have.',
    decisions('appointment'),
  ),
  on(
    DelegationView,
    'decisionsMeetingConditions',
    'The decisions of which it is recorded how its conditions were met.',
    decisions('conditionOf'),
  ),
  on(DelegationView, 'replacedBy', 'The delegations that stand in its place.', delegations('replaces')),
  on(InstrumentView, 'functionHoldings', 'Who holds which function because of it.', holdings('instrument')),
  on(InstrumentView, 'successions', 'Which organisations came after which by it.', successions('instrument')),
  on(PlaceView, 'successions', 'Which organisations came after which for it.', successions('places')),
  on(FunctionView, 'successions', 'By which successions it went over.', successions('catalogueFunction')),
  on(PlaceView, 'functionHoldings', 'Who holds which function for it.', holdings('places')),

  on(FunctionView, 'reservations', 'What reserves it.', reservations('catalogueFunction')),

  on(PlaceView, 'reservations', 'What is reserved for it by name.', reservations('places')),

  on(MeetingView, 'minutesConsidered', 'The meetings whose minutes it confirmed or noted.', meetings('minutesAt')),
  on(MeetingView, 'scrutinyMatters', 'Scrutiny matters about it, or raised at it.', matters('aboutMeeting')),

  on(DecisionView, 'rescindedDecisions', 'The decisions that it undid.', decisions('rescindedBy')),
  on(DecisionView, 'appointmentsMade', 'The appointments that it made.', appointments('madeByDecision')),
  on(DecisionView, 'successionsMade', 'Which organisations came after which by it.', successions('madeByDecision')),
  on(DecisionView, 'delegationsMade', 'The delegations that it made.', delegations('madeByDecision')),
  on(DecisionView, 'delegationsApproved', 'The delegations that it approved.', delegations('approvedByDecision')),
  on(
    DecisionView,
    'delegationConditionsMet',
    'The delegations of which it met a standing condition.',
    delegations('conditionMetBy'),
  ),
  on(
    DecisionView,
    'versionsAdopted',
    'The instruments whose version in force it adopted.',
    instruments('versionAdoptedBy'),
  ),
  on(
    DecisionView,
    'instrumentsApproved',
    'The instruments that it approved for a party.',
    instruments('approvedByDecision'),
  ),
  on(DecisionView, 'instrumentsAdopted', 'The instruments that it adopted.', instruments('adoptedByDecision')),

  on(ScrutinyView, 'decisions', 'The decisions that give effect to it.', decisions('implements')),

  on(DecisionLogView, 'replacedByLogs', 'The issued logs that replace it, corrected.', logs('replaces')),
];
