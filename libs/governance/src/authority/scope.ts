import type { CivilDate } from '#kernel';
import type { Aggregate } from '../aggregates.js';
import { points, type Asking } from '../facts.js';
import type { FunctionRead, PlaceRead } from './readings.js';

/** How many levels up functions and places are looked at: more than any catalogue or geography has. */
const LEVELS = 12;

/** A function and the wider ones that it is part of, on a day, nearest first. */
export function* widerFunctions(id: string, on: CivilDate): Asking<readonly string[]> {
  return yield* upwards('function', id, on, ({ partOf }: FunctionRead) => (partOf === undefined ? [] : [partOf]));
}

/** A place and those that it lies within, on a day, nearest first. */
export function* widerPlaces(id: string, on: CivilDate): Asking<readonly string[]> {
  return yield* upwards('place', id, on, ({ parents = [] }: PlaceRead) => parents);
}

function* upwards<State extends object>(
  aggregate: Aggregate,
  id: string,
  on: CivilDate,
  above: (state: State) => readonly string[],
): Asking<readonly string[]> {
  const found = [id];
  let level = [id];
  for (let at = 0; at < LEVELS && level.length > 0; at++) {
    const known = yield* points<State>(aggregate, level, on);
    const next = known.flatMap(({ begun, state }) => (begun ? above(state) : []));
    level = [...new Set(next)].filter((one) => !found.includes(one));
    found.push(...level);
  }
  return found;
}

/** What the matter is about, with all that it lies within: read once a trace. */
export interface Scope {
  readonly on: CivilDate;
  readonly function: string;
  readonly functions: readonly string[];
  /** For each place of the matter the place and those around it. */
  readonly places: readonly { readonly id: string; readonly within: readonly string[] }[];
}

export const coversFunction = ({ functions }: Scope, granted: readonly string[]): boolean =>
  functions.some((id) => granted.includes(id));

/** The places of the matter that lie in none of those given. */
export const placesOutside = ({ places }: Scope, granted: readonly string[]): readonly string[] =>
  places.filter(({ within }) => !within.some((id) => granted.includes(id))).map(({ id }) => id);
