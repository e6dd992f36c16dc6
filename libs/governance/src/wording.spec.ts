import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '#kernel';
import * as governance from './index.js';
import { dayInWords, inWords, listed, pounds, quoted, withArticle } from './wording.js';

const day = (text: string): CivilDate => text as CivilDate;

describe('wording', () => {
  it('writes days and money as people do', () => {
    expect([day('2023-05-03'), day('0999-12-31')].map(dayInWords)).toEqual(['3 May 2023', '31 December 999']);
    expect([0, 5, 100, 99_999, 100_000, 123_456_789, -250].map(pounds)).toEqual([
      '£0.00',
      '£0.05',
      '£1.00',
      '£999.99',
      '£1,000.00',
      '£1,234,567.89',
      '−£2.50',
    ]);
  });

  it('joins a list with commas and one "and"', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['nobody', 'a', 'a and b', 'a, b and c']);
    expect(listed([...'abcdefg'])).toBe('a, b, c, d, e, f and g');
    expect(listed([...'abcdefgh'])).toBe('a, b, c, d, e, f and 2 more');
  });

  it('puts a word in front that sounds right', () => {
    expect(['NHS trust', 'ICB committee', 'unincorporated body', 'university', 'PSR route'].map(withArticle)).toEqual([
      'an NHS trust',
      'an ICB committee',
      'an unincorporated body',
      'a university',
      'a PSR route',
    ]);
  });

  it('quotes at most 200 characters, on one line, and never half of an emoji', () => {
    expect(quoted('  a\n b ')).toBe('“a b”');
    expect(quoted('x'.repeat(200))).toBe(`“${'x'.repeat(200)}”`);
    const cut = quoted(`${'x'.repeat(198)}😀😀`);
    expect([cut.length, cut.isWellFormed()]).toEqual([202, true]);
  });

  it('has words for every value of every closed list', () => {
    const lists = Object.entries(governance).filter(
      ([name, value]) => /^[A-Z_]+$/.test(name) && typeof value === 'object' && !Array.isArray(value),
    );
    const values = lists.flatMap(([, list]) => Object.keys(list as object)).filter((value) => /^[A-Z]/.test(value));
    expect(values.length).toBeGreaterThan(200);
    const odd = values
      .map(inWords)
      .filter((words) => /_/.test(words) || /\b(?!NHS|ICB|ICP|PSR|VA\b)[A-Z]{2,}\b/.test(words));
    expect(odd).toEqual([]);
  });
});
