import { csvText } from '../csv.js';
import type { CsvColumn } from '../csv-columns.js';
import type { RegisterDocument } from '../document.js';
import { htmlOf } from '../html.js';
import type { LogFormat } from '../log-files.js';
import { renderDocx, renderPdf } from '../rendering.js';

/** A document of who may decide, ready for every format: the same entries in each. */
export interface Authorities<Row = never> {
  readonly document: RegisterDocument;
  readonly columns: readonly CsvColumn<Row>[];
  readonly rows: readonly Row[];
  readonly json: string;
  /** Name of its files, without an ending: `scheme`. */
  readonly file: string;
}

/** The document in a format. @throws Refusal `PDF_UNAVAILABLE`, `PDF_TOO_LONG` */
export const authoritiesFile = async <Row>(made: Authorities<Row>, format: LogFormat): Promise<Uint8Array> => {
  switch (format) {
    case 'html':
      return Buffer.from([...htmlOf(made.document)].join(''));
    case 'pdf':
      return renderPdf(made.document);
    case 'docx':
      return renderDocx(made.document);
    case 'json':
      return Buffer.from(made.json);
    case 'csv':
      return joined(csvText(made.columns, made.rows));
  }
};

/** What each column of its CSV means. */
export const dataDictionary = async <Row>({ columns, file }: Authorities<Row>): Promise<Uint8Array> =>
  joined(csvText(dictionaryColumns<Row>(file), columns));

const dictionaryColumns = <Row>(file: string): readonly CsvColumn<CsvColumn<Row>>[] => [
  { name: 'file', datatype: 'string', meaning: 'The file.', of: () => `${file}.csv` },
  { name: 'column', datatype: 'string', meaning: 'The column.', of: ({ name }) => name },
  { name: 'datatype', datatype: 'string', meaning: 'What its cells are.', of: ({ datatype }) => datatype },
  { name: 'meaning', datatype: 'string', meaning: 'What it says.', of: ({ meaning }) => meaning },
];

async function joined(pieces: AsyncIterable<string>): Promise<Uint8Array> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return Buffer.from(text);
}
