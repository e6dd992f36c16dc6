/** What the fonts of a document can draw. */
export interface Glyphs {
  /** Whether one font has a glyph for every character of a cluster: a letter with its marks, an emoji with its parts. */
  has(cluster: string): boolean;
}

/**
 * Texts as these fonts can print them.
 *
 * A character that no font has, and one that would only steer the text (control characters, embeddings and overrides of
 * the writing direction), is printed by its code point, as in `[U+65E5]`, so that no text can stop or disguise a log.
 * Joiners and variants stay where they belong to a letter or an emoji. A line that begins with a letter of a script
 * written from right to left is marked as such. Words too long for where they stand may break anywhere: zero-width
 * spaces are put into them.
 */
export class Printable {
  readonly #glyphs: Glyphs;
  readonly #replaced = new Set<number>();

  constructor(glyphs: Glyphs) {
    this.#glyphs = glyphs;
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
    const clusters = Array.from(CLUSTERS.segment(text), ({ segment }) => segment);
    for (const [at, cluster] of clusters.entries()) {
      if (this.#isDrawn(cluster, clusters[at + 1] ?? '')) printed += cluster;
      else printed += this.#takenApart(cluster);
    }
    return (FROM_THE_RIGHT.test(printed) ? RIGHT_TO_LEFT : '') + withBreaks(printed, room);
  }

  #isDrawn(cluster: string, next: string): boolean {
    if (STEERS.test(cluster) && !belongs(cluster, next)) return false;
    return !SPACE.test(cluster) && !/^[\p{Mn}\p{Me}]/u.test(cluster) && this.#glyphs.has(cluster);
  }

  /** Its letter where a font has it. A mark that stood behind that letter all the same would be drawn with it, or not at all. */
  #takenApart(cluster: string): string {
    if (SPACE.test(cluster)) return ' ';
    const [first = '', ...others] = cluster;
    const isDrawn = !STEERS.test(first) && !/^\p{M}/u.test(first) && this.#glyphs.has(first);
    return (isDrawn ? first : this.#byCodePoint(first)) + others.map((each) => this.#byCodePoint(each)).join('');
  }

  #byCodePoint(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    this.#replaced.add(code);
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }
}

/** Before a line that is to be set from right to left; no text has it by itself, as it steers. */
export const RIGHT_TO_LEFT = '\u2067';

/** What every face has: no need to look. */
const PLAIN = /^[\u0020-\u007e£§\u2013\u2014\u2018\u2019\u201c\u201d]*$/u;
const SPACE = /[\t\n\r\v\f\u0085\u2028\u2029]/u;
/** Controls; marks, embeddings, overrides and isolates of direction; joiners, variants, tags and widths that cannot be seen. */
const STEERS =
  /[\p{Cc}\p{Cs}\p{Co}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\p{Variation_Selector}\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]/u;

/** Letters, one at least of a script in which a joiner changes how it is drawn, and joiners after them. */
const JOINED =
  /^(?=[^]*[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Khmer}\p{Script=Malayalam}\p{Script=Myanmar}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}])[\p{L}\p{M}]+(?:[\u200c\u200d][\p{L}\p{M}]+)*[\u200c\u200d]?$/u;
/** Pictures joined to one, in any colour and variant; flags of nations by their tags; keys. */
const EMOJI =
  /^(?:\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*|\u{1f3f4}[\u{e0020}-\u{e007e}]{2,6}\u{e007f}|[#*0-9]\ufe0f?\u20e3)$/u;

/** Whether what cannot be seen in a cluster is part of how it is written: a joiner only between letters. */
function belongs(cluster: string, next: string): boolean {
  if (EMOJI.test(cluster)) return true;
  return JOINED.test(cluster) && (/^[\p{L}\p{M}]/u.test(next) || !/[\u200c\u200d]$/u.test(cluster));
}

/** The first letter is one of a script that is written from right to left (UAX 9, P2). */
const FROM_THE_RIGHT =
  /^\P{L}*(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Where a line breaks by itself (UAX 14): after a hyphen or stroke, and between signs that are written without spaces. */
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uffef]';
const BREAKS_ITSELF = new RegExp(`(?<=[-/])(?=\\p{L})|(?<=${UNSPACED})|(?=${UNSPACED})`, 'u');
/** Where a longer run is best broken. */
const AFTER_SIGNS = /(?<=[-/_.,;:&=?@\\|)\]])/u;
const CLUSTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

function withBreaks(line: string, room: number): string {
  if (line.length <= room) return line;
  return line.replace(/[^\s]+/gu, (word) => (word.length <= room ? word : brokenUp(word, room)));
}

/** Letters that take about two of Latin's. */
const WIDE =
  /[\p{Script=Malayalam}\p{Script=Myanmar}\p{Script=Sinhala}\p{Script=Kannada}\p{Script=Tamil}\p{Script=Khmer}]/u;

function brokenUp(word: string, roomForLatin: number): string {
  const room = WIDE.test(word) ? Math.max(1, Math.floor(roomForLatin * 0.7)) : roomForLatin;
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

/** Between clusters only; a cluster of its own may be longer than the room. */
function inPieces(piece: string, room: number): string[] {
  const pieces: string[] = [];
  let begun = '';
  for (const { segment } of CLUSTERS.segment(piece)) {
    if (begun !== '' && begun.length + segment.length > room && !/^\p{M}/u.test(segment)) {
      pieces.push(begun);
      begun = '';
    }
    begun += segment;
  }
  return [...pieces, begun];
}
