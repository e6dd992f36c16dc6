import { because, inBrackets, lastDayInWords, named, pounds, sentence, type NameOf } from '../wording.js';
import type { BudgetEvent } from './budget.events.js';

export const budgetSentence = ({ type, data }: BudgetEvent, nameOf: NameOf): string => {
  switch (type) {
    case 'BudgetSet': {
      const { name, year, organisation, body, amount, amountNote, fundingSource, place, to } = data;
      const whose = organisation === undefined ? undefined : named(nameOf, 'organisation', organisation);
      const spender = body === undefined ? '' : `, to be spent by ${named(nameOf, 'body', body)}`;
      const until = to === undefined ? '' : `, until ${lastDayInWords(to)}`;
      const about = inBrackets(whose, place, year, fundingSource && `from ${fundingSource}`);
      return sentence(
        `the budget “${name}”${about} was set at ${pounds(amount)}${inBrackets(amountNote)}${spender}${until}`,
      );
    }
    case 'BudgetVaried':
      return because(`the budget was varied to ${pounds(data.amount)}`, data.reason);
    case 'BudgetClosed':
      return because('the budget was closed', data.reason);
  }
};
