import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPlaceholder, penceIn, plainPounds } from './money.js';

describe('pounds as text', () => {
  it.each([
    ['803548.00', 80_354_800],
    ['803548', 80_354_800],
    ['£1,250.5', 125_050],
    ['1 250', 125_000],
    ['-12.34', -1_234],
    ['−£12.34', -1_234],
    ['0', 0],
    ['-0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is %i pence', (text, pence) => {
    expect(penceIn(text)).toBe(pence);
  });

  it.each([
    '12,50',
    '1,2345',
    '1.234',
    '1.000,00',
    '',
    ' ',
    'about 5',
    '5p',
    '£',
    '1e5',
    '90071992547409.92',
    '1,000 000',
  ])('%j is none', (text) => {
    expect(penceIn(text)).toBeUndefined();
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (pence) => {
        expect(penceIn(plainPounds(pence))).toBe(pence);
      }),
    );
  });
});

describe('a placeholder', () => {
  it('is one penny, either side of which is an amount', () => {
    expect([0, 1, 2, -1].map((pence) => isPlaceholder({ pence }))).toEqual([false, true, false, false]);
  });
  it('is what somebody says is one, and not what somebody says is none', () => {
    expect([isPlaceholder({ pence: 0, placeholder: true }), isPlaceholder({ pence: 1, placeholder: false })]).toEqual([
      true,
      false,
    ]);
  });
});
