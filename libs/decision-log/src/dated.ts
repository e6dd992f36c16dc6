import { addDays, type CivilDate } from '#kernel';
import type { DecisionView, Register, Shown } from '#register';
import { LAST_DAY } from './names.js';
import { byText } from './plain.js';
import type { Scope } from './question.js';

/** A decision of a scope, as it stood on the basis. */
export interface DatedDecision {
  readonly shown: Shown<DecisionView>;
  /** Undefined where no day is known: such a decision is in no period. */
  readonly datedOn: CivilDate | undefined;
  /** The day from which it is going to hold, where that is after the day of the basis: shown as on that day. */
  readonly begins?: CivilDate;
}

/** Rows of a list read at a time: each reading finds its place in the list anew, which takes longer than the rows. */
const LISTED = 2_000;

/** Decisions handed on at a time, and more where a day has more. */
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

/** Taken decisions of a scope of which no day is known: they are in no period. */
export async function undatedDecisions(register: Register, scope: Scope): Promise<readonly Shown<DecisionView>[]> {
  const found = new Map<string, Shown<DecisionView>>();
  for (const where of selections(scope)) {
    const range = { to: '0001' };
    const page = await register.list<DecisionView>('decision', { where, orderRange: range, first: PAGE }, scope.basis);
    for (const row of page.rows) if (row.state.standing !== 'PROPOSED') found.set(row.id, row);
  }
  return [...found.values()].toSorted((a, b) => byText(a.id, b.id));
}

/** What a list of the register is narrowed to for a scope: by who answers for a decision, and by who took it. */
export const selections = ({
  organisations,
  bodies,
}: Scope): readonly Readonly<Record<string, readonly string[]>>[] => {
  const accountable: Record<string, readonly string[]> = { accountable: organisations.map(({ id }) => id) };
  const decidedBy: Record<string, readonly string[]> = { decidedBy: bodies.map(({ id }) => id) };
  return [accountable, decidedBy].filter((where) => Object.values(where).some((ids) => ids.length > 0));
};

type Row = Shown<DecisionView>;

const dayOf = ({ state }: Row): string => state.datedOn ?? NO_DAY;

/** One reader of rows for each selection, each in order of the day. */
function listings(
  register: Register,
  scope: Scope,
  orderRange: { from: string; to: string },
): AsyncGenerator<Row, void>[] {
  const { position } = scope.basis;
  return selections(scope).map(async function* (where) {
    for (let after: string | undefined, more = true; more;) {
      const page = await register.list<DecisionView>(
        'decision',
        { where, orderRange, first: LISTED, after },
        { asAt: LAST_DAY, position },
      );
      yield* page.rows;
      after = page.rows.at(-1)?.cursor;
      more = page.hasNext && after !== undefined;
    }
  });
}

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

async function asShown(register: Register, rows: readonly Row[], { basis }: Scope): Promise<DatedDecision[]> {
  const answers = await register.pointMany<DecisionView>(
    'decision',
    rows.map(({ id }) => id),
    basis,
  );
  const decisions: DatedDecision[] = [];
  for (const row of rows) {
    const datedOn = row.state.datedOn;
    const answer = answers.get(row.id);
    if (!datedOn || !answer) continue;
    if (answer.kind === 'found') decisions.push({ shown: answer, datedOn });
    if (answer.kind !== 'not-yet-begun') continue;
    const begun = await register.point<DecisionView>('decision', row.id, {
      asAt: answer.from,
      position: basis.position,
    });
    if (begun.kind === 'found') decisions.push({ shown: begun, datedOn, begins: answer.from });
  }
  return decisions;
}
