import type { CivilDate } from './civil-date.js';
import type { Refusal } from './refusal.js';

/** A stream of another subject that a command names and that has to be there. */
export interface Reference {
  readonly aggregate: string;
  readonly id: string;
  /** Where the command names it, for the refusal: `person`, `owners[1]`. */
  readonly field: string;
}

/** A command or an event without its envelope: what kind, and what it says. */
export interface Fact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * The rules of one aggregate, as pure functions: no clock, no store, no randomness (T9).
 *
 * `decide` turns a command into what will be remembered, copying fields by name. `stands` is the only thing that
 * judges history (T8): it says no where an event cannot be understood without something that is not there.
 * Order, competence and lateness are never its business: irregular facts happened.
 */
export interface Decider<State, Command extends Fact, Event extends Fact> {
  readonly initial: State;
  /** Other subjects the command names. The door looks that each has something live, and keeps the revision read. */
  references(command: Command): readonly Reference[];
  /** @param state as it is just before the new event's place in T2's order. */
  decide(command: Command, state: State): Event;
  /**
   * @param state as it is just before the event.
   * @param effectiveOn the event's own day: a term that it states ends on or after it (T4).
   */
  stands(state: State, event: Event, effectiveOn: CivilDate): Refusal | undefined;
  evolve(state: State, event: Event): State;
}

/** An object without its undefined members, so that "not said" is not stored. */
export const said = <T extends object>(fields: T): T => {
  const given: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) given[key] = fields[key];
  return given as T;
};
