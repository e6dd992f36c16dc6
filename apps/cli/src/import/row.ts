import { Refusal } from '#kernel';

/** One row of a table, by the names of its columns. */
export interface Row {
  /** In the file; the header is line 1. */
  readonly line: number;
  /** The cell without white space at its ends; empty for a blank one. */
  cell(column: string): string;
}

/** Where in a row a refusal points, and what stood there. */
export interface CellFault {
  readonly column?: string;
  readonly found?: string;
  readonly needed: string;
}

/** A row cannot be recorded as it stands: named by column, with what was found and what is needed. */
export class CellRefusal extends Refusal {
  constructor(
    code: string,
    readonly fault: CellFault,
  ) {
    const { column, found, needed } = fault;
    const start = column === undefined ? '' : `${column}: `;
    const said =
      found === undefined ? '' : found === '' ? 'found nothing, ' : `found ${JSON.stringify(found.slice(0, 80))}, `;
    super(code, `${start}${said}needed ${needed}`, column === undefined ? {} : { field: column });
  }
}
