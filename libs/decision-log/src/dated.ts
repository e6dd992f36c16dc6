import { addDays, type CivilDate, type Position } from '#kernel';
import {
  bodyThatMet,
  metIn,
  narrowedBy,
  type Answer,
  type Answered,
  type DecisionView,
  type Listed,
  type MeetingView,
  type Place,
  type Register,
  type Shown,
} from '#register';
import { LAST_DAY } from './names.js';
import { byText } from './plain.js';
import type { Scope } from './question.js';
import { belongingOf, claimsOf } from './whose.js';

/** A decision of a scope, as it stood on the basis. */
export interface DatedDecision {
  readonly shown: Shown<DecisionView>;
  /** Undefined where no day is known: such a decision is in no period. */
  readonly datedOn: CivilDate | undefined;
  /** True where that is the day of its meeting: it has none of its own. */
  readonly byMeeting?: boolean;
  /** True where it is of the scope for nothing but the body of its meeting. */
  readonly onlyMet?: boolean;
  /** The day from which it is going to hold, where that is after the day of the basis: shown as on that day. */
  readonly begins?: CivilDate;
}

/** Decisions read and handed on at a time, and more where a day has more. */
const PAGE = 250;

/** Before every day that is known, and after what has none, in the order of decisions. */
export const FIRST_DAY = '0001';

/**
 * The decisions of a scope dated in its period, day by day, in pages that end with a day. What takes effect only after
 * the day of the basis is among them: the log goes by the day a decision was taken. Not taken yet, and so not here, is
 * what is only proposed. Holds one page in memory, whatever the length of the log.
 */
export async function* decisionsOf(register: Register, scope: Scope): AsyncGenerator<readonly DatedDecision[], void> {
  for await (const page of pagesByDay([...(await listings(register, scope)), heldIn(register, scope)])) {
    const decisions = await asShown(register, page, scope);
    yield decisions.filter(({ shown }) => shown.state.standing !== 'PROPOSED');
  }
}

/** Taken decisions of a scope that have no day of their own, in pages; those that go by their meeting's day say so. */
export async function* undatedDecisions(
  register: Register,
  scope: Scope,
): AsyncGenerator<readonly DatedDecision[], void> {
  const seen = new Set<string>();
  const { basis } = scope;
  const claims = await claimsOf(register, scope);
  const decided = claims.filter(({ by }) => by !== 'proposedTo');
  const { dated, undated } = narrowedBy(decided, basis);
  const whole = [...dated.filter(({ from }) => from === undefined), ...undated.map(({ listed }) => listed)];
  const wheres = [...said(scope), ...whole.map(({ by, value }) => ({ [by]: value }))];
  for (const where of wheres) {
    for await (const rows of pagesOf(register, where, { to: FIRST_DAY }, basis)) {
      const taken = rows.filter(({ id, state }) => state.standing !== 'PROPOSED' && !seen.has(id));
      for (const { id } of rows) seen.add(id);
      const meetings = await meetingsOf(register, taken, basis);
      const found = taken.map((shown) => ({
        shown,
        datedOn: meetings.get(shown.state.meeting ?? '')?.heldOn,
        byMeeting: true,
      }));
      yield await belonging(register, scope, found, meetings);
    }
  }
}

/** What a list of the register is narrowed to for a scope by what was said of a decision. */
const said = ({ organisations, bodies }: Scope): readonly Readonly<Record<string, string>>[] => [
  ...organisations.map(({ id }) => ({ accountable: id })),
  ...bodies.map(({ id }) => ({ decidedBy: id })),
];

/** Those of several decisions that are of a scope, each by who answered for it on its day. */
async function belonging(
  register: Register,
  scope: Scope,
  decisions: readonly DatedDecision[],
  meetings: Meetings,
): Promise<readonly DatedDecision[]> {
  const { organisations, bodies, basis } = scope;
  const asked = decisions.map((decision) => answered(decision.shown, decision.datedOn ?? basis.asAt, meetings));
  const answering = await belongingOf(register, scope).answering(asked);
  const theirs = new Set(organisations.map(({ id }) => id));
  const own = new Set(bodies.map(({ id }) => id));
  const found = asked.filter(
    (one) =>
      (answering.get(one.id) ?? []).some(({ organisation }) => theirs.has(organisation)) ||
      [...(one.state.decidedBy ?? []), bodyThatMet(one) ?? ''].some((body) => own.has(body)),
  );
  const ids = new Set(found.map(({ id }) => id));
  return decisions.filter(({ shown: { id } }) => ids.has(id));
}

/** Meetings by id. */
export type Meetings = ReadonlyMap<string, MeetingView>;

/** A decision of which it is asked who answers for it. */
export const answered = (
  { id, state }: Pick<Shown<DecisionView>, 'id' | 'state'>,
  day: CivilDate,
  meetings: Meetings,
): Answered => ({
  id,
  state,
  day,
  meetingOf: meetings.get(state.meeting ?? '')?.body,
});

/** The meetings that decisions name. */
export async function meetingsOf(
  register: Register,
  decisions: readonly { readonly state: Pick<DecisionView, 'meeting'> }[],
  place: Place,
): Promise<Meetings> {
  const ids = decisions.flatMap(({ state }) => state.meeting ?? []);
  const answers = await register.pointMany<MeetingView>('meeting', ids, place);
  return new Map([...answers].flatMap(([id, one]) => (one.kind === 'found' ? [[id, one.state] as const] : [])));
}

interface Row extends Shown<DecisionView> {
  /** The day of its meeting, where it goes by that. */
  readonly held?: CivilDate;
  readonly onlyMet?: boolean;
}

const dayOf = ({ state, held }: Row): string => state.datedOn ?? held ?? '';

type Where = Readonly<Record<string, string | readonly string[]>>;

/** One list of decisions, page by page. */
export async function* pagesOf(
  register: Register,
  where: Where,
  orderRange: { readonly from?: string; readonly to?: string },
  place: Place,
  listed?: readonly Listed[],
): AsyncGenerator<readonly Shown<DecisionView>[], void> {
  const restriction = listed && { listed };
  for (let after: string | undefined, more = true; more;) {
    const page = await register.list<DecisionView>(
      'decision',
      { where, orderRange, restriction, first: PAGE, after },
      place,
    );
    yield page.rows;
    after = page.rows.at(-1)?.cursor;
    more = page.hasNext && after !== undefined;
  }
}

/**
 * One reader of rows for each list, each in order of the day: by who was said to answer, by who took it, and by whom
 * that makes answer on the days on which it does; and one of those of which that follows from their meetings.
 */
async function listings(register: Register, scope: Scope): Promise<AsyncGenerator<Row, void>[]> {
  const { basis } = scope;
  const period = { from: scope.period.from, to: addDays(scope.period.to, 1) };
  const claims = await claimsOf(register, scope);
  const lists = [
    ...said(scope).map((where) => ({ where, range: period })),
    ...claims
      .filter(({ by }) => by !== 'proposedTo')
      .map(({ by, id, from, to }) => ({
        where: { [by]: id },
        range: { from: from < period.from ? period.from : from, to: to > period.to ? period.to : to },
      })),
  ];
  const place = { asAt: LAST_DAY, position: basis.position };
  const met = [...scope.bodies.flatMap(({ id }) => metIn(id, basis)), ...narrowedBy(claims, basis).met];
  return [
    ...lists
      .filter(({ range }) => range.from < range.to)
      .map(async function* ({ where, range }): AsyncGenerator<Row, void> {
        for await (const rows of pagesOf(register, where, range, place)) yield* rows;
      }),
    metAt(register, met, period, place),
  ];
}

async function* metAt(
  register: Register,
  met: readonly Listed[],
  period: { readonly from: string; readonly to: string },
  place: Place,
): AsyncGenerator<Row, void> {
  if (met.length === 0) return;
  for await (const rows of pagesOf(register, {}, period, place, met)) {
    yield* rows.map((row) => ({ ...row, onlyMet: true }));
  }
}

/** Decisions of a scope without a day of their own that were taken at meetings of its period, in order of the day. */
async function* heldIn(register: Register, scope: Scope): AsyncGenerator<Row, void> {
  const { basis, period } = scope;
  const orderRange = { from: period.from, to: addDays(period.to, 1) };
  for (let after: string | undefined, more = true; more;) {
    const page = await register.list<MeetingView>('meeting', { orderRange, first: PAGE, after }, basis);
    const meetings = new Map(page.rows.map(({ id, state }) => [id, state]));
    const found: DatedDecision[] = [];
    const place = { asAt: LAST_DAY, position: basis.position };
    for await (const rows of pagesOf(register, { meeting: [...meetings.keys()] }, { to: FIRST_DAY }, place)) {
      const dated = rows.map((shown) => ({ shown, datedOn: meetings.get(shown.state.meeting ?? '')?.heldOn }));
      found.push(...(await belonging(register, scope, dated, meetings)));
    }
    const inOrder = found.map(({ shown, datedOn }): Row => ({ ...shown, ...(datedOn && { held: datedOn }) }));
    yield* inOrder.toSorted((a, b) => byText(dayOf(a), dayOf(b)));
    after = page.rows.at(-1)?.cursor;
    more = page.hasNext && after !== undefined;
  }
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
    if (!row.onlyMet || !page.has(row.id)) page.set(row.id, row);
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
    const datedOn = row.state.datedOn ?? row.held;
    const answer = answers.get(row.id) ?? row;
    const coming = begun.get(row.id);
    if (!datedOn) continue;
    const how = { ...(row.held && { byMeeting: true }), ...(row.onlyMet && { onlyMet: true }) };
    if (answer.kind === 'found') decisions.push({ shown: answer, datedOn, ...how });
    if (coming) decisions.push({ shown: coming, datedOn, ...how, begins: coming.from });
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
