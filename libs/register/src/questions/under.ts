import type { SqlValue } from '../shelves/connection.js';
import { columnName } from '../shelves/tables.js';
import { lastSaid } from '../engine/view.js';
import { holding, HOLDS, type Clause, type Looking } from './restriction.js';

interface Grouping extends Clause {
  /** What each row is listed under. */
  readonly value: string;
  readonly from: string;
  readonly where: string;
}

/** What is listed under each of several values: by a column, by a list, or by a column that also goes by what another says. */
export function grouping(looking: Looking, column: string, wanted: readonly SqlValue[], ended = false): Grouping {
  const { view, tables } = looking.generation.on(looking.aggregate);
  const slice = tables.slice.name;
  const marks = wanted.map(() => '?').join(', ');
  const last = ended && (view.untilOver?.includes(column) ?? false);
  if (last || view.through?.[column]) {
    const { text, parameters } = last ? everClause(looking, column, wanted) : throughClause(looking, column, wanted);
    const from = `(${text}) l CROSS JOIN ${slice} s`;
    return { value: 'l.value', from, where: SAME_SLICE, text, parameters };
  }
  if (column in view.columns) {
    const value = `s.${columnName(column)}`;
    return { value, from: `${slice} s`, where: `${value} IN (${marks})`, text: '', parameters: wanted };
  }
  if (!(column in view.lists)) throw unknownColumn(view.aggregate, column);
  const where = `l.list = ? AND l.value IN (${marks}) AND ${SAME_SLICE}`;
  const from = `${tables.list.name} l CROSS JOIN ${slice} s`;
  return { value: 'l.value', from, where, text: '', parameters: [column, ...wanted] };
}

/** Slices that name one of several values in a column, or name what names one there, each with the value. */
export function throughClause(looking: Looking, column: string, wanted: readonly SqlValue[]): Clause {
  const { generation, aggregate, place } = looking;
  const { view, tables } = generation.on(aggregate);
  const through = view.through?.[column];
  if (!through) throw unknownColumn(aggregate, column);
  const own = through.own ?? column;
  const [slice, other] = [tables.slice.name, generation.on(through.aggregate).tables.slice.name];
  const marks = wanted.map(() => '?').join(', ');
  const theirs = columnName(through.column ?? column);
  const key = `a.id AS id, a.recorded_from AS recorded_from, a.valid_from AS valid_from`;
  const [said, list] =
    own in view.columns
      ? [`SELECT a.${columnName(own)} AS value, ${key} FROM ${slice} a WHERE a.${columnName(own)} IN (${marks})`, []]
      : [
          `SELECT a.value AS value, ${key} FROM ${tables.list.name} a WHERE a.list = ? AND a.value IN (${marks})`,
          [own],
        ];
  return {
    text: `${said}
      UNION SELECT t.${theirs} AS value, ${key} FROM ${other} t CROSS JOIN ${slice} a
      WHERE t.${theirs} IN (${marks}) AND ${HOLDS.replaceAll('s.', 't.')} AND a.${columnName(through.names)} = t.id`,
    parameters: [...list, ...wanted, ...wanted, ...holding(place)],
  };
}

/** As `throughClause`, of what it says and of what it last said, each with the value. */
export function everClause(looking: Looking, column: string, wanted: readonly SqlValue[]): Clause {
  const { generation, aggregate, place } = looking;
  const { view, tables } = generation.on(aggregate);
  const slice = tables.slice.name;
  const marks = wanted.map(() => '?').join(', ');
  const key = 'a.id AS id, a.recorded_from AS recorded_from, a.valid_from AS valid_from';
  const names = (name: string): readonly string[] => [name, lastSaid(name)];
  const said = names(column).map((name): Clause => {
    if (!(name in view.columns)) {
      const text = `SELECT a.value AS value, ${key} FROM ${tables.list.name} a WHERE a.list = ? AND a.value IN (${marks})`;
      return { text, parameters: [name, ...wanted] };
    }
    const value = `a.${columnName(name)}`;
    return {
      text: `SELECT ${value} AS value, ${key} FROM ${slice} a WHERE ${value} IN (${marks})`,
      parameters: wanted,
    };
  });
  const through = view.through?.[column];
  const theirs = through ? names(through.column ?? column) : [];
  const others = theirs.flatMap((their) =>
    names(through?.names ?? '').map((own): Clause => {
      const other = generation.on(through?.aggregate ?? aggregate).tables.slice.name;
      const value = `t.${columnName(their)}`;
      return {
        text: `SELECT ${value} AS value, ${key} FROM ${other} t CROSS JOIN ${slice} a
          WHERE ${value} IN (${marks}) AND ${HOLDS.replaceAll('s.', 't.')} AND a.${columnName(own)} = t.id`,
        parameters: [...wanted, ...holding(place)],
      };
    }),
  );
  const all = [...said, ...others];
  return { text: all.map(({ text }) => text).join(' UNION '), parameters: all.flatMap(({ parameters }) => parameters) };
}

/** The same row of the slices and of what leads to them. */
export const SAME_SLICE = 's.id = l.id AND s.recorded_from = l.recorded_from AND s.valid_from = l.valid_from';

export const unknownColumn = (aggregate: string, name: string): Error =>
  new Error(`${aggregate} is not listed by ${JSON.stringify(name)}`);
