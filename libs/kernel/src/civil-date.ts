import { Refusal } from './refusal.js';

declare const civilDate: unique symbol;

/**
 * A day on the civil calendar of Europe/London, as `YYYY-MM-DD`. The civil day is the legal unit of time
 * (Interpretation Act 1978 s.4, s.9; Summer Time Act 1972 s.3). Sorts as text. Range 0001-01-01 to 9999-12-30.
 */
export type CivilDate = string & { readonly [civilDate]: true };

/** Stands for a start that nobody knows; shown as "not known", never as a date (rule T1). */
export const UNKNOWN_START = '0001-01-01' as CivilDate;

/** The open end of an interval in an index; `null` everywhere else. Later than every date the register takes. */
export const OPEN_END = '9999-12-31' as CivilDate;

/** The latest day on which something can end that has an end: the first day without it is a day as well. */
export const LATEST_END = '9999-12-29' as CivilDate;

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse(UNKNOWN_START);
const LAST_MS = Date.parse(OPEN_END);
const SHAPE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

export const isCivilDate = (text: unknown): text is CivilDate => {
  if (typeof text !== 'string' || !SHAPE.test(text) || text < UNKNOWN_START || text >= OPEN_END) return false;
  const day = Number(text.slice(8));
  return day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
};

/** Days of a month, from 1, by the rule of the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeap ? 29 : 28;
}

/** @throws Refusal `NOT_A_DATE` naming `field`; the caller shows it to whoever typed the date. */
export const parseCivilDate = (text: unknown, field: string): CivilDate => {
  if (isCivilDate(text)) return text;
  throw new Refusal(
    'NOT_A_DATE',
    `${field} is not a date: found ${JSON.stringify(text)}, needed a day as YYYY-MM-DD, for example 2025-03-31`,
    { field },
  );
};

/**
 * The day `days` later (earlier if negative). What would be beyond the calendar is its edge: `OPEN_END` or the first day
 * there is. Leaves `OPEN_END` where it is.
 */
export const addDays = (date: CivilDate, days: number): CivilDate => {
  if (days === 0 || date === OPEN_END) return date;
  const epochMs = Date.parse(`${date}T00:00:00Z`) + days * DAY_MS;
  if (epochMs >= LAST_MS) return OPEN_END;
  return epochMs <= FIRST_MS ? UNKNOWN_START : isoDay(epochMs);
};

/** How many days later the second day is; negative where it is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const HOUR_MS = 3_600_000;

/** The hour asked about last: London's clock is whole hours from UTC since 1847, so that a day turns with an hour. */
let asked: { readonly hour: number; readonly day: CivilDate } | undefined;

/** The London day on which `epochMs` falls. Depends on the time zone data of the run-time: call it at the door only (T9). */
export const londonDay = (epochMs: number): CivilDate => {
  if (epochMs < 0) return londonDayOf(epochMs);
  const hour = Math.floor(epochMs / HOUR_MS);
  if (asked?.hour !== hour) asked = { hour, day: londonDayOf(epochMs) };
  return asked.day;
};

const londonDayOf = (epochMs: number): CivilDate => london.format(epochMs).padStart(10, '0') as CivilDate;

/** The last millisecond of a London day, as UTC epoch milliseconds. */
export const endOfLondonDay = (date: CivilDate): number => {
  const utcMidnight = Date.parse(`${addDays(date, 1)}T00:00:00Z`);
  // London is at UTC or one hour ahead of it, all year since 1847 but for double summer time in the 1940s.
  for (const hoursAhead of [2, 1, 0]) {
    const candidate = utcMidnight - hoursAhead * 3_600_000;
    if (londonDay(candidate) > date) return candidate - 1;
  }
  return utcMidnight - 1;
};

function isoDay(epochMs: number): CivilDate {
  return new Date(epochMs).toISOString().slice(0, 10) as CivilDate;
}
