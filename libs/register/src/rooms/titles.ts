import { dayInWords, everyInWords, named, type Aggregate, type NameOf } from '#governance';
import type { AppointmentView } from './appointment/appointment.view.js';
import type { FunctionHoldingView } from './function/function-holding.view.js';
import type { InterestView } from './interest/interest.view.js';
import type { MeetingView } from './meeting/meeting.view.js';
import type { StandingOrderView } from './standing-order/standing-order.view.js';
import type { SuccessionView } from './organisation/succession.view.js';
import { VIEWS } from './views.js';

const VIEW_OF = new Map(VIEWS.map((view) => [view.aggregate, view]));

/**
 * What a subject is called in a sentence, given its shown state. Where the state names other subjects by id, as an
 * appointment does its person, their names stand in the title.
 */
export const titleOf = (aggregate: Aggregate, state: object, nameOf: NameOf): string => {
  switch (aggregate) {
    case 'appointment':
      return appointmentTitle(state as AppointmentView, nameOf);
    case 'functionHolding': {
      const { function: held, organisation, organisationKind = 'OTHER' } = state as FunctionHoldingView;
      const who =
        organisation === undefined ? everyInWords(organisationKind) : named(nameOf, 'organisation', organisation);
      return `${named(nameOf, 'function', held)} held by ${who}`;
    }
    case 'interest': {
      const { person, nature } = state as InterestView;
      return `${named(nameOf, 'person', person)}: ${nature}`;
    }
    case 'meeting': {
      const { body, heldOn } = state as MeetingView;
      return `meeting of ${named(nameOf, 'body', body)} on ${dayInWords(heldOn)}`;
    }
    case 'standingOrder': {
      const { committee, council } = state as StandingOrderView;
      const what = VIEW_OF.get(aggregate)?.title(state) ?? '';
      if (committee !== undefined) return `${what} for ${named(nameOf, 'body', committee)}`;
      return council === undefined ? what : `${what} for the area of ${named(nameOf, 'organisation', council)}`;
    }
    case 'succession': {
      const { predecessor, successor } = state as SuccessionView;
      return `${named(nameOf, 'organisation', predecessor)} → ${named(nameOf, 'organisation', successor)}`;
    }
    default:
      return VIEW_OF.get(aggregate)?.title(state) ?? '';
  }
};

function appointmentTitle({ person, role, seat, body, organisation }: AppointmentView, nameOf: NameOf): string {
  const where =
    (seat !== undefined && role === undefined && named(nameOf, 'seat', seat)) ||
    (body !== undefined && named(nameOf, 'body', body)) ||
    (organisation !== undefined && named(nameOf, 'organisation', organisation));
  const what = role === undefined ? where || '' : `${role}${where ? ` of ${where}` : ''}`;
  const who = person === undefined ? '' : named(nameOf, 'person', person);
  return [who, what].filter(Boolean).join(', ') || 'appointment not yet made';
}
