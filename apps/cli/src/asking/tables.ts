import { csvCell } from '#decision-log';
import { Refusal } from '#kernel';
import { cellText, columnsOf, type Row } from './flattened.js';

/** How an answer is printed: columns for people, or CSV or JSON for programs. */
export type Format = 'table' | 'csv' | 'json';

/** @param json the option of every command: as `--format json`. @throws Refusal `LOG_FORMAT_UNKNOWN` */
export const formatOf = (text: string, json: boolean): Format => {
  if (json && text === 'table') return 'json';
  if (text === 'table' || text === 'csv' || text === 'json') return text;
  throw new Refusal('LOG_FORMAT_UNKNOWN', `format is ${JSON.stringify(text)}: needed table, csv or json`, {
    field: 'format',
  });
};

/** Rows as CSV (RFC 4180), without the line feed at its end, which printing adds. @param columns default those of the rows. */
export const csvOf = (rows: readonly Row[], columns: readonly string[] = columnsOf(rows)): string =>
  [columns.map(csvCell), ...rows.map((row) => columns.map((column) => csvCell(cellText(row.get(column)))))]
    .map((cells) => `${cells.join(',')}\r`)
    .join('\n');

/** What a terminal or a reader's eye would take for something else: the signs that move a cursor or turn text around. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const onOneLine = (value: unknown): string => cellText(value).replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();

/** Rows in plain columns, as wide as what stands in them. */
export const tableOf = (rows: readonly Row[], columns: readonly string[] = columnsOf(rows)): string => {
  const cells = [columns, ...rows.map((row) => columns.map((column) => onOneLine(row.get(column))))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => [...(line[at] ?? '')].length)));
  return cells
    .map((line) =>
      line
        .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** @param whole what JSON is printed of. */
export const printedAs = (
  format: Format,
  rows: readonly Row[],
  whole: unknown,
  columns?: readonly string[],
): string => {
  switch (format) {
    case 'table':
      return tableOf(rows, columns);
    case 'csv':
      return csvOf(rows, columns);
    case 'json':
      return JSON.stringify(whole, null, 2);
  }
};
