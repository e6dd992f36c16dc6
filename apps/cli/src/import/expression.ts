import { unknownDay, type UnknownDayOfStep } from '#command';
import { addDays, isRefusal, parseCivilDate, type CivilDate } from '#kernel';
import { dateReader, periodReader, readTwice, type DateReader } from './date-format.js';
import { clockIn, TAKEN } from './moment-format.js';
import { isExact, numberIn, penceIn } from './number-format.js';
import type { Place } from './place.js';
import { CellRefusal, type Row } from './row.js';

/** A column that a mapping names, with where it does. */
export interface Mention {
  readonly column: string;
  readonly place: Place;
  /** True where it is read of every row that is gathered, not once for all of them. */
  readonly each?: true;
}

/** How a value is made out of a row. */
export interface Expression {
  /** Undefined where the row has nothing to say: the field is then left out. @throws CellRefusal */
  readonly of: (row: Row) => unknown;
  readonly mentions: readonly Mention[];
}

/** A value that is text. */
export interface TextExpression extends Expression {
  readonly of: (row: Row) => string | undefined;
}

/** Stands for no value at all, in a table or as what stands in for one. */
const LEAVE_OUT = 'leave out';

const COLUMN_KEYS = ['column', 'values', 'missing', 'otherwise', 'split', 'as', 'format', 'lastDay', 'take'] as const;
const AS = ['text', 'number', 'boolean', 'date', 'pence'] as const;

/** The value of a field: a template, a constant, a column with a table, a list, `join`, or fields inside the field. */
export const expression = (place: Place): Expression => {
  if (place.value === LEAVE_OUT) return { of: () => undefined, mentions: [] };
  if (typeof place.value === 'string') return template(place);
  if (typeof place.value === 'number' && !isExact(place.value))
    throw place.refusal(`is ${place.written}: needed a number that can be kept exactly, or text in quotes`);
  if (typeof place.value === 'number' || typeof place.value === 'boolean')
    return { of: () => place.value, mentions: [] };
  if (place.isList) return listOf(place);
  if (place.has('column')) return columnOf(place.object(COLUMN_KEYS));
  if (place.has('gather')) return gathered(place.object(['gather', 'when']));
  if (place.has('join')) return joined(place.object(['join', 'of']));
  if (place.has('firstOf')) return firstOf(place.object(['firstOf']));
  if (place.isObject) return fields(place);
  throw place.refusal('is empty: needed a value, or leave the key out');
};

/** A value that has to be text: a template, or anything else that gives one. */
export const textOf = (place: Place): TextExpression => {
  if (!place.isObject) return template(place);
  const { of, mentions } = expression(place);
  return {
    mentions,
    of: (row) => {
      const value = of(row);
      return value === undefined ? undefined : String(value);
    },
  };
};

/** Text with columns in braces: `ifg:{id}`. Left out where one of its columns is blank, but for `{column?}`. `{{` stands for a brace. */
export const template = (place: Place): TextExpression => {
  const text = place.text();
  const parts = text.split(/(\{\{|\{[^{}]*\})/);
  const mentions: Mention[] = [];
  const columns: string[] = [];
  const read = parts.map((part) => {
    if (part === '{{') return () => '{';
    if (!/^\{.+\}$/s.test(part)) {
      if (part.includes('{'))
        throw place.refusal(`has an open brace in ${JSON.stringify(text)}: needed {column}, or {{ for a brace`);
      return () => part;
    }
    const mayBeBlank = part.endsWith('?}');
    const column = part.slice(1, mayBeBlank ? -2 : -1).trim();
    mentions.push({ column, place });
    if (!mayBeBlank) columns.push(column);
    return (row: Row) => row.cell(column);
  });
  return {
    mentions,
    of: (row) =>
      columns.some((column) => row.cell(column) === '') ? undefined : read.map((part) => part(row)).join(''),
  };
};

function listOf(place: Place): Expression {
  const items = place.items().map(expression);
  return {
    mentions: items.flatMap(({ mentions }) => mentions),
    of: (row) => {
      const values = items.flatMap(({ of }) => of(row) ?? []);
      return values.length === 0 ? undefined : values;
    },
  };
}

function joined(place: Place): Expression {
  const separator = String(place.required('join', 'the text between the parts, such as "; "').value);
  const items = place.required('of', 'a list of templates').items().map(template);
  return {
    mentions: items.flatMap(({ mentions }) => mentions),
    of: (row) => items.flatMap(({ of }) => of(row) ?? []).join(separator) || undefined,
  };
}

function firstOf(place: Place): Expression {
  const items = place.required('firstOf', 'a list of values').items().map(expression);
  return {
    mentions: items.flatMap(({ mentions }) => mentions),
    of: (row) => {
      for (const { of } of items) {
        const value = of(row);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

/** A list with a value for each of the rows that have one key. */
function gathered(place: Place): Expression {
  const at = place.required('gather', 'what each row adds to the list');
  const value = expression(at);
  const when = condition(place.optional('when'));
  if (value.mentions.length === 0) throw at.refusal('names no column: needed what each row adds to the list');
  if (value.mentions.some(({ each }) => each)) throw at.refusal('gathers inside what is gathered');
  return {
    mentions: [...value.mentions, ...when.mentions].map((mention) => ({ ...mention, each: true })),
    of: (row) => {
      const values = (row.gathered ?? [row])
        .filter((each) => when.holds(each))
        .map((each) => ofEach(value, each))
        .filter((found) => found !== undefined);
      return values.length === 0 ? undefined : values;
    },
  };
}

function ofEach({ of }: Expression, row: Row): unknown {
  try {
    return of(row);
  } catch (thrown) {
    throw thrown instanceof CellRefusal ? new CellRefusal(thrown.code, { ...thrown.fault, line: row.line }) : thrown;
  }
}

/** Fields inside a field. Left out whole where it has columns and all of them are blank. */
function fields(place: Place): Expression {
  const inner = place.entries().map(([name, at]) => [name, expression(at)] as const);
  const mentions = inner.flatMap(([, { mentions: own }]) => own);
  return {
    mentions,
    of: (row) => {
      const said = inner.map(([name, value]) => [name, value.of(row), value.mentions.length] as const);
      if (mentions.length > 0 && said.every(([, value, columns]) => columns === 0 || value === undefined))
        return undefined;
      return Object.fromEntries(said.filter(([, value]) => value !== undefined).map(([name, value]) => [name, value]));
    },
  };
}

function columnOf(place: Place): Expression {
  const at = place.required('column', 'the name of a column');
  const column = at.text();
  const missing = place.optional('missing');
  const fallback = missing && expression(missing);
  const read = reader(place, column);
  const separator = place.optional('split')?.text();
  return {
    mentions: [{ column, place: at }, ...(fallback?.mentions ?? []), ...read.mentions],
    of: (row) => {
      const cell = row.cell(column);
      if (cell === '') return fallback?.of(row);
      if (separator === undefined) return read.of(cell, row);
      const parts = cell.split(separator).map((part) => part.trim());
      return parts.filter((part) => part !== '').map((part) => read.of(part, row));
    },
  };
}

interface CellReader {
  readonly of: (cell: string, row: Row) => unknown;
  readonly mentions: readonly Mention[];
}

function reader(place: Place, column: string): CellReader {
  const table = place.optional('values');
  const otherwise = place.optional('otherwise');
  if (table) {
    if (!table.isObject) throw table.refusal('is not a table: needed each value of the column with what it stands for');
    const values = new Map(table.writtenEntries().map(([key, value]) => [key, expression(value)] as const));
    const rest = otherwise && expression(otherwise);
    return {
      mentions: [...[...values.values()].flatMap(({ mentions }) => mentions), ...(rest?.mentions ?? [])],
      of: (cell, row) => {
        const meant = values.get(cell) ?? rest;
        if (meant) return meant.of(row);
        throw new CellRefusal('VALUE_NOT_IN_TABLE', {
          column,
          found: cell,
          needed: `one of ${[...values.keys()].join(', ')}`,
        });
      },
    };
  }
  if (otherwise) throw otherwise.refusal('has no table beside it: needed values:');
  const take = takenAt(place);
  if (take === 'time') return { mentions: [], of: (cell) => clockIn(cell, column).time };
  if (take === 'day') return { mentions: [], of: takenDay(place, column) };
  const as = place.optional('as')?.text(AS) ?? (place.has('format') || place.has('lastDay') ? 'date' : 'text');
  if (as === 'date') {
    const day = dayReader(place, column);
    return { mentions: [], of: day };
  }
  return { mentions: [], of: (cell) => read(as, cell, column) };
}

function read(as: 'text' | 'number' | 'boolean' | 'pence', cell: string, column: string): unknown {
  if (as === 'text') return cell;
  if (as === 'boolean') {
    if (/^(true|yes|y|1)$/i.test(cell)) return true;
    if (/^(false|no|n|0)$/i.test(cell)) return false;
    throw new CellRefusal('NOT_TRUE_OR_FALSE', { column, found: cell, needed: 'true or false, yes or no, 1 or 0' });
  }
  return as === 'pence' ? { pence: penceIn(cell, column) } : numberIn(cell, column);
}

/** What is taken out of a moment in a cell; undefined where the cell is none. */
function takenAt(place: Place, values: typeof TAKEN | readonly ['day'] = TAKEN): (typeof TAKEN)[number] | undefined {
  const take = place.optional('take')?.text(values);
  const beside = take === undefined ? undefined : (place.optional('format') ?? place.optional('as'));
  const shift = take === 'time' ? place.optional('lastDay') : undefined;
  if (shift) throw shift.refusal('moves a day, and a time is taken here');
  if (beside) throw beside.refusal('stands beside take: a moment is written in one way, docs/import.md shows it');
  return take;
}

function takenDay(place: Place, column: string): (cell: string) => CivilDate {
  const shift = place.optional('lastDay')?.flag() ? 1 : 0;
  return (cell) => addDays(clockIn(cell, column).day, shift);
}

/** A day read from a cell, by the formats beside the column; moved one day on where the cell gives the last day. */
function dayReader(
  place: Place,
  column: string,
  formats: readonly string[] = place.optional('format')?.texts() ?? ['YYYY-MM-DD'],
  written: readonly string[] = formats,
): (cell: string) => CivilDate {
  const at = place.optional('format');
  const readers: readonly DateReader[] = formats.map((format) => {
    const found = dateReader(format);
    if (found) return found;
    throw (at as Place).refusal(
      `is ${JSON.stringify(format)}: needed year, month and day once each, for example DD/MM/YYYY`,
    );
  });
  for (const [index, one] of formats.entries()) {
    for (const other of formats.slice(index + 1)) {
      const cell = readTwice(one, other);
      if (cell === undefined) continue;
      throw (at as Place).refusal(
        `has ${one} and ${other}, which both read ${JSON.stringify(cell)}, as different days: needed one of them, or a column for each`,
      );
    }
  }
  const shift = place.optional('lastDay')?.flag() ? 1 : 0;
  return (cell) => {
    for (const tryRead of readers) {
      const day = tryRead(cell);
      if (day !== undefined) return addDays(day, shift);
    }
    throw new CellRefusal('NOT_A_DATE', { column, found: cell, needed: `a day written ${written.join(' or ')}` });
  };
}

/** From when a fact holds. */
export interface DayOf {
  readonly of: (row: Row) => UnknownDayOfStep;
  /** The column that says so, for refusals; undefined for a constant. */
  readonly column?: string;
  readonly mentions: readonly Mention[];
}

/** `unknown`, with or without bounds, a day, a month or a year, or a column with its formats and what stands in for a blank cell. */
export const dayOf = (place: Place): DayOf => {
  if (place.value === 'unknown') return unknownIn(place, {});
  if (!place.isObject) {
    const text = place.written;
    const day = dateReader('YYYY-MM-DD')?.(text);
    if (day) return { of: () => ({ effectiveOn: parseCivilDate(day, place.key) }), mentions: [] };
    const period = periodReader('YYYY-MM')?.(text) ?? periodReader('YYYY')?.(text);
    if (period !== undefined) return unknownIn(place, { effectiveIn: period });
    throw place.refusal(
      `is ${JSON.stringify(text)}: needed unknown, a day as YYYY-MM-DD, a month or a year, or { column: … }`,
    );
  }
  if (!place.has('column')) {
    const { notBefore, notAfter } = { notBefore: undefined, notAfter: undefined, ...textsOf(place.object(BOUNDS)) };
    return unknownIn(place, { notBefore, notAfter });
  }
  place.object(['column', 'format', 'missing', 'lastDay', 'take']);
  const at = place.required('column', 'the name of a column');
  const column = at.text();
  const read = unknownReader(place, column);
  const missing = place.optional('missing');
  const fallback = missing && dayOf(missing);
  return {
    column,
    mentions: [{ column, place: at }, ...(fallback?.mentions ?? [])],
    of: (row) => {
      const cell = row.cell(column);
      if (cell !== '') return read(cell);
      if (fallback) return fallback.of(row);
      throw new CellRefusal('NOT_A_DATE', {
        column,
        found: '',
        needed: 'a day, or `missing:` in the mapping to say what stands in for none',
      });
    },
  };
};

const BOUNDS = ['notBefore', 'notAfter'] as const;

const textsOf = (place: Place): Record<string, string> =>
  Object.fromEntries(place.entries().map(([name, at]) => [name, at.written]));

/** A day that nobody knows, as the mapping says it. */
function unknownIn(place: Place, given: Parameters<typeof unknownDay>[0]): DayOf {
  try {
    const day = unknownDay({ startKnown: false, ...given }, '') as UnknownDayOfStep;
    return { of: () => day, mentions: [] };
  } catch (thrown) {
    throw isRefusal(thrown) ? place.refusal(`is not usable: ${thrown.message}`) : thrown;
  }
}

/** A day from a cell, or the month or the year in which it is, by the formats beside the column. */
function unknownReader(place: Place, column: string): (cell: string) => UnknownDayOfStep {
  if (takenAt(place, ['day']) === 'day') {
    const taken = takenDay(place, column);
    return (cell) => ({ effectiveOn: taken(cell) });
  }
  const at = place.optional('format');
  const formats = at?.texts() ?? ['YYYY-MM-DD'];
  const periods = formats.flatMap((format) => periodReader(format) ?? []);
  const days = formats.filter((format) => !periodReader(format));
  const day = dayReader(place, column, days, formats);
  return (cell) => {
    const period = periods.map((read) => read(cell)).find((found) => found !== undefined);
    if (period === undefined) return { effectiveOn: day(cell) };
    return unknownDay({ effectiveIn: period }, '') as UnknownDayOfStep;
  };
}

/** Whether a row has a thing to say. */
export interface Condition {
  readonly holds: (row: Row) => boolean;
  readonly mentions: readonly Mention[];
}

/** A column that is not blank, or one with (`is`) or without (`isNot`) certain values; several have to hold together. */
export const condition = (place: Place | undefined): Condition => {
  if (!place) return { holds: () => true, mentions: [] };
  const all = place.items().map((item): Condition => {
    if (!item.isObject) {
      const column = item.text();
      return { holds: (row) => row.cell(column) !== '', mentions: [{ column, place: item }] };
    }
    item.object(['column', 'is', 'isNot']);
    const at = item.required('column', 'the name of a column');
    const column = at.text();
    const [is, isNot] = [texts(item.optional('is')), texts(item.optional('isNot'))];
    return {
      holds: (row) => (is?.includes(row.cell(column)) ?? true) && !(isNot?.includes(row.cell(column)) ?? false),
      mentions: [{ column, place: at }],
    };
  });
  return { holds: (row) => all.every(({ holds }) => holds(row)), mentions: all.flatMap(({ mentions }) => mentions) };
};

const texts = (place: Place | undefined): readonly string[] | undefined => place?.items().map(({ written }) => written);
