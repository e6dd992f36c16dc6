import { Refusal, said, type Decider, type Fact } from '#kernel';
import { lifeAfter, refersTo, refersToEach, standsInLife, UNBORN, type Life, type Part } from '../lifecycle.js';
import { isFirstDayOf, LOG_PERIODS } from './log-period.js';
import {
  USUAL_DAYS_AFTER_PERIOD,
  type StandingOrderDetails,
  type StandingOrderEvent,
  type StandingOrderTerms,
} from './standing-order.events.js';

/** Terms as they are asked for. */
type Asked<Terms extends StandingOrderTerms> = Omit<Terms, 'daysAfterPeriod'> & { readonly daysAfterPeriod?: number };

export type StandingOrderCommand =
  | Fact<'PlaceStandingOrder', Asked<StandingOrderDetails>>
  | Fact<'ChangeStandingOrder', Asked<StandingOrderTerms>>
  | Fact<'EndStandingOrder', { readonly reason?: string }>;

const PARTS: Record<StandingOrderEvent['type'], Part> = {
  StandingOrderPlaced: 'begins',
  StandingOrderChanged: 'goes on',
  StandingOrderEnded: 'ends',
};

/** Standing orders: that decision logs are made for a committee, or for a council's area, period after period. */
export const standingOrder: Decider<Life, StandingOrderCommand, StandingOrderEvent> = {
  initial: UNBORN,

  references: ({ type, data }) => {
    switch (type) {
      case 'PlaceStandingOrder':
        return [
          ...refersTo('body', data.committee, 'committee'),
          ...refersTo('organisation', data.council, 'council'),
          ...refersToEach('organisation', data.about, 'about'),
        ];
      case 'ChangeStandingOrder':
        return refersToEach('organisation', data.about, 'about');
      case 'EndStandingOrder':
        return [];
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'PlaceStandingOrder':
        return {
          type: 'StandingOrderPlaced',
          data: said({ committee: data.committee, council: data.council, ...terms(data) }),
        };
      case 'ChangeStandingOrder':
        return { type: 'StandingOrderChanged', data: terms(data) };
      case 'EndStandingOrder':
        return { type: 'StandingOrderEnded', data: said({ reason: data.reason }) };
    }
  },

  stands(life, event) {
    if (event.type === 'StandingOrderPlaced') {
      const { committee, council } = event.data;
      if ((committee === undefined) === (council === undefined)) return forOne(committee !== undefined);
    }
    if (event.type !== 'StandingOrderEnded' && !isFirstDayOf(event.data.every, event.data.firstDay)) {
      return notAFirstDay(event.data);
    }
    return standsInLife(life, PARTS[event.type], 'standing order');
  },

  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const terms = (data: Asked<StandingOrderTerms>): StandingOrderTerms =>
  said({
    about: data.about && [...data.about],
    every: data.every,
    firstDay: data.firstDay,
    daysBeforeMeeting: data.daysBeforeMeeting,
    daysAfterPeriod: data.daysAfterPeriod ?? USUAL_DAYS_AFTER_PERIOD,
    reader: data.reader,
    recipient: data.recipient,
    deliverTo: data.deliverTo?.map(({ by, to }) => ({ by, to })),
    formats: data.formats && [...data.formats],
    note: data.note,
  });

const forOne = (isForBoth: boolean): Refusal =>
  new Refusal(
    'ORDER_FOR_ONE',
    isForBoth
      ? 'the order names a committee and a council: needed one of the two'
      : 'the order names neither a committee nor a council: needed one of the two',
    { field: 'committee', rule: 'T8', remedy: 'place an order for each of them' },
  );

const notAFirstDay = ({ every, firstDay }: StandingOrderTerms): Refusal =>
  new Refusal(
    'ORDER_FIRST_DAY',
    `${firstDay} is not the first day of a period: needed that of ${LOG_PERIODS[every].replace(/^A/, 'a').slice(0, -1)}`,
    { field: 'firstDay', rule: 'T8', remedy: 'give the first day of the first period that is ordered' },
  );
