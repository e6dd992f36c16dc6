import { isRefusal } from '#kernel';
import { CellRefusal } from './row.js';

/** A row, a line or a supporting subject that could not go in. */
export interface RefusedRow {
  readonly file: string;
  /** The header is line 1. */
  readonly line: number;
  readonly column?: string;
  /** Key of the row. */
  readonly row?: string;
  readonly code: string;
  readonly found?: string;
  readonly needed: string;
  readonly message: string;
  /** True where an earlier version of the row goes on standing. */
  readonly leftStanding?: true;
}

/** What became of the rows of one file. The first five and `skipped` add up to `rows`. */
export interface Counts {
  rows: number;
  recorded: number;
  corrected: number;
  annulled: number;
  unchanged: number;
  refused: number;
  /** Of the refused: those whose earlier version goes on standing. */
  leftStanding: number;
  /** Rows that the source took back, all of them annulled; not rows of the file. */
  withdrawn: number;
  /** Rows that the mapping passes over on purpose. */
  skipped: number;
  /** Of whom a whole list says by its silence that they have left; not rows of the file. */
  left: number;
  /** Subjects registered because a row needed them; not rows of the file. */
  supporting: number;
  /** Withdrawals and supporting subjects that could not go in; not rows of the file. */
  asideRefused: number;
}

export interface FileReport extends Counts {
  readonly file: string;
  readonly mapping?: string;
}

export interface Report {
  readonly files: readonly FileReport[];
  readonly total: Counts;
  readonly refusals: readonly RefusedRow[];
  /** What went in and should be looked at by somebody, in sentences. */
  readonly notes: readonly string[];
  /** Position of the last event of the register; −1 while it is empty. */
  readonly position: number;
}

export const noCounts = (): Counts => ({
  rows: 0,
  recorded: 0,
  corrected: 0,
  annulled: 0,
  unchanged: 0,
  refused: 0,
  leftStanding: 0,
  withdrawn: 0,
  skipped: 0,
  left: 0,
  supporting: 0,
  asideRefused: 0,
});

export const totalOf = (files: readonly Counts[]): Counts => {
  const total = noCounts();
  for (const counts of files) for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
  return total;
};

/** A refusal as it is told: where, what was found, what is needed. A fault is thrown on. */
export const refusedRow = (
  thrown: unknown,
  place: { readonly file: string; readonly line: number; readonly row?: string },
  cell: (field: string | undefined) => { readonly column?: string; readonly found?: string } = () => ({}),
): RefusedRow => {
  if (!isRefusal(thrown)) throw thrown;
  const { code, message, detail } = thrown;
  if ('fault' in thrown) return { ...place, code, message, ...(thrown as CellRefusal).fault };
  const needed = detail.remedy ?? message;
  return { ...place, ...cell(detail.field), code, needed, message };
};

const COLUMNS = [
  'rows',
  'recorded',
  'corrected',
  'annulled',
  'unchanged',
  'refused',
  'leftStanding',
  'withdrawn',
  'skipped',
  'left',
  'supporting',
] as const;

/** Columns that are shown only where something stands in them. */
const RARE: readonly (typeof COLUMNS)[number][] = ['skipped', 'left'];
const TITLES: Record<(typeof COLUMNS)[number], string> = {
  rows: 'rows',
  recorded: 'recorded',
  corrected: 'corrected',
  annulled: 'annulled',
  unchanged: 'unchanged',
  refused: 'refused',
  leftStanding: 'left standing',
  withdrawn: 'withdrawn',
  skipped: 'skipped',
  left: 'left',
  supporting: 'supporting',
};

/** Refusals of a kind that are each told in full. */
const TOLD = 5;

/** Lines that are named of those that are not. */
const NAMED = 20;

/** Refusals of one code about one column of one file, in the order in which their kinds come. */
function kindsOf(refusals: readonly RefusedRow[]): readonly (readonly RefusedRow[])[] {
  const kinds = new Map<string, RefusedRow[]>();
  for (const refusal of refusals) {
    const kind = JSON.stringify([refusal.file, refusal.code, refusal.column]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), refusal]);
  }
  return [...kinds.values()];
}

function kindLines(kind: readonly RefusedRow[]): readonly string[] {
  const told = kind.slice(0, TOLD).map(refusalLine);
  const rest = kind.slice(TOLD);
  const [first] = rest;
  if (!first) return told;
  const column = first.column === undefined ? '' : `, column ${first.column}`;
  const named = rest
    .slice(0, NAMED)
    .map(({ line }) => line)
    .join(', ');
  const others = rest.length > NAMED ? ', …' : '';
  const standing = rest.filter(({ leftStanding }) => leftStanding).length;
  const stood = standing === 0 ? '' : `; of ${standing} the earlier version was left standing`;
  return [
    ...told,
    `${first.file}: ${rest.length} more of this kind (${first.code}${column}), lines ${named}${others}${stood}`,
  ];
}

function refusalLine({ file, line, column, row, message, found, needed, leftStanding }: RefusedRow): string {
  const place = column && column !== 'the line' && `${row === undefined ? 'field' : 'column'} ${column}`;
  const where = [`${file} line ${line}`, place, row && `row ${row}`].filter(Boolean).join(', ');
  const saysFound = found === undefined || message.includes('found ') ? '' : `; found ${JSON.stringify(found)}`;
  const saysNeeded = message.includes('needed ') || needed === message ? '' : `; ${needed}`;
  return `${where}: ${message}${saysFound}${saysNeeded}${leftStanding ? ' (the earlier version was left standing)' : ''}`;
}

/** The report for a person: the refusals of each kind, then a table of what became of the rows. */
export const reportText = ({ files, total, refusals, notes, position }: Report): string => {
  const lines = kindsOf(refusals).flatMap(kindLines);
  const columns = COLUMNS.filter((column) => !RARE.includes(column) || total[column] > 0);
  const cells = [
    ['', ...columns.map((column) => TITLES[column])],
    ...files.map((report) => [report.file, ...columns.map((column) => String(report[column]))]),
    ['total', ...columns.map((column) => String(total[column]))],
  ];
  const widths = cells[0]?.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0))) ?? [];
  const table = cells.map((row) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const aside =
    total.asideRefused === 0 ? [] : [`${total.asideRefused} withdrawals or supporting subjects could not go in`];
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...table,
    ...aside,
    ...notes,
    `the register has come to position ${position}`,
  ].join('\n');
};
