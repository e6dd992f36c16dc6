import type { View } from './view.js';

/** Letters of a word that count: an index takes no more. */
const LONGEST_WORD = 60;

const SINGLE_BYTES = /^\p{ASCII}*$/u;

/** The words of a text, in the form in which they are looked for: without case, accents and signs. The same in every database. */
export const wordsIn = (text: string): readonly string[] => {
  if (SINGLE_BYTES.test(text)) return cut(text.toLowerCase().match(/[a-z0-9]+/g) ?? []);
  // Folded twice: what small letters there are may be written in one sign again.
  const small = text.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ς', 'σ');
  return cut(small.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []);
};

const cut = (words: readonly string[]): readonly string[] =>
  words.map((word) => (word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD).toWellFormed() : word));

/** What a record is found by, as shown: by what it is called, and by what else it says. */
export interface Sayings {
  readonly titles: readonly string[];
  readonly texts: readonly string[];
}

export const sayingsOf = (view: View, shown: object): Sayings => ({
  titles: given(view.titles ? view.titles(shown) : [view.title(shown)]),
  texts: given(view.texts?.(shown) ?? []),
});

const given = (texts: readonly (string | null | undefined)[]): readonly string[] =>
  texts.filter((text) => typeof text === 'string' && text !== '') as readonly string[];
