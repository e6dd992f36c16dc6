import { describe, expect, it } from '@jest/globals';
import {
  OPEN_END,
  addDays,
  daysBetween,
  endOfLondonDay,
  isCivilDate,
  londonDay,
  parseCivilDate,
  type CivilDate,
} from './civil-date.js';
import { instantOf, isInstantText, parseInstant } from './instant.js';

const day = (text: string): CivilDate => text as CivilDate;

describe('days on the civil calendar', () => {
  it('are taken as YYYY-MM-DD from 0001-01-01 to 9999-12-30, and only where there is such a day', () => {
    for (const right of ['0001-01-01', '2024-02-29', '2000-02-29', '9999-12-30']) expect(isCivilDate(right)).toBe(true);
    for (const wrong of [
      '2023-02-29',
      '1900-02-29',
      '2025-13-01',
      '2025-1-1',
      '0000-12-31',
      '9999-12-31',
      '+2025-01-01',
      5,
    ]) {
      expect(isCivilDate(wrong)).toBe(false);
    }
    expect(() => parseCivilDate('31/03/2025', 'effectiveOn')).toThrow('effectiveOn is not a date: found "31/03/2025"');
  });
  it('are those that a clock knows, through a whole cycle of leap years', () => {
    const two = (number: number): string => String(number).padStart(2, '0');
    const wrong: string[] = [];
    for (let year = 1900; year < 2300; year++) {
      for (let month = 0; month <= 13; month++) {
        for (const date of [0, 1, 28, 29, 30, 31, 32]) {
          const text = `${year}-${two(month)}-${two(date)}`;
          const epochMs = Date.parse(`${text}T00:00:00Z`);
          const isThere = !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text);
          if (isCivilDate(text) !== isThere) wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
  it('are counted over months, leap years and the first century', () => {
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2025-03-31'), 1)).toBe('2025-04-01');
    expect(addDays(day('0099-12-31'), 1)).toBe('0100-01-01');
    expect(addDays(day('2025-01-01'), -1)).toBe('2024-12-31');
    expect(addDays(OPEN_END, 1)).toBe(OPEN_END);
  });
  it('are counted between two days as they are added', () => {
    for (const days of [-800, -1, 0, 1, 59, 366, 36_525]) {
      expect(daysBetween(day('2024-02-28'), addDays(day('2024-02-28'), days))).toBe(days);
    }
    expect(daysBetween(day('2026-03-28'), day('2026-03-30'))).toBe(2);
  });
  it('end where the calendar ends, at both edges', () => {
    expect(addDays(day('9999-12-29'), 1)).toBe('9999-12-30');
    for (const days of [1, 2, 400, 4_000_000]) expect(addDays(day('9999-12-30'), days)).toBe(OPEN_END);
    for (const days of [0, -1, -400]) expect(addDays(day('0001-01-01'), days)).toBe('0001-01-01');
    expect(addDays(day('0001-01-02'), -1)).toBe('0001-01-01');
  });
});

describe('London days', () => {
  it('have four digits of year from the first to the last, and end on themselves', () => {
    for (const date of ['0001-01-01', '0001-12-31', '0098-05-01', '0999-12-31', '1000-01-01', '9999-12-30']) {
      expect(londonDay(Date.parse(`${date}T12:00:00Z`))).toBe(date);
      expect(instantOf(endOfLondonDay(day(date)))).toBe(`${date}T23:59:59.999Z`);
    }
  });
  it('begin at 23:00 UTC in summer, at midnight UTC in winter', () => {
    expect(londonDay(Date.parse('2026-03-31T22:59:59.999Z'))).toBe('2026-03-31');
    expect(londonDay(Date.parse('2026-03-31T23:00:00.000Z'))).toBe('2026-04-01');
    expect(londonDay(Date.parse('2026-01-01T00:00:00.000Z'))).toBe('2026-01-01');
    // British Standard Time, one hour ahead all year: the Unix epoch was at one o'clock in London.
    expect(londonDay(Date.parse('1969-12-31T23:00:00.000Z'))).toBe('1970-01-01');
  });
  it('end one millisecond before the next begins, on every day from 1960 to 2060', () => {
    for (let date = day('1960-01-01'); date < '2060-01-01'; date = addDays(date, 1)) {
      const end = endOfLondonDay(date);
      if (londonDay(end) !== date || londonDay(end + 1) !== addDays(date, 1))
        throw new Error(`${date} does not end at ${instantOf(end)}`);
    }
  });
});

describe('instants', () => {
  it('are on the calendar in UTC as well, at both edges', () => {
    expect(isInstantText('0001-01-01T01:00:00+01:00')).toBe(true);
    for (const before of ['0001-01-01T00:59:59+01:00', '9999-12-31T00:00:00Z'])
      expect(isInstantText(before)).toBe(false);
    expect(parseInstant('9999-12-30T23:59:59.999Z', 'x')).toBe('9999-12-30T23:59:59.999Z');
  });
  it('are read with any offset, cut to milliseconds, and refused without a zone', () => {
    expect(parseInstant('2024-08-18T21:14:00+01:00', 'x')).toBe('2024-08-18T20:14:00.000Z');
    expect(parseInstant('2024-08-18T20:14:00.123456Z', 'x')).toBe('2024-08-18T20:14:00.123Z');
    for (const wrong of ['2026-03-01', '2026-03-01T10:00', '2026-02-30T10:00Z', 'now', '']) {
      expect(() => parseInstant(wrong, 'x')).toThrow('x is not an instant');
    }
  });
});
