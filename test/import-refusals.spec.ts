import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Bench, counted } from './importing.js';

const MAP = `
name: seats
file: seats.csv*
row: [id]
subject: { aggregate: appointment, id: 'x:{id}' }
facts:
  - command: MakeAppointment
    effectiveOn: { column: start, format: DD/MM/YYYY }
    data: { person: 'x:{person}', body: 'x:{body}', role: '{role}' }
`;
const PEOPLE = [
  '{"aggregate":"person","id":"x:p","command":"RegisterPerson","data":{"name":"P"},"startKnown":false}',
  '{"aggregate":"body","id":"x:b","command":"EstablishBody","data":{"name":"B","kind":"OTHER"},"startKnown":false}',
].join('\n');

const seats = (...rows: readonly string[]): string => ['id,person,body,role,start', ...rows].join('\n');

const importing = (csv: string | Uint8Array, map = MAP, name = 'seats.csv'): ReturnType<Bench['import']> =>
  new Bench().import({ 'people.ndjson': PEOPLE, [name]: csv, 'seats.yaml': map });

describe('importing rows that cannot be recorded as they stand', () => {
  it('refuses each by itself, with line, column, what was found and what is needed; the rest goes in', async () => {
    const report = await importing(
      seats(
        '1,p,b,Chair,01/02/2003',
        '2,p,b,Member,2003-02-01',
        '3,q,b,Member,01/02/2003',
        '4,p,c,Member,01/02/2003',
        '5,p,b,Member,31/02/2003',
        '6,p,b',
        '7,p,b,Member,',
        ',p,b,Member,01/02/2003',
      ),
    );
    expect(report.files[0]).toMatchObject({ rows: 8, recorded: 1, refused: 7 });
    expect(report.refusals.map(({ line, column, code, found }) => [line, column, code, found])).toEqual([
      [3, 'start', 'NOT_A_DATE', '2003-02-01'],
      [4, 'person', 'UNKNOWN_REFERENCE', 'q'],
      [5, 'body', 'UNKNOWN_REFERENCE', 'c'],
      [6, 'start', 'NOT_A_DATE', '31/02/2003'],
      [7, undefined, 'RAGGED_ROW', '3 cells'],
      [8, 'start', 'NOT_A_DATE', ''],
      [9, 'id', 'NO_SUBJECT', ''],
    ]);
    expect(report.refusals[0]?.needed).toBe('a day written DD/MM/YYYY');
  });

  it('refuses a NUL and takes an emoji', async () => {
    const report = await importing(seats('1,p,b,Ch\u0000air,01/02/2003', '2,p,b,Chair 🪑,01/02/2003'));
    expect(report.refusals).toMatchObject([{ line: 2, column: 'role', code: 'INPUT' }]);
    expect(report.files[0]).toMatchObject({ recorded: 1, refused: 1 });
  });

  it('counts lines where a cell holds line breaks', async () => {
    const report = await importing(seats('1,p,b,"two\nlines",01/02/2003', '2,p,b,Member,never'));
    expect(report.refusals).toMatchObject([{ line: 4, code: 'NOT_A_DATE' }]);
  });

  it('takes one row with a key, the same again as unchanged, another not at all', async () => {
    const report = await importing(
      seats('1,p,b,Chair,01/02/2003', '1,p,b,Chair,01/02/2003', '1,p,b,Member,01/02/2003'),
    );
    expect(report.files[0]).toMatchObject({ recorded: 1, unchanged: 1, refused: 1 });
    expect(report.refusals).toMatchObject([{ line: 4, code: 'ROW_TWICE' }]);
  });

  it('records a row that names one further down', async () => {
    const map =
      "name: o\nrow: [id]\nsubject: { aggregate: organisation, id: 'x:{id}' }\nfacts: [{ command: RegisterOrganisation, effectiveOn: unknown, data: { name: '{id}', kind: OTHER, parent: 'x:{of}' } }]\n";
    const report = await new Bench().import({ 'o.csv': 'id,of\na,b\nb,\nc,d\n', 'o.yaml': map });
    expect(counted(report)).toEqual({ rows: 3, recorded: 2, refused: 1 });
  });
});

describe('importing files that cannot be read', () => {
  const cut = gzipSync(
    seats(...Array.from({ length: 5_000 }, (_, index) => `${index},p,b,Role ${Math.sin(index)},01/02/2003`)),
  );

  it.each([
    ['a gzip that is cut off', 'seats.csv.gz', new Uint8Array(cut.subarray(0, cut.length - 2_000)), 'FILE', 'cut off'],
    ['a gzip that is none', 'seats.csv.gz', seats('1,p,b,Chair,01/02/2003'), 'FILE', 'not sound gzip data'],
    [
      'another header',
      'seats.csv',
      'id,person,body,role\n1,p,b,Chair',
      'MAPPING_COLUMN',
      'its columns are id, person, body, role',
    ],
    ['a header with a name twice', 'seats.csv', 'id,id,person,body,role,start\n', 'HEADER', 'twice'],
    ['an empty file', 'seats.csv', '', 'HEADER', 'needed a header row'],
    ['a quote that is never closed', 'seats.csv', seats('1,p,b,"Chair,01/02/2003'), 'FILE', 'Quote Not Closed'],
    [
      'bytes that are not UTF-8',
      'seats.csv',
      new Uint8Array([...Buffer.from(seats('1,p,b,')), 0xff, 0xfe]),
      'FILE',
      'not UTF-8',
    ],
  ])('refuses %s before anything is recorded', async (_what, name, content, code, said) => {
    const bench = new Bench();
    const failing = bench.import({ 'people.ndjson': PEOPLE, [name]: content, 'seats.yaml': MAP });
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
    expect(await bench.store.head()).toBe(-1);
  });
});

describe('reading a mapping', () => {
  it.each([
    [
      'a column the file does not have',
      "role: '{role}'",
      "role: '{rôle}'",
      'MAPPING_COLUMN',
      /seats\.yaml line 9: facts\[0\]\.data\.role names the column "rôle"/,
    ],
    [
      'a field the command does not have',
      'role:',
      'title:',
      'MAPPING',
      /line 9: facts\[0\]\.data\.title means nothing here: needed one of .*role/,
    ],
    [
      'a command of another aggregate',
      'MakeAppointment',
      'RegisterPerson',
      'MAPPING',
      /facts\[0\]\.command is "RegisterPerson": needed one of MakeAppointment/,
    ],
    ['a key nobody knows', 'row: [id]', 'row: [id]\nrows: 3', 'MAPPING', /line 5: rows means nothing here/],
    [
      'no identification of the rows',
      'row: [id]\n',
      '',
      'MAPPING',
      /has no row: needed the columns that identify a row/,
    ],
    ['a date format without a year', 'DD/MM/YYYY', 'DD/MM', 'MAPPING', /needed year, month and day once each/],
    ['a brace that is never closed', "'x:{id}'", "'x:{id'", 'MAPPING', /has an open brace/],
    ['what is not YAML', 'row: [id]', 'row: [id', 'MAPPING', /line \d+ is not YAML/],
  ])('refuses %s, by line and key', async (_what, from, to, code, message) => {
    await expect(importing(seats('1,p,b,Chair,01/02/2003'), MAP.replace(from, to))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('takes a mapping that names none of the files for the table in its place', async () => {
    const report = await importing(seats('1,p,b,Chair,01/02/2003'), MAP.replace('seats.csv*', 'other.csv'));
    expect(report.files[0]).toMatchObject({ file: 'seats.csv', recorded: 1 });
  });

  it('refuses a table that no mapping is left for', async () => {
    const bench = new Bench();
    const failing = bench.import({ 'seats.csv': seats(), 'other.csv': 'id\n1\n', 'seats.yaml': MAP });
    await expect(failing).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('no mapping is for other.csv'),
    });
  });
});
