import { describe, expect, it } from '@jest/globals';
import { wordsIn } from '../engine/words.js';
import { decisionView } from '../rooms/decision/decision.view.js';
import { findingIn, soughtIn, type Sought } from './sought.js';

describe('words that are searched for', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

  it('are all looked for, each once', () => {
    expect(soughtIn('One two  THREE, four-five! one')?.words).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(soughtIn(words(50))?.words).toHaveLength(50);
  });
  it('are refused where they are more than are looked for: none is dropped in silence', () => {
    expect(() => soughtIn(words(51))).toThrow('search has 51 different words, needed at most 50');
  });
  it('are none in a text that asks nothing, and none but a reference in one of signs', () => {
    expect([soughtIn(''), soughtIn(' \n ')]).toEqual([undefined, undefined]);
    expect(soughtIn(' -/- ')).toMatchObject({ words: [], references: ['-/-'] });
  });
});

describe('the words of a text', () => {
  it.each([
    ['Ångström’s 2nd GP-surgery (No. 7)', ['angstrom', 's', '2nd', 'gp', 'surgery', 'no', '7']],
    ['ÄRZTE İstanbul ﬁnance ＮＨＳ ΟΔΟΣ', ['arzte', 'istanbul', 'finance', 'nhs', 'οδοσ']],
    ['%_!* \u0000 –', []],
    ['x'.repeat(70), ['x'.repeat(60)]],
    ['保健 委員会', ['保健', '委員会']],
  ])('%j', (text, expected) => {
    expect(wordsIn(text)).toEqual(expected);
    expect(wordsIn(text.normalize('NFD'))).toEqual(expected);
  });
});

describe('where words are found', () => {
  const state = {
    ...decisionView.initial,
    title: 'Award of wheelchair services',
    reference: 'ICB-2024/25-0007',
    reasons: 'Value for money',
    tags: ['Estates'],
  };
  const found = (search: string, former: readonly string[] = [], shown: object = state) =>
    findingIn(decisionView, soughtIn(search) as Sought, shown, former);
  it.each([
    ['icb-2024/25-0007', 0, ['REFERENCE']],
    ['wheel award', 1, ['TITLE']],
    ['money award', 3, ['TITLE', 'TEXT']],
    ['estates', 3, ['TEXT']],
    ['chairs wheelchair', 2, ['TITLE', 'FORMER_TITLE']],
    ['chairs value', 3, ['FORMER_TITLE', 'TEXT']],
  ])('%j: rank %i', (search, rank, foundIn) => {
    expect(found(search, ['Chairs for all'])).toEqual({ rank, foundIn });
  });
  it.each(['chair', 'a', 'services nothing', 'icb-2024/25', 'aw', '---'])('%j: nowhere', (search) => {
    expect(found(search)).toBeUndefined();
  });
  it('a word of two letters is meant whole', () => {
    expect(found('of')).toMatchObject({ rank: 1 });
  });
  it('what stands in the place of a title that is withheld is no title', () => {
    const stub = {
      ...state,
      title: 'Title withheld',
      reasons: undefined,
      exemption: { publicTitle: 'A contract' },
      stub: true,
    };
    expect(found('title withheld', [], stub)).toBeUndefined();
    expect(found('contract', [], stub)).toMatchObject({ rank: 1 });
  });
});
