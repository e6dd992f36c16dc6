import { describe, expect, it } from '@jest/globals';
import { Printable } from './printable.js';

const printable = () =>
  new Printable(new Set(Array.from('abcdefghijklmnopqrstuvwxyz é', (each) => each.codePointAt(0) ?? 0)));

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
    const every = new Printable(new Set(Array.from({ length: 0x10000 }, (_, code) => code)));
    expect(every.line('a\u202eb\u200dc\u0000d\ufe0fe\ue000', 80)).toBe('a[U+202E]b[U+200D]c[U+0000]d[U+FE0F]e[U+E000]');
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
});
