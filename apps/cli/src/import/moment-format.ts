import { isCivilDate, isInstantText, londonDay, type CivilDate } from '#kernel';
import { CellRefusal } from './row.js';

/** The day and the time of day that a clock in London showed. */
export interface Clock {
  readonly day: CivilDate;
  /** `HH:MM`. */
  readonly time: string;
}

/** What may be taken out of a moment. */
export const TAKEN = ['day', 'time'] as const;

/** Seconds and their parts are dropped: nothing in the register begins at a second. */
const CLOCK = /^(?<day>\d{4}-\d{2}-\d{2})[T ](?<time>(?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$/;

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * A moment in a cell: with its offset, `2025-07-01T13:00:00Z`, or as the clock in London showed it, `2025-07-01 14:00`.
 *
 * @throws CellRefusal `NOT_A_MOMENT`
 */
export const clockIn = (cell: string, column: string): Clock => {
  const written = cell.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T').replace(/ (?=[+-]\d\d|Z$)/, '');
  if (isInstantText(written)) {
    const moment = Date.parse(written);
    return { day: londonDay(moment), time: london.format(moment) };
  }
  const { day, time } = CLOCK.exec(cell)?.groups ?? {};
  if (day !== undefined && time !== undefined && isCivilDate(day)) return { day, time };
  throw new CellRefusal('NOT_A_MOMENT', {
    column,
    found: cell,
    needed: 'a day with its time, for example 2025-07-01T14:00:00+01:00 or 2025-07-01 14:00',
  });
};
