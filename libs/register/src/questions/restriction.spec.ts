import { describe, expect, it } from '@jest/globals';
import { wordPatterns } from './restriction.js';

describe('words that are searched for', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

  it('are all looked for, each once', () => {
    expect(wordPatterns('One two  THREE four five six seven eight nine one')).toEqual(
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map((word) => `%${word}%`),
    );
    expect(wordPatterns(words(50))).toHaveLength(50);
  });
  it('are refused where they are more than are looked for: none is dropped in silence', () => {
    expect(() => wordPatterns(words(51))).toThrow('search has 51 different words, needed at most 50');
  });
});
