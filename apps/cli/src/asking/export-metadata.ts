import type { WrittenFile } from '../files-to-be.js';
import type { ExportColumn } from './export-columns.js';
import type { SettledBasis } from './settled-basis.js';

/** A room as it was exported. */
export interface Exported extends WrittenFile {
  readonly about: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: number;
}

export interface ExportedAs {
  readonly basis: SettledBasis;
  readonly reader: string;
  readonly licence: string | undefined;
  readonly attribution: string | undefined;
  readonly release: string;
}

/** What the files are: of CSV as CSV on the Web has it (W3C), of lines of JSON the same in plain words. */
export const exportMetadata = (format: 'csv' | 'ndjson', files: readonly Exported[], as: ExportedAs): object =>
  format === 'csv' ? csvOnTheWeb(files, as) : { ...saidOf(as), files: files.map(fileSaid) };

function csvOnTheWeb(files: readonly Exported[], as: ExportedAs): object {
  const { asAt, position } = as.basis;
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    'dc:title': 'The decision register',
    'dc:description': `What the register says as at ${asAt}, as known at position ${position}.`,
    ...(as.licence !== undefined && { 'dc:license': as.licence }),
    ...(as.attribution !== undefined && { 'dc:rights': as.attribution }),
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true },
    tables: files.map(({ name, about, columns }) => ({
      url: name,
      'dc:description': about,
      tableSchema: {
        columns: columns.map(({ name: column, datatype, meaning }) => ({
          // A name of CSV on the Web has no dots in it.
          name: column.replaceAll('.', '_'),
          titles: column,
          datatype,
          'dc:description': meaning,
        })),
        primaryKey: 'subject',
      },
    })),
    notes: [{ ...saidOf(as), files: files.map(countsOf) }],
  };
}

const saidOf = ({
  basis: { asAt, position, recordedAt },
  reader,
  licence,
  attribution,
  release,
}: ExportedAs): object => ({
  basis: { asAt, position, recordedAt },
  reader,
  licence: licence ?? null,
  attribution: attribution ?? null,
  release,
});

const countsOf = ({ name, rows, bytes, sha256 }: Exported): object => ({ name, rows, bytes, sha256 });

const fileSaid = (file: Exported): object => ({
  ...countsOf(file),
  about: file.about,
  columns: file.columns.map(({ name, datatype, meaning }) => ({ name, datatype, meaning })),
});
