import { Refusal } from '#kernel';
import type { SqlValue } from '../shelves/connection.js';
import type { Generation, ViewOnDisk } from '../shelves/generation.js';
import type { Place } from '../engine/answer.js';
import { searchable } from '../engine/view.js';
import { columnName } from '../shelves/tables.js';

/** Another place at which a subject is looked at than the one that is asked about. */
export interface Elsewhere extends Place {
  /** Where nothing holds at that place, whatever was ever said of the subject counts. */
  readonly orEver?: boolean;
}

/**
 * What a subject has to be like to be listed, beside what is asked for: what its columns say here, or elsewhere. It is
 * part of the statement, so that pages, cursors and counts know nothing of what it leaves out.
 */
export type Restriction =
  | { readonly column: string; readonly oneOf: readonly string[]; readonly at?: Elsewhere }
  /** Words that a column has to contain, or, without one, the title. */
  | { readonly words: string; readonly column?: string; readonly at?: Elsewhere }
  /** A column between two texts, half-open. What it says nothing of is in no stretch. */
  | { readonly column: string; readonly between: Stretch }
  /** A column that says nothing. */
  | { readonly unsaid: string }
  /** When the register came to say what it says here, half-open. */
  | { readonly recorded: Stretch }
  /** Keys of subjects. */
  | { readonly ids: readonly string[] }
  /** What a column or a list of the view has under one of these values. */
  | { readonly listed: readonly Listed[] }
  /** What none of these lists of the view has anything for. */
  | { readonly unlisted: readonly string[] }
  /** Its own sort key is in a stretch. */
  | { readonly order: Stretch }
  /** What it names in a column, or one of what it names in a list, is such as it stands there and then. */
  | { readonly names: string; readonly such: Described }
  /** Some other subject, such as it stands there and then, names it in a column; not counting the one in a column of its own. */
  | { readonly namedIn: string; readonly by: Described; readonly except?: string }
  | { readonly not: Restriction }
  | { readonly all: readonly Restriction[] }
  | { readonly any: readonly Restriction[] };

/** What a subject of an aggregate has to be like; without a restriction it only has to be there. */
export interface Described {
  readonly aggregate: string;
  readonly restriction?: Restriction | undefined;
  /** That it says that there is nothing: a vacancy. */
  readonly recordedAsNone?: boolean;
  /** Where it is looked at; there and then where nothing is said. */
  readonly at?: Place | undefined;
  /** Where nothing holds on that day, whatever is known then of any day counts. */
  readonly orEver?: boolean;
}

/** A stretch of a sort key or a column, half-open, compared as text byte by byte. */
export interface Stretch {
  readonly from: string;
  /** Undefined for no end. */
  readonly to?: string | undefined;
}

/** Subjects under one value, as far as their sort key is in a stretch; the whole list without one. */
export interface Listed extends Partial<Stretch> {
  /** Name of a column or of a list of the view; of that of the other, where it is found by another. */
  readonly by: string;
  readonly value: string;
  readonly via?: Via;
}

/** A subject that those listed name in a column, and that is itself under the value there and then. */
export interface Via {
  /** The column in which they name it. */
  readonly names: string;
  readonly aggregate: string;
  readonly at: Place;
  /** Where its own sort key is; anywhere without it. */
  readonly within?: Stretch;
}

/** Where a restriction is looked at: in which views, and as at and as known at. */
export interface Looking {
  readonly generation: Generation;
  readonly aggregate: string;
  readonly place: Place;
}

export interface Clause {
  readonly text: string;
  readonly parameters: readonly SqlValue[];
}

/** Words that one search may have; a title has no more. */
const WORDS_AT_MOST = 50;

/**
 * A pattern for `LIKE ? ESCAPE '!'` for each word that is searched for.
 *
 * @throws Refusal `SEARCH` for more than are looked for.
 */
export const wordPatterns = (search: string): readonly string[] => {
  const words = [...new Set(searchable(search).split(/\s+/).filter(Boolean))];
  if (words.length > WORDS_AT_MOST) {
    throw new Refusal('SEARCH', `search has ${words.length} different words, needed at most ${WORDS_AT_MOST}`, {
      field: 'search',
      remedy: 'leave out words that most titles have',
    });
  }
  return words.map((word) => `%${word.replaceAll(/[!%_]/g, '!$&')}%`);
};

/**
 * Values up to the next power of two, the last one again and again: few texts, however many values are asked for. Never
 * a null among them: what is in none of them would be neither in nor out.
 */
export function padded<Value>(values: readonly Value[]): Value[] {
  if (values.length === 0) return [];
  const width = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array.from({ length: width - values.length }, () => values.at(-1) as Value)];
}

/** That an expression is one of several values: true or false wherever it is not null, also where there are none. */
function isOneOf(expression: string, values: readonly SqlValue[]): Clause {
  const wanted = padded(values);
  if (wanted.length === 0) return { text: '1 = 0', parameters: [] };
  return { text: `${expression} IN (${wanted.map(() => '?').join(', ')})`, parameters: wanted };
}

/** That a slice `s` holds at a place; what is recorded as none does not. */
export const HOLDS =
  's.valid_from <= ? AND s.valid_to > ? AND s.recorded_from <= ? AND s.recorded_to > ? AND s.records_none = 0';

/** That what a slice `s` says holds at a place is that there is nothing. */
export const HOLDS_AS_NONE = HOLDS.replace('records_none = 0', 'records_none = 1');

export const holding = ({ asAt, position }: Place): SqlValue[] => [asAt, asAt, position, position];

/** A restriction as a condition on a slice `s`, or one that is called otherwise. */
export const restrictionClause = (looking: Looking, restriction: Restriction, alias = 's'): Clause => {
  if ('not' in restriction) {
    const { text, parameters } = restrictionClause(looking, restriction.not, alias);
    return { text: `NOT (${text})`, parameters };
  }
  if ('all' in restriction || 'any' in restriction) {
    const [parts, joint, none] =
      'all' in restriction ? [restriction.all, ' AND ', '1 = 1'] : [restriction.any, ' OR ', '1 = 0'];
    const clauses = parts.map((part) => restrictionClause(looking, part, alias));
    return {
      text: clauses.map(({ text }) => `(${text})`).join(joint) || none,
      parameters: clauses.flatMap(({ parameters }) => parameters),
    };
  }
  if ('ids' in restriction) return isOneOf(`${alias}.id`, restriction.ids);
  if ('names' in restriction) return naming(looking, restriction, alias);
  if ('namedIn' in restriction) return namedBy(looking, restriction, alias);
  const onDisk = looking.generation.on(looking.aggregate);
  if ('listed' in restriction) return listedClause(looking, restriction.listed, alias);
  if ('unlisted' in restriction) return unlistedClause(onDisk, restriction.unlisted, alias);
  if ('order' in restriction) return within(restriction.order, `${alias}.sort_key`);
  if ('recorded' in restriction) return within(restriction.recorded, `${alias}.recorded_at`);
  if ('unsaid' in restriction)
    return { text: `${columnOf(onDisk, restriction.unsaid, alias)} IS NULL`, parameters: [] };
  if ('between' in restriction) {
    const { text, parameters } = within(restriction.between, columnOf(onDisk, restriction.column, alias));
    // Neither in nor out where it says nothing: false, so that what is turned about stays so.
    return { text: `COALESCE(${text}, ${FALSE})`, parameters };
  }
  const { at } = restriction;
  if (!at) return tested(onDisk, restriction, alias, true);
  const { text, parameters } = tested(onDisk, restriction, 'n', false);
  const slice = onDisk.tables.slice.name;
  const never = `NOT EXISTS (SELECT 1 FROM ${slice} h WHERE h.id = n.id AND ${holdsOf('h')})`;
  const when = at.orEver ? `(${holdsOf('n')} OR ${never})` : holdsOf('n');
  return {
    text: `${alias}.id IN (SELECT n.id FROM ${slice} n WHERE ${text} AND ${when})`,
    parameters: [...parameters, ...holding(at), ...(at.orEver ? holding(at) : [])],
  };
};

/** That a slice of this name holds. */
const holdsOf = (alias: string): string => HOLDS.replaceAll('s.', `${alias}.`);

/** One row at a time: the subject that is named is found by its key. */
function naming(looking: Looking, { names, such }: Extract<Restriction, { names: string }>, alias: string): Clause {
  const { view, tables } = looking.generation.on(looking.aggregate);
  const [other, entry] = [`${alias}o`, `${alias}l`];
  const { text, parameters } = described(looking, such, other);
  const there = (id: string): string =>
    `SELECT 1 FROM ${looking.generation.on(such.aggregate).tables.slice.name} ${other} WHERE ${other}.id = ${id} AND ${text}`;
  if (names in view.columns) return { text: `EXISTS (${there(`${alias}.${columnName(names)}`)})`, parameters };
  if (!(names in view.lists)) throw new Error(`${view.aggregate} has neither a column nor a list ${names}`);
  const listed = `SELECT 1 FROM ${tables.list.name} ${entry} WHERE ${isSame(entry, alias)} AND ${entry}.list = ?`;
  return { text: `EXISTS (${listed} AND EXISTS (${there(`${entry}.value`)}))`, parameters: [names, ...parameters] };
}

function namedBy(
  looking: Looking,
  { namedIn, by, except }: Extract<Restriction, { namedIn: string }>,
  alias: string,
): Clause {
  const { view, tables } = looking.generation.on(by.aggregate);
  if (!(namedIn in view.columns)) throw new Error(`${view.aggregate} has no column ${namedIn}`);
  const other = `${alias}o`;
  const { text, parameters } = described(looking, by, other);
  const slice = `${tables.slice.name} ${other}`;
  const own = looking.generation.on(looking.aggregate);
  const counted = except === undefined ? '' : ` AND ${other}.id <> COALESCE(${columnOf(own, except, alias)}, '')`;
  return {
    text: `EXISTS (SELECT 1 FROM ${slice} WHERE ${other}.${columnName(namedIn)} = ${alias}.id AND ${text}${counted})`,
    parameters,
  };
}

/** That a slice of another aggregate holds there and then, and is such. */
function described(looking: Looking, other: Described, alias: string): Clause {
  const { aggregate, restriction, at, recordedAsNone, orEver } = other;
  const { generation } = looking;
  const place = at ?? looking.place;
  const such = restriction
    ? restrictionClause({ generation, aggregate, place }, restriction, alias)
    : { text: '1 = 1', parameters: [] };
  const holds = (recordedAsNone ? HOLDS_AS_NONE : HOLDS).replaceAll('s.', `${alias}.`);
  if (!orEver) return { text: `${holds} AND (${such.text})`, parameters: [...holding(place), ...such.parameters] };
  const never = `NOT EXISTS (SELECT 1 FROM ${generation.on(aggregate).tables.slice.name} ${alias}h
    WHERE ${alias}h.id = ${alias}.id AND ${holdsOf(`${alias}h`)})`;
  const known = `${alias}.recorded_from <= ? AND ${alias}.recorded_to > ? AND ${alias}.records_none = 0`;
  return {
    text: `(${holds} OR ${known} AND ${never}) AND (${such.text})`,
    parameters: [...holding(place), place.position, place.position, ...holding(place), ...such.parameters],
  };
}

const within = ({ from, to }: Stretch, value: string): Clause =>
  to === undefined
    ? { text: `${value} >= ?`, parameters: [from] }
    : { text: `${value} >= ? AND ${value} < ?`, parameters: [from, to] };

/** In words that both databases take for a truth value. */
const FALSE = '1 = 0';

function columnOf({ view }: ViewOnDisk, column: string, alias: string): string {
  if (!(column in view.columns)) throw new Error(`${view.aggregate} has no column ${column}`);
  return `${alias}.${columnName(column)}`;
}

/** After every sort key. */
const LAST_KEY = '\u{10FFFF}';

/** The same row of the slices and of the lists. */
const isSame = (entry: string, alias: string): string =>
  ['id', 'recorded_from', 'valid_from'].map((key) => `${entry}.${key} = ${alias}.${key}`).join(' AND ');

/** One look into the order of each list, however many values are asked for. */
function listedClause({ generation, aggregate }: Looking, listed: readonly Listed[], alias: string): Clause {
  const { view, tables } = generation.on(aggregate);
  const groups = [...Map.groupBy(listed, ({ by, via }) => (via ? `${by} ${placeKey(via)}` : by)).values()];
  const parts = groups.map((under): Clause => {
    const [{ by, via } = { by: '' }] = under;
    if (via) return viaClause(generation, tables.slice.name, under, via);
    const rows = padded(under.map(({ value, from, to }) => [value, from ?? '', to ?? LAST_KEY]));
    const values = `(VALUES ${rows.map(() => '(?, ?, ?)').join(', ')}) w`;
    const isColumn = by in view.columns;
    if (!isColumn && !(by in view.lists)) throw new Error(`${view.aggregate} is not listed by ${by}`);
    const [table, where, given] = isColumn
      ? [tables.slice, `l.${columnName(by)}`, []]
      : [tables.list, 'l.list = ? AND l.value', [by]];
    return {
      text: `SELECT l.id, l.recorded_from, l.valid_from FROM ${values} CROSS JOIN ${table.name} l
        WHERE ${where} = w.column1 AND l.sort_key >= w.column2 AND l.sort_key < w.column3`,
      parameters: [...rows.flat(), ...given],
    };
  });
  if (parts.length === 0) return { text: '1 = 0', parameters: [] };
  return {
    text: `(${alias}.id, ${alias}.recorded_from, ${alias}.valid_from) IN (${parts.map(({ text }) => text).join(' UNION ALL ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

const placeKey = ({ names, aggregate, at }: Via): string => `${names} ${aggregate} ${at.asAt} ${at.position}`;

/** From what is under each value to what names it. */
function viaClause(generation: Generation, slice: string, listed: readonly Listed[], via: Via): Clause {
  const { view, tables } = generation.on(via.aggregate);
  const [{ by } = { by: '' }] = listed;
  if (!(by in view.columns)) throw new Error(`${view.aggregate} has no column ${by}`);
  const rows = padded(
    listed.map(({ value, from, to, via: { within } = {} }) => [
      ...[value, from ?? '', to ?? LAST_KEY],
      ...[within?.from ?? '', within?.to ?? LAST_KEY],
    ]),
  );
  return {
    text: `SELECT l.id, l.recorded_from, l.valid_from
      FROM (VALUES ${rows.map(() => '(?, ?, ?, ?, ?)').join(', ')}) w CROSS JOIN ${tables.slice.name} t CROSS JOIN ${slice} l
      WHERE t.${columnName(by)} = w.column1 AND t.sort_key >= w.column4 AND t.sort_key < w.column5 AND ${holdsOf('t')}
        AND l.${columnName(via.names)} = t.id AND l.sort_key >= w.column2 AND l.sort_key < w.column3`,
    parameters: [...rows.flat(), ...holding(via.at)],
  };
}

function unlistedClause({ tables }: ViewOnDisk, lists: readonly string[], alias: string): Clause {
  const entry = `${alias}l`;
  const { text, parameters } = isOneOf(`${entry}.list`, lists);
  const listed = `SELECT 1 FROM ${tables.list.name} ${entry} WHERE ${isSame(entry, alias)}`;
  return { text: `NOT EXISTS (${listed} AND ${text})`, parameters };
}

/** What one column says. */
type Tested = Extract<Restriction, { words: string } | { oneOf: readonly string[]; column: string }>;

/** @param total whether it has to be true or false, never neither, where the column is null. */
function tested(onDisk: ViewOnDisk, restriction: Tested, alias: string, total: boolean): Clause {
  const { column } = restriction;
  const bare = column === undefined ? `${alias}.search` : columnOf(onDisk, column, alias);
  const value = total ? `COALESCE(${bare}, '')` : bare;
  if ('oneOf' in restriction) return isOneOf(value, restriction.oneOf);
  const patterns = wordPatterns(restriction.words);
  return { text: patterns.map(() => `${value} LIKE ? ESCAPE '!'`).join(' AND ') || '1 = 1', parameters: patterns };
}
