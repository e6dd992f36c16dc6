import { describe, expect, it } from '@jest/globals';
import { Bench, filesIn } from './importing.js';
import { importFiles } from '../apps/cli/src/import/import.js';
import { OPERATOR } from './importing.js';
import { MemoryEventStore } from '#event-store';

const SEATS = `
name: people
file: p*.csv
row: [no]
subject: { aggregate: person, id: 'x:{no}' }
facts:
  - command: RegisterPerson
    effectiveOn: unknown
    data: { name: '{name}' }
`;
const MONEY = `
name: money
file: m*.csv
row: [ref]
subject: { aggregate: decision, id: 'm:{ref}' }
facts:
  - command: TakeDecision
    effectiveOn: '2024-04-01'
    data: { title: 'T', decidedByName: Board, takenOn: '2024-04-01', amount: { column: amount, as: pence } }
`;

const people = async (csv: string | Uint8Array, more = ''): Promise<ReturnType<Bench['import']>> =>
  new Bench().import({ 'p.csv': csv, 'map.yaml': SEATS + more });

const refusalOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'imported',
    (thrown: Error) => thrown.message,
  );

const refused = ({ refusals }: Awaited<ReturnType<Bench['import']>>): unknown =>
  refusals.map(({ line, column, code, found }) => [line, column, code, found]);

describe('amounts in cells (cases 50 and 51)', () => {
  const amounts = async (...cells: readonly string[]): Promise<readonly unknown[]> => {
    const bench = new Bench();
    const csv = ['ref,amount', ...cells.map((cell, index) => `${index},"${cell}"`)].join('\n');
    const { refusals } = await bench.import({ 'm.csv': csv, 'map.yaml': MONEY });
    const taken = await Promise.all(cells.map((_, index) => bench.store.readStream(`decision/m:${index}`)));
    return taken.map(([event], index) =>
      event
        ? (JSON.parse(event.payload) as { amount: { pence: number } }).amount.pence
        : refusals.find(({ line }) => line === index + 2)?.code,
    );
  };

  it('take a comma for the mark of thousands only where thousands end', async () => {
    const cells = [
      '12,50',
      '25,000,00',
      '1 250,00',
      '0,5',
      '1,2,3',
      '1,250,000.00',
      '12,500',
      '1,25',
      ',5',
      '1,,250',
      '1250,000',
    ];
    expect(await amounts(...cells)).toEqual([
      ...Array.from({ length: 5 }, () => 'NOT_A_NUMBER'),
      125_000_000,
      1_250_000,
      ...Array.from({ length: 4 }, () => 'NOT_A_NUMBER'),
    ]);
  });

  it('read what accounts write, and nothing else', async () => {
    const cells = ['5', '£1,250', '-3.5', '−3.50', '1 250', '£ 12.05', '1.250', '1.2m', '(5)', '12.345', '0', '007'];
    expect(await amounts(...cells)).toEqual([
      500,
      125_000,
      -350,
      -350,
      125_000,
      1205,
      'NOT_MONEY',
      'NOT_A_NUMBER',
      'NOT_A_NUMBER',
      'NOT_MONEY',
      0,
      700,
    ]);
  });

  it('refuse the row of a number too large to be kept, and take the others', async () => {
    const cells = ['5', '99999999999999999999', '7', '90071992547409.91', '90071992547409.92', '9'.repeat(400)];
    const large = 'NUMBER_TOO_LARGE';
    expect(await amounts(...cells)).toEqual([500, large, 700, 9_007_199_254_740_991, large, large]);
  });

  it('are refused in lines of commands and as numbers just so', async () => {
    const command = (data: string): string =>
      `{"aggregate":"decision","id":"d","command":"TakeDecision","effectiveOn":"2024-04-01","data":{"title":"T","takenOn":"2024-04-01",${data}}}`;
    for (const data of [
      '"amount":{"pence":1e22}',
      '"amount":{"pence":-1e300}',
      '"amount":{"pence":9007199254740993}',
    ]) {
      const report = await new Bench().import({ 'a.ndjson': command(data) });
      expect([data, report.total.refused, report.refusals[0]?.column]).toEqual([data, 1, 'data.amount.pence']);
    }
    const map = MONEY.replace('as: pence', 'as: number');
    const report = await new Bench().import({
      'm.csv': 'ref,amount\n1,1e5\n2,12345678901234567\n3,0.1234567890123456',
      'map.yaml': map,
    });
    expect(refused(report)).toEqual([
      [2, 'amount', 'NOT_A_NUMBER', '1e5'],
      [3, 'amount', 'NUMBER_TOO_LARGE', '12345678901234567'],
      [4, 'amount', 'NUMBER_TOO_LARGE', '0.1234567890123456'],
    ]);
    const constant = new Bench().import({
      'm.csv': 'ref,amount\n1,1',
      'map.yaml': MONEY.replace("title: 'T'", 'title: 1e400'),
    });
    expect(await refusalOf(constant)).toContain('1e400');
  });
});

describe('what stands around a table', () => {
  it('columns without a name and without a cell are nothing; a cell in one is named (case 40)', async () => {
    expect((await people('no,name,,,\n1,Ann,,,\n2,Bob,,,,,\n')).total).toMatchObject({ recorded: 2, refused: 0 });
    expect((await people('no,,name\n1,,Ann')).total).toMatchObject({ recorded: 1 });
    expect(refused(await people('no,name,,\n1,Ann,,x\n2,Bob,,\n3,Cat,,,y'))).toEqual([
      [2, 'column 4', 'CELL_WITHOUT_COLUMN', 'x'],
      [4, undefined, 'RAGGED_ROW', '5 cells'],
    ]);
    expect(await refusalOf(people('no,name,name\n1,A,B'))).toContain('the column "name" twice');
  });

  it('a row without a cell is no row (case 45)', async () => {
    const report = await people('no,name\n1,Ann\n,\n ,\t\n\n2,Bob\n,,\n');
    expect(report.total).toMatchObject({ rows: 2, recorded: 2, refused: 0 });
    expect(refused(await people('no,name\n,\n1,Ann\n,Bob'))).toEqual([[4, expect.anything(), expect.anything(), '']]);
  });

  it('a title above the header, or no header at all, can be said', async () => {
    const titled = 'Members of the council,\n"as of, May",\nno,name\n1,Ann\n';
    expect((await people(titled, 'header: 3\n')).total).toMatchObject({ rows: 1, recorded: 1 });
    expect((await people('1,Ann\n2,Bob', 'header: [no, name]\n')).total).toMatchObject({ rows: 2, recorded: 2 });
    expect(await refusalOf(people('no,name\n1,Ann', 'header: 9\n'))).toContain('ends before line 9');
    expect(await refusalOf(people('x\n\nno,name\n1,Ann', 'header: 2\n'))).toContain('nothing on line 2');
    expect(await refusalOf(people('no,name', 'header: 0\n'))).toContain('header is no line');
    expect(await refusalOf(people('1,Ann', 'header: [no]\n'))).toContain('names the column "name"');
  });

  it('its encoding can be said; bytes of another are refused by their line, with the way out (case 42)', async () => {
    const latin = Buffer.from('no,name\r\n1,Ann\r\n2,Si\xF4n \x80\r\n', 'latin1');
    const bench = new Bench();
    expect(
      (await bench.import({ 'p.csv': latin, 'map.yaml': `${SEATS}encoding: windows-1252\n` })).total.recorded,
    ).toBe(2);
    expect((await bench.store.readStream('person/x:2'))[0]?.payload).toContain('Siôn €');
    const refusal = await refusalOf(people(latin));
    expect(refusal).toContain('line 3 has bytes that are not UTF-8');
    expect(refusal).toContain('encoding: windows-1252');
    const wide = Buffer.from('\uFEFFno,name\n1,Siôn\n', 'utf16le');
    expect((await people(wide, 'encoding: utf-16le\n')).total.recorded).toBe(1);
    expect(await refusalOf(people(wide))).toContain('line 1 has bytes');
    const long = Buffer.concat([Buffer.from(`no,name\n${'1,é\n'.repeat(60_000)}`), Buffer.from([0xc3])]);
    expect(await refusalOf(people(long))).toContain('line 60002 has bytes');
    expect(await refusalOf(people('no,name\n1,A', 'encoding: klingon\n'))).toContain('needed an encoding');
  });
});

describe('a file that is something else', () => {
  const packed = (part: string): Buffer => Buffer.from(`PK\x03\x04\x14\0\0\0\0\0${part}`, 'latin1');

  it.each([
    ['an Excel workbook (.xlsx)', packed('[Content_Types].xml<Types/>')],
    ['an Excel workbook (.xlsx)', packed('_rels/.rels…xl/workbook.xml')],
    ['an OpenDocument spreadsheet (.ods)', packed('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
    ['an old Excel workbook (.xls)', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['a packed archive (.zip)', packed('table.csv')],
    ['XML or a web page', Buffer.from('\uFEFF<?xml version="1.0"?><members/>')],
  ])('is called by its name, whatever it is named: %s (case 49)', async (is, bytes) => {
    for (const name of ['p.csv', 'p.xlsx']) {
      const refusal = await refusalOf(new Bench().import({ [name]: bytes, 'map.yaml': SEATS }));
      expect(refusal).toContain(`${name} is ${is}`);
    }
  });

  it.each([
    '{"data":[{"id":"x","deleted":true}],"pagination":{"totalElements":1},"links":{"next":"x"}}',
    '[{"id":1},{"id":2}]',
    '{\n  "organizations": [\n    {"id": "x"}\n  ]\n}\n',
    '[\n{"id":1},\n{"id":2}\n]',
  ])('a JSON list is no file of commands: nothing is tried (case 36): %j', async (text) => {
    const store = new MemoryEventStore();
    const { 'list.json': file = '' } = filesIn({ 'list.json': text });
    const refusal = await refusalOf(importFiles(store, OPERATOR, { files: [file], mappings: [] }));
    expect(refusal).toContain('list.json is one JSON list, not lines of commands');
    expect(await store.head()).toBe(-1);
  });

  it('a line that is no command is refused by itself', async () => {
    const good = '{"aggregate":"person","id":"x:p","command":"RegisterPerson","data":{"name":"P"},"startKnown":false}';
    for (const bad of ['{"id":"x"}', '{"a":1}', '[]', '{', 'x']) {
      expect([bad, (await new Bench().import({ 'c.ndjson': `${good}\n${bad}\n` })).total]).toMatchObject([
        bad,
        { rows: 2, recorded: 1, refused: 1 },
      ]);
      if (bad.startsWith('{"'))
        expect((await new Bench().import({ 'c.ndjson': `${bad}\n${good}\n` })).total).toMatchObject({
          recorded: 1,
          refused: 1,
        });
    }
  });
});

describe('values of a mapping that stand for cells', () => {
  it('are taken as they are written, not as YAML reads them', async () => {
    const map = SEATS.replace(
      "name: '{name}'",
      "name: { column: name, values: { 01: One, 1: Uno, 1.0: Point, yes: Yes, no: No, null: Nobody, 2024-01-01: Day, 0x1F: Hex, 'quoted': Q, true: T } }",
    );
    const cells = ['01', '1', '1.0', 'yes', 'no', 'null', '2024-01-01', '0x1F', 'quoted', 'true'];
    const bench = new Bench();
    const csv = ['no,name', ...cells.map((cell, index) => `${index},${cell}`)].join('\n');
    expect((await bench.import({ 'p.csv': csv, 'map.yaml': map })).refusals).toEqual([]);
    const names = await Promise.all(
      cells.map(async (_, index) => (await bench.store.readStream(`person/x:${index}`))[0]?.payload),
    );
    expect(names.map((payload) => (JSON.parse(payload ?? '{}') as { name?: string }).name)).toEqual([
      'One',
      'Uno',
      'Point',
      'Yes',
      'No',
      'Nobody',
      'Day',
      'Hex',
      'Q',
      'T',
    ]);
  });

  it('and so are those of a condition', async () => {
    const map = SEATS.replace(
      'effectiveOn: unknown',
      'effectiveOn: unknown\n    when: { column: name, is: [01, 1.0, no] }',
    );
    const report = await new Bench().import({ 'p.csv': 'no,name\n1,01\n2,1\n3,1.0\n4,no\n5,false', 'map.yaml': map });
    expect(report.total.recorded).toBe(3);
  });
});
