import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalised, textTrouble, withoutNulls } from './text.js';

describe('taking text in', () => {
  it('names a NUL and half a surrogate pair, and finds nothing wrong with the rest', () => {
    expect(textTrouble('a\u0000b')).toBe('a NUL character at place 2');
    expect(textTrouble('a\ud83d')).toContain('surrogate');
    expect(textTrouble('Café 😀 \u202e')).toBeUndefined();
  });
  it('brings any text into the normal form that the language knows', () => {
    for (let code = 0; code < 0x11_00_00; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = String.fromCodePoint(code);
      if (normalised(text) !== text.normalize('NFC')) throw new Error(`U+${code.toString(16)}`);
    }
    const letters = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x36f }).map((code) => String.fromCodePoint(code)),
    });
    fc.assert(fc.property(letters, (text) => normalised(text) === text.normalize('NFC')));
  });

  it('brings every text into one normal form, and keeps what is null', () => {
    expect(normalised({ a: 'e\u0301', b: null })).toEqual({ a: 'é', b: null });
  });
  it('leaves out what is null, at any depth', () => {
    expect(withoutNulls({ a: 'e\u0301', b: null, c: [{ d: 'e\u0301', e: null }, 1, null] })).toEqual({
      a: 'é',
      c: [{ d: 'é' }, 1, null],
    });
  });
});
