import { referenceKey } from '#governance';
import { OPEN_END, Refusal, UNKNOWN_START, type CivilDate, type Position } from '#kernel';

import type { Absence, Found, Place, Placing } from '../engine/answer.js';
import { settleBasis, type Basis, type BasisQuestion } from './basis.js';
import { followerStates, isRebuilding, type KeptState } from '../shelves/follower-states.js';
import type { Generations } from '../shelves/generations.js';
import { countOf, cursorOf, groupedRows, listRowsOf, rowsAmong, type GroupedRow, type ListedRow } from './listing.js';
import type { Each, Paging, Selection } from './selection.js';
import { bodiesAbove, idsEverUnder, inBatches } from './ever-under.js';
import { lookUp } from './lookup.js';
import { Search, type Reader } from './search.js';
import type { Sought } from './sought.js';
import { SLICE_COLUMNS, type SliceRow, type StartRow } from '../shelves/found-rows.js';
import { UNDOUBTED, type OwnLog } from '../shelves/own-log.js';
import { padded } from './restriction.js';
import { columnName } from '../shelves/tables.js';
import { nodeIdIn } from './node-id.js';
import type { View } from '../engine/view.js';

/** A subject as the register shows it. */
export type Shown<State extends object = object> = Found<State> & Placing;

export type Answer<State extends object = object> = Shown<State> | Absence;

export interface Page<State extends object = object> {
  readonly rows: readonly (Shown<State> & { readonly cursor: string })[];
  readonly hasNext: boolean;
}

export interface Group<State extends object = object> extends Page<State> {
  /** How many there are in all, on all pages. */
  readonly total: number;
  /** Of what lasts: how many of them are known to hold, and of how many nobody knows. */
  readonly known: number;
  readonly notKnown: number;
}

/** How often a waiter looks whether the views have come far enough: at first, and at most, in milliseconds. */
const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 50;

/** How often a waiter looks how the followers fare, in milliseconds. */
const STATES_MS = 250;

/**
 * What came of waiting for a position. `timed out`: it is on its way, ask again; `rebuilding`: not within the time
 * given, and the views are being made anew; `failed`: the follower has stopped and somebody has to see to it.
 */
export type Waited = 'reached' | 'timed out' | 'rebuilding' | 'failed';

/**
 * The reading side: what is true on a date, as known at a position. Every answer rests on a basis and uses nothing
 * recorded after it. Rows are never changed but for the end of their being known, and every read names its position,
 * so several reads on one basis agree, whatever is written or switched in between.
 */
export class Register {
  constructor(
    private readonly generations: Generations,
    private readonly ownLog: OwnLog = UNDOUBTED,
  ) {}

  /** @see settleBasis @throws StoreFault `STORE_REPLACED` where the views are no longer of this program's log. */
  async resolveBasis(question: BasisQuestion): Promise<Basis> {
    const { current } = this.generations;
    const { basis, mark } = await settleBasis(current, question);
    await this.ownLog.confirm(current, mark);
    return basis;
  }

  /** The last position that all views have reached, or −1. @throws as `resolveBasis`. */
  async position(): Promise<Position> {
    const { current } = this.generations;
    const { checkpoint, kept } = await current.standing();
    await this.ownLog.confirm(current, kept);
    return checkpoint;
  }

  /** How each follower fares, as it said itself, whichever program runs it. */
  followerStates(): Promise<readonly KeptState[]> {
    return followerStates(this.generations.current);
  }

  /** Waits until the views have reached `position`, so that a question asked next sees it; no longer than the time given. */
  async waitFor(position: Position, timeoutMs: number): Promise<Waited> {
    const deadline = performance.now() + timeoutMs;
    let [states, looked]: [readonly KeptState[], number] = [[], Number.NEGATIVE_INFINITY];
    for (let poll = FIRST_POLL_MS; ; poll = Math.min(poll * 2, LONGEST_POLL_MS)) {
      if ((await this.position()) >= position) return 'reached';
      const now = performance.now();
      if (now - looked >= STATES_MS || now >= deadline) {
        states = await this.followerStates();
        looked = now;
        if (states.some(({ name, state }) => name === 'register' && state === 'failed')) return 'failed';
      }
      if (now >= deadline) return isRebuilding(states) ? 'rebuilding' : 'timed out';
      await new Promise((resolve) => setTimeout(resolve, Math.min(poll, deadline - now)));
    }
  }

  /** One subject by its key inside the aggregate, or why there is nothing to show (T7). */
  async point<State extends object = object>(aggregate: string, id: string, basis: Place): Promise<Answer<State>> {
    const answers = await this.pointMany<State>(aggregate, [id], basis);
    return answers.get(id) ?? { kind: 'never-recorded' };
  }

  /** Several subjects in one statement (per 256 of them). Every id asked for has its answer. */
  async pointMany<State extends object = object>(
    aggregate: string,
    ids: readonly string[],
    basis: Place,
  ): Promise<ReadonlyMap<string, Answer<State>>> {
    const generation = this.generations.current;
    const { view } = generation.on(aggregate);
    const answers = new Map<string, Answer<State>>();
    for (const id of ids) answers.set(id, { kind: 'never-recorded' });
    for (const row of await lookUp(generation, aggregate, [...answers.keys()], basis)) {
      if (row.kind === 'slice') answers.set(row.id, answerOf<State>(view, row, basis));
      else if (answers.get(row.id)?.kind === 'never-recorded') answers.set(row.id, absenceOf(row));
    }
    return answers;
  }

  /** As `point`; and where there is nothing, whether a second state of knowledge has something: "not yet known" (T7). */
  async pointAgainst<State extends object = object>(
    aggregate: string,
    id: string,
    basis: Place,
    comparedWith: Pick<Place, 'position'>,
  ): Promise<Answer<State>> {
    const answer = await this.point<State>(aggregate, id, basis);
    if (answer.kind === 'found' || comparedWith.position <= basis.position) return answer;
    const later = await this.point(aggregate, id, { asAt: basis.asAt, position: comparedWith.position });
    return later.kind === 'found' ? { kind: 'not-yet-known', position: later.recordedFrom } : answer;
  }

  /** A page of the subjects that hold on the basis, by the view's sort key, then by id. What is recorded as none is left out. */
  async list<State extends object = object>(
    aggregate: string,
    { first, after, backwards, ...selection }: Selection & Paging,
    basis: Place,
  ): Promise<Page<State>> {
    const generation = this.generations.current;
    const rows = await listRowsOf(generation, aggregate, selection, { first, after, backwards }, basis);
    return pageOf(generation.on(aggregate).view, rows.slice(0, first), rows.length > first, basis);
  }

  /** Of several subjects those that a selection finds on the basis, in whatever order. */
  async among<State extends object = object>(
    aggregate: string,
    selection: Selection,
    ids: readonly string[],
    basis: Place,
  ): Promise<readonly Shown<State>[]> {
    const generation = this.generations.current;
    const { view } = generation.on(aggregate);
    const rows = await rowsAmong(generation, aggregate, selection, ids, basis);
    return rows.map((row) => shownOf<State>(view, row, basis));
  }

  /** @param reader who is found, as far as they are shown to whoever asks. */
  search<Row extends Shown>(aggregate: string, sought: Sought, reader: Reader<Row>): Search<Row> {
    return new Search(this.generations.current, aggregate, sought, reader);
  }

  count(aggregate: string, selection: Selection, basis: Place): Promise<number> {
    return countOf(this.generations.current, aggregate, selection, basis);
  }

  /** For each value of a column or list the first few subjects, in one statement. Values without any are not in the map. */
  async listMany<State extends object = object>(
    aggregate: string,
    column: string,
    values: readonly string[],
    each: Each,
    basis: Place,
  ): Promise<ReadonlyMap<string, Group<State>>> {
    const generation = this.generations.current;
    const { view } = generation.on(aggregate);
    const wanted = [...new Set(values)];
    const rows = await groupedRows(generation, aggregate, column, wanted, each, basis);
    const groups = new Map<string, Group<State>>();
    const byValue = new Map<string, GroupedRow[]>();
    for (const row of rows) {
      const ofValue = byValue.get(row.value);
      if (ofValue) ofValue.push(row);
      else byValue.set(row.value, [row]);
    }
    for (const [value, ofValue] of byValue) {
      const total = Number(ofValue[0]?.total ?? 0);
      const [known, notKnown] = [Number(ofValue[0]?.known ?? 0), Number(ofValue[0]?.not_known ?? 0)];
      groups.set(value, { ...pageOf<State>(view, ofValue, total > ofValue.length, basis), total, known, notKnown });
    }
    return groups;
  }

  /**
   * The key of a subject that somebody named by its key, its global id (`body/glos:772`) or a human reference of
   * whatever date, whatever its case and spaces; undefined where nothing known at the basis is called so.
   *
   * @param among which of several keys somebody may be led to; the others are as if they were not there.
   * @throws Refusal `REFERENCE_AMBIGUOUS` naming the subjects, where a reference is that of several.
   */
  async resolveSubject(
    aggregate: string,
    named: string,
    basis: Pick<Place, 'position'>,
    among: (ids: readonly string[]) => Promise<readonly string[]> = async (ids) => ids,
  ): Promise<string | undefined> {
    const generation = this.generations.current;
    const { reads } = generation;
    const { start, list } = generation.on(aggregate).tables;
    // What is recorded is in this form; what was before it was may not be.
    const { subject } = nodeIdIn(named);
    const asked = [...new Set([subject, subject.normalize('NFC')])];
    const keys = asked.flatMap((name) =>
      name.startsWith(`${aggregate}/`) ? [name, name.slice(aggregate.length + 1)] : [name],
    );
    for (const key of keys) {
      const text = `SELECT id FROM ${start.name} WHERE id = ? AND recorded_from <= ? LIMIT 1`;
      const isKnown = (await reads.all(text, [key, basis.position])).length > 0;
      if (isKnown && (await among([key])).length > 0) return key;
    }
    const rows = await reads.all<{ id: string; value: string }>(
      `SELECT DISTINCT id, value FROM ${list.name}
       WHERE list = 'identifier' AND value IN (?, ?, ?) AND recorded_from <= ? AND recorded_to > ? ORDER BY id LIMIT 100`,
      [subject, subject.normalize('NFC'), referenceKey(subject), basis.position, basis.position],
    );
    const seen = new Set(await among([...new Set(rows.map(({ id }) => id))]));
    const shown = rows.filter(({ id }) => seen.has(id));
    const asWritten = shown.filter(({ value }) => asked.includes(value));
    const found = [...new Set((asWritten.length > 0 ? asWritten : shown).map(({ id }) => id))];
    if (found.length > 1) {
      const names = found
        .slice(0, 10)
        .map((id) => `${aggregate}/${id}`)
        .join(', ');
      throw new Refusal('REFERENCE_AMBIGUOUS', `${JSON.stringify(named)} is the reference of ${names}`, {
        remedy: 'ask by id',
      });
    }
    return found[0];
  }

  /** Whatever was ever said of a subject, for whichever days, also what was dropped since: one state for each slice. */
  async everShown<State extends object = object>(aggregate: string, id: string): Promise<readonly State[]> {
    const generation = this.generations.current;
    const { view, tables } = generation.on(aggregate);
    const rows = await generation.reads.all<SliceRow>(
      `SELECT ${SLICE_COLUMNS} FROM ${tables.slice.name} s WHERE s.id = ? ORDER BY s.recorded_from, s.valid_from`,
      [id],
    );
    return rows.map((row) => shownOf<State>(view, row, { asAt: row.valid_from }).state);
  }

  /** Keys of the decisions that were ever withheld, whole or in parts, on whatever day. Looks through all. */
  async everWithheld(): Promise<readonly string[]> {
    const generation = this.generations.current;
    const slice = generation.on('decision').tables.slice.name;
    const text = `SELECT DISTINCT id FROM ${slice} WHERE ${columnName('disclosure')} IS NOT NULL OR state LIKE ? ORDER BY id`;
    return (await generation.reads.all<{ id: string }>(text, ['%"withheldParts":%'])).map(({ id }) => id);
  }

  /** The whole timeline of a subject as known at a position, earliest first, each slice as shown on its first day. */
  async slices<State extends object = object>(
    aggregate: string,
    id: string,
    position: Position,
  ): Promise<readonly Answer<State>[]> {
    return (await this.slicesOf<State>(aggregate, [id], position)).get(id) ?? [];
  }

  /** The whole timelines of several subjects. One that the register does not hold is not in the map. */
  async slicesOf<State extends object = object>(
    aggregate: string,
    ids: readonly string[],
    position: Position,
  ): Promise<ReadonlyMap<string, readonly Answer<State>[]>> {
    const generation = this.generations.current;
    const { view, tables } = generation.on(aggregate);
    const rows: SliceRow[] = [];
    for (const some of inBatches(ids)) {
      const wanted = padded(some);
      const text = `SELECT ${SLICE_COLUMNS} FROM ${tables.slice.name} s
        WHERE s.id IN (${wanted.map(() => '?').join(', ')}) AND s.recorded_from <= ? AND s.recorded_to > ?
        ORDER BY s.id, s.valid_from`;
      rows.push(...(await generation.reads.all<SliceRow>(text, [...wanted, position, position])));
    }
    const answers = [...Map.groupBy(rows, ({ id }) => id)];
    return new Map(
      answers.map(([id, of]) => [id, of.map((row) => answerOf<State>(view, row, { asAt: row.valid_from }))]),
    );
  }

  /** Keys of the subjects of which something takes effect on a day of a half-open stretch, as known at a position. */
  async changedIn(
    aggregate: string,
    { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
    position: Position,
  ): Promise<readonly string[]> {
    const generation = this.generations.current;
    const text = `SELECT DISTINCT id FROM ${generation.on(aggregate).tables.slice.name}
      WHERE valid_from >= ? AND valid_from < ? AND recorded_from <= ? AND recorded_to > ? ORDER BY id`;
    const parameters = [from, to, position, position];
    return (await generation.reads.all<{ id: string }>(text, parameters)).map(({ id }) => id);
  }

  /** Keys of the subjects that are under one of several values of a column or a list on any day, as known at a position. */
  async everUnder(
    aggregate: string,
    by: string,
    values: readonly string[],
    position: Position,
  ): Promise<readonly string[]> {
    const found = await this.everUnderEach(aggregate, by, values, position);
    return [...new Set([...found.values()].flat())].toSorted();
  }

  /** The same by value; values without any are not in the map. */
  everUnderEach(
    aggregate: string,
    by: string,
    values: readonly string[],
    position: Position,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    return idsEverUnder(this.generations.current, aggregate, by, values, position);
  }

  /** @see bodiesAbove */
  bodiesAbove(body: string, position: Position): Promise<readonly string[]> {
    return bodiesAbove(this.generations.current, body, position);
  }
}

function pageOf<State extends object>(
  view: View,
  rows: readonly ListedRow[],
  hasNext: boolean,
  basis: Place,
): Page<State> {
  return { rows: rows.map((row) => ({ ...shownOf<State>(view, row, basis), cursor: cursorOf(row) })), hasNext };
}

function answerOf<State extends object>(view: View, row: SliceRow, basis: Pick<Place, 'asAt'>): Answer<State> {
  const shown = shownOf<State>(view, row, basis);
  return row.records_none ? { kind: 'recorded-as-none', from: shown.from, to: shown.to } : shown;
}

function shownOf<State extends object>(view: View, row: SliceRow, { asAt }: Pick<Place, 'asAt'>): Shown<State> {
  return {
    kind: 'found',
    id: row.id,
    subject: `${view.aggregate}/${row.id}`,
    state: view.show(JSON.parse(row.state) as object, asAt, row.valid_to) as State,
    from: row.valid_from,
    to: row.valid_to === OPEN_END ? null : row.valid_to,
    startKnown: row.start_known === 1 && row.valid_from !== UNKNOWN_START,
    recordedFrom: row.recorded_from,
    recordedAt: row.recorded_at,
  };
}

function absenceOf({ valid_from: from, recorded_from: position, moved }: StartRow): Absence {
  if (from === null) return { kind: 'withdrawn', position };
  return { kind: 'not-yet-begun', from, position: moved ? position : null };
}
