import { addDays, type CivilDate } from '#kernel';

/** How long the periods of decision logs are that a standing order asks for. */
export const LOG_PERIODS = {
  MONTH: 'A calendar month.',
  QUARTER: 'A calendar quarter, from 1 January, 1 April, 1 July or 1 October.',
  FINANCIAL_YEAR: 'A financial year, 1 April to 31 March.',
} as const;
export type LogPeriod = keyof typeof LOG_PERIODS;

/** Months that a period lasts, and the month, from 0 for January, in which one begins. */
const MONTHS: Readonly<Record<LogPeriod, { readonly last: number; readonly first: number }>> = {
  MONTH: { last: 1, first: 0 },
  QUARTER: { last: 3, first: 0 },
  FINANCIAL_YEAR: { last: 12, first: 3 },
};

/** Whether a period of that length begins on the day. */
export const isFirstDayOf = (every: LogPeriod, day: CivilDate): boolean => {
  const { last, first } = MONTHS[every];
  return day.endsWith('-01') && (Number(day.slice(5, 7)) - 1 - first) % last === 0;
};

/** The last day of the period that begins on `firstDay`. */
export const lastDayOf = (every: LogPeriod, firstDay: CivilDate): CivilDate => {
  const months = Number(firstDay.slice(0, 4)) * 12 + Number(firstDay.slice(5, 7)) - 1 + MONTHS[every].last;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  const month = String((months % 12) + 1).padStart(2, '0');
  return addDays(`${year}-${month}-01` as CivilDate, -1);
};
