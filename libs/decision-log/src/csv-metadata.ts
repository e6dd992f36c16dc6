import {
  APPOINTMENT_COLUMNS,
  CORRECTION_COLUMNS,
  DECISION_COLUMNS,
  DELEGATION_COLUMNS,
  type CsvColumn,
} from './csv-columns.js';
import type { LogHead } from './document.js';

/** What the CSV files are, as CSV on the Web has it (W3C, Metadata Vocabulary for Tabular Data). */
export const csvMetadata = (head: LogHead): object => ({
  '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
  'dc:title': head.title,
  'dc:description': `${head.subtitle}. ${head.footer}.`,
  'dc:identifier': head.id,
  dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true },
  tables: [
    table('decisions.csv', 'One row for each decision of the log.', DECISION_COLUMNS, 'place'),
    table('delegations.csv', 'Delegations made, varied and revoked in the period.', DELEGATION_COLUMNS),
    table('appointments.csv', 'Appointments and vacancies that took effect in the period.', APPOINTMENT_COLUMNS),
    table('corrections.csv', 'What was put right about the decisions of the log.', CORRECTION_COLUMNS),
  ],
});

const table = <Row>(
  url: string,
  description: string,
  columns: readonly CsvColumn<Row>[],
  primaryKey?: string,
): object => ({
  url,
  'dc:description': description,
  tableSchema: {
    columns: columns.map(({ name, datatype, meaning }) => ({
      name,
      titles: name,
      datatype,
      'dc:description': meaning,
    })),
    ...(primaryKey !== undefined && { primaryKey }),
  },
});
