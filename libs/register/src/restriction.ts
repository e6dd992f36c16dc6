import { Refusal } from '#kernel';
import type { SqlValue } from './connection.js';
import type { Generation, ViewOnDisk } from './generation.js';
import type { Place } from './lookup.js';
import { searchable } from './slice-rows.js';
import { columnName } from './tables.js';

/** Another place at which a subject is looked at than the one that is asked about. */
export interface Elsewhere extends Place {
  /** Where nothing holds at that place, whatever was ever said of the subject counts. */
  readonly orEver?: boolean;
  /** Whatever held on that day or before counts, as known at the place: what it was once called. */
  readonly orBefore?: boolean;
}

/**
 * What a subject has to be like to be listed, beside what is asked for: what its columns say here, or elsewhere. It is
 * part of the statement, so that pages, cursors and counts know nothing of what it leaves out.
 */
export type Restriction =
  | { readonly column: string; readonly oneOf: readonly string[]; readonly at?: Elsewhere }
  /** Words that a column has to contain, or, without one, the title. */
  | { readonly words: string; readonly column?: string; readonly at?: Elsewhere }
  /** Keys of subjects. */
  | { readonly ids: readonly string[] }
  /** What it names in a column, or one of what it names in a list, is such as it stands there and then. */
  | { readonly names: string; readonly such: Described }
  /** Some other subject, such as it stands there and then, names it in a column. */
  | { readonly namedIn: string; readonly by: Described }
  | { readonly not: Restriction }
  | { readonly all: readonly Restriction[] }
  | { readonly any: readonly Restriction[] };

/** What a subject of an aggregate has to be like; without a restriction it only has to be there. */
export interface Described {
  readonly aggregate: string;
  readonly restriction?: Restriction | undefined;
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

/** That a slice `s` held on a day or before. */
const HELD = 's.valid_from <= ? AND s.recorded_from <= ? AND s.recorded_to > ? AND s.records_none = 0';

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
  const { at } = restriction;
  if (!at) return tested(onDisk, restriction, alias, true);
  const { text, parameters } = tested(onDisk, restriction, 'n', false);
  const slice = onDisk.tables.slice.name;
  if (at.orBefore) {
    return {
      text: `${alias}.id IN (SELECT n.id FROM ${slice} n WHERE ${text} AND ${HELD.replaceAll('s.', 'n.')})`,
      parameters: [...parameters, at.asAt, at.position, at.position],
    };
  }
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
  const same = ['id', 'recorded_from', 'valid_from'].map((key) => `${entry}.${key} = ${alias}.${key}`).join(' AND ');
  const listed = `SELECT 1 FROM ${tables.list.name} ${entry} WHERE ${same} AND ${entry}.list = ?`;
  return { text: `EXISTS (${listed} AND EXISTS (${there(`${entry}.value`)}))`, parameters: [names, ...parameters] };
}

function namedBy(looking: Looking, { namedIn, by }: Extract<Restriction, { namedIn: string }>, alias: string): Clause {
  const { view, tables } = looking.generation.on(by.aggregate);
  if (!(namedIn in view.columns)) throw new Error(`${view.aggregate} has no column ${namedIn}`);
  const other = `${alias}o`;
  const { text, parameters } = described(looking, by, other);
  const slice = `${tables.slice.name} ${other}`;
  return {
    text: `EXISTS (SELECT 1 FROM ${slice} WHERE ${other}.${columnName(namedIn)} = ${alias}.id AND ${text})`,
    parameters,
  };
}

/** That a slice of another aggregate holds there and then, and is such. */
function described({ generation, place }: Looking, { aggregate, restriction }: Described, alias: string): Clause {
  const such = restriction
    ? restrictionClause({ generation, aggregate, place }, restriction, alias)
    : { text: '1 = 1', parameters: [] };
  return { text: `${holdsOf(alias)} AND (${such.text})`, parameters: [...holding(place), ...such.parameters] };
}

/** @param total whether it has to be true or false, never neither, where the column is null. */
function tested(
  { view }: ViewOnDisk,
  restriction: Extract<Restriction, { at?: Elsewhere }>,
  alias: string,
  total: boolean,
): Clause {
  const { column } = restriction;
  if (column !== undefined && !(column in view.columns)) throw new Error(`${view.aggregate} has no column ${column}`);
  const bare = `${alias}.${column === undefined ? 'search' : columnName(column)}`;
  const value = total ? `COALESCE(${bare}, '')` : bare;
  if ('oneOf' in restriction) return isOneOf(value, restriction.oneOf);
  const patterns = wordPatterns(restriction.words);
  return { text: patterns.map(() => `${value} LIKE ? ESCAPE '!'`).join(' AND ') || '1 = 1', parameters: patterns };
}
