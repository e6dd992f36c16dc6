import { describe, expect, it } from '@jest/globals';
import type { Need } from '#governance';
import type { CivilDate } from '#kernel';
import { Facts, type FactSource } from './facts.js';

const on = '2025-04-01' as CivilDate;
const NEEDS: readonly Need[] = [
  { kind: 'point', aggregate: 'body', id: 'a', on },
  { kind: 'point', aggregate: 'body', id: 'b', on },
  { kind: 'under', aggregate: 'delegation', by: 'delegateBody', value: 'a', on },
];
const failing = async (): Promise<never> => {
  throw new Error('the views are away');
};
const SOURCE: FactSource = { stretches: failing, under: failing, above: failing, events: failing };

describe('facts that cannot be read', () => {
  it('are told to whoever asks, each time, and nothing fails behind their back', async () => {
    const facts = new Facts(SOURCE);
    await expect(facts.answer(NEEDS)).rejects.toThrow('the views are away');
    await expect(facts.answer(NEEDS.slice(0, 1))).rejects.toThrow('the views are away');
    // What nobody waits for would end the program in the turn after this.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
