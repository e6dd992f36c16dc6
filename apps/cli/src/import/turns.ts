import type { Instant, Source } from '#kernel';
import { AGGREGATES } from '#governance';
import type { Mapping } from './mapping.js';
import { takenRows } from './gathering.js';
import { CellRefusal, countOf, type Row } from './row.js';
import { fingerprint, instantIn, keyOf, type SourceFile } from './source-file.js';

/** One version of a row, or one row of a file without versions, with its turn in the import. */
export interface Turn {
  readonly file: SourceFile;
  readonly line: number;
  readonly key: string;
  readonly row: Row;
  /** When the source came to say so; undefined for a file without instants. */
  readonly instant?: Instant;
  /** The version before, where it stands in the same file: for saying what changed. */
  readonly previous?: Row;
}

/** The end of a row: its last version was taken back, or a whole list names it no more. */
export interface Withdrawal {
  readonly file: SourceFile;
  readonly line: number;
  readonly key: string;
  readonly instant?: Instant;
  readonly left?: true;
  /** Why, in words, where the source did not take it back itself. */
  readonly reason?: string;
}

/** What happens at one instant of the sources. */
export interface Moment {
  readonly instant: Instant;
  readonly turns: Turn[];
  readonly withdrawals: Withdrawal[];
  /** Whole lists that were made then, each with the keys of its rows; without keys where one of its rows cannot be read. */
  readonly lists: { readonly file: SourceFile; readonly keys: ReadonlySet<string> | undefined }[];
}

/** A row that cannot take part at all. */
export interface Spoilt {
  readonly file: SourceFile;
  readonly line: number;
  readonly thrown: unknown;
  /** Rows of the file that it stands for. */
  readonly count: number;
  readonly key?: string;
}

/**
 * A file by the order of rooms, so that references point backwards. In one room a file that registers what it needs comes
 * before one that does not, and what adds to subjects of other files comes last.
 */
export const rankOf = ({ subject, first }: Mapping): number =>
  AGGREGATES.indexOf(subject.aggregate) + (subject.existing ? 0.5 : first.length > 0 ? 0 : 0.25);

export const hasInstants = ({ mapping }: SourceFile): boolean =>
  mapping.versions !== undefined || mapping.snapshot !== undefined || mapping.instant !== undefined;

/** Reads the files that have instants and puts their versions in order: a log of what the sources said, and when. */
export const momentsOf = async (
  files: readonly SourceFile[],
): Promise<{
  readonly moments: readonly Moment[];
  readonly spoilt: readonly Spoilt[];
  /** The file of each row that is passed over. */
  readonly skipped: readonly SourceFile[];
}> => {
  const moments = new Map<Instant, Moment>();
  const spoilt: Spoilt[] = [];
  const skipped: SourceFile[] = [];
  const at = (instant: Instant): Moment => {
    const found = moments.get(instant) ?? { instant, turns: [], withdrawals: [], lists: [] };
    moments.set(instant, found);
    return found;
  };
  for (const group of collections(files)) {
    const read = await versionsOf(group, spoilt, skipped);
    for (const versions of read.values()) spread(versions, at, spoilt);
    for (const file of group) if (file.mapping.snapshot?.whole) addList(file, read, at, spoilt);
  }
  const order = [...files].sort((a, b) => rankOf(a.mapping) - rankOf(b.mapping));
  const place = new Map(order.map((file, index) => [file, index]));
  const inOrder = (a: Turn | Withdrawal, b: Turn | Withdrawal): number =>
    (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0) || a.line - b.line;
  const sorted = [...moments.values()].sort((a, b) => (a.instant < b.instant ? -1 : 1));
  for (const { turns, withdrawals } of sorted) {
    turns.sort(inOrder);
    withdrawals.sort((a, b) => inOrder(b, a));
  }
  return { moments: sorted, spoilt, skipped };
};

function addList(
  file: SourceFile,
  rows: ReadonlyMap<string, readonly Version[]>,
  at: (instant: Instant) => Moment,
  spoilt: readonly Spoilt[],
): void {
  const isUnreadable = spoilt.some((row) => row.file === file && row.key === undefined);
  const keys = [...rows].filter(([, versions]) => versions.some((version) => version.file === file));
  at(file.listInstant as Instant).lists.push({
    file,
    keys: isUnreadable ? undefined : new Set(keys.map(([key]) => key)),
  });
}

interface Version extends Turn {
  readonly instant: Instant;
  readonly until?: Instant;
}

/** Files of one collection: versions of one row may stand in several of them. */
function collections(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) groups.set(file.mapping.name, [...(groups.get(file.mapping.name) ?? []), file]);
  return [...groups.values()];
}

async function versionsOf(
  files: readonly SourceFile[],
  spoilt: Spoilt[],
  skipped: SourceFile[],
): Promise<Map<string, Version[]>> {
  const rows = new Map<string, Version[]>();
  for (const file of files) {
    for await (const taken of takenRows(file)) {
      const { line } = taken;
      if ('skipped' in taken) skipped.push(file);
      else if ('thrown' in taken) spoilt.push({ ...taken, file });
      else {
        try {
          const version = versionOf(file, taken.row);
          rows.set(version.key, [...(rows.get(version.key) ?? []), version]);
        } catch (thrown) {
          spoilt.push({ file, line, thrown, count: countOf(taken.row) });
        }
      }
    }
  }
  return rows;
}

function versionOf(file: SourceFile, row: Row): Version {
  const { versions, instant: constant } = file.mapping;
  const key = keyOf(file, row);
  const common = { file, line: row.line, row, key };
  if (!versions) return { ...common, instant: constant ?? (file.listInstant as Instant) };
  const instant = instantIn(row, versions.from);
  if (instant === undefined)
    throw new CellRefusal('NOT_AN_INSTANT', {
      column: versions.from,
      found: '',
      needed: 'the instant from which the version stood',
    });
  const until = versions.to === undefined ? undefined : instantIn(row, versions.to);
  if (until !== undefined && until < instant) {
    throw new CellRefusal('ENDS_BEFORE_START', {
      column: versions.to,
      found: row.cell(versions.to as string),
      needed: `an instant not before ${versions.from}, ${instant}`,
    });
  }
  return { ...common, instant, ...(until !== undefined && { until }) };
}

/** The versions of one row, each at its instant, and its withdrawals: where it ended and no version took its place then. */
function spread(versions: Version[], at: (instant: Instant) => Moment, spoilt: Spoilt[]): void {
  versions.sort((a, b) => (a.instant === b.instant ? a.line - b.line : a.instant < b.instant ? -1 : 1));
  let last: Version | undefined;
  const withdrawn = ({ file, line, key }: Version, instant: Instant): void => {
    at(instant).withdrawals.push({ file, line, key, instant });
  };
  for (const version of versions) {
    if (last && last.instant === version.instant) {
      if (sameRow(last, version)) at(version.instant).turns.push(version);
      else
        spoilt.push({
          file: version.file,
          line: version.line,
          key: version.key,
          thrown: twice(last, version),
          count: countOf(version.row),
        });
      continue;
    }
    if (last?.until !== undefined && last.until < version.instant) withdrawn(last, last.until);
    at(version.instant).turns.push(last ? { ...version, previous: last.row } : version);
    last = version;
  }
  if (last?.until !== undefined) withdrawn(last, last.until);
}

const sameRow = (a: Version, b: Version): boolean =>
  a.until === b.until && fingerprint(a.file, a.row) === fingerprint(a.file, b.row);

const twice = (first: Version, { file }: Version): CellRefusal =>
  new CellRefusal('ROW_TWICE', {
    column: file.mapping.row.join(', '),
    found: file.mapping.row.map((column) => first.row.cell(column)).join(', '),
    needed: `one row with this key at one instant: it stands on line ${first.line} with other values; \`row:\` may have to name more columns`,
  });

/** Where the facts of a row come from, but for the place inside it. */
export const sourceOf = (turn: Turn | Withdrawal): Omit<Source, 'locator'> => {
  const { file, instant } = turn;
  const { name, source } = file.mapping;
  const row = 'row' in turn ? turn.row : undefined;
  const document = (row && source.document?.of(row)) ?? file.name;
  const url = row && source.url?.of(row);
  return {
    system: name,
    document,
    ...(url !== undefined && { url }),
    ...(instant !== undefined && { statedAt: instant }),
  };
};
