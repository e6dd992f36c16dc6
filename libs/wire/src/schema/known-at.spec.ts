import { describe, expect, it } from '@jest/globals';
import { positionIn } from './known-at.js';

describe('a position as text', () => {
  it.each([
    ['p2025', 2025],
    ['p0', 0],
    ['0', 0],
    ['42', 42],
    ['1042', 1042],
    ['1899', 1899],
    ['2200', 2200],
    ['20251', 20251],
    ['202513', 202513],
    ['202500', 202500],
    ['20250230', 20250230],
    ['123456789012345', 123456789012345],
  ])('%s is %i', (text, position) => {
    expect(positionIn(text, 'asKnownAt')).toBe(position);
  });
  it.each([
    ['2025', '2025-12-31'],
    ['1900', '1900-12-31'],
    ['2199', '2199-12-31'],
    ['202502', '2025-02-28'],
    ['20250331', '2025-03-31'],
  ])('%s could be a time: it is refused, and both ways to write it are said', (text, day) => {
    expect(() => positionIn(text, 'asKnownAt')).toThrow(
      expect.objectContaining({
        code: 'YEAR_OR_POSITION',
        message: expect.stringContaining(`needed ${day} for the time, or p${text} for the position`),
        detail: expect.objectContaining({ field: 'asKnownAt' }),
      }),
    );
  });
  it.each(['2025-03-31', 'p', 'p-1', 'P7', '1234567890123456', '', 'x1'])('%j is none', (text) => {
    expect(positionIn(text, 'asKnownAt')).toBeUndefined();
  });
});
