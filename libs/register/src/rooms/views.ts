import type { Aggregate } from '#governance';
import { appointmentView } from './appointment/appointment.view.js';
import { bodyView } from './body/body.view.js';
import { seatView } from './body/seat.view.js';
import { budgetView } from './budget/budget.view.js';
import { decisionView } from './decision/decision.view.js';
import { decisionLogView } from './decision-log/decision-log.view.js';
import { delegationView } from './delegation/delegation.view.js';
import { functionView } from './function/function.view.js';
import { functionHoldingView } from './function/function-holding.view.js';
import { reservationView } from './delegation/reservation.view.js';
import { instrumentView } from './instrument/instrument.view.js';
import { interestView } from './interest/interest.view.js';
import { meetingView } from './meeting/meeting.view.js';
import { organisationView } from './organisation/organisation.view.js';
import { successionView } from './organisation/succession.view.js';
import { lasting } from './lasting.js';
import { personView } from './person/person.view.js';
import { placeView } from './place/place.view.js';
import { scrutinyView } from './scrutiny/scrutiny.view.js';
import { standingOrderView } from './standing-order/standing-order.view.js';
import type { View } from '../engine/view.js';

const VIEW_OF = {
  organisation: lasting(organisationView),
  succession: lasting(successionView),
  person: personView,
  place: lasting(placeView),
  function: lasting(functionView),
  body: lasting(bodyView),
  seat: lasting(seatView),
  instrument: lasting(instrumentView),
  functionHolding: lasting(functionHoldingView),
  appointment: lasting(appointmentView),
  delegation: lasting(delegationView),
  reservation: lasting(reservationView),
  meeting: meetingView,
  decision: decisionView,
  interest: lasting(interestView),
  budget: lasting(budgetView),
  scrutiny: scrutinyView,
  standingOrder: lasting(standingOrderView),
  decisionLog: decisionLogView,
} satisfies Record<Aggregate, View>;

/** The view of every aggregate. An aggregate without one does not compile. */
export const VIEWS: readonly View[] = Object.values(VIEW_OF);
