import { Refusal } from '#kernel';
import { searchable } from '../engine/view.js';
import { yesOrNo } from '../rooms/yes-or-no.js';
import { among, type Condition } from './condition.js';

const isGiven = <Value>(value: Value | null | undefined): value is Value => value !== undefined && value !== null;

/** Characters that words to look for may have in all. */
const LONGEST_WORDS = 200;

/** A text that asks nothing is none. @throws Refusal `SEARCH_TOO_LONG` */
export function wordsIn(text: string | null | undefined, field: string): string | undefined {
  if (!isGiven(text) || searchable(text).trim() === '') return undefined;
  if (text.length <= LONGEST_WORDS) return text;
  const found = text.length.toLocaleString('en-GB');
  throw new Refusal('SEARCH_TOO_LONG', `${field} has ${found} characters: needed at most ${LONGEST_WORDS}`, {
    field,
    remedy: 'give a few words of it',
  });
}

/** That words stand in a column of words. What says nothing has none. */
export const withWords = (column: string, text: string | null | undefined, field: string): readonly Condition[] => {
  const words = wordsIn(text, field);
  return words === undefined ? [] : [{ is: { words, column } }];
};

/** That something is so, or that it is not. */
export const isOr = (column: string, wanted: boolean | null | undefined): readonly Condition[] =>
  among(column, isGiven(wanted) ? [yesOrNo(wanted)] : undefined);

/** That words stand in the title. */
export const inTitle = (text: string | null | undefined, field: string): readonly Condition[] => {
  const words = wordsIn(text, field);
  return words === undefined ? [] : [{ is: { words } }];
};
