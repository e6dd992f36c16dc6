import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QueuedAppend } from './appends.js';
import { arrived, crossing } from './crossing.js';

const event = fc.record({
  id: fc.string(),
  type: fc.string(),
  schemaVersion: fc.nat(),
  payload: fc.json(),
  envelope: fc.string({ unit: 'grapheme' }),
});

const write = fc.record({
  stream: fc.oneof(fc.string(), fc.constant('no stream')),
  expected: fc.oneof(fc.constant('no stream' as const), fc.record({ revision: fc.nat() })),
  events: fc.array(event, { maxLength: 3 }),
});

const append: fc.Arbitrary<QueuedAppend> = fc.record({
  writes: fc.array(write, { maxLength: 3 }),
  count: fc.nat(),
  at: fc.maxSafeInteger(),
});

describe('appends that cross to the writer', () => {
  it('arrive as they were', () => {
    fc.assert(
      fc.property(fc.array(append, { maxLength: 5 }), (group) => {
        expect(arrived(structuredClone(crossing(group)))).toEqual(group);
      }),
    );
  });
});
