import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal, type Actor, type Position } from '#kernel';
import type { EventStore } from '#event-store';
import { SubmitHandler } from '#command';
import { Contradicting } from './contradicting.js';
import { Door } from './door.js';
import { Importer } from './importer.js';
import { LineImporter } from './line-importer.js';
import { countLines } from './lines.js';
import { matches, readMapping, type Mapping } from './mapping.js';
import { totalOf, type FileReport, type RefusedRow, type Report } from './report.js';
import { refuseOtherKinds } from './file-kind.js';
import { checkedFile, type SourceFile } from './source-file.js';
import { Traces } from './traces.js';
import { hasInstants, momentsOf, rankOf, type Moment } from './turns.js';

/** What an import takes in. */
export interface ImportOrder {
  readonly files: readonly string[];
  readonly mappings: readonly string[];
  /** Take the instants of the sources as recording instants; only into an empty register (T1). */
  readonly keepRecordedInstants?: boolean;
  /** Report the position reached after each value of this column. */
  readonly batchBy?: string;
  readonly onBatch?: (batch: { readonly column: string; readonly value: string; readonly position: Position }) => void;
  /** Rows done, of all there are. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Takes files into the register: files of commands, and tables with their mappings. Everything that can be checked
 * without recording is checked first; after that every row is recorded or refused by itself.
 *
 * @throws Refusal where nothing can be imported as asked: nothing has been written then.
 */
export const importFiles = async (store: EventStore, actor: Actor, order: ImportOrder): Promise<Report> => {
  const { tables, commands } = await checked(order);
  const keep = order.keepRecordedInstants ?? false;
  if (keep) await checkKeeping(store, tables, commands);
  const all = [...tables, ...commands].reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  const onRow = (): void => order.onProgress?.(++done, all);

  const systems = new Set(tables.map(({ mapping }) => mapping.name));
  const handler = keep ? SubmitHandler.keepingInstants(store, [...systems].join(', ')) : new SubmitHandler(store);
  const door = new Door(handler, actor, keep);
  const compared = tables.filter(
    ({ mapping: { snapshot, versions, subject } }) => snapshot || (!versions && subject.aggregate === 'appointment'),
  );
  const traces = await Traces.read(store, systems, new Set(compared.map(({ mapping }) => mapping.name)));
  const importer = new Importer(store, door, traces, await Contradicting.in(store, actor), onRow);
  const { moments, spoilt, skipped } = await momentsOf(tables.filter(hasInstants));
  for (const file of skipped) importer.skip(file);
  for (const row of spoilt) importer.spoil(row);

  const report = async (value: string): Promise<void> => {
    order.onBatch?.({ column: order.batchBy as string, value, position: await importer.position() });
  };
  const batch = order.batchBy === undefined ? undefined : { column: order.batchBy, onBatch: report };
  const plain = tables.filter((file) => !hasInstants(file)).toSorted((a, b) => rankOf(a.mapping) - rankOf(b.mapping));
  for (const file of plain)
    await importer.takeFile(file, batch && file.header.includes(batch.column) ? batch : undefined);
  const lines: LineImporter[] = [];
  for (const { path, name, rows } of commands) {
    const importLines = new LineImporter(door, path, name, rows, onRow);
    await importLines.run();
    lines.push(importLines);
  }
  // What names something that comes later, in whichever file, waits for it.
  const settle = async (): Promise<void> => {
    for (let further = true; further;) {
      further = await importer.again();
      for (const importLines of lines) further = (await importLines.settle()) || further;
    }
  };
  await settle();
  await takeMoments(importer, moments, batch);
  await settle();
  await importer.finish();
  for (const importLines of lines) importLines.finish();
  return reportOf(
    importer,
    tables,
    commands.map(({ name }, index) => ({ name, lines: lines[index] as LineImporter })),
    { position: await store.head(), notes: door.notes },
  );
};

async function takeMoments(
  importer: Importer,
  moments: readonly Moment[],
  batch: { readonly column: string; readonly onBatch: (value: string) => Promise<void> } | undefined,
): Promise<void> {
  const lastOf = new Map<string, Moment>();
  if (batch)
    for (const moment of moments)
      for (const { row, file } of moment.turns)
        if (file.header.includes(batch.column)) lastOf.set(row.cell(batch.column), moment);
  for (const moment of moments) {
    await importer.takeMoment(moment);
    for (const [value, last] of lastOf) if (last === moment) await batch?.onBatch(value);
  }
}

interface CommandFile {
  readonly path: string;
  readonly name: string;
  readonly rows: number;
}

async function checked(order: ImportOrder): Promise<{ tables: SourceFile[]; commands: CommandFile[] }> {
  if (order.files.length === 0) throw usage('there is no file to import: needed at least one');
  for (const path of [...order.files, ...order.mappings]) {
    if (!existsSync(path)) throw new Refusal('FILE', `there is no file ${path}`, { field: path });
  }
  order.files.forEach(refuseOtherKinds);
  const mappings = order.mappings.map(readMapping);
  const tables: SourceFile[] = [];
  const commands: CommandFile[] = [];
  const csv = order.files.filter(isTable);
  for (const path of order.files) {
    if (isTable(path)) tables.push(await checkedFile(path, mappingFor(path, csv, mappings)));
    else commands.push({ path, name: basename(path), rows: await countLines(path) });
  }
  const unused = mappings.find((mapping) => !tables.some((table) => table.mapping === mapping));
  if (unused)
    throw usage(`${unused.path} is for ${unused.files.join(', ') || 'no file'}: none of the files given is one`);
  const { batchBy } = order;
  if (batchBy !== undefined && !tables.some(({ header }) => header.includes(batchBy))) {
    const known = [...new Set(tables.flatMap(({ header }) => header))].join(', ');
    throw usage(`--batch-by names the column ${JSON.stringify(batchBy)}, which no file has; the columns are ${known}`);
  }
  return { tables, commands };
}

const isTable = (path: string): boolean => /\.(csv|tsv|txt)(\.gz)?$/i.test(path);

/** The mapping that names the file; else, of the mappings that name none of the files, the one in its place. */
function mappingFor(path: string, tables: readonly string[], mappings: readonly Mapping[]): Mapping {
  const names = ({ files }: Mapping, table: string): boolean => files.some((pattern) => matches(pattern, table));
  const naming = mappings.filter((mapping) => names(mapping, path));
  if (naming.length > 1) {
    throw usage(
      `${basename(path)} is named by ${naming.map((mapping) => mapping.path).join(' and ')}: needed one mapping for it`,
    );
  }
  const [only] = naming;
  if (only) return only;
  const open = mappings.filter((mapping) => !tables.some((table) => names(mapping, table)));
  const unnamed = tables.filter((table) => !mappings.some((mapping) => names(mapping, table)));
  const [first] = open;
  const found = open.length === 1 && first?.files.length === 0 ? first : open[unnamed.indexOf(path)];
  if (found) return found;
  throw usage(
    mappings.length === 0
      ? `${basename(path)} is a table: needed --mapping MAP.yaml to say what its columns mean (docs/import.md)`
      : `no mapping is for ${basename(path)}: needed one whose \`file:\` names it, or one for each table in order`,
  );
}

async function checkKeeping(
  store: EventStore,
  tables: readonly SourceFile[],
  commands: readonly CommandFile[],
): Promise<void> {
  if ((await store.head()) >= 0) {
    throw new Refusal(
      'REGISTER_NOT_EMPTY',
      '--keep-recorded-instants needs an empty register: this one has recorded something already',
      {
        rule: 'T1',
        remedy: 'import without it: the instants of the source are kept as attributes; or name another --data-dir',
      },
    );
  }
  const without = [...tables.filter((file) => !hasInstants(file)), ...commands][0];
  if (without) throw usage(`--keep-recorded-instants needs instants in every file: ${without.name} has none`);
}

const usage = (message: string): Refusal => new Refusal('USAGE', message);

function reportOf(
  importer: Importer,
  tables: readonly SourceFile[],
  lines: readonly { readonly name: string; readonly lines: LineImporter }[],
  { position, notes }: Pick<Report, 'position' | 'notes'>,
): Report {
  const files: FileReport[] = [
    ...tables.map((file) => ({ file: file.name, mapping: file.mapping.name, ...importer.countsOf(file) })),
    ...lines.map(({ name, lines: { counts } }) => ({ file: name, ...counts })),
  ];
  const place = new Map(files.map(({ file }, index) => [file, index]));
  const refusals: RefusedRow[] = [...importer.refusals, ...lines.flatMap(({ lines: { refusals: own } }) => own)];
  refusals.sort((a, b) => (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0) || a.line - b.line);
  return {
    files,
    total: totalOf(files),
    refusals,
    notes: [...importer.supports.notes(), ...importer.notes, ...notes],
    position,
  };
}
