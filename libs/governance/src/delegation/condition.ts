import { Refusal } from '#kernel';
import { contradiction } from '../contradiction.js';

/** What sort of thing has to be so for a power to be used. */
export const CONDITION_KINDS = {
  CONSULTATION: 'Somebody is consulted before.',
  CONSENT: 'Somebody agrees.',
  CERTIFICATE: 'Somebody certifies something, such as that there is money.',
  UPSTREAM: 'Something that whoever delegates from above requires, such as a rating.',
  OTHER: 'Something else; its text says what.',
} as const;
export type ConditionKind = keyof typeof CONDITION_KINDS;

/** When a condition has to be met. */
export const CONDITION_TIMES = {
  EACH_DECISION: 'For each decision anew; what met it is recorded with the decision.',
  STANDING: 'All the time; that it is satisfied or breached is recorded of the delegation.',
} as const;
export type ConditionTime = keyof typeof CONDITION_TIMES;

/** Where a standing condition is on a day. */
export const CONDITION_STATES = {
  NOT_RECORDED: 'Nobody recorded whether it is met.',
  SATISFIED: 'It is met.',
  BREACHED: 'It was breached, and has not been satisfied since.',
} as const;
export type ConditionState = keyof typeof CONDITION_STATES;

/** What has to be so for a power to be used. */
export interface Condition {
  /** By which it is named among those of its delegation. */
  readonly key: string;
  readonly text: string;
  readonly kind: ConditionKind;
  readonly applies: ConditionTime;
  /** With whom, in the words of the source: `the portfolio holder`. */
  readonly with?: string;
}

/** @throws Refusal where two have the same key. */
export const refuseConditions = (conditions: readonly Condition[]): void => {
  for (const [index, { key }] of conditions.entries()) {
    const earlier = conditions.findIndex((other) => other.key === key);
    if (earlier === index) continue;
    throw contradiction(`conditions[${index}].key`, `is that of conditions[${earlier}]: found ${JSON.stringify(key)}`, {
      remedy: 'give each condition a key of its own',
    });
  }
};

/** Keys of those that have to be met all the time. */
export const standingIn = (conditions: readonly Condition[] | null | undefined): readonly string[] =>
  (conditions ?? []).flatMap(({ key, applies }) => (applies === 'STANDING' ? [key] : []));

/** @returns why nothing can be said of a condition: the delegation has none of that key that has to be met all the time. */
export const unknownCondition = (key: string, standing: readonly string[]): Refusal | undefined =>
  standing.includes(key)
    ? undefined
    : new Refusal(
        'CONDITION_UNKNOWN',
        `the delegation has no standing condition ${JSON.stringify(key)} by that day: ${
          standing.length === 0 ? 'it has none' : `it has ${standing.map((known) => JSON.stringify(known)).join(', ')}`
        }`,
        {
          field: 'condition',
          rule: 'T8',
          remedy:
            'name a standing condition by its key; what met a condition of each decision is recorded with the decision',
        },
      );
