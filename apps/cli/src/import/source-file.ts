import { basename } from 'node:path';
import { sha256Hex } from '#event-store';
import { isInstantText, parseInstant, Refusal, type CivilDate, type Instant } from '#kernel';
import { checkColumns, instantOfList, type Mapping } from './mapping.js';
import { CellRefusal, type Row } from './row.js';
import { recordsOf, type Record } from './table.js';

/** A table with the mapping that reads it, seen to be whole. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly mapping: Mapping;
  readonly header: readonly string[];
  /** Rows in the file. */
  readonly rows: number;
  /** What they say, as it was read to see that the file is whole, where that is not much: it is not read again. */
  readonly records?: readonly Record[];
  /** The day that the whole list speaks of, for a snapshot. */
  readonly listDay?: CivilDate;
  /** The day of a snapshot as an instant. */
  readonly listInstant?: Instant;
}

/** Characters of a file that are kept of the first reading. */
const KEPT = 4_000_000;

/**
 * Reads a table once from end to end without recording anything, so that a file that is cut off, has another header or
 * cannot be parsed is refused before its first row goes in.
 *
 * @throws Refusal `FILE`, `HEADER` or `MAPPING_COLUMN`.
 */
export const checkedFile = async (path: string, mapping: Mapping): Promise<SourceFile> => {
  let header: readonly string[] | undefined;
  let rows = 0;
  if (mapping.header.names) header = checkedHeader(path, mapping.header.names, mapping);
  let records: Record[] | undefined = [];
  let room = KEPT;
  for await (const record of tableOf(path, mapping)) {
    if (header) {
      rows += 1;
      for (const cell of record.cells) room -= cell.length;
      if (room < 0) records = undefined;
      records?.push(record);
    } else header = checkedHeader(path, headerIn(path, record, mapping), mapping);
  }
  if (!header) {
    const { line } = mapping.header;
    const found =
      line === 1 ? 'is empty' : `ends before line ${line}, on which \`header:\` says that its header stands`;
    throw new Refusal('HEADER', `${basename(path)} ${found}: needed a header row`, { field: path });
  }
  const listDay = mapping.snapshot?.on(path);
  if (mapping.snapshot && listDay === undefined) {
    throw new Refusal('MAPPING', `${mapping.path}: snapshot.on has no day for ${basename(path)}`, {
      field: 'snapshot.on',
    });
  }
  const listInstant = listDay && instantOfList(listDay);
  const table = { path, name: basename(path), mapping, header, rows, ...(records && { records }) };
  return { ...table, ...(listDay && { listDay, listInstant }) };
};

/** The records of a table from its header on, or from its first row where the mapping names the columns. */
async function* tableOf(path: string, mapping: Mapping): AsyncGenerator<Record> {
  const { line = 1 } = mapping.header;
  for await (const record of recordsOf(path, mapping)) if (record.line >= line) yield record;
}

function headerIn(path: string, { line, cells }: Record, mapping: Mapping): readonly string[] {
  if (mapping.header.line === 1 || mapping.header.line === line) return cells.map((cell) => cell.trim());
  throw new Refusal('HEADER', `${basename(path)} has nothing on line ${mapping.header.line}: needed its header there`, {
    field: path,
    remedy: 'say in `header:` of the mapping on which line the names of the columns stand',
  });
}

/** Columns without a name are passed over; that nothing stands in them is seen row by row. */
function checkedHeader(path: string, header: readonly string[], mapping: Mapping): readonly string[] {
  const twice = header.find((name, index) => name !== '' && header.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Refusal(
      'HEADER',
      `${basename(path)} has the column ${JSON.stringify(twice)} twice: needed one name for each`,
      { field: path },
    );
  }
  checkColumns(mapping, header, path);
  return header;
}

/** The rows of a checked table, in file order. */
export const rowsOf = (file: SourceFile): Iterable<Record> | AsyncIterable<Record> => file.records ?? readAgain(file);

async function* readAgain({ path, mapping }: SourceFile): AsyncGenerator<Record> {
  let isHeader = mapping.header.names === undefined;
  for await (const record of tableOf(path, mapping)) {
    if (!isHeader) yield record;
    isHeader = false;
  }
}

/**
 * A record by the names of its columns. Blank cells behind the last column are nothing.
 *
 * @throws CellRefusal `RAGGED_ROW` where it has more or fewer cells than the header, `CELL_WITHOUT_COLUMN` where something
 *   stands in a column that has no name.
 */
export const rowOf = ({ header }: SourceFile, { line, cells }: Record): Row => {
  const isMore = cells.slice(header.length).some((cell) => cell.trim() !== '');
  if (cells.length < header.length || isMore) {
    const fault = { found: `${cells.length} cells`, needed: `${header.length}, as in the header` };
    throw new CellRefusal('RAGGED_ROW', fault);
  }
  const stray = header.findIndex((name, index) => name === '' && cells[index]?.trim() !== '');
  if (stray !== -1) {
    throw new CellRefusal('CELL_WITHOUT_COLUMN', {
      column: `column ${stray + 1}`,
      found: cells[stray]?.trim() ?? '',
      needed: 'a name for the column in the header, or nothing in it',
    });
  }
  return { line, cell: (column) => cells[header.indexOf(column)]?.trim() ?? '' };
};

/** The instant in a cell; undefined where it is blank. @throws CellRefusal `NOT_AN_INSTANT` */
export const instantIn = (row: Row, column: string): Instant | undefined => {
  const cell = row.cell(column);
  if (cell === '') return undefined;
  if (isInstantText(cell)) return parseInstant(cell, column);
  throw new CellRefusal('NOT_AN_INSTANT', {
    column,
    found: cell,
    needed: 'an instant with its offset, for example 2024-02-16T15:35:27+00:00',
  });
};

/** What stands in a row, as one short text: for telling apart two rows with one key. */
export const fingerprint = ({ header }: Pick<SourceFile, 'header'>, row: Row): string => {
  const rows = (row.gathered ?? [row]).map((each) => header.map((column) => each.cell(column)));
  return sha256Hex(JSON.stringify(rows)).slice(0, 16);
};

const escaped = (part: string): string => part.replaceAll(/[%|#]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);

/** Key of a row among the rows of its collection: its identifying cells, joined. Stands in every event's source. */
export const keyOf = ({ mapping }: SourceFile, row: Row): string =>
  mapping.row.map((column) => escaped(row.cell(column))).join('|');
