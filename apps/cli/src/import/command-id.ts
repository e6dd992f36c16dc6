import { sha256Hex } from '#event-store';
import { canonicalJson, keyTrouble } from '#kernel';
import type { Plan } from './plan.js';
import type { PlannedStep } from './spells.js';
import type { Turn, Withdrawal } from './turns.js';

/**
 * Names a row's command for ever: by collection, row and instant; without an instant, by what it does, which holds the
 * ids of what it corrects.
 */
export const commandIdOf = (
  { turn, plan }: { readonly turn: Turn | Withdrawal; readonly plan: Plan },
  steps: readonly PlannedStep[],
  index: number,
): string => {
  const what = plan.parts.length > 1 ? `/${index}` : '';
  const when = turn.instant ?? digestOfSteps(steps);
  const kind = 'row' in turn ? '' : turn.left ? '/left' : '/withdrawn';
  return shortened(`import:${turn.file.mapping.name}:${turn.key}@${when}${kind}${what}`);
};

/** What the steps of a command say, as JSON has it. */
export const digestOfSteps = (steps: readonly unknown[]): string =>
  sha256Hex(canonicalJson(asJson(steps))).slice(0, 24);

/** An id that a command may have, whatever its row is called. */
export const shortened = (id: string): string => (keyTrouble(id) !== undefined ? `import:${sha256Hex(id)}` : id);

/** As JSON has it: without what is not there. */
function asJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner: unknown) => asJson(inner ?? null));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, asJson(inner)]])),
  );
}
