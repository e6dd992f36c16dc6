import type { Table } from '../document.js';

/** All in points: the page between its margins, a cell's insets to the left and right. */
const PAGE = 481;
const INSETS = 8;

/** A column whose longest text is no wider than this is kept whole where there is room: references, figures, days. */
const WIDEST_KEPT = 120;
/** What a column of longer texts should have at least for that, and the longest word that is not broken. */
const READABLE = 110;
const WIDEST_WORD = 100;

/** What a letter may take at most, but for a few; and by how much the widths below are on the safe side. */
const LETTER = 6.7;
const SLACK = 1.06;

/** Longer texts are too wide whatever comes after. */
const LONGEST_LOOKED_AT = 400;

/**
 * The columns of a table, in points, and how many characters a word may have in each before it must be breakable.
 * Short texts are kept whole where the page has room for it, words where it has not; what is left is shared as the
 * columns ask.
 */
export function layoutOf(table: Table): { readonly widths: readonly number[]; readonly rooms: readonly number[] } {
  const needs = table.columns.map((_, at) => needOf(table, at));
  const words = needs.map(({ word }) => Math.min(word, WIDEST_WORD + INSETS));
  const figures = needs.map(({ whole }, at) =>
    table.columns[at]?.numeric ? Math.min(whole, WIDEST_KEPT) : (words[at] ?? 0),
  );
  const texts = needs.map(({ whole, word }) => (whole <= WIDEST_KEPT ? whole : Math.max(word, READABLE)));
  const least =
    [texts, figures, words].find((widths) => sum(widths) <= PAGE) ?? words.map((w) => (w * PAGE) / sum(words));
  const kept = needs.map(({ whole }, at) => whole <= (least[at] ?? 0) && whole <= WIDEST_KEPT);
  const widths = shared(table, least, kept);
  return {
    widths: widths.map((width) => Math.round(width * 100) / 100),
    rooms: widths.map((width, at) =>
      (needs[at]?.word ?? 0) <= width * SLACK ? Infinity : Math.max(1, Math.floor((width - INSETS) / LETTER)),
    ),
  };
}

/** Width of the longest text of a column, its title's words included, and of its longest word. */
interface Need {
  readonly whole: number;
  readonly word: number;
}

function needOf({ columns, rows }: Table, at: number): Need {
  const titleWords = (columns[at]?.title ?? '').split(' ').map((word) => widthOf(word) * BOLD);
  let [whole, word] = [Math.max(...titleWords), Math.max(...titleWords)];
  for (const cells of rows) {
    const text = (cells[at]?.text ?? '').slice(0, LONGEST_LOOKED_AT);
    whole = Math.max(whole, widthOf(text));
    for (const one of text.split(WORDS_END)) word = Math.max(word, widthOf(one));
  }
  return { whole: whole + INSETS, word: word + INSETS };
}

/** Each column its least; what is left goes to those that are not kept, as they ask, where that is more than their least. */
function shared(table: Table, least: readonly number[], kept: readonly boolean[]): number[] {
  const settled = kept.every(Boolean) ? kept.map(() => false) : [...kept];
  for (;;) {
    const left = PAGE - sum(least.filter((_, at) => settled[at]));
    const shares = sum(table.columns.filter((_, at) => !settled[at]).map((column) => column.width));
    const widths = table.columns.map(({ width }, at) => (settled[at] ? (least[at] ?? 0) : (left * width) / shares));
    const tooNarrow = widths.findIndex((width, at) => !settled[at] && width < (least[at] ?? 0));
    if (tooNarrow === -1 || settled.filter((done) => !done).length === 1) return widths;
    settled[tooNarrow] = true;
  }
}

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

const BOLD = 1.08;

/** At a space, and before and after a sign of a script that is written without them. */
const WORDS_END =
  /\s+|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])/u;
/** Marks that stand over or under a letter, and what cannot be seen. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Cf}\ufe0e\ufe0f]/u;
/** Signs of a full square, and letters that take about as much. */
const SQUARE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Malayalam}\p{Script=Myanmar}\p{Script=Sinhala}\p{Script=Kannada}\p{Script=Tamil}\u3000-\u303f\uff00-\uff60\p{Emoji_Presentation}]/u;

/** Width of a text of 10 pt, rather too much than too little: Arial's letters in four classes, others by their script. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[fijlrtI .,:;\-/'()[\]!|]/u.test(character)) width += 3.4;
    else if (/[mwMW@%]/u.test(character)) width += 9;
    else if (/[a-z0-9£_"?*=+]/u.test(character)) width += 5.6;
    else if (WITHOUT_WIDTH.test(character)) width += 0;
    else width += SQUARE.test(character) ? 11 : 7.6;
  }
  return width;
}
