import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { KnownIds } from './known-ids.js';

it('every id that was added is known, and hardly one that was not, however many there are', () => {
  const known = new KnownIds();
  const added = Array.from({ length: 60_000 }, () => randomUUID());
  for (const id of added) known.add(id);
  expect(added.filter((id) => !known.mayHave(id))).toEqual([]);
  const others = Array.from({ length: 10_000 }, () => randomUUID()).filter((id) => known.mayHave(id));
  expect(others.length).toBeLessThan(200);
});

it('takes what is no id of ours as it takes any', () => {
  const known = new KnownIds();
  expect(known.mayHave('x')).toBe(false);
  known.add('x');
  expect(known.mayHave('x')).toBe(true);
});
