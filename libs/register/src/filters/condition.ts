import { enumeration, Field, InputType } from '#schema';
import type { Classed, DecisionPart } from '#governance';
import type { Restriction, Stretch } from '../questions/restriction.js';

/** One thing that a list is narrowed by. */
export interface Condition {
  /** That it is so. */
  readonly is: Restriction;
  /** That nobody knows, because the record does not say; without it, what is not said is not so. */
  readonly notKnown?: Restriction;
  /** The part of a decision that it looks at: where that is withheld, nothing is known of it. */
  readonly part?: DecisionPart;
  /** What counts where the part is withheld; without it, it is not known. */
  readonly withoutPart?: Restriction;
  /** The moments between which it was recorded, where that is what is asked. */
  readonly recorded?: Stretch;
}

/** What a list is narrowed by. */
export interface Filtered {
  readonly conditions: readonly Condition[];
  readonly notKnown: NotKnown;
  /** Whether what has ended is asked for: a list that is narrowed leaves it out otherwise. */
  readonly ended?: boolean;
  /** Of decisions: the classes that are asked for. A stub shows its own. */
  readonly disclosure?: readonly Classed['disclosure'][] | undefined;
}

const NOT_KNOWN = {
  LEFT_OUT: 'They are left out, and counted in "undeterminedCount".',
  INCLUDED: 'They are in the list, beside those that are as asked.',
  ALONE: 'They alone are in the list.',
} as const;
export type NotKnown = keyof typeof NOT_KNOWN;
export const NotKnownEnum = enumeration(
  'NotKnown',
  'What becomes of records that may be as a filter asks, but do not say: an amount that is not recorded, a day nobody knows.',
  NOT_KNOWN,
);

/** What every filter has. */
@InputType({ isAbstract: true })
export abstract class OpenFilter {
  @Field(() => NotKnownEnum, {
    description: 'What becomes of those that do not say what is asked, or not to you; LEFT_OUT where nothing is said.',
    nullable: true,
  })
  notKnown?: NotKnown | null;
}

/** @param whom the records of a room, in the plural. */
export const listedWhere = (whom: string): string =>
  `What ${whom} have to be to be listed: all that is given, and of what is given as a list any of it. An empty list finds nothing.`;

export const EVERYTHING: Restriction = { all: [] };
export const NOTHING: Restriction = { any: [] };

/** All conditions as one: nothing that is known speaks against it, and, unless it is asked for, nothing is left open. */
export const met = (conditions: readonly Condition[], notKnown: NotKnown): Restriction => {
  const surely: Restriction = { all: conditions.map(({ is }) => is) };
  if (notKnown === 'LEFT_OUT') return surely;
  const maybe: Restriction = {
    all: conditions.map(({ is, notKnown: open }) => (open ? { any: [is, open] } : is)),
  };
  return notKnown === 'INCLUDED' ? maybe : { all: [maybe, { not: surely }] };
};

/** Whether anything that is asked can be left open. */
export const maybeOpen = (conditions: readonly Condition[]): boolean => conditions.some(({ notKnown }) => notKnown);

type Given<Value> = Value | null | undefined;

/** That a column has one of several values: of no values nothing has one, and nothing may have. */
export const among = (column: string, values: Given<readonly string[]>): readonly Condition[] =>
  values ? [{ is: { column, oneOf: values }, ...(values.length > 0 && { notKnown: { unsaid: column } }) }] : [];

/** That a column is in a stretch. */
export const between = (column: string, stretch: Stretch | undefined): readonly Condition[] =>
  stretch ? [{ is: { column, between: stretch }, notKnown: { unsaid: column } }] : [];
