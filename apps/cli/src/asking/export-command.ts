import { csvCell, type LogFile } from '#decision-log';
import { Refusal } from '#kernel';
import { FilesToBe, type WrittenFile } from '../files-to-be.js';
import { VERSION } from '../project.js';
import { print } from '../terminal.js';
import type { Answers } from './answers.js';
import { withAnswers, type Asking } from './asking.js';
import { columnsOf, cellIn, type ExportColumn } from './export-columns.js';
import { exportMetadata, type Exported } from './export-metadata.js';
import type { BasisOptions } from './history-command.js';
import type { Fields } from './one-subject.js';
import { answered } from './query-command.js';
import { roomsOf, selectionOf, type Room } from './selections.js';
import { settledBasis, type SettledBasis } from './settled-basis.js';
import { wholeList } from './whole-list.js';

export interface ExportOptions extends Asking, BasisOptions {
  readonly to: string;
  readonly format: string;
  readonly licence?: string;
  readonly attribution?: string;
}

/** About so many characters are handed on at a time. */
const CHUNK = 64 * 1024;

/**
 * `register export`: everything that a reader may see at a basis, a file a room and one that says what they are: all of
 * them, or none. The same basis gives the same bytes.
 */
export const exportCommand = async (options: ExportOptions): Promise<void> => {
  const format = exportFormat(options.format);
  await answered(options, async () => {
    const { basis, files } = await withAnswers(options, async (answers) => exported(answers, format, options));
    if (options.json) return print(JSON.stringify({ basis, files, folder: options.to }));
    print(`as at ${basis.asAt}, as known at position ${basis.position}`);
    for (const { name, bytes, sha256 } of files) print(`${sha256}  ${String(bytes).padStart(10)}  ${name}`);
    print(`written to ${options.to}`);
    if (options.licence === undefined) print('no licence is said: --licence names the one under which it may be used');
  });
};

type ExportFormat = 'csv' | 'ndjson';

function exportFormat(text: string): ExportFormat {
  if (text === 'csv' || text === 'ndjson') return text;
  throw new Refusal('LOG_FORMAT_UNKNOWN', `format is ${JSON.stringify(text)}: needed csv or ndjson`, {
    field: 'format',
  });
}

async function exported(
  answers: Answers,
  format: ExportFormat,
  { to, asAt, knownAt, licence, attribution, reader }: ExportOptions,
): Promise<{ readonly basis: SettledBasis; readonly files: readonly WrittenFile[] }> {
  const basis = await settledBasis(answers, { asAt, knownAt });
  const files = await FilesToBe.in(to);
  try {
    const rooms: Exported[] = [];
    for (const room of roomsOf(await answers.schema())) {
      const columns = columnsOf(room.type);
      const counted = { rows: 0 };
      const name = `${room.list}.${format}`;
      const { bytes, sha256 } = await files.write(fileOf(answers, room, name, format, columns, basis, counted));
      rooms.push({ name, about: room.type.description ?? '', columns, rows: counted.rows, bytes, sha256 });
    }
    const said = exportMetadata(format, rooms, { basis, reader, licence, attribution, release: VERSION });
    const name = format === 'csv' ? 'csv-metadata.json' : 'metadata.json';
    await files.write({ name, content: once(`${JSON.stringify(said, null, 2)}\n`) });
    return { basis, files: await files.keep() };
  } finally {
    await files.discard();
  }
}

function fileOf(
  answers: Answers,
  room: Room,
  name: string,
  format: ExportFormat,
  columns: readonly ExportColumn[],
  { asAt, knownAt }: SettledBasis,
  counted: { rows: number },
): LogFile {
  const query = `query Export($asAt: Date, $knownAt: KnownAt, $first: Int!, $after: String) {
    ${room.list}(asAt: $asAt, asKnownAt: $knownAt, first: $first, after: $after) {
      edges { node { ${selectionOf(room.type, 'id')} } } pageInfo { hasNextPage endCursor }
    }
  }`;
  const records = wholeList<Fields>(answers, query, { asAt, knownAt });
  const heading = format === 'csv' ? `${columns.map(({ name: column }) => csvCell(column)).join(',')}\r\n` : '';
  const line = (record: Fields): string => {
    counted.rows++;
    return format === 'csv'
      ? `${columns.map((column) => csvCell(cellIn(record, column))).join(',')}\r\n`
      : `${JSON.stringify(record)}\n`;
  };
  return { name, content: chunked(heading, records, line) };
}

async function* chunked(
  heading: string,
  records: AsyncIterable<Fields>,
  line: (record: Fields) => string,
): AsyncGenerator<string, void> {
  let text = heading;
  for await (const record of records) {
    text += line(record);
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}
