import { addDays, isCivilDate, LATEST_END, type CivilDate } from './civil-date.js';

const SHAPE = /^\d{4}(-\d{2})?$/;

/** A year or a month of the calendar: `2018`, `2018-05`. */
export const isPeriod = (text: unknown): text is string =>
  typeof text === 'string' && SHAPE.test(text) && isCivilDate(firstDayIn(text)) && lastDayIn(text) < LATEST_END;

export const firstDayIn = (period: string): CivilDate =>
  (period.length === 4 ? `${period}-01-01` : `${period}-01`) as CivilDate;

export const lastDayIn = (period: string): CivilDate => {
  if (period.length === 4) return `${period}-12-31` as CivilDate;
  const next = new Date(Date.parse(`${firstDayIn(period)}T00:00:00Z`));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return addDays(next.toISOString().slice(0, 10) as CivilDate, -1);
};
