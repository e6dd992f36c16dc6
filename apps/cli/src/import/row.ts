import { Refusal, type RefusalCode } from '#kernel';

/** One row of a table, by the names of its columns. */
export interface Row {
  /** In the file; the header is line 1. */
  readonly line: number;
  /** The cell without white space at its ends; empty for a blank one. */
  cell(column: string): string;
  /** The rows that were gathered into this one, which has the cells that all of them share. */
  readonly gathered?: readonly Row[];
}

/** How many rows of the file it stands for. */
export const countOf = ({ gathered }: Row): number => gathered?.reduce((sum, row) => sum + countOf(row), 0) ?? 1;

/** Where in a row a refusal points, and what stood there. */
export interface CellFault {
  readonly column?: string;
  readonly found?: string;
  readonly needed: string;
  /** In the file, where it is another than that of the row. */
  readonly line?: number;
}

/** A row cannot be recorded as it stands: named by column, with what was found and what is needed. */
export class CellRefusal extends Refusal {
  constructor(
    code: RefusalCode,
    readonly fault: CellFault,
  ) {
    const { column, found, needed } = fault;
    const start = column === undefined ? '' : `${column}: `;
    const said =
      found === undefined ? '' : found === '' ? 'found nothing, ' : `found ${JSON.stringify(found.slice(0, 80))}, `;
    super(code, `${start}${said}needed ${needed}`, column === undefined ? {} : { field: column });
  }
}
