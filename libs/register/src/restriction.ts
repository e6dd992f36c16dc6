import { Refusal } from '#kernel';
import type { SqlValue } from './connection.js';
import type { ViewOnDisk } from './generation.js';
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
  | { readonly not: Restriction }
  | { readonly all: readonly Restriction[] }
  | { readonly any: readonly Restriction[] };

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

/** A restriction as a condition on a slice `s`. */
export const restrictionClause = (onDisk: ViewOnDisk, restriction: Restriction): Clause => {
  if ('not' in restriction) {
    const { text, parameters } = restrictionClause(onDisk, restriction.not);
    return { text: `NOT (${text})`, parameters };
  }
  if ('all' in restriction || 'any' in restriction) {
    const [parts, joint, none] =
      'all' in restriction ? [restriction.all, ' AND ', '1 = 1'] : [restriction.any, ' OR ', '1 = 0'];
    const clauses = parts.map((part) => restrictionClause(onDisk, part));
    return {
      text: clauses.map(({ text }) => `(${text})`).join(joint) || none,
      parameters: clauses.flatMap(({ parameters }) => parameters),
    };
  }
  if ('ids' in restriction) return isOneOf('s.id', restriction.ids);
  const { at } = restriction;
  if (!at) return tested(onDisk, restriction, 's', true);
  const { text, parameters } = tested(onDisk, restriction, 'n', false);
  const slice = onDisk.tables.slice.name;
  if (at.orBefore) {
    return {
      text: `s.id IN (SELECT n.id FROM ${slice} n WHERE ${text} AND ${HELD.replaceAll('s.', 'n.')})`,
      parameters: [...parameters, at.asAt, at.position, at.position],
    };
  }
  const holds = HOLDS.replaceAll('s.', 'n.');
  const never = `NOT EXISTS (SELECT 1 FROM ${slice} h WHERE h.id = n.id AND ${HOLDS.replaceAll('s.', 'h.')})`;
  const when = at.orEver ? `(${holds} OR ${never})` : holds;
  return {
    text: `s.id IN (SELECT n.id FROM ${slice} n WHERE ${text} AND ${when})`,
    parameters: [...parameters, ...holding(at), ...(at.orEver ? holding(at) : [])],
  };
};

/** @param total whether it has to be true or false, never neither, where the column is null. */
function tested(
  { view }: ViewOnDisk,
  restriction: Extract<Restriction, { at?: Elsewhere }>,
  alias: 's' | 'n',
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
