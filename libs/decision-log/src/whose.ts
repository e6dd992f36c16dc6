import { Belonging, type Claim, type Register } from '#register';
import type { Scope } from './question.js';

interface Whose {
  readonly belonging: Belonging;
  claims?: Promise<readonly Claim[]>;
}

/** What is known at a position stays so: it is read once for a log, whichever part of it asks. */
const KNOWN = new WeakMap<Scope, Whose>();

const whose = (register: Register, scope: Scope): Whose => {
  const known = KNOWN.get(scope) ?? { belonging: new Belonging(register, scope.basis.position) };
  KNOWN.set(scope, known);
  return known;
};

/** Who answers for decisions, on the basis of a log. */
export const belongingOf = (register: Register, scope: Scope): Belonging => whose(register, scope).belonging;

/** What the decisions are found by that the organisations of a log answer for because of who decided. */
export const claimsOf = (register: Register, scope: Scope): Promise<readonly Claim[]> => {
  const known = whose(register, scope);
  known.claims ??= known.belonging.claimsOf(scope.organisations.map(({ id }) => id));
  return known.claims;
};
