import type { DecisionEntry } from './document.js';
import {
  APPOINTMENT_COLUMNS,
  CORRECTION_COLUMNS,
  DECISION_COLUMNS,
  DELEGATION_COLUMNS,
  type CsvColumn,
} from './csv-columns.js';
import { csvMetadata } from './csv-metadata.js';
import type { LogStream } from './gather.js';
import type { LogFile } from './log-file.js';

const NEWLINE = '\r\n';

/** About this many characters are handed on at a time. */
const CHUNK = 64 * 1024;

/**
 * The decisions as CSV (RFC 4180, UTF-8 without a byte order mark), one row for each in the order of the log. Memory
 * does not grow with the log.
 */
export const decisionsFile = (entries: LogStream['entries']): LogFile => ({
  name: 'decisions.csv',
  content: csvText(DECISION_COLUMNS, entries),
});

/** What stands beside `decisions.csv`: its companions, what each column means, the metadata of CSV on the Web. Small. */
export const csvCompanions = ({ companions, head }: Pick<LogStream, 'companions' | 'head'>): readonly LogFile[] => [
  { name: 'delegations.csv', content: csvText(DELEGATION_COLUMNS, companions.delegations) },
  { name: 'appointments.csv', content: csvText(APPOINTMENT_COLUMNS, companions.appointments) },
  { name: 'corrections.csv', content: csvText(CORRECTION_COLUMNS, companions.corrections) },
  { name: 'data-dictionary.csv', content: csvText(DICTIONARY_COLUMNS, dictionary()) },
  { name: 'csv-metadata.json', content: once(`${JSON.stringify(csvMetadata(head), null, 2)}\n`) },
];

/**
 * The decisions once more for a spreadsheet: with a byte order mark, and with an apostrophe before every text that a
 * spreadsheet would take for a formula. A copy for reading: `decisions.csv` is the record.
 */
export const spreadsheetFile = (entries: LogStream['entries']): LogFile => ({
  name: 'decisions-for-spreadsheets.csv',
  content: csvText(DECISION_COLUMNS, entries, { forSpreadsheets: true }),
});

/** A cell as RFC 4180 has it: quoted where it has a quote, a comma, a line break, or a space at its end. */
export const csvCell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Half-width and full-width signs that begin a formula, also after white space. */
const FORMULA = /^[\s\u00a0\u3000]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]|^[\t\r\n]/;

export const neutralised = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

export async function* csvText<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  { forSpreadsheets = false }: { readonly forSpreadsheets?: boolean } = {},
): AsyncGenerator<string, void> {
  let text = `${forSpreadsheets ? '\ufeff' : ''}${columns.map(({ name }) => name).join(',')}${NEWLINE}`;
  for await (const row of rows) {
    const cells = columns.map((column) => {
      const value = column.of(row);
      return csvCell(forSpreadsheets && column.datatype === 'string' ? neutralised(value) : value);
    });
    text += `${cells.join(',')}${NEWLINE}`;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

interface DictionaryRow {
  readonly file: string;
  readonly column: Pick<CsvColumn<DecisionEntry>, 'name' | 'datatype' | 'meaning'>;
}

const dictionary = (): readonly DictionaryRow[] => [
  ...DECISION_COLUMNS.map((column) => ({ file: 'decisions.csv', column })),
  ...DELEGATION_COLUMNS.map((column) => ({ file: 'delegations.csv', column })),
  ...APPOINTMENT_COLUMNS.map((column) => ({ file: 'appointments.csv', column })),
  ...CORRECTION_COLUMNS.map((column) => ({ file: 'corrections.csv', column })),
];

const DICTIONARY_COLUMNS: readonly CsvColumn<DictionaryRow>[] = [
  { name: 'file', datatype: 'string', meaning: 'The file.', of: ({ file }) => file },
  { name: 'column', datatype: 'string', meaning: 'The column.', of: ({ column }) => column.name },
  { name: 'datatype', datatype: 'string', meaning: 'What its cells are.', of: ({ column }) => column.datatype },
  { name: 'meaning', datatype: 'string', meaning: 'What it says.', of: ({ column }) => column.meaning },
];
