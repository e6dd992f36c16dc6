import { describe, expect, it } from '@jest/globals';
import { matches } from './mapping.js';

describe('the pattern of a file', () => {
  it.each([
    ['people.csv', 'people.csv', true],
    ['people.csv', 'people.csv.bak', false],
    ['*.csv', 'data/people.csv', true],
    ['people-*.csv', 'people-2025.csv', true],
    ['people-*.csv', 'people.csv', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*a*b*', 'xaxbx', true],
    ['*a*b*', 'xbxax', false],
    ['*', 'anything', true],
    ['p(1)[2].csv', 'p(1)[2].csv', true],
    ['p.csv', 'pxcsv', false],
  ])('%s and %s: %s', (pattern, file, expected) => {
    expect(matches(pattern, file)).toBe(expected);
  });

  it('is looked at once, however many stars it has', () => {
    const begun = performance.now();
    expect(matches(`${'*a'.repeat(60)}*b`, 'a'.repeat(200))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
