import { lastSaid, type View } from '../engine/view.js';

/** What a record is until it is over, as its room says it. */
export interface Ending<State extends object> extends View<State> {
  /** Whether it has ended, as shown. */
  isOver(shown: State): boolean;
}

type Readings<State, Value> = Readonly<Record<string, (shown: State) => Value>>;

/**
 * Columns or lists of which some are of what is not over: those are empty from then on, and others beside them say what was
 * said last, so that what has ended is found as well, and is not in the way of what has not.
 */
export const untilOver = <State extends object, Value>(
  { untilOver: names = [], isOver }: Ending<State>,
  readings: Readings<State, Value>,
): Readings<State, Value | undefined> =>
  Object.fromEntries(
    Object.entries(readings).flatMap(([name, reading]): [string, (shown: State) => Value | undefined][] =>
      names.includes(name)
        ? [
            [name, (shown) => (isOver(shown) ? undefined : reading(shown))],
            [lastSaid(name), (shown) => (isOver(shown) ? reading(shown) : undefined)],
          ]
        : [[name, reading]],
    ),
  );

/** A view of what ends without lasting: its columns, and what they last said. */
export const withLast = <State extends object>(room: Ending<State>): View<State> => ({
  ...room,
  room,
  columns: untilOver(room, room.columns),
  lists: untilOver(room, room.lists),
});
