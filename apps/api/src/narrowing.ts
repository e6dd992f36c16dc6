import type { Aggregate } from '#governance';
import { lapsed, maybeLapsed, type Holding, type Restriction } from '#register';

/** Whether something holds, by its own record and by what it hangs on. */
export function holdingWithJoins(aggregate: Aggregate, holds: Holding | null | undefined): Restriction | undefined {
  if (!holds) return undefined;
  const own = (one: Holding): Restriction => ({ column: 'holds', oneOf: [one] });
  const [over, unsure] = [lapsed(aggregate), maybeLapsed(aggregate)];
  const there = over && { not: over };
  switch (holds) {
    case 'YES':
      return allOf(own('YES'), there, unsure && { not: unsure });
    case 'NOT_KNOWN':
      return allOf(unsure ? { any: [own('NOT_KNOWN'), { all: [own('YES'), unsure] }] } : own('NOT_KNOWN'), there);
    case 'NO':
      return over ? { any: [own('NO'), over] } : own('NO');
  }
}

/** Several restrictions as one; undefined where there is none. */
export function allOf(...restrictions: readonly (Restriction | undefined)[]): Restriction | undefined {
  const all = restrictions.filter((one) => one !== undefined);
  return all.length > 1 ? { all } : all[0];
}

/** What was given of what a list may be narrowed to. */
export function givenIn(where: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(where).flatMap(([column, value]) =>
      value === undefined || value === null ? [] : [[column, value.normalize('NFC')] as const],
    ),
  );
}
