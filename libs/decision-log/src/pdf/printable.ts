/**
 * Texts as these fonts can print them.
 *
 * A character that no font has, and one that would only steer the text (control characters, embeddings and overrides of
 * the writing direction), is printed by its code point, as in `[U+65E5]`, so that no text can stop or disguise a log.
 * Words too long for where they stand may break anywhere: zero-width spaces are put into them.
 */
export class Printable {
  readonly #shown: ReadonlySet<number>;
  readonly #replaced = new Set<number>();

  /** @param shown the code points that every face in use has a glyph for. */
  constructor(shown: ReadonlySet<number>) {
    this.#shown = shown;
  }

  /** How many different characters were printed by their code points so far. */
  get replaced(): number {
    return this.#replaced.size;
  }

  /** The lines of a text; an empty text is one empty line. @param room characters that fit on a line, at least 1. */
  lines(text: string, room: number): string[] {
    return text.split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/u).map((line) => this.line(line, room));
  }

  /** One line; line breaks in it count as spaces. */
  line(text: string, room: number): string {
    if (PLAIN.test(text)) return withBreaks(text, room);
    let printed = '';
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if (SPACE.test(character)) printed += ' ';
      else if (this.#shown.has(code) && !STEERS.test(character)) printed += character;
      else printed += this.#byCodePoint(code);
    }
    return withBreaks(printed, room);
  }

  #byCodePoint(code: number): string {
    this.#replaced.add(code);
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }
}

/** What every face has: no need to look. */
const PLAIN = /^[\u0020-\u007e£§\u2013\u2014\u2018\u2019\u201c\u201d]*$/u;
const SPACE = /[\t\n\r\v\f\u0085\u2028\u2029]/u;
/** Controls; marks, embeddings, overrides and isolates of direction; joiners, variants and widths that cannot be seen. */
const STEERS =
  /[\p{Cc}\p{Cs}\p{Co}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\p{Variation_Selector}\ufeff\ufff9-\uffff]/u;

/** Where a line breaks by itself (UAX 14), and where a longer run is best broken. */
const BREAKS_ITSELF = /(?<=[-/])(?=\p{L})/u;
const AFTER_SIGNS = /(?<=[-/_.,;:&=?@\\|)\]])/u;
const CLUSTERS = /\P{M}\p{M}*|\p{M}+/gu;

function withBreaks(line: string, room: number): string {
  if (line.length <= room) return line;
  return line.replace(/[^\s]+/gu, (word) => (word.length <= room ? word : brokenUp(word, room)));
}

function brokenUp(word: string, room: number): string {
  const runs = word.split(BREAKS_ITSELF);
  return runs.map((run) => (run.length <= room ? run : runBrokenUp(run, room))).join('');
}

/** Pieces of at least a third of a line each, so that few places to break are needed. */
function runBrokenUp(run: string, room: number): string {
  const pieces: string[] = [''];
  for (const piece of run.split(AFTER_SIGNS).flatMap((one) => (one.length <= room ? one : inPieces(one, room)))) {
    const begun = pieces.at(-1) ?? '';
    if (begun.length + piece.length <= room && begun.length < room / 3) pieces[pieces.length - 1] = begun + piece;
    else pieces.push(piece);
  }
  return pieces.filter(Boolean).join('\u200b');
}

function inPieces(piece: string, room: number): string[] {
  const clusters = piece.match(CLUSTERS) ?? [];
  const pieces: string[] = [];
  for (let from = 0; from < clusters.length; from += room) pieces.push(clusters.slice(from, from + room).join(''));
  return pieces;
}
