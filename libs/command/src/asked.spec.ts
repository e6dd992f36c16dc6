import { expect, it } from '@jest/globals';
import { askedFor } from './asked.js';

const digestOf = (data: object): string =>
  askedFor(
    {
      commandId: 'c',
      aggregate: 'budget',
      id: 'b',
      steps: [{ command: 'SetBudget', effectiveOn: '2025-04-01', data: { name: 'Pool', ...data } }],
    } as never,
    { id: 'somebody' } as never,
  ).digest;

it('knows a command again that was recorded when an amount was a bare number', () => {
  expect(digestOf({ amount: { pence: 5 } })).toBe(digestOf({ amount: 5 }));
  expect(digestOf({ amount: { pence: 5, words: 'five pence' } })).not.toBe(digestOf({ amount: 5 }));
  expect(digestOf({ amount: { pence: 6 } })).not.toBe(digestOf({ amount: 5 }));
});
