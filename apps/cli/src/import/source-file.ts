import { basename } from 'node:path';
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
  /** The day that the whole list speaks of, for a snapshot. */
  readonly listDay?: CivilDate;
  /** The day of a snapshot as an instant. */
  readonly listInstant?: Instant;
}

/**
 * Reads a table once from end to end without recording anything, so that a file that is cut off, has another header or
 * cannot be parsed is refused before its first row goes in.
 *
 * @throws Refusal `FILE`, `HEADER` or `MAPPING_COLUMN`.
 */
export const checkedFile = async (path: string, mapping: Mapping): Promise<SourceFile> => {
  let header: readonly string[] | undefined;
  let rows = 0;
  for await (const { cells } of recordsOf(path, mapping.delimiter)) {
    if (header) rows += 1;
    else
      header = checkedHeader(
        path,
        cells.map((cell) => cell.trim()),
        mapping,
      );
  }
  if (!header) throw new Refusal('HEADER', `${basename(path)} is empty: needed a header row`, { field: path });
  const listDay = mapping.snapshot?.on(path);
  if (mapping.snapshot && listDay === undefined) {
    throw new Refusal('MAPPING', `${mapping.path}: snapshot.on has no day for ${basename(path)}`, {
      field: 'snapshot.on',
    });
  }
  const listInstant = listDay && instantOfList(listDay);
  return { path, name: basename(path), mapping, header, rows, ...(listDay && { listDay, listInstant }) };
};

function checkedHeader(path: string, header: readonly string[], mapping: Mapping): readonly string[] {
  const twice = header.find((name, index) => header.indexOf(name) !== index);
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
export async function* rowsOf({ path, mapping }: SourceFile): AsyncGenerator<Record> {
  let first = true;
  for await (const record of recordsOf(path, mapping.delimiter)) {
    if (!first) yield record;
    first = false;
  }
}

/** A record by the names of its columns. @throws CellRefusal `RAGGED_ROW` where it has more or fewer cells than the header. */
export const rowOf = ({ header }: SourceFile, { line, cells }: Record): Row => {
  if (cells.length !== header.length) {
    const fault = { found: `${cells.length} cells`, needed: `${header.length}, as in the header` };
    throw new CellRefusal('RAGGED_ROW', fault);
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

const escaped = (part: string): string => part.replaceAll(/[%|#]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);

/** Key of a row among the rows of its collection: its identifying cells, joined. Stands in every event's source. */
export const keyOf = ({ mapping }: SourceFile, row: Row): string =>
  mapping.row.map((column) => escaped(row.cell(column))).join('|');
