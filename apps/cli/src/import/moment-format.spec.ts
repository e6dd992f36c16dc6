import { describe, expect, it } from '@jest/globals';
import { mappingAt } from './mapping.js';
import { clockIn } from './moment-format.js';
import { Place } from './place.js';

describe('a moment in a cell', () => {
  it.each([
    ['2025-07-01T13:00:00Z', '2025-07-01', '14:00'],
    ['2025-01-01T14:00:00+00:00', '2025-01-01', '14:00'],
    ['2025-06-30T23:30:00Z', '2025-07-01', '00:30'],
    ['2025-07-01T00:30:00+02:00', '2025-06-30', '23:30'],
    ['2025-07-01 13:00:00+00:00', '2025-07-01', '14:00'],
    ['2025-07-01 13:00:00 Z', '2025-07-01', '14:00'],
    // Without an offset it is what the clock showed.
    ['2025-07-01 14:00', '2025-07-01', '14:00'],
    ['2025-07-01T14:00:59', '2025-07-01', '14:00'],
    ['2025-07-01T00:00', '2025-07-01', '00:00'],
  ])('%s is on %s at %s in London', (cell, day, time) => {
    expect(clockIn(cell, 'at')).toEqual({ day, time });
  });

  it.each([
    '2025-07-01',
    '14:00',
    '01/07/2025 14:00',
    '2025-02-30 14:00',
    '2025-07-01 24:00',
    '2025-07-01 14:00 BST',
    '',
  ])('is not %s', (cell) => {
    expect(() => clockIn(cell, 'at')).toThrow(/^at: found .*, needed a day with its time/);
  });
});

describe('what a mapping takes out of a moment', () => {
  const reading = (cell: string, held: string, at: string) => {
    const text = `{ name: m, row: [id], subject: { aggregate: meeting, id: 'x:{id}' }, facts: [{ command: ConveneMeeting,
      effectiveOn: ${held}, data: { heldOn: ${held}, startsAt: ${at} } }] }`;
    const [fact] = mappingAt(Place.ofText(text, 'm.yaml'), 'm.yaml').facts;
    const row = { line: 2, cell: () => cell };
    const said = [...(fact?.data ?? [])].map(([field, value]) => [field, value.of(row)]);
    return { ...Object.fromEntries(said), ...fact?.day.of(row) } as object;
  };

  it('is its day, also as the day from which something holds, and its time', () => {
    expect(reading('2025-06-30T23:30:00Z', '{ column: at, take: day }', '{ column: at, take: time }')).toEqual({
      heldOn: '2025-07-01',
      startsAt: '00:30',
      effectiveOn: '2025-07-01',
    });
    expect(
      reading('2025-06-30 14:00', '{ column: at, take: day, lastDay: true }', '{ column: at, take: time }'),
    ).toEqual({
      heldOn: '2025-07-01',
      startsAt: '14:00',
      effectiveOn: '2025-07-01',
    });
  });

  it('moves no time by a day', () => {
    const at = '{ column: at, take: time, lastDay: true }';
    expect(() => reading('2025-06-30 14:00', '{ column: at, take: day }', at)).toThrow('lastDay moves a day');
  });

  it.each([
    ['{ column: at, take: hour }', 'take is "hour": needed one of day'],
    ['{ column: at, take: day, format: DD/MM/YYYY }', 'format stands beside take'],
    ['{ column: at, take: time }', 'take is "time": needed one of day'],
  ])('is refused where it makes no sense: %s', (held, message) => {
    expect(() => reading('2025-06-30 14:00', held, '{ column: at, take: time }')).toThrow(message);
  });
});
