import type { Place, Register, Selection, Shown } from '#register';

/** Rows that one statement reads. */
const PAGE = 500;

/** A whole list, as at and as known at a place. */
export const whole = async <State extends object>(
  register: Register,
  aggregate: string,
  selection: Selection,
  place: Place,
): Promise<readonly Shown<State>[]> => {
  const found: Shown<State>[] = [];
  for (let after: string | undefined; ;) {
    const page = await register.list<State>(aggregate, { ...selection, first: PAGE, after }, place);
    found.push(...page.rows);
    after = page.rows.at(-1)?.cursor;
    if (!page.hasNext || after === undefined) return found;
  }
};
