import { sha256Hex } from '#event-store';
import { canonicalJson, keysInOrder, keyTrouble, labelOf } from '#kernel';
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
export const digestOfSteps = (steps: readonly unknown[]): string => sha256Hex(jsonOf(steps)).slice(0, 24);

/** An id that a command may have, whatever its row is called. */
export const shortened = (id: string): string => (keyTrouble(id) !== undefined ? `import:${sha256Hex(id)}` : id);

/** Canonical, and as JSON has it: without what is not there. */
function jsonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return canonicalJson(value);
  if (Array.isArray(value)) return `[${value.map((inner: unknown) => jsonOf(inner ?? null)).join(',')}]`;
  const given = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of keysInOrder(given)) {
    const inner = given[key];
    if (inner !== undefined) text += (text === '' ? '' : ',') + labelOf(key) + jsonOf(inner);
  }
  return `{${text}}`;
}
