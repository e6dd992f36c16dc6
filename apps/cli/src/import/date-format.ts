import { isCivilDate, isPeriod, type CivilDate } from '#kernel';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** What a part of a format takes. The longest name of a part is tried first. */
const PARTS: readonly (readonly [string, string, Part])[] = [
  ['YYYY', '(\\d{4})', 'year'],
  ['MMMM', `(${MONTHS.join('|')})`, 'month'],
  ['MMM', `(${MONTHS.map((name) => name.slice(0, 3)).join('|')})`, 'month'],
  ['MM', '(\\d{2})', 'month'],
  ['M', '(\\d{1,2})', 'month'],
  ['DD', '(\\d{2})', 'day'],
  ['D', '(\\d{1,2})', 'day'],
];

/** Reads a day written in one way, or says undefined. */
export type DateReader = (text: string) => CivilDate | undefined;

/**
 * A reader for a format such as `YYYY-MM-DD`, `YYYYMMDD`, `D/M/YYYY` or `D MMMM YYYY`; undefined where the format does not
 * name year, month and day once each. Everything else in a format stands for itself. Month names are English.
 */
export const dateReader = (format: string): DateReader | undefined => {
  const read = partsReader(format, ['year', 'month', 'day']);
  if (!read) return undefined;
  return (text) => {
    const date = read(text);
    return isCivilDate(date) ? date : undefined;
  };
};

/** Days of which some have small numbers everywhere, and some have none: what two formats read otherwise shows in them. */
const TRIED = ['2003-02-01', '2012-11-10', '2011-12-10', '2002-01-12'] as CivilDate[];

/** A cell that two formats read as different days, or undefined where no cell can be read so. */
export const readTwice = (one: string, other: string): string | undefined => {
  const cells = [one, other].flatMap((format) => TRIED.map((date) => writtenAs(format, date)));
  const [first, second] = [dateReader(one), dateReader(other)];
  return cells.find((cell) => {
    const days = [first?.(cell), second?.(cell)];
    return days[0] !== undefined && days[1] !== undefined && days[0] !== days[1];
  });
};

/** A day as a format writes it. */
function writtenAs(format: string, date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = MONTHS[Number(month) - 1] ?? '';
  const parts: Readonly<Record<string, string>> = {
    YYYY: year,
    MMMM: name,
    MMM: name.slice(0, 3),
    MM: month,
    M: String(Number(month)),
    DD: day,
    D: String(Number(day)),
  };
  return format.replaceAll(/YYYY|MMMM|MMM|MM|M|DD|D/g, (part) => parts[part] ?? part);
}

/** Reads a year or a month written in one way, as `2018` or `2018-05`, or says undefined. */
export type PeriodReader = (text: string) => string | undefined;

/** A reader for a format such as `YYYY`, `MM/YYYY` or `MMMM YYYY`; undefined where the format names anything else. */
export const periodReader = (format: string): PeriodReader | undefined => {
  const read = partsReader(format, ['year', 'month']) ?? partsReader(format, ['year']);
  if (!read) return undefined;
  return (text) => {
    const period = read(text);
    return isPeriod(period) ? period : undefined;
  };
};

type Part = 'year' | 'month' | 'day';

/** Reads the parts of a format, each once, and joins them as ISO 8601 does. */
function partsReader(format: string, wanted: readonly Part[]): ((text: string) => string | undefined) | undefined {
  const order: Part[] = [];
  let pattern = '';
  for (let at = 0; at < format.length;) {
    const part = PARTS.find(([name]) => format.startsWith(name, at));
    if (part) {
      order.push(part[2]);
      pattern += part[1];
      at += part[0].length;
    } else {
      pattern += (format[at] as string).replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      at += 1;
    }
  }
  if (order.length !== wanted.length || !wanted.every((name) => order.includes(name))) return undefined;
  const shape = new RegExp(`^${pattern}$`, 'i');
  return (text) => {
    const found = shape.exec(text);
    if (!found) return undefined;
    const parts = wanted.map((name) => [name, found[order.indexOf(name) + 1] as string] as const);
    return parts.map(([name, part]) => (name === 'month' ? monthNumber(part) : part.padStart(2, '0'))).join('-');
  };
}

function monthNumber(text: string): string {
  if (/^\d+$/.test(text)) return text.padStart(2, '0');
  const index = MONTHS.findIndex((name) => name.startsWith(text.toLowerCase()));
  return String(index + 1).padStart(2, '0');
}
