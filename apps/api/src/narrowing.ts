import { referenceKey, type Aggregate } from '#governance';
import { lapsed, maybeLapsed, VIEWS, type Basis, type Holding, type Restriction, type Selection } from '#register';

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

/** Rooms whose subjects change their names. Nothing in them is withheld from whoever may read them. */
export const FOUND_BY_FORMER_NAMES: ReadonlySet<Aggregate> = new Set(['organisation', 'body', 'seat', 'person']);

/** By the name of the day, by one that was borne before it, or by a reference. */
export const foundByAnyName = (aggregate: Aggregate, words: string, basis: Basis): Pick<Selection, 'restriction'> => ({
  restriction: { any: [foundBy(aggregate, words), { words, at: { ...basis, orBefore: true } }] },
});

const WITH_REFERENCES: ReadonlySet<string> = new Set(
  VIEWS.flatMap(({ aggregate, lists }) => ('identifier' in lists ? [aggregate] : [])),
);

/** By words of its title, or by a whole reference, as it is written or in whatever case and with whatever spaces. */
export function foundBy(aggregate: string, words: string): Restriction {
  if (!WITH_REFERENCES.has(aggregate) || words.trim() === '') return { words };
  const references = [...new Set([words.trim().normalize('NFC'), referenceKey(words)])];
  return { any: [{ words }, { listed: references.map((value) => ({ by: 'identifier', value })) }] };
}

/** What was given of what a list may be narrowed to. */
export function givenIn(where: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(where).flatMap(([column, value]) =>
      value === undefined || value === null ? [] : [[column, value.normalize('NFC')] as const],
    ),
  );
}
