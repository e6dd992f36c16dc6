import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { KnownTexts } from './known-texts.js';

it.each([
  ['id', (_: number) => randomUUID()],
  ['stream', (number: number) => `decision/icb:${number}`],
])('every %s that was added is known, and hardly one that was not, however many there are', (_, textOf) => {
  const known = new KnownTexts();
  const added = Array.from({ length: 20_000 }, (_ignored, number) => textOf(number));
  for (const text of added) known.add(text);
  expect(added.filter((text) => !known.mayHave(text))).toEqual([]);
  const others = Array.from({ length: 10_000 }, (_ignored, number) => textOf(20_000 + number));
  expect(others.filter((text) => known.mayHave(text)).length).toBeLessThan(200);
});

it('takes a short text as it takes any', () => {
  const known = new KnownTexts();
  expect(known.mayHave('x')).toBe(false);
  known.add('x');
  expect(known.mayHave('x')).toBe(true);
});
