import { describe, expect, it } from '@jest/globals';
import { normalised, textTrouble, withoutNulls } from './text.js';

describe('taking text in', () => {
  it('names a NUL and half a surrogate pair, and finds nothing wrong with the rest', () => {
    expect(textTrouble('a\u0000b')).toBe('a NUL character at place 2');
    expect(textTrouble('a\ud83d')).toContain('surrogate');
    expect(textTrouble('Café 😀 \u202e')).toBeUndefined();
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
