import { Refusal, UNKNOWN_START, addDays, type CivilDate } from '#kernel';
import type { Selection } from '#register';

type Day = CivilDate | null | undefined;

/**
 * The stretch of a list whose sort key begins with a day, from its first day to its last, both inclusive. An entry
 * whose day is not known comes before all days and is in no stretch.
 *
 * @param days the two arguments under their own names, the first day first: `{ datedFrom, datedTo }`.
 * @returns undefined where neither is given: the whole list.
 * @throws Refusal `DAY_RANGE` naming the second argument, where the last day is before the first.
 */
export const daysInOrder = (days: Readonly<Record<string, Day>>): Selection['orderRange'] => {
  const [[fromName, from], [toName, to]] = Object.entries(days) as [[string, Day], [string, Day]];
  if (!from && !to) return undefined;
  if (from && to && to < from) {
    throw new Refusal('DAY_RANGE', `${toName} is ${to}, before ${fromName}, which is ${from}`, {
      field: toName,
      remedy: 'give the same day or a later one',
    });
  }
  return { from: from ?? UNKNOWN_START, ...(to && { to: addDays(to, 1) }) };
};
