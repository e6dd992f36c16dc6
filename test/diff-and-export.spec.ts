import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { diffCommand, type DiffOptions } from '../apps/cli/src/asking/diff-command.js';
import { exportCommand, type ExportOptions } from '../apps/cli/src/asking/export-command.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let dataDir: string;

const record = async (mutation: string): Promise<void> => {
  const answer = await api.ask(`mutation { ${mutation} { position } }`);
  expect(answer.errors).toBeUndefined();
};
const eventAt = async (position: number): Promise<string> => {
  const { data } = await api.ask('{ history(of: "x:a", first: 100) { edges { node { position eventId } } } }');
  const { edges } = (data as { history: { edges: { node: { position: number; eventId: string } }[] } }).history;
  return edges.find(({ node }) => node.position === position)?.node.eventId ?? '';
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'register-differing-'));
  api = await runApi({ DATA_DIR: dataDir });
  // Positions from 1: the log says first how it was opened.
  await record(
    'registerOrganisation(id: "x:a", data: { name: "Old, \\"first\\" Board", kind: OTHER, note: "two\\nlines" }, recording: { effectiveOn: "2020-04-01" })',
  );
  await record('changeOrganisation(id: "x:a", data: { name: "New Board" }, recording: { effectiveOn: "2021-04-01" })');
  await record('changeOrganisation(id: "x:a", data: { note: "wrong" }, recording: { effectiveOn: "2021-05-01" })');
  await record(
    `annul(subject: "x:a", events: ["${await eventAt(3)}"], why: { kind: NEVER_HAPPENED, reason: "misread" })`,
  );
  await record(
    'establishBody(id: "x:b", data: { name: "Committee", kind: ICB_COMMITTEE, owners: ["x:a"] }, recording: { effectiveOn: "2021-04-01" })',
  );
  await api.openLocalDoor();
});
afterAll(async () => api.close());
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const heard = async (work: () => Promise<void>): Promise<string> => {
  const out: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  await work();
  jest.restoreAllMocks();
  return out.join('');
};

const differing = (asked: Partial<DiffOptions>): DiffOptions => ({
  dataDir,
  json: false,
  reader: 'public',
  format: 'json',
  all: false,
  ...asked,
});

interface Differences {
  readonly changes: readonly { readonly position: number; readonly change: string; readonly subject: string }[];
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

const differences = async (subject: string | undefined, asked: Partial<DiffOptions>): Promise<Differences> =>
  JSON.parse(await heard(() => diffCommand(subject, differing(asked)))) as Differences;

describe('register diff', () => {
  it('tells what took effect after one day, up to another, at both edges', async () => {
    const between = async (from: string, to: string): Promise<readonly number[]> =>
      (await differences('x:a', { from, to })).changes.map(({ position }) => position);
    expect(await between('2020-03-31', '2021-04-01')).toEqual([1, 2]);
    expect(await between('2020-04-01', '2021-04-01')).toEqual([2]);
    expect(await between('2020-04-01', '2021-03-31')).toEqual([]);
    // What was annulled does not count any more; it did as known then.
    expect(await between('2021-04-01', '2022-01-01')).toEqual([]);
    const then = await differences('x:a', { from: '2021-04-01', to: '2022-01-01', knownAt: 'p3' });
    expect(then.changes).toMatchObject([{ position: 3, change: 'recorded' }]);
    expect(then.fields).toEqual([{ field: 'note', before: 'two\nlines', after: 'wrong' }]);
  });

  it('tells what came to be known between two moments, with why', async () => {
    const { changes, fields } = await differences('organisation:x:a', { knownFrom: 'p2', asAt: '2022-01-01' });
    expect(changes).toMatchObject([
      { position: 3, change: 'recorded', why: null },
      { position: 4, change: 'annulled', why: 'misread' },
    ]);
    expect(fields).toEqual([]);
    const all = await differences('x:a', { knownFrom: '1999-01-01', knownTo: 'p1', asAt: '2022-01-01' });
    expect(all.changes.map(({ position }) => position)).toEqual([1]);
    expect(all.fields).toContainEqual({ field: 'name', before: null, after: 'Old, "first" Board' });
  });

  it('tells both of anything, in one order', async () => {
    const days = await differences(undefined, { all: true, from: '2021-01-01', to: '2022-01-01' });
    expect(days.changes.map(({ subject, position }) => [subject, position])).toEqual([
      ['organisation/x:a', 2],
      ['body/x:b', 5],
    ]);
    const moments = await differences(undefined, { all: true, knownFrom: 'p3', asAt: '2022-01-01' });
    expect(moments.changes.map(({ subject, change }) => [subject, change])).toEqual([
      ['organisation/x:a', 'annulled'],
      ['body/x:b', 'recorded'],
    ]);
  });

  it('is plain columns for people', async () => {
    const days = { from: '2020-04-01', to: '2021-04-01', format: 'table' };
    const out = await heard(() => diffCommand('x:a', differing(days)));
    expect(out).toMatch(/^2021-04-01 +p2 +recorded +Its name changed to “New Board”/m);
    expect(out).toMatch(/^name +Old, "first" Board +New Board$/m);
    const none = await heard(() => diffCommand('x:a', differing({ ...days, from: '2021-04-01' })));
    expect(none).toBe('nothing changed\n');
  });

  it.each<[string, string | undefined, Partial<DiffOptions>, string]>([
    ['no subject', undefined, { from: '2020-01-01' }, 'USAGE'],
    ['a subject beside --all', 'x:a', { all: true, from: '2020-01-01' }, 'USAGE'],
    ['neither days nor moments', 'x:a', {}, 'USAGE'],
    ['both', 'x:a', { from: '2020-01-01', knownFrom: 'p1' }, 'USAGE'],
    ['an end of the other kind', 'x:a', { from: '2020-01-01', knownTo: 'p1' }, 'USAGE'],
    ['a day with two moments', 'x:a', { knownFrom: 'p1', to: '2020-01-01' }, 'USAGE'],
    ['days the wrong way round', 'x:a', { from: '2021-01-01', to: '2020-01-01' }, 'RANGE_BACKWARDS'],
    ['moments the wrong way round', 'x:a', { knownFrom: 'p3', knownTo: 'p1' }, 'RANGE_BACKWARDS'],
    ['nothing of that name', 'nobody', { from: '2020-01-01' }, 'UNKNOWN_SUBJECT'],
  ])('refuses %s', async (_, subject, asked, code) => {
    await expect(diffCommand(subject, differing(asked))).rejects.toMatchObject({ code });
  });
});

describe('register export', () => {
  const exporting = (to: string, asked: Partial<ExportOptions> = {}): ExportOptions => ({
    dataDir,
    json: true,
    reader: 'public',
    format: 'csv',
    to: join(dataDir, to),
    asAt: '2022-01-01',
    knownAt: 'p5',
    ...asked,
  });
  const bytesOf = (to: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(join(dataDir, to)).map((name) => [name, readFileSync(join(dataDir, to, name), 'utf8')]),
    );

  it('writes a file a room and one that says what they are, and the same basis gives the same bytes', async () => {
    const licence = 'https://example.org/licence';
    await heard(() => exportCommand(exporting('one', { licence, attribution: 'X Council' })));
    await record('changeOrganisation(id: "x:a", data: { note: "later" }, recording: { effectiveOn: "2021-06-01" })');
    await heard(() => exportCommand(exporting('two', { licence, attribution: 'X Council' })));
    const [one, two] = [bytesOf('one'), bytesOf('two')];
    expect(two).toEqual(one);
    expect(Object.keys(one)).toHaveLength(20);

    const { 'organisations.csv': table = '', 'csv-metadata.json': said = '' } = one;
    const [organisation, ...others] = parse(table, { columns: true }) as Readonly<Record<string, string>>[];
    expect(others).toEqual([]);
    expect(organisation).toMatchObject({
      subject: 'organisation/x:a',
      name: 'New Board',
      note: 'two\nlines',
      closed: 'false',
    });
    const [body] = parse(one['bodies.csv'] ?? '', { columns: true }) as Readonly<Record<string, string>>[];
    expect(body).toMatchObject({ subject: 'body/x:b', owners: 'organisation/x:a', parentBody: '' });

    const metadata = JSON.parse(said) as {
      tables: { url: string; tableSchema: { columns: { titles: string; datatype: string }[] } }[];
      notes: { files: { name: string; rows: number; sha256: string }[] }[];
    };
    expect(metadata).toMatchObject({
      'dc:license': licence,
      'dc:rights': 'X Council',
      notes: [{ basis: { asAt: '2022-01-01', position: 5 }, reader: 'public' }],
    });
    for (const { url, tableSchema } of metadata.tables) {
      expect((one[url] ?? '').split('\r\n')[0]).toBe(tableSchema.columns.map(({ titles }) => titles).join(','));
    }
    for (const { name, sha256, rows } of metadata.notes[0]?.files ?? []) {
      expect(
        createHash('sha256')
          .update(one[name] ?? '')
          .digest('hex'),
      ).toBe(sha256);
      expect(parse(one[name] ?? '', { columns: true })).toHaveLength(rows);
    }
  });

  it('writes a record a line as JSON', async () => {
    await heard(() => exportCommand(exporting('lines', { format: 'ndjson', asAt: '2020-05-01' })));
    const files = bytesOf('lines');
    expect(JSON.parse(files['organisations.ndjson'] ?? '')).toMatchObject({ name: 'Old, "first" Board' });
    expect(files['bodies.ndjson']).toBe('');
    expect(JSON.parse(files['metadata.json'] ?? '')).toMatchObject({
      licence: null,
      files: expect.arrayContaining([expect.objectContaining({ name: 'organisations.ndjson', rows: 1 })]),
    });
  });

  it('writes nothing where it cannot be asked or written', async () => {
    await heard(() => exportCommand(exporting('kept')));
    const before = bytesOf('kept');
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await exportCommand(exporting('kept', { knownAt: 'p9999' }));
    expect(process.exitCode).toBe(1);
    expect(bytesOf('kept')).toEqual(before);
    await expect(exportCommand(exporting('kept', { format: 'xls' }))).rejects.toMatchObject({
      code: 'LOG_FORMAT_UNKNOWN',
    });
    await expect(exportCommand(exporting('one/organisations.csv'))).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });
  });
});
