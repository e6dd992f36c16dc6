import type { Place } from '../engine/answer.js';
import type { Restriction } from './restriction.js';
import type { Selection } from './selection.js';
import type { View } from '../engine/view.js';

/** Before every day that is known, in a sort key that begins with a day; what has none comes before it. */
export const FIRST_DAY = '0001';

/** A part of a list. */
export interface Part extends Selection {
  /** Whether it stands at the day of what its subjects name, in the place of their own, which they do not have. */
  readonly atAnothersDay?: boolean;
}

/**
 * A selection in parts that have nothing in common, each of which is read along an index: under a list, and under what
 * others say beside it; in the order of days of its own, and in that of days of others.
 */
export const partsOf = (view: View, selection: Selection, place: Place): readonly Part[] =>
  bySource(view, selection, place).flatMap((part) => byDay(view, part));

function bySource(view: View, selection: Selection, at: Place): readonly Selection[] {
  const given = Object.entries(selection.where ?? {}).filter(([, wanted]) => wanted !== undefined);
  const [[name, wanted] = ['', undefined], ...others] = given;
  const { own, names, aggregate, column = name } = view.through?.[name] ?? {};
  if (selection.ended || others.length > 0 || typeof wanted !== 'string' || own === undefined || !(own in view.lists))
    return [selection];
  if (names === undefined || aggregate === undefined) return [selection];
  const listed = [{ by: column, value: wanted, via: { names, aggregate, at } }];
  return [
    { ...selection, where: { [own]: wanted } },
    { ...selection, where: {}, restriction: both(selection.restriction, { listed }) },
  ];
}

function byDay({ goesBy }: View, selection: Selection): readonly Part[] {
  const { othersDays, orderRange: days = {}, restriction } = selection;
  if (!goesBy || !othersDays) return [selection];
  const there: Restriction = { names: goesBy.names, such: { aggregate: goesBy.aggregate } };
  const moved = both(both({ order: { from: '', to: FIRST_DAY } }, othersDays.inFull), there);
  const own = days.from !== undefined && days.from >= FIRST_DAY ? restriction : both(restriction, { not: moved });
  return [
    { ...selection, restriction: own },
    { ...selection, restriction: both(restriction, moved), atAnothersDay: true },
  ];
}

function both(one: Restriction | undefined, other: Restriction): Restriction;
function both(one: Restriction, other: Restriction | undefined): Restriction;
function both(one: Restriction | undefined, other: Restriction | undefined): Restriction {
  return { all: [one, other].filter((each) => each !== undefined) };
}
