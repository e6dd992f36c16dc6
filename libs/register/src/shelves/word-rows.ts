import type { SqlValue } from './connection.js';
import type { Change, Slice } from '../engine/slice.js';
import type { View } from '../engine/view.js';
import { sayingsOf, wordsIn, type Sayings } from '../engine/words.js';

/** Before a word that stands in what a record is called, and before one that stands in what else it says. */
export const IN_TITLE = 't:';
export const IN_TEXT = 'x:';

type Row = readonly SqlValue[];

/**
 * Rows of the words that came with what an event says of a subject. What it said before is there already: of a change that
 * changes no words there are none.
 */
export const wordRows = (view: View, id: string, { closed, opened }: Change<object>): Row[] => {
  const [first] = opened;
  if (!first) return [];
  const rows: Row[] = [];
  const before = closed.map((slice) => saidIn(view, slice));
  const now = opened.map((slice) => saidIn(view, slice));
  for (const [letter, part] of PARTS) {
    const known = new Set<string>();
    for (const said of before) for (const text of said[part]) known.add(text);
    const words = new Set<string>();
    for (const said of now) {
      for (const text of said[part]) {
        if (known.has(text)) continue;
        for (const word of wordsIn(text)) words.add(word);
      }
    }
    if (words.size === 0) continue;
    for (const text of known) for (const word of wordsIn(text)) words.delete(word);
    for (const word of words) rows.push([letter + word, id, first.recordedFrom]);
  }
  return rows;
};

const PARTS = [
  [IN_TITLE, 'titles'],
  [IN_TEXT, 'texts'],
] as const;

const saidIn = (view: View, slice: Slice<object>): Sayings =>
  sayingsOf(view, view.show(slice.state, slice.validFrom, slice.validTo));
