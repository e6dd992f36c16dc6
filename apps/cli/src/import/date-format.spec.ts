import { describe, expect, it } from '@jest/globals';
import { dateReader, readTwice } from './date-format.js';

describe('reading dates by a format', () => {
  it.each([
    ['YYYY-MM-DD', '2025-03-31', '2025-03-31'],
    ['YYYYMMDD', '20241101', '2024-11-01'],
    ['DD/MM/YYYY', '31/03/2025', '2025-03-31'],
    ['D/M/YYYY', '1/4/2025', '2025-04-01'],
    ['D MMMM YYYY', '1 april 2025', '2025-04-01'],
    ['DD-MMM-YYYY', '01-Sep-2025', '2025-09-01'],
  ])('reads %s', (format, text, day) => {
    expect(dateReader(format)?.(text)).toBe(day);
  });

  it.each([
    ['YYYY-MM-DD', '2025-02-30'],
    ['YYYY-MM-DD', '31/03/2025'],
    ['DD/MM/YYYY', '3/4/2025'],
    ['YYYYMMDD', '2024110'],
    ['DD-MMM-YYYY', '01-Foo-2025'],
  ])('does not read by %s what is written %s', (format, text) => {
    expect(dateReader(format)?.(text)).toBeUndefined();
  });

  it.each(['YYYY-MM', 'DD/MM', 'YYYY-MM-DD DD', ''])('knows no format %s', (format) => {
    expect(dateReader(format)).toBeUndefined();
  });
});

describe('two formats of one column', () => {
  it.each([
    ['DD/MM/YYYY', 'MM/DD/YYYY'],
    ['D/M/YYYY', 'MM/DD/YYYY'],
    ['DD-MM-YYYY', 'M-D-YYYY'],
    ['YYYYMMDD', 'DDMMYYYY'],
    ['YYYY-MM-DD', 'YYYY-DD-MM'],
  ])('are told where both read one cell, as different days: %s, %s', (one, other) => {
    const cell = readTwice(one, other) ?? '';
    expect(dateReader(one)?.(cell)).not.toBe(dateReader(other)?.(cell));
    expect(readTwice(other, one)).toBeDefined();
  });

  it.each([
    ['DD/MM/YYYY', 'D/M/YYYY'],
    ['DD/MM/YYYY', 'YYYY-MM-DD'],
    ['DD/MM/YYYY', 'MM-DD-YYYY'],
    ['D MMMM YYYY', 'D MMM YYYY'],
    ['DD/MM/YYYY', 'MMMM D YYYY'],
    ['YYYY-MM-DD', 'YYYYMMDD'],
  ])('go together where no cell can be read so: %s, %s', (one, other) => {
    expect(readTwice(one, other)).toBeUndefined();
  });
});
