import { CellRefusal, type Row } from './row.js';
import { fingerprint, keyOf, rowOf, rowsOf, type SourceFile } from './source-file.js';

/** What becomes of the rows of a file before anything is recorded of them. */
export type Taken =
  | { readonly line: number; readonly row: Row }
  /** One that the mapping passes over. */
  | { readonly line: number; readonly skipped: true }
  /** Rows that cannot take part; several where one of those that are gathered spoils the others. */
  | { readonly line: number; readonly thrown: unknown; readonly count: number; readonly key?: string };

/**
 * The rows of a table as its mapping takes them: each by itself, in the order of the file; or, where it gathers, those of
 * one key as one, in the place of the first of them, once the file has been read.
 */
export async function* takenRows(file: SourceFile): AsyncGenerator<Taken> {
  const groups = new Map<string, Row[]>();
  for await (const record of rowsOf(file)) {
    const { line } = record;
    try {
      const row = rowOf(file, record);
      if (file.mapping.skip?.holds(row)) yield { line, skipped: true };
      else if (file.mapping.gathers) {
        const key = versionKeyOf(file, row);
        groups.set(key, [...(groups.get(key) ?? []), row]);
      } else yield { line, row };
    } catch (thrown) {
      yield { line, thrown, count: 1 };
    }
  }
  for (const rows of groups.values()) yield together(file, rows);
}

/** Versions of a row are gathered each for itself. */
const versionKeyOf = (file: SourceFile, row: Row): string => {
  const { from, to } = file.mapping.versions ?? {};
  return [keyOf(file, row), ...[from, to].map((column) => (column === undefined ? '' : row.cell(column)))].join('\n');
};

function together(file: SourceFile, rows: readonly Row[]): Taken {
  const [first] = rows as readonly [Row];
  const shared = file.mapping.mentions.filter(({ each }) => !each).map(({ column }) => column);
  for (const row of rows) {
    const column = shared.find((one) => row.cell(one) !== first.cell(one));
    if (column === undefined) continue;
    const thrown = new CellRefusal('ROWS_DIFFER', {
      column,
      found: row.cell(column),
      needed: `${first.cell(column) === '' ? 'nothing' : first.cell(column)}, as on line ${first.line}: the rows are gathered into one, which reads this column once`,
    });
    return { line: row.line, thrown, count: rows.length, key: keyOf(file, first) };
  }
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const print = fingerprint(file, row);
    const earlier = seen.get(print);
    seen.set(print, earlier ? { ...earlier, gathered: [...(earlier.gathered ?? [earlier]), row] } : row);
  }
  return { line: first.line, row: { line: first.line, cell: first.cell, gathered: [...seen.values()] } };
}
