import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#kernel';
import { validated } from './validated.js';

const set = (amount: unknown): unknown => {
  try {
    return (validated('SetBudget', { name: 'Pool', amount }) as { amount: unknown }).amount;
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return thrown.detail?.field;
  }
};

describe('an amount that is recorded', () => {
  it.each([
    [{ pence: 125_000 }, { pence: 125_000 }],
    [{ pounds: '£1,250' }, { pence: 125_000 }],
    [
      { pounds: '-0.01', words: 'a penny back' },
      { pence: -1, words: 'a penny back' },
    ],
    [
      { pence: 1, placeholder: false },
      { pence: 1, placeholder: false },
    ],
  ])('%j is kept in pence', (given, kept) => {
    expect(set(given)).toEqual(kept);
  });

  it.each([
    [125_000, 'data.amount'],
    ['1250', 'data.amount'],
    [{}, 'data.amount'],
    [{ words: 'some' }, 'data.amount'],
    [{ pence: 1, pounds: '0.01' }, 'data.amount'],
    [{ pence: 1.5 }, 'data.amount.pence'],
    [{ pounds: 1250 }, 'data.amount.pounds'],
    [{ pounds: '12,50' }, 'data.amount.pounds'],
    [{ pounds: '1.234' }, 'data.amount.pounds'],
  ])('%j is refused by the field', (given, field) => {
    expect(set(given)).toBe(field);
  });
});
