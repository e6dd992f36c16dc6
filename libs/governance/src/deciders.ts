import type { Decider, Fact } from '#kernel';
import type { Aggregate } from './aggregates.js';
import { appointment } from './appointment/appointment.js';
import { body } from './body/body.js';
import { seat } from './body/seat.js';
import { budget } from './budget/budget.js';
import { decision, referenceOf, type DecisionCommand } from './decision/decision.js';
import { decisionLog } from './decision-log/decision-log.js';
import { delegation } from './delegation/delegation.js';
import { catalogueFunction } from './function/function.js';
import { functionHolding } from './function/holding.js';
import { reservation } from './delegation/reservation.js';
import { instrument } from './instrument/instrument.js';
import { interest } from './interest/interest.js';
import { meeting } from './meeting/meeting.js';
import { organisation } from './organisation/organisation.js';
import { succession } from './organisation/succession.js';
import { person } from './person/person.js';
import { place } from './place/place.js';
import { scrutiny } from './scrutiny/scrutiny.js';
import { standingOrder } from './standing-order/standing-order.js';

/** The rules of every aggregate. An aggregate without a row here does not compile. */
const deciders = {
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
} satisfies Record<Aggregate, unknown>;

/** The one place where a decider is taken at its aggregate's word: the door has looked which commands it takes. */
export const deciderOf = (aggregate: Aggregate): Decider<unknown, Fact, Fact> =>
  deciders[aggregate] as Decider<unknown, Fact, Fact>;

/** What a command wants its subject to be called by: a human reference of its own, or the next of a series. */
export interface Naming {
  /** For example `ICB-2025/26-0042`. */
  readonly reference?: string;
  /** For example `ICB-2025/26`: the register gives the next number. */
  readonly series?: string;
}

/** Only decisions have references that the register keeps unique. */
export const namingOf = (aggregate: Aggregate, command: Fact): Naming | undefined =>
  aggregate === 'decision' ? referenceOf(command as DecisionCommand) : undefined;
