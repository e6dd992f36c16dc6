import { describe, expect, it } from '@jest/globals';
import { Bench, counted } from './importing.js';

const line = (fields: object): string =>
  JSON.stringify({
    aggregate: 'organisation',
    id: 'x:a',
    command: 'RegisterOrganisation',
    data: { name: 'A', kind: 'OTHER' },
    effectiveOn: '2020-01-01',
    ...fields,
  });

const importing = async (...lines: readonly string[]): ReturnType<Bench['import']> =>
  new Bench().import({ 'c.ndjson': lines.join('\n') });

const codes = (report: Awaited<ReturnType<Bench['import']>>): readonly unknown[] =>
  report.refusals.map(({ line: at, column, code }) => [at, column, code]);

describe('importing lines of commands', () => {
  it('records, corrects by the command of an earlier line, and annuls; a second time it adds nothing', async () => {
    const bench = new Bench();
    const why = { kind: 'error', reason: 'the day was read wrongly' };
    const files = {
      'c.ndjson': [
        line({ commandId: 'c-1' }),
        line({ commandId: 'c-2', effectiveOn: '2020-02-01', corrects: { command: 'c-1' }, why }),
        JSON.stringify({
          aggregate: 'organisation',
          id: 'x:a',
          commandId: 'c-3',
          annuls: { command: 'c-2', index: 0 },
          why,
        }),
        line({ commandId: 'c-4', again: { command: 'c-2', index: 0 } }),
        JSON.stringify({
          aggregate: 'organisation',
          id: 'x:b',
          commandId: 'c-5',
          steps: [
            { command: 'RegisterOrganisation', data: { name: 'B', kind: 'OTHER' }, startKnown: false },
            { command: 'CloseOrganisation', effectiveOn: '2021-01-01' },
          ],
        }),
      ].join('\n'),
    };
    expect(counted(await bench.import(files))).toEqual({ rows: 5, recorded: 3, corrected: 1, annulled: 1 });
    expect(await bench.live('organisation/x:a')).toEqual(['OrganisationRegistered 2020-01-01']);
    expect(await bench.live('organisation/x:b')).toEqual([
      'OrganisationRegistered 0001-01-01',
      'OrganisationClosed 2021-01-01',
    ]);
    const head = await bench.store.head();
    expect(counted(await bench.import(files))).toEqual({ rows: 5, unchanged: 5 });
    expect(await bench.store.head()).toBe(head);
  });

  it('refuses each line that is wrong by itself', async () => {
    const report = await importing(
      '{"aggregate":"organisation"',
      line({ id: 'x:1', efectiveOn: '2020-01-01' }),
      line({ id: 'x:2', effectiveOn: undefined }),
      line({ id: 'x:3', effectiveOn: '2020-02-30' }),
      line({ aggregate: 'office' }),
      line({ aggregate: 'person' }),
      line({ command: 'OpenOrganisation' }),
      line({ id: 'x:8' }).replace('"name":"A"', '"name":"A","name":"B"'),
      line({ data: { name: 'A', kind: 'OTHER', colour: 'red' } }),
      line({ data: { name: 'A\u0000', kind: 'OTHER' } }),
      line({}).replace('"A"', '"\\ud83d"'),
      line({ data: { name: 'A', kind: 'OTHER', parent: 'x:none' } }),
      line({ id: 'x:good' }),
    );
    expect(codes(report)).toEqual([
      [1, 'the line', 'NOT_JSON'],
      [2, 'efectiveOn', 'UNKNOWN_KEY'],
      [3, 'effectiveOn', 'NOT_A_DATE'],
      [4, 'effectiveOn', 'NOT_A_DATE'],
      [5, 'aggregate', 'UNKNOWN_AGGREGATE'],
      [6, 'command', 'WRONG_AGGREGATE'],
      [7, 'command', 'UNKNOWN_COMMAND'],
      [8, 'the line', 'NOT_JSON'],
      [9, 'data.colour', 'INPUT'],
      [10, 'data.name', 'INPUT'],
      [11, 'data.name', 'INPUT'],
      [12, 'data.parent', 'UNKNOWN_REFERENCE'],
    ]);
    expect(counted(report)).toEqual({ rows: 13, recorded: 1, refused: 12 });
  });

  it('passes over a line of 5 MB and records the next', async () => {
    const report = await importing(line({ data: { name: 'A'.repeat(5_000_000), kind: 'OTHER' } }), line({}));
    expect(report.refusals).toMatchObject([{ line: 1, code: 'LINE_TOO_LONG' }]);
    expect(report.refusals[0]?.message).toMatch(/the line has 50\d+ bytes; needed at most 1000000/);
    expect(counted(report)).toEqual({ rows: 2, recorded: 1, refused: 1 });
  });

  it('refuses bytes that are not UTF-8 by line', async () => {
    const bytes = new Uint8Array(Buffer.concat([Buffer.from([0x7b, 0xff, 0x7d, 10]), Buffer.from(line({}))]));
    const report = await new Bench().import({ 'c.ndjson': bytes });
    expect(report.refusals).toMatchObject([{ line: 1, code: 'NOT_UTF8' }]);
    expect(report.total.recorded).toBe(1);
  });

  it('refuses a reference that another decision has', async () => {
    const decision = (id: string): string =>
      line({ aggregate: 'decision', id, command: 'TakeDecision', data: { title: 'T', reference: 'ICB-1' } });
    const report = await importing(decision('x:1'), decision('x:2'));
    expect(codes(report)).toEqual([[2, 'data.reference', 'DUPLICATE_REFERENCE']]);
  });
});

const LISTS = `
name: trusts
file: list-*.csv
row: [code]
snapshot: { change: ChangeOrganisation, on: { 'list-1.csv': 2020-12-31, 'list-2.csv': 2022-12-31 } }
subject: { aggregate: organisation, id: 'x:{code}' }
facts:
  - command: RegisterOrganisation
    effectiveOn: { column: open, format: YYYYMMDD, missing: unknown }
    data: { name: '{name}', kind: NHS_TRUST, region: '{region}' }
  - command: CloseOrganisation
    when: close
    effectiveOn: { column: close, format: YYYYMMDD, lastDay: true }
`;

describe('importing lists of the same subjects', () => {
  it('records what a later list says otherwise as a change on its day, and closes nobody it leaves out', async () => {
    const bench = new Bench();
    const files = {
      'list-1.csv': 'code,name,region,open,close\nA,Alpha,Y1,20010401,\nB,Beta,Y1,,\nC,Gamma,Y1,20010401,\n',
      'list-2.csv': 'code,name,region,open,close\nA,Alpha and Omega,Y1,20010401,\nB,Beta,Y2,20020401,20220930\n',
      'lists.yaml': LISTS,
    };
    expect(counted(await bench.import(files))).toEqual({ rows: 5, recorded: 4, corrected: 1 });
    expect(await bench.live('organisation/x:A')).toEqual([
      'OrganisationRegistered 2001-04-01',
      'OrganisationChanged 2022-12-31',
    ]);
    expect((await bench.store.readStream('organisation/x:A')).at(-1)?.payload).toBe('{"name":"Alpha and Omega"}');
    expect(await bench.live('organisation/x:B')).toEqual([
      'OrganisationRegistered 2002-04-01',
      'OrganisationClosed 2022-10-01',
      'OrganisationChanged 2022-12-31',
    ]);
    expect(await bench.live('organisation/x:C')).toEqual(['OrganisationRegistered 2001-04-01']);
    const head = await bench.store.head();
    expect(counted(await bench.import(files))).toEqual({ rows: 5, unchanged: 5 });
    expect(await bench.store.head()).toBe(head);
  });
});
