import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { charactersOf } from './font-coverage.js';

const font = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`../../fonts/${name}.ttf`, import.meta.url)));
const has = (name: string, text: string): boolean[] => {
  const characters = charactersOf(font(name));
  return [...text].map((character) => characters.has(character.codePointAt(0) ?? 0));
};

describe('reading what characters a font has', () => {
  it('finds the letters of the languages of these islands, and signs of the first plane', () => {
    expect(has('LiberationSans-Regular', 'AzéŵŷŁș£€–“”')).not.toContain(false);
    expect(has('LiberationSans-Bold', 'AzéŵŷŁș£€–“”')).not.toContain(false);
    expect(has('DejaVuSans', 'شלЖΩ→≤✓')).not.toContain(false);
  });

  it('finds characters beyond the first plane', () => {
    expect(has('DejaVuSans', '\u{1f600}\u{1d538}')).toEqual([true, true]);
    expect(has('LiberationSans-Regular', '\u{1f600}')).toEqual([false]);
  });

  it('finds none that the font has not', () => {
    expect(has('DejaVuSans', '日\u{1f469}\uffff\ue8ff')).toEqual([false, false, false, false]);
    expect(has('LiberationSans-Regular', '日ش')).toEqual([false, false]);
  });

  it('counts as many as fontconfig does', () => {
    const counts = ['LiberationSans-Regular', 'LiberationSans-Bold', 'DejaVuSans', 'DejaVuSans-Bold'].map(
      (name) => charactersOf(font(name)).size,
    );
    expect(counts).toEqual([2327, 2327, 5918, 5898]);
  });

  it('refuses what is no font', () => {
    expect(() => charactersOf(Buffer.alloc(64))).toThrow('the font has no cmap table');
  });
});
