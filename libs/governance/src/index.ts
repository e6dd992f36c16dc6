export * from './aggregates.js';
export * from './deciders.js';
export * from './identifier.js';
export * from './lifespans.js';
export * from './revisions.js';
export * from './sentences.js';
export * from './upcasters.js';
export {
  daysInWords,
  dayInWords,
  inWords,
  lastDayInWords,
  listed,
  moneyInWords,
  named,
  pounds,
  type NameOf,
} from './wording.js';
export * from './organisation/organisation.events.js';
export * from './organisation/succession.events.js';
export * from './person/person.events.js';
export * from './place/place.events.js';
export * from './function/function.events.js';
export * from './function/holding.events.js';
export { everyInWords } from './function/holding.sentences.js';
export * from './body/body.events.js';
export * from './body/seat.events.js';
export * from './appointment/appointment.events.js';
export * from './interest/interest.events.js';
export * from './budget/budget.events.js';
export * from './instrument/instrument.events.js';
export * from './instrument/versions.js';
export * from './spending.js';
export * from './delegation/condition.js';
export * from './delegation/limit.js';
export * from './delegation/limit.sentences.js';
export * from './delegation/delegation.events.js';
export * from './delegation/reservation.events.js';
export * from './meeting/meeting.events.js';
export * from './decision/decision-lists.js';
export * from './decision/decision.events.js';
export * from './decision/disclosure.js';
export * from './decision/named-decisions.js';
export * from './decision/recorded-class.js';
export * from './decision/strictness.js';
export * from './decision/traceless.js';
export * from './decision/votes.js';
export * from './decision/withheld.sentences.js';
export * from './scrutiny/scrutiny.events.js';
export * from './standing-order/log-period.js';
export * from './standing-order/standing-order.events.js';
export * from './decision-log/decision-log.events.js';
export * from './decision-log/delivery.events.js';

export * from './facts.js';
export * from './authority/index.js';
