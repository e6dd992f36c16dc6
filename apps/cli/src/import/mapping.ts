import { basename } from 'node:path';
import { instantOf, isInstantText, parseInstant, Refusal, type CivilDate, type Instant } from '#kernel';
import type { Aggregate } from '#governance';
import { fieldsOf, type CommandName } from '#wire';
import { aggregateAt, commandAt } from './command-fields.js';
import {
  condition,
  dayOf,
  expression,
  template,
  textOf,
  type Condition,
  type DayOf,
  type Expression,
  type Mention,
  type TextExpression,
} from './expression.js';
import { encodingNamed } from './encoding.js';
import { Place } from './place.js';

/** One thing a row says of a subject: a command, with its day and its data. */
export interface FactRule {
  /** Tells the facts of a row apart in the register's sources; the first has none. */
  readonly name: string;
  readonly command: CommandName;
  readonly day: DayOf;
  readonly data: ReadonlyMap<string, Expression>;
  readonly when: Condition;
}

/** A subject that is registered once, when a row first needs it. */
export interface SupportRule extends FactRule {
  readonly aggregate: Aggregate;
  readonly id: TextExpression;
  readonly each?: { readonly column: string; readonly split: string };
}

/** How the rows of a table become what the register records: a mapping file, read and checked. */
export interface Mapping {
  /** The mapping file, for messages. */
  readonly path: string;
  /** The collection, as it stands in every event's source: the register knows rows again by it. */
  readonly name: string;
  /** Names of the files it is for, `*` for any text. */
  readonly files: readonly string[];
  readonly delimiter: string;
  readonly encoding: string;
  /** The line on which the names of the columns stand; or their names, where the file does not say them. */
  readonly header:
    | { readonly line: number; readonly names?: undefined }
    | { readonly line?: undefined; readonly names: readonly string[] };
  /** Columns that identify a row among the rows of the collection. */
  readonly row: readonly string[];
  readonly subject: { readonly aggregate: Aggregate; readonly id: TextExpression; readonly existing: boolean };
  readonly facts: readonly FactRule[];
  readonly first: readonly SupportRule[];
  /** What the mapping file calls `then`. */
  readonly after: readonly SupportRule[];
  readonly source: { readonly document?: TextExpression; readonly url?: TextExpression };
  readonly versions?: { readonly from: string; readonly to?: string };
  readonly snapshot?: Snapshot;
  /** When every row of its files came to be said, for files beside others that say it of each row. */
  readonly instant?: Instant;
  /** Rows that are passed over. */
  readonly skip: Condition | undefined;
  /** What becomes of the earlier version of a row whose later one is refused. */
  readonly refused: (typeof REFUSED)[number];
  readonly mentions: readonly Mention[];
  /** Whether the rows of one key are one list. */
  readonly gathers: boolean;
}

/** Lists that say how things stood on a day. */
export interface Snapshot {
  readonly on: (file: string) => CivilDate | undefined;
  readonly change: CommandName;
  /** Who is not in a list has left: the command that says so, and the columns within which each list is whole. */
  readonly whole?: { readonly end: CommandName; readonly within: readonly string[] };
}

/** The earlier version goes on standing, or is taken back with the later one. */
const REFUSED = ['stand', 'withdraw'] as const;

const KEYS = [
  'name',
  'file',
  'delimiter',
  'encoding',
  'header',
  'row',
  'versions',
  'snapshot',
  'instant',
  'skip',
  'refused',
  'subject',
  'first',
  'facts',
  'then',
  'source',
  'about',
] as const;

const isGathered = ({ mentions }: Expression): boolean => mentions.some(({ each }) => each);

/** @throws Refusal `MAPPING` naming line, key and what is needed. */
export const readMapping = (path: string): Mapping => mappingAt(Place.ofFile(path), path);

export const mappingAt = (place: Place, path: string): Mapping => {
  place.object(KEYS);
  const mentions: Mention[] = [];
  const mention = (own: readonly Mention[]): void => void mentions.push(...own);
  const columns = (at: Place): readonly string[] =>
    at.items().map((item) => {
      const column = item.text();
      mention([{ column, place: item }]);
      return column;
    });
  const name = place.required('name', 'a name for the collection, for example town-councillors').text();
  const row = columns(place.required('row', 'the columns that identify a row, for example [id]'));

  const about = place.required('subject', 'aggregate: and id:').object(['aggregate', 'id', 'existing']);
  const aggregate = aggregateAt(about.required('aggregate', 'what the rows are about, for example organisation'));
  const id = textOf(about.required('id', 'the id in the register, for example town:{code}'));
  mention(id.mentions);
  const subject = { aggregate, id, existing: about.optional('existing')?.flag() ?? false };

  const facts = place
    .required('facts', 'a list with at least one command')
    .items()
    .map((item) => factAt(item.object(['name', 'command', 'effectiveOn', 'when', 'data']), aggregate, mention));
  const names = facts.map((fact) => fact.name);
  const twice = place
    .required('facts', '')
    .items()
    .find((_, index) => names.indexOf(names[index] as string) !== index);
  if (twice) throw twice.refusal('has the command of an earlier fact: needed a name: of its own to tell them apart');

  const skipped = place.optional('skip');
  const skip = skipped && condition(skipped);
  mention((skip?.mentions ?? []).map((one) => ({ ...one, each: true })));

  const source = place.optional('source')?.object(['document', 'url']);
  const text = (key: string): TextExpression | undefined => {
    const at = source?.optional(key);
    const read = at && template(at);
    mention(read?.mentions ?? []);
    return read;
  };
  return {
    path,
    name,
    files: place.optional('file')?.texts() ?? [],
    delimiter: delimiterAt(place.optional('delimiter')),
    encoding: encodingAt(place.optional('encoding')),
    header: headerAt(place.optional('header')),
    row,
    subject,
    facts,
    first: supports(place.optional('first'), mention),
    after: supports(place.optional('then'), mention),
    source: { document: text('document'), url: text('url') },
    ...versionsAt(place.optional('versions'), columns),
    ...snapshotAt(place.optional('snapshot'), aggregate, row),
    ...instantAt(place),
    skip,
    refused: place.optional('refused')?.text(REFUSED) ?? 'stand',
    mentions,
    gathers: facts.some(({ data }) => [...data.values()].some(isGathered)),
  };
};

function delimiterAt(place: Place | undefined): string {
  const text = String(place?.value ?? ',');
  const delimiter = text === '\\t' ? '\t' : text;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw (place as Place).refusal(`is ${JSON.stringify(text)}: needed one character, or \\t for a tab`);
}

function encodingAt(place: Place | undefined): string {
  if (!place) return 'utf-8';
  const encoding = encodingNamed(place.text());
  if (encoding !== undefined) return encoding;
  throw place.refusal(`is ${JSON.stringify(place.value)}: needed an encoding such as utf-8, windows-1252 or utf-16le`);
}

function headerAt(place: Place | undefined): Mapping['header'] {
  if (!place) return { line: 1 };
  if (place.isList) return { names: place.texts() };
  const line = place.value;
  if (typeof line === 'number' && Number.isInteger(line) && line > 0) return { line };
  throw place.refusal('is no line: needed the line on which the names of the columns stand, or a list of their names');
}

function factAt(place: Place, aggregate: Aggregate, mention: (own: readonly Mention[]) => void): FactRule {
  const command = commandAt(place.required('command', `a command of ${aggregate}`), aggregate);
  const day = dayOf(place.required('effectiveOn', 'from when it holds: unknown, a day, or { column: … }'));
  const when = condition(place.optional('when'));
  const known = fieldsOf(command);
  const data = new Map<string, Expression>();
  for (const [field, at] of place
    .optional('data')
    ?.object([...known])
    .entries() ?? []) {
    if (at.value !== null) data.set(field, expression(at));
  }
  mention([...day.mentions, ...when.mentions, ...[...data.values()].flatMap(({ mentions }) => mentions)]);
  return { name: place.optional('name')?.text() ?? command, command, day, data, when };
}

function supports(place: Place | undefined, mention: (own: readonly Mention[]) => void): readonly SupportRule[] {
  return (place?.items() ?? []).map((item) => {
    item.object(['aggregate', 'id', 'command', 'effectiveOn', 'when', 'data', 'each']);
    const aggregate = aggregateAt(item.required('aggregate', 'what is registered, for example person'));
    const id = textOf(item.required('id', 'its id in the register, for example town:{person}'));
    const own: Mention[] = [];
    const fact = factAt(item, aggregate, (more) => own.push(...more));
    const each = item.optional('each')?.object(['column', 'split']);
    const split = each && {
      column: each.required('column', 'the column to take apart').text(),
      split: each.required('split', 'the text between its parts, for example ","').text(),
    };
    if (each && split) own.push({ column: split.column, place: each });
    const named = [...own, ...id.mentions].filter(({ column }) => !(split && column === 'each'));
    mention(named.map((one) => ({ ...one, each: true })));
    return { ...fact, aggregate, id, ...(split && { each: split }) };
  });
}

function versionsAt(place: Place | undefined, columns: (at: Place) => readonly string[]): Pick<Mapping, 'versions'> {
  if (!place) return {};
  place.object(['from', 'to']);
  const [from = ''] = columns(place.required('from', 'the column that says when a version first stood'));
  const end = place.optional('to');
  const to = end && columns(end)[0];
  return { versions: { from, ...(to !== undefined && { to }) } };
}

function instantAt(place: Place): Pick<Mapping, 'instant'> {
  const at = place.optional('instant');
  if (!at) return {};
  if (place.has('versions') || place.has('snapshot'))
    throw at.refusal('stands beside versions or snapshot, which say when each row came to be said');
  const text = at.text();
  if (!isInstantText(text)) throw at.refusal('is no instant: needed one with its offset, such as 2024-02-16T00:00:00Z');
  return { instant: parseInstant(text, 'instant') };
}

function snapshotAt(place: Place | undefined, aggregate: Aggregate, row: readonly string[]): Pick<Mapping, 'snapshot'> {
  if (!place) return {};
  place.object(['on', 'change', 'whole']);
  const on = place.required('on', 'the day of the list, or a table from file name to day');
  const day = (at: Place): CivilDate => {
    const { effectiveOn, startKnown } = dayOf(at).of({ line: 0, cell: () => '' });
    if (startKnown === false) throw at.refusal(`is ${JSON.stringify(at.written)}: needed a day as YYYY-MM-DD`);
    return effectiveOn;
  };
  const table = on.isObject ? on.entries().map(([file, at]) => [file, day(at)] as const) : [['*', day(on)] as const];
  const change = commandAt(place.required('change', 'the command that records a change'), aggregate);
  const whole = place.optional('whole');
  return {
    snapshot: {
      change,
      on: (file) => table.find(([pattern]) => matches(pattern, file))?.[1],
      ...(whole && { whole: wholeAt(whole, aggregate, row) }),
    },
  };
}

function wholeAt(place: Place, aggregate: Aggregate, row: readonly string[]): Snapshot['whole'] {
  place.object(['end', 'within']);
  const end = commandAt(place.required('end', 'the command that says that somebody has left'), aggregate);
  const within = place.optional('within')?.items() ?? [];
  const stranger = within.find((item) => !row.includes(item.text()));
  if (stranger) throw stranger.refusal(`is none of the columns of \`row:\`: needed one of ${row.join(', ')}`);
  return { end, within: within.map((item) => item.text()) };
}

/** True where a file's name is that of a pattern, in which `*` stands for any text. */
export const matches = (pattern: string, file: string): boolean => {
  const name = basename(file);
  const [beginning = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return name === beginning;
  if (!name.startsWith(beginning)) return false;
  let at = beginning.length;
  // The first place of each part leaves most for those after it, so that nothing is ever tried again.
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
};

/** The moment a whole list speaks of: the beginning of its day, in UTC. */
export const instantOfList = (day: CivilDate): Instant => instantOf(Date.parse(`${day}T00:00:00Z`));

/** Looks that every column the mapping names is in the file. @throws Refusal `MAPPING_COLUMN` naming those that are. */
export const checkColumns = ({ mentions }: Mapping, header: readonly string[], file: string): void => {
  const stranger = mentions.find(({ column }) => !header.includes(column));
  if (!stranger) return;
  const { message } = stranger.place.refusal(
    `names the column ${JSON.stringify(stranger.column)}, which ${basename(file)} does not have`,
  );
  throw new Refusal('MAPPING_COLUMN', `${message}; its columns are ${header.join(', ')}`, { field: stranger.column });
};
