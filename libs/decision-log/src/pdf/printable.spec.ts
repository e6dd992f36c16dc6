import { describe, expect, it } from '@jest/globals';
import { Printable, RIGHT_TO_LEFT, type Glyphs } from './printable.js';

/** Fonts that have these characters, each in one with all others. */
const fontsWith = (has: (character: string) => boolean): Glyphs => ({ has: (cluster) => [...cluster].every(has) });

const printable = () => new Printable(fontsWith((character) => 'abcdefghijklmnopqrstuvwxyz é'.includes(character)));
const everyCharacter = fontsWith(() => true);

describe('printing a text with given characters', () => {
  it('leaves alone what can be printed', () => {
    expect(printable().line('a café', 80)).toBe('a café');
    expect(printable().line('plain #import "x": *a* $b$ £1', 80)).toBe('plain #import "x": *a* $b$ £1');
  });

  it('shows by code point what it cannot print, and counts each once', () => {
    const printing = printable();
    expect(printing.line('日 a 日 \u{1f469}', 80)).toBe('[U+65E5] a [U+65E5] [U+1F469]');
    expect(printing.replaced).toBe(2);
  });

  it('shows by code point what would steer or hide, even where a font has it', () => {
    expect(new Printable(everyCharacter).line('a\u202eb\u200dc\u0000d\ufe0fe\ue000', 80)).toBe(
      'a[U+202E]b[U+200D]c[U+0000]d[U+FE0F]e[U+E000]',
    );
  });

  it('keeps line breaks as lines, and tabs as spaces', () => {
    expect(printable().lines('a\nb\r\nc\u2028é\td', 80)).toEqual(['a', 'b', 'c', 'é d']);
    expect(printable().lines('', 80)).toEqual(['']);
  });

  it('makes words that do not fit breakable, and only those', () => {
    expect(printable().line('short words only here', 5)).toBe('short words only here');
    expect(printable().line('aaaaaaaaaaaa', 5)).toBe('aaaaa\u200baaaaa\u200baa');
    expect(printable().line('ICB-2025/26-0001', 12)).toBe('ICB-\u200b2025/\u200b26-0001');
    expect(printable().line('x'.repeat(20_000), 10).split('\u200b')).toHaveLength(2_000);
  });

  it('keeps together what one font draws together, and takes apart what no font has whole', () => {
    const lettersWithMarks: Glyphs = { has: (cluster) => /^\p{L}\p{M}*$/u.test(cluster) };
    expect(new Printable(lettersWithMarks).line('q\u0301', 80)).toBe('q\u0301');
    const lettersOnly: Glyphs = { has: (cluster) => /^\p{L}+$/u.test(cluster) };
    expect(new Printable(lettersOnly).line('q\u0301', 80)).toBe('q[U+0301]');
    const oneByOne: Glyphs = { has: (cluster) => [...cluster].length === 1 };
    expect(new Printable(oneByOne).line('q\u0301\u0302 \u0301', 80)).toBe('q[U+0301][U+0302] [U+0301]');
  });

  it.each([
    ['Persian', 'می\u200cخواهم'],
    ['Bengali', 'র\u200d্যাব'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['people joined to a family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
    ['a health worker with a variant', '\u{1f469}\u200d\u2695\ufe0f'],
    ['a colour of skin', '\u{1f44d}\u{1f3fd}'],
    ['the flag of Wales', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}'],
    ['a key', '1\ufe0f\u20e3'],
  ])('leaves joiners and variants where they are part of writing: %s', (_, text) => {
    const printing = new Printable(everyCharacter);
    expect(printing.line(text, 80).replace(RIGHT_TO_LEFT, '')).toBe(text);
    expect(printing.replaced).toBe(0);
  });

  it.each([
    ['a\u200db', 'a[U+200D]b'],
    ['می\u200c', 'می[U+200C]'],
    ['می\u200c\u200cخ', 'می[U+200C][U+200C]خ'],
    ['\u200dক', '[U+200D]ক'],
    ['\u{1f469}\u200d', '\u{1f469}[U+200D]'],
    ['a\ufe0f', 'a[U+FE0F]'],
    ['1\ufe0f', '1[U+FE0F]'],
    ['a\u{e0067}\u{e007f}', 'a[U+E0067][U+E007F]'],
    ['م\u200fن', 'م[U+200F]ن'],
  ])('and shows them elsewhere: %j', (text, shown) => {
    expect(new Printable(everyCharacter).line(text, 80).replace(RIGHT_TO_LEFT, '')).toBe(shown);
  });

  it('marks a line whose first letter is of a script written from right to left', () => {
    const line = (text: string) => new Printable(everyCharacter).line(text, 80);
    expect(line('(2025) مجلس NHS')).toBe(`${RIGHT_TO_LEFT}(2025) مجلس NHS`);
    expect(line('\u05e9\u05dc\u05d5\u05dd')).toBe(`${RIGHT_TO_LEFT}\u05e9\u05dc\u05d5\u05dd`);
    expect(line('NHS مجلس')).toBe('NHS مجلس');
    expect(line('\u0661\u0662 NHS')).toBe('\u0661\u0662 NHS');
    expect(line('\u2067NHS')).toBe('[U+2067]NHS');
  });

  it('breaks long words between clusters, and leaves to the line what it breaks itself', () => {
    const line = (text: string) => new Printable(everyCharacter).line(text, 6);
    expect(line('健康委員會決定撥款支持社區服務')).toBe('健康委員會決定撥款支持社區服務');
    expect(line('ক্ষক্ষক্ষ').split('\u200b')).toEqual(['ক্ষক্ষ', 'ক্ষ']);
    expect(line('e\u0301'.repeat(8)).split('\u200b')).toEqual([
      'e\u0301e\u0301e\u0301',
      'e\u0301e\u0301e\u0301',
      'e\u0301e\u0301',
    ]);
  });

  it('takes no longer than its length for what is made to be slow', () => {
    const begun = performance.now();
    const printing = new Printable(everyCharacter);
    for (const cluster of [
      'ক' + '\u09cd'.repeat(50_000) + '\u200c',
      'م' + '\u064b\u200d'.repeat(50_000),
      '\u{1f469}\u200d'.repeat(50_000),
    ])
      printing.line(cluster, 10);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
