import {
  because,
  changesIn,
  inBrackets,
  lastDayInWords,
  moneyInWords,
  named,
  namedEach,
  quoted,
  sentence,
  type Changes,
  type NameOf,
} from '../wording.js';
import type { BudgetEvent, BudgetVariedData } from './budget.events.js';

const CHANGES: Changes<BudgetVariedData> = {
  name: (name) => `its name changed to ${quoted(name)}`,
  organisation: (id, nameOf) => `it is the money of ${named(nameOf, 'organisation', id)}`,
  body: (id, nameOf) => `it is to be spent by ${named(nameOf, 'body', id)}`,
  year: (year) => `it is for the year ${year}`,
  amount: (amount) => `the budget was varied to ${moneyInWords(amount)}`,
  amountNote: (note) => `on its amount it says ${quoted(note)}`,
  fundingSource: (source) => `the money comes from ${source}`,
  place: (place) => `it is for ${place}`,
  places: (ids, nameOf) => `it is for ${namedEach(nameOf, 'place', ids)}`,
  to: (to) => `it can be spent until ${lastDayInWords(to)}`,
  note: (note) => `a note says ${quoted(note)}`,
  reason: (reason) => `the reason is ${quoted(reason)}`,
};

export const budgetSentence = ({ type, data }: BudgetEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'BudgetSet': {
      const { name, year, organisation, body, amount, amountNote, fundingSource, place, to } = data;
      const whose = organisation === undefined ? undefined : named(nameOf, 'organisation', organisation);
      const spender = body === undefined ? '' : `, to be spent by ${named(nameOf, 'body', body)}`;
      const until = to === undefined ? '' : `, until ${lastDayInWords(to)}`;
      const places = data.places?.length ? namedEach(nameOf, 'place', data.places) : undefined;
      const about = inBrackets(whose, place, places, year, fundingSource && `from ${fundingSource}`);
      return sentence(
        `the budget “${name}”${about} was set at ${moneyInWords(amount)}${inBrackets(amountNote)}${spender}${until}`,
      );
    }
    case 'BudgetVaried': {
      const { amount, reason, ...others } = data;
      const isOnlyAmount = amount !== undefined && amount !== null && Object.keys(others).length === 0;
      return isOnlyAmount
        ? because(`the budget was varied to ${moneyInWords(amount)}`, reason)
        : changesIn(CHANGES, data, nameOf);
    }
    case 'BudgetClosed':
      return because('the budget was closed', data.reason);
  }
};
