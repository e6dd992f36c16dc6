import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Asking } from '#governance';
import type { Facts } from './facts.js';

/** Rounds that are answered before others get their turn. */
const ROUNDS = 64;

/**
 * Runs a question, answering round by round what it needs. Many run at once with `inStep`: each round then asks for all of
 * them together. The only place where a question meets a database.
 */
export const assess = async <Result>(question: Asking<Result>, facts: Facts): Promise<Result> => {
  let step = question.next();
  for (let round = 1; !step.done; round++) {
    step = question.next(await facts.answer(step.value));
    if (round % ROUNDS === 0) await nextTurn();
  }
  return step.value;
};
