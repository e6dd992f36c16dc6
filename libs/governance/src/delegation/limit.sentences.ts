import { inBrackets, inWords, moneyInWords, quoted } from '../wording.js';
import type { Limit, SoleLimit } from './limit.js';

/** Whether value added tax is in an amount, in words. */
export const TAX = { INCLUDED: 'with VAT', EXCLUDED: 'without VAT' } as const;

/** `£1,000,000.00 per decision (capital, without VAT)`. */
export const limitInWords = ({ amount, basis, vat, spending, note }: Limit): string => {
  const figure = amount === undefined ? 'an amount that is not recorded' : moneyInWords(amount);
  const measured = basis === undefined || basis === 'OTHER' ? '' : ` ${inWords(basis)}`;
  const more = [spending && inWords(spending), vat && TAX[vat], note && quoted(note)];
  return `${figure}${measured}${inBrackets(...more.map((part) => part || undefined))}`;
};

/** What was changed about the one limit, clause by clause. */
export const soleLimitInWords = ({ amount, basis, note }: SoleLimit): readonly string[] => [
  ...(amount === undefined
    ? []
    : [amount === null ? 'it has no limit any more' : `its limit is ${moneyInWords(amount)}`]),
  ...(basis === undefined
    ? []
    : [basis === null ? 'it has no limit basis any more' : `the limit is measured ${inWords(basis)}`]),
  ...(note === undefined
    ? []
    : [note === null ? 'it has no limit note any more' : `on its limit it says ${quoted(note)}`]),
];
