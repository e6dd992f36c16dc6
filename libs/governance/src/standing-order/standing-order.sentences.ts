import {
  because,
  daysInWords,
  dayInWords,
  listed,
  named,
  namedEach,
  quoted,
  sentence,
  type NameOf,
} from '../wording.js';
import type { LogPeriod } from './log-period.js';
import type { StandingOrderEvent, StandingOrderTerms } from './standing-order.events.js';

const EVERY: Readonly<Record<LogPeriod, string>> = {
  MONTH: 'every month',
  QUARTER: 'every quarter',
  FINANCIAL_YEAR: 'every financial year',
};

/** Addresses are not told: sentences are read by whoever reads the register. */
export const standingOrderSentence = ({ type, data }: StandingOrderEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'StandingOrderPlaced': {
      const { committee, council } = data;
      const whose = committee === undefined ? undefined : named(nameOf, 'body', committee);
      const area = council === undefined ? undefined : `the area of ${named(nameOf, 'organisation', council)}`;
      return sentence(
        `decision logs were ordered for ${whose ?? area ?? 'nobody in particular'}`,
        ...told(data, nameOf),
      );
    }
    case 'StandingOrderChanged':
      return sentence('the order was changed', ...told(data, nameOf));
    case 'StandingOrderEnded':
      return because('the standing order ended', data.reason);
  }
};

const told = (terms: StandingOrderTerms, nameOf: NameOf): readonly (string | undefined)[] => {
  const { about, every, firstDay, daysBeforeMeeting, daysAfterPeriod, reader, recipient, deliverTo, note } = terms;
  const latest = `${daysInWords(daysAfterPeriod)} after its end`;
  return [
    `one for ${EVERY[every]}, from ${dayInWords(firstDay)}`,
    daysBeforeMeeting === undefined
      ? `due ${latest}`
      : `due ${daysInWords(daysBeforeMeeting)} before the meeting, and ${latest} at the latest`,
    about && `about ${namedEach(nameOf, 'organisation', about)}`,
    `for ${recipient}${reader === 'OFFICERS' ? ', who sees what is withheld from others' : ''}`,
    deliverTo && `delivered ${listed([...new Set(deliverTo.map(({ by }) => BY[by]))])}`,
    note && `noted: ${quoted(note)}`,
  ];
};

const BY = { EMAIL: 'by e-mail', WEBHOOK: 'by webhook' } as const;
