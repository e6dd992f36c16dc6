/** Whether value added tax is in an amount. */
export const VATS = {
  INCLUDED: 'With value added tax.',
  EXCLUDED: 'Without value added tax.',
} as const;
export type Vat = keyof typeof VATS;

/** What sort of money is spent. */
export const SPENDINGS = {
  REVENUE: 'Money for running things, year by year.',
  CAPITAL: 'Money for buying or building what lasts.',
} as const;
export type Spending = keyof typeof SPENDINGS;
