import { addDays, type CivilDate, type Position } from '#kernel';
import type { Answer, DecisionView, Place, Register, Shown } from '#register';
import { LAST_DAY } from './names.js';
import type { Scope } from './question.js';

/** A decision of a scope, as it stood on the basis. */
export interface DatedDecision {
  readonly shown: Shown<DecisionView>;
  /** Undefined where no day is known: such a decision is in no period. */
  readonly datedOn: CivilDate | undefined;
  /** The day from which it is going to hold, where that is after the day of the basis: shown as on that day. */
  readonly begins?: CivilDate;
}

/** Decisions read and handed on at a time, and more where a day has more. */
const PAGE = 250;

/** Stands for "no day known" in the order of decisions. */
const NO_DAY = '0000-00-00';

/**
 * The decisions of a scope dated in its period, day by day, in pages that end with a day. What takes effect only after
 * the day of the basis is among them: the log goes by the day a decision was taken. Not taken yet, and so not here, is
 * what is only proposed. Holds one page in memory, whatever the length of the log.
 */
export async function* decisionsOf(register: Register, scope: Scope): AsyncGenerator<readonly DatedDecision[], void> {
  const { from, to } = scope.period;
  const range = { from, to: addDays(to, 1) };
  for await (const page of pagesByDay(listings(register, scope, range))) {
    const decisions = await asShown(register, page, scope);
    yield decisions.filter(({ shown }) => shown.state.standing !== 'PROPOSED');
  }
}

/** Taken decisions of a scope of which no day is known, in pages: they are in no period. */
export async function* undatedDecisions(
  register: Register,
  scope: Scope,
): AsyncGenerator<readonly Shown<DecisionView>[], void> {
  const seen = new Set<string>();
  for (const where of eachOf(scope)) {
    for await (const rows of pagesOf(register, where, { to: '0001' }, scope.basis)) {
      yield rows.filter(({ id, state }) => state.standing !== 'PROPOSED' && !seen.has(id));
      for (const { id } of rows) seen.add(id);
    }
  }
}

/**
 * What a list of the register is narrowed to for a scope: by who answers for a decision, then by who took it. Each list
 * is in order by itself, and read along from page to page.
 */
const eachOf = ({ organisations, bodies }: Scope): readonly Readonly<Record<string, string>>[] => [
  ...organisations.map(({ id }) => ({ accountable: id })),
  ...bodies.map(({ id }) => ({ decidedBy: id })),
];

type Row = Shown<DecisionView>;

const dayOf = ({ state }: Row): string => state.datedOn ?? NO_DAY;

/** One list of decisions, page by page. */
export async function* pagesOf(
  register: Register,
  where: Readonly<Record<string, string>>,
  orderRange: { readonly from?: string; readonly to?: string },
  place: Place,
): AsyncGenerator<readonly Row[], void> {
  for (let after: string | undefined, more = true; more;) {
    const page = await register.list<DecisionView>('decision', { where, orderRange, first: PAGE, after }, place);
    yield page.rows;
    after = page.rows.at(-1)?.cursor;
    more = page.hasNext && after !== undefined;
  }
}

/** One reader of rows for each list, each in order of the day. */
const listings = (
  register: Register,
  scope: Scope,
  range: { readonly from: string; readonly to: string },
): AsyncGenerator<Row, void>[] => {
  const place = { asAt: LAST_DAY, position: scope.basis.position };
  return eachOf(scope).map(async function* (where) {
    for await (const rows of pagesOf(register, where, range, place)) yield* rows;
  });
};

/** Merges readers that are each in order of the day; a row that several have comes once. */
async function* pagesByDay(readers: readonly AsyncGenerator<Row, void>[]): AsyncGenerator<readonly Row[], void> {
  const heads = await Promise.all(readers.map(async (reader) => (await reader.next()).value ?? undefined));
  let page = new Map<string, Row>();
  let day = '';
  for (;;) {
    let first = -1;
    for (const [at, head] of heads.entries()) {
      const before = heads[first];
      if (head && (!before || dayOf(head) < dayOf(before))) first = at;
    }
    const row = heads[first];
    if (!row) break;
    if (page.size >= PAGE && dayOf(row) !== day) {
      yield [...page.values()];
      page = new Map();
    }
    day = dayOf(row);
    page.set(row.id, row);
    heads[first] = (await readers[first]?.next())?.value ?? undefined;
  }
  if (page.size > 0) yield [...page.values()];
}

/** Rows as on the day of the basis. A row that holds by then is what it is on that day; the others are asked for. */
async function asShown(register: Register, rows: readonly Row[], { basis }: Scope): Promise<DatedDecision[]> {
  const later = rows.filter(({ from }) => from > basis.asAt).map(({ id }) => id);
  const answers = await register.pointMany<DecisionView>('decision', later, basis);
  const begun = await onceBegun(register, answers, basis.position);
  const decisions: DatedDecision[] = [];
  for (const row of rows) {
    const datedOn = row.state.datedOn;
    const answer = answers.get(row.id) ?? row;
    const coming = begun.get(row.id);
    if (!datedOn) continue;
    if (answer.kind === 'found') decisions.push({ shown: answer, datedOn });
    if (coming) decisions.push({ shown: coming, datedOn, begins: coming.from });
  }
  return decisions;
}

/** Of decisions that have not begun, each as on its first day. */
export async function onceBegun(
  register: Register,
  answers: ReadonlyMap<string, Answer<DecisionView>>,
  position: Position,
): Promise<ReadonlyMap<string, Shown<DecisionView>>> {
  const ids = new Map<CivilDate, string[]>();
  for (const [id, answer] of answers) {
    if (answer.kind === 'not-yet-begun') ids.set(answer.from, [...(ids.get(answer.from) ?? []), id]);
  }
  const begun = new Map<string, Shown<DecisionView>>();
  for (const [asAt, those] of ids) {
    for (const [id, answer] of await register.pointMany<DecisionView>('decision', those, { asAt, position })) {
      if (answer.kind === 'found') begun.set(id, answer);
    }
  }
  return begun;
}
