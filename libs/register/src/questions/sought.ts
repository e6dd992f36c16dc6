import { referenceKey } from '#governance';
import { Refusal } from '#kernel';
import { enumeration } from '#schema';
import type { View } from '../engine/view.js';
import { sayingsOf, wordsIn } from '../engine/words.js';

const FOUND_IN = {
  REFERENCE: 'It is called so by a reference, whole.',
  TITLE: 'In what it is called, or in words that begin there.',
  FORMER_TITLE: 'In what it was called before that day.',
  TEXT: 'In something else that it says: the words of a decision, reasons, conditions, notes.',
} as const;
export type FoundIn = keyof typeof FOUND_IN;
export const FoundInEnum = enumeration(
  'FoundIn',
  'Where the words that were searched for stand in an entry, as it is shown.',
  FOUND_IN,
);

/** In the order of a search: whole references first, then titles, titles of before, and what only other texts have. */
export const RANKS: readonly FoundIn[] = ['REFERENCE', 'TITLE', 'FORMER_TITLE', 'TEXT'];

/** What is searched for. */
export interface Sought {
  /** All of them have to be there, each at the beginning of some word; one that is too short to be a beginning, whole. */
  readonly words: readonly string[];
  /** Forms in which the whole may be a reference. */
  readonly references: readonly string[];
}

/** Words that one search may have; a title has no more. */
const WORDS_AT_MOST = 50;

/** Letters from which on a word finds those that begin with it. */
const BEGINNING = 3;

/** @throws Refusal `SEARCH` for more words than are looked for; undefined for a text that asks nothing. */
export const soughtIn = (search: string): Sought | undefined => {
  const whole = search.trim().normalize('NFC');
  if (whole === '') return undefined;
  const words = [...new Set(wordsIn(search))];
  if (words.length > WORDS_AT_MOST) {
    throw new Refusal('SEARCH', `search has ${words.length} different words, needed at most ${WORDS_AT_MOST}`, {
      field: 'search',
      remedy: 'leave out words that most titles have',
    });
  }
  return { words, references: [...new Set([whole, referenceKey(whole)])] };
};

export const isBeginning = (word: string): boolean => [...word].length >= BEGINNING;

const isSame = (sought: string): ((word: string) => boolean) =>
  isBeginning(sought) ? (word) => word.startsWith(sought) : (word) => word === sought;

/** A record in which words were found, as far as it is shown. */
export interface Finding {
  /** In the order of `RANKS`. */
  readonly foundIn: readonly FoundIn[];
  readonly rank: number;
}

/**
 * Whether a record is found, and where the words stand in it: each in the first that has it of title, former titles, texts.
 *
 * @param former what it was called before; undefined where nobody has looked, which is as if there were none.
 */
export const findingIn = (
  view: View,
  { words, references }: Sought,
  shown: object,
  former: readonly string[] = [],
): Finding | undefined => {
  const called = view.lists['identifier']?.(shown) ?? [];
  if (references.some((one) => called.includes(one))) return { foundIn: ['REFERENCE'], rank: 0 };
  if (words.length === 0) return undefined;
  const { titles, texts } = sayingsOf(view, shown);
  const places: readonly (readonly [FoundIn, readonly string[]])[] = [
    ['TITLE', titles],
    ['FORMER_TITLE', former],
    ['TEXT', texts],
  ];
  const found = new Set<FoundIn>();
  let left = words;
  for (const [place, said] of places) {
    if (left.length === 0) break;
    const there = said.flatMap(wordsIn);
    const missing = left.filter((word) => !there.some(isSame(word)));
    if (missing.length < left.length) found.add(place);
    left = missing;
  }
  if (left.length > 0) return undefined;
  const foundIn = RANKS.filter((place) => found.has(place));
  return { foundIn, rank: RANKS.indexOf(foundIn.at(-1) ?? 'TEXT') };
};
