import type { Answers } from './answers.js';
import type { BasisOptions } from './history-command.js';
import type { BasisShown } from './one-subject.js';

/** A basis that stays what it is, however much is recorded meanwhile. */
export interface SettledBasis extends BasisShown {
  /** Its position, as questions take it. */
  readonly knownAt: string;
}

const REGISTER = `query Basis($asAt: Date, $knownAt: KnownAt) {
  register(asAt: $asAt, asKnownAt: $knownAt) { basis { asAt position recordedAt } }
}`;

/** What a day and a moment mean now. */
export const settledBasis = async (answers: Answers, { asAt, knownAt }: BasisOptions): Promise<SettledBasis> => {
  const { register } = await answers.ask(REGISTER, { asAt, knownAt });
  const { basis } = register as { readonly basis: BasisShown };
  // Nothing had been recorded then: positions begin with 0.
  return { ...basis, knownAt: basis.position < 0 ? BEFORE_ALL : `p${basis.position}` };
};

/** A moment before anything was recorded. */
export const BEFORE_ALL = '0001-01-01';
