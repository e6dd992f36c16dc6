import type { Selection, OthersDays, Paging, Each } from './selection.js';
import { Refusal, type Position } from '#kernel';

import type { SqlValue } from '../shelves/connection.js';
import type { Generation } from '../shelves/generation.js';
import type { Holding } from '../rooms/holding.view.js';
import { SLICE_COLUMNS, type SliceRow } from '../shelves/found-rows.js';
import type { Place } from '../engine/answer.js';
import {
  HOLDS,
  HOLDS_AS_NONE,
  holding,
  padded,
  restrictionClause,
  type Clause,
  type Looking,
  type Restriction,
} from './restriction.js';
import { columnName, type ViewTables } from '../shelves/tables.js';
import { FIRST_DAY, partsOf, type Part } from './parts.js';
import { everClause, grouping, SAME_SLICE, throughClause, unknownColumn } from './under.js';
import type { SearchPlace } from './search.js';
import type { View } from '../engine/view.js';

/** A slice in a list, with where it stands in the list's order. */
export type ListedRow = SliceRow & { readonly sort_key: string };

export interface GroupedRow extends ListedRow {
  readonly value: string;
  /** How many there are of this value in all. */
  readonly total: number;
  /** Of what lasts: how many are known to hold, and of how many nobody knows. */
  readonly known: number;
  readonly not_known: number;
}

/** At most `first` + 1 rows: one more than asked for means that there are more. Cost of a page does not grow with what was paged before. */
export const listRowsOf = async (
  generation: Generation,
  aggregate: string,
  selection: Selection,
  { first, after, backwards = false }: Paging,
  place: Place,
): Promise<ListedRow[]> => {
  const cursor = after === undefined ? undefined : parseCursor(after);
  const reading: Reading = { most: first + 1, cursor, ...(backwards ? BACKWARDS : FORWARDS) };
  const parts = await partsThere(generation, aggregate, selection, place);
  const rows: ListedRow[] = [];
  for (const part of parts) rows.push(...(await rowsOfPart({ generation, aggregate, place }, part, reading)));
  return parts.length === 1 ? rows : rows.toSorted(reading.inOrder).slice(0, first + 1);
};

/** The parts of a list; one where nothing stands at another's day, as in most registers. */
async function partsThere(
  generation: Generation,
  aggregate: string,
  { othersDays, ...selection }: Selection,
  place: Place,
): Promise<readonly Part[]> {
  const { view, tables } = generation.on(aggregate);
  if (!othersDays || !view.goesBy) return partsOf(view, selection, place);
  const undated = `SELECT 1 FROM ${tables.slice.name} WHERE sort_key < ? AND ${columnName(view.goesBy.names)} IS NOT NULL LIMIT 1`;
  const without = WITHOUT.get(tables) ?? -1;
  if (place.position <= without) return partsOf(view, selection, place);
  const isThere = (await generation.reads.all(undated, [FIRST_DAY])).length > 0;
  if (!isThere) WITHOUT.set(tables, place.position);
  return partsOf(view, isThere ? { ...selection, othersDays } : selection, place);
}

/** Up to which position nothing in the tables of a generation stands at another's day: rows are added, and never go. */
const WITHOUT = new WeakMap<ViewTables, Position>();

/** Of several subjects those that a selection finds, in whatever order: what is read does not grow with the list. */
export const rowsAmong = async (
  generation: Generation,
  aggregate: string,
  selection: Selection,
  ids: readonly string[],
  place: Place,
): Promise<ListedRow[]> => {
  if (ids.length === 0) return [];
  const looking = { generation, aggregate, place };
  const rows: ListedRow[] = [];
  for (const part of await partsThere(generation, aggregate, selection, place)) {
    const { from, where, parameters } = condition(looking, part, ids);
    const moved = part.atAnothersDay ? atAnothersDay(looking, part, ids) : undefined;
    const text = `SELECT ${SLICE_COLUMNS}, s.sort_key AS sort_key FROM ${from} WHERE ${where}`;
    rows.push(...(await generation.reads.all<ListedRow>(moved?.text ?? text, moved ? moved.parameters : parameters)));
  }
  return rows;
};

const inListOrder = (a: ListedRow, b: ListedRow): number =>
  Buffer.compare(Buffer.from(a.sort_key), Buffer.from(b.sort_key)) ||
  Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

/** How the rows of a list are gone through. */
interface Reading {
  readonly most: number;
  readonly cursor: readonly [string, string] | undefined;
  readonly beyond: '>' | '<';
  readonly direction: 'ASC' | 'DESC';
  readonly inOrder: (a: ListedRow, b: ListedRow) => number;
}

const FORWARDS = { beyond: '>', direction: 'ASC', inOrder: inListOrder } as const;
const BACKWARDS = {
  beyond: '<',
  direction: 'DESC',
  inOrder: (a: ListedRow, b: ListedRow) => inListOrder(b, a),
} as const;

async function rowsOfPart(
  looking: Looking,
  part: Part,
  { most, cursor, beyond: sign, direction }: Reading,
): Promise<ListedRow[]> {
  const { reads } = looking.generation;
  if (part.atAnothersDay) {
    const { text, parameters } = atAnothersDay(looking, part);
    const beyond = cursor ? `WHERE (r.sort_key, r.id) ${sign} (?, ?)` : '';
    const page = `SELECT r.* FROM (${text}) r ${beyond} ORDER BY r.sort_key ${direction}, r.id ${direction} LIMIT ?`;
    return reads.all<ListedRow>(page, [...parameters, ...(cursor ?? []), most]);
  }
  const { from, where, parameters, by } = condition(looking, part);
  const beyond = cursor ? ` AND (${by}.sort_key, ${by}.id) ${sign} (?, ?)` : '';
  const text = `SELECT ${SLICE_COLUMNS}, s.sort_key AS sort_key FROM ${from} WHERE ${where}${beyond} ORDER BY ${by}.sort_key ${direction}, ${by}.id ${direction} LIMIT ?`;
  return reads.all<ListedRow>(text, [...parameters, ...(cursor ?? []), most]);
}

/** Rows at the day of what they name. */
function atAnothersDay(looking: Looking, { orderRange = {}, ...part }: Part, among?: readonly string[]): Clause {
  const { generation, aggregate, place } = looking;
  const { goesBy } = generation.on(aggregate).view;
  if (!goesBy) throw new Error(`${aggregate} goes by no other's day`);
  const { from, where, parameters } = condition(looking, { ...part, orderRange: { to: FIRST_DAY } }, among);
  const day = `t.${columnName(goesBy.column)}`;
  const days = [
    orderRange.from === undefined ? [] : [`${day} >= ?`],
    orderRange.to === undefined ? [] : [`${day} < ?`],
  ];
  const within = [orderRange.from, orderRange.to].filter((end) => end !== undefined);
  return {
    text: `SELECT ${SLICE_COLUMNS}, ${day} || substr(s.sort_key, 11) AS sort_key
      FROM ${from} CROSS JOIN ${generation.on(goesBy.aggregate).tables.slice.name} t
      WHERE ${[where, `t.id = s.${columnName(goesBy.names)}`, HOLDS.replaceAll('s.', 't.'), ...days.flat()].join(' AND ')}`,
    parameters: [...parameters, ...holding(place), ...within],
  };
}

export const countOf = async (
  generation: Generation,
  aggregate: string,
  selection: Selection,
  place: Place,
): Promise<number> => {
  // By whichever day something goes, it is there once.
  const { othersDays, ...whole } = selection;
  const counted = selection.orderRange ? { ...whole, othersDays } : whole;
  let count = 0;
  for (const part of partsOf(generation.on(aggregate).view, counted, place)) {
    count += await countOfPart({ generation, aggregate, place }, part);
  }
  return count;
};

async function countOfPart(looking: Looking, part: Part): Promise<number> {
  const counted = (from: string): string => `SELECT COUNT(*) AS count FROM ${from}`;
  const { from, where, parameters } = condition(looking, part);
  const moved = part.atAnothersDay ? atAnothersDay(looking, part) : undefined;
  const [row] = await looking.generation.reads.all<{ count: number }>(
    moved ? counted(`(${moved.text}) r`) : `${counted(from)} WHERE ${where}`,
    moved ? moved.parameters : parameters,
  );
  return Number(row?.count ?? 0);
}

/** The first few of each of several values, in one statement. */
export const groupedRows = async (
  generation: Generation,
  aggregate: string,
  column: string,
  values: readonly string[],
  { firstEach, restriction, unsure, recordedAsNone, othersDays, ended }: Each,
  place: Place,
): Promise<GroupedRow[]> => {
  if (values.length === 0) return [];
  const looking = { generation, aggregate, place };
  const { value, from, where, parameters } = grouping(looking, column, padded(values), ended);
  const clause = (of: Restriction | undefined, otherwise: string): Clause =>
    of ? restrictionClause(looking, of) : { text: otherwise, parameters: [] };
  const [allowed, doubted] = [clause(restriction, '1 = 1'), clause(unsure, '1 = 0')];
  const key = othersDays ? keyWithOthersDays(looking, othersDays) : OWN_KEY;
  const lasts = 'holds' in generation.on(aggregate).view.columns;
  const counted = (holds: Holding): string =>
    `SUM(CASE WHEN s.${columnName('holds')} = '${holds}' THEN 1 ELSE 0 END) OVER (PARTITION BY ${value})`;
  const held = lasts
    ? `${counted('YES')} AS yes, ${counted('NOT_KNOWN')} AS maybe,
        SUM(CASE WHEN s.${columnName('holds')} = 'YES' AND (${doubted.text}) THEN 1 ELSE 0 END) OVER (PARTITION BY ${value})`
    : '0 AS yes, 0 AS maybe, 0';
  const text = `SELECT ${SLICE_COLUMNS}, s.sort_key AS sort_key, s.value AS value, s.total AS total,
      s.yes - s.doubted AS known, s.maybe + s.doubted AS not_known FROM (
      SELECT s.id, s.valid_from, s.valid_to, s.recorded_from, s.recorded_at, s.start_known, s.records_none, s.state, ${key.text} AS sort_key,
        ${value} AS value,
        ROW_NUMBER() OVER (PARTITION BY ${value} ORDER BY ${key.text}, s.id) AS place,
        COUNT(*) OVER (PARTITION BY ${value}) AS total,
        ${held} AS doubted
      FROM ${from} WHERE ${where} AND ${recordedAsNone ? HOLDS_AS_NONE : HOLDS} AND (${allowed.text})) s
    WHERE s.place <= ? ORDER BY s.value, s.place`;
  return generation.reads.all<GroupedRow>(text, [
    ...[key, key].flatMap((each) => each.parameters),
    ...(lasts ? doubted.parameters : []),
    ...parameters,
    ...holding(place),
    ...allowed.parameters,
    firstEach,
  ]);
};

const OWN_KEY: Clause = { text: 's.sort_key', parameters: [] };

/** The sort key of a slice `s`, at the day of what it names where it has none of its own. */
function keyWithOthersDays(looking: Looking, { inFull }: OthersDays): Clause {
  const { generation, aggregate, place } = looking;
  const { goesBy } = generation.on(aggregate).view;
  if (!goesBy) return OWN_KEY;
  const shown = inFull ? restrictionClause(looking, inFull) : { text: '1 = 1', parameters: [] };
  const other = generation.on(goesBy.aggregate).tables.slice.name;
  return {
    text: `CASE WHEN s.sort_key < ? AND (${shown.text}) THEN COALESCE((SELECT t.${columnName(goesBy.column)} || substr(s.sort_key, 11)
      FROM ${other} t WHERE t.id = s.${columnName(goesBy.names)} AND ${HOLDS.replaceAll('s.', 't.')}), s.sort_key) ELSE s.sort_key END`,
    parameters: [FIRST_DAY, ...shown.parameters, ...holding(place)],
  };
}

interface Condition {
  readonly from: string;
  /** The table whose sort key and id the rows are ordered by. */
  readonly by: 's' | 'l';
  readonly where: string;
  readonly parameters: SqlValue[];
}

/** @param among subjects from which it is read, in the place of what it is narrowed to. */
function condition(looking: Looking, selection: Selection, among?: readonly string[]): Condition {
  const { view, tables } = looking.generation.on(looking.aggregate);
  const { where = {}, orderRange, restriction, recordedAsNone } = selection;
  const walked = among || selection.ended ? undefined : walkedList(view, where);
  // CROSS JOIN keeps SQLite to the order written here: along the list, which is in the order of the sort key already.
  const from = walked ? `${tables.list.name} l CROSS JOIN ${tables.slice.name} s` : `${tables.slice.name} s`;
  const by = walked ? 'l' : 's';
  const clauses: string[] = [];
  const parameters: SqlValue[] = [];
  const add = (clause: string, ...values: readonly SqlValue[]): void => {
    clauses.push(clause);
    parameters.push(...values);
  };
  if (among) {
    const wanted = padded(among);
    add(`s.id IN (${wanted.map(() => '?').join(', ')})`, ...wanted);
  }
  for (const [name, wanted] of Object.entries(where)) {
    if (wanted === undefined) continue;
    const values = typeof wanted === 'string' ? [wanted] : padded(wanted);
    const isAmong = values.length === 1 ? '= ?' : `IN (${values.map(() => '?').join(', ')})`;
    if (selection.ended && view.untilOver?.includes(name) && values.length > 0) {
      const { text, parameters: given } = everClause(looking, name, values);
      add(
        `(s.id, s.recorded_from, s.valid_from) IN (SELECT l.id, l.recorded_from, l.valid_from FROM (${text}) l)`,
        ...given,
      );
    } else if (name === walked) add(`l.list = ? AND l.value = ? AND ${SAME_SLICE}`, name, ...values);
    else if (view.through?.[name] && values.length > 0) {
      const { text, parameters: given } = throughClause(looking, name, values);
      add(
        `(s.id, s.recorded_from, s.valid_from) IN (SELECT l.id, l.recorded_from, l.valid_from FROM (${text}) l)`,
        ...given,
      );
    } else if (name in view.columns)
      // An expression has no index: what is read from subjects is read by them.
      add(
        `${among ? `(s.${columnName(name)} || '')` : `s.${columnName(name)}`} ${values.length === 0 ? 'IN (NULL)' : isAmong}`,
        ...values,
      );
    else if (name in view.lists) {
      const listed = `SELECT l.id, l.recorded_from, l.valid_from FROM ${tables.list.name} l
        WHERE l.list = ? AND l.value ${values.length === 0 ? 'IN (NULL)' : isAmong}`;
      add(
        among ? `EXISTS (${listed} AND ${SAME_SLICE})` : `(s.id, s.recorded_from, s.valid_from) IN (${listed})`,
        name,
        ...values,
      );
    } else throw unknownColumn(view.aggregate, name);
  }
  if (orderRange?.from !== undefined) add(`${by}.sort_key >= ?`, orderRange.from);
  if (orderRange?.to !== undefined) add(`${by}.sort_key < ?`, orderRange.to);
  add(recordedAsNone ? HOLDS_AS_NONE : HOLDS, ...holding(looking.place));
  if (restriction) {
    const { text, parameters: given } = restrictionClause(looking, restriction);
    add(`(${text})`, ...given);
  }
  return { from, by, where: clauses.join(' AND '), parameters };
}

/**
 * The list that a selection is read along, from where a page begins to where it is full, however long the list is: the
 * only thing by which it is narrowed, and to one value. Beside others, the database knows best where to begin.
 */
function walkedList(view: View, where: NonNullable<Selection['where']>): string | undefined {
  const [only, ...others] = Object.keys(where).filter((name) => where[name] !== undefined);
  if (only === undefined || others.length > 0 || !(only in view.lists)) return undefined;
  return [where[only] ?? []].flat().length === 1 ? only : undefined;
}

/** Opaque to whoever pages: the place of a row in the order of its list. */
export const cursorOf = ({ sort_key, id }: Pick<ListedRow, 'sort_key' | 'id'>): string =>
  Buffer.from(JSON.stringify([sort_key, id])).toString('base64url');

function parseCursor(cursor: string): [string, string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((part) => typeof part === 'string')) {
      return parsed as [string, string];
    }
  } catch (fault) {
    throw notACursor(cursor, fault);
  }
  throw notACursor(cursor);
}

/** Where a cursor of a search stands. */
export function placeIn(cursor: string): SearchPlace {
  const [rank, id] = parseCursor(cursor);
  if (!/^\d$/.test(rank)) throw notACursor(cursor);
  return { rank: Number(rank), id };
}

const notACursor = (cursor: string, cause?: unknown): Refusal =>
  Object.assign(
    new Refusal('NOT_A_CURSOR', `after is not a cursor of this list: ${JSON.stringify(cursor.slice(0, 80))}`, {
      field: 'after',
      remedy: 'send the endCursor of a page as it was given',
    }),
    cause === undefined ? {} : { cause },
  );
