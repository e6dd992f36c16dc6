import { ANNULLED, type Fact } from '#kernel';
import type { Aggregate } from './aggregates.js';
import { appointmentSentence } from './appointment/appointment.sentences.js';
import { bodySentence } from './body/body.sentences.js';
import { seatSentence } from './body/seat.sentences.js';
import { budgetSentence } from './budget/budget.sentences.js';
import { decisionSentence } from './decision/decision.sentences.js';
import { decisionLogSentence } from './decision-log/decision-log.sentences.js';
import { delegationSentence } from './delegation/delegation.sentences.js';
import { functionSentence } from './function/function.sentences.js';
import { holdingSentence } from './function/holding.sentences.js';
import { reservationSentence } from './delegation/reservation.sentences.js';
import { instrumentSentence } from './instrument/instrument.sentences.js';
import { interestSentence } from './interest/interest.sentences.js';
import { meetingSentence } from './meeting/meeting.sentences.js';
import { organisationSentence } from './organisation/organisation.sentences.js';
import { successionSentence } from './organisation/succession.sentences.js';
import { personSentence } from './person/person.sentences.js';
import { placeSentence } from './place/place.sentences.js';
import { scrutinySentence } from './scrutiny/scrutiny.sentences.js';
import { standingOrderSentence } from './standing-order/standing-order.sentences.js';
import type { NameOf } from './wording.js';

type Sentence = (event: Fact, nameOf: NameOf) => string | undefined;

const SENTENCES = {
  organisation: organisationSentence,
  succession: successionSentence,
  person: personSentence,
  place: placeSentence,
  function: functionSentence,
  body: bodySentence,
  seat: seatSentence,
  instrument: instrumentSentence,
  functionHolding: holdingSentence,
  appointment: appointmentSentence,
  delegation: delegationSentence,
  reservation: reservationSentence,
  meeting: meetingSentence,
  decision: decisionSentence,
  interest: interestSentence,
  budget: budgetSentence,
  scrutiny: scrutinySentence,
  standingOrder: standingOrderSentence,
  decisionLog: decisionLogSentence,
} satisfies Record<Aggregate, unknown>;

/**
 * What an event says, as a governance officer would write it in a minute: one sentence in which days, money and values
 * of closed lists are in words and ids are names. The day it takes effect is not in it: that is shown beside it.
 *
 * @param nameOf undefined for a name that is not known: the sentence then has the id in quotes.
 * @throws Error for an event type that the aggregate does not have: a fault.
 */
export const sentenceOf = (aggregate: Aggregate, { type, data }: Fact, nameOf: NameOf): string => {
  if (type === ANNULLED) return 'An earlier recording was annulled.';
  const text = (SENTENCES[aggregate] as Sentence)({ type, data }, nameOf);
  if (text === undefined) throw new Error(`${aggregate} has no event called ${type}`);
  return text;
};
