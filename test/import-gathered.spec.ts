import { describe, expect, it } from '@jest/globals';
import { reportText } from '../apps/cli/src/import/report.js';
import { Bench } from './importing.js';

const MEETINGS = `
name: meetings
file: meetings.csv
row: [id]
subject: { aggregate: meeting, id: 'x:{id}' }
facts:
  - { command: ConveneMeeting, effectiveOn: { column: held }, data: { body: 'x:board', heldOn: '{held}' } }
first:
  - { aggregate: body, id: 'x:board', command: EstablishBody, effectiveOn: unknown, data: { name: Board, kind: ICB_BOARD } }
`;
const ATTENDANCE = `
name: attendance
file: 'attendance*.csv'
row: [meeting]
subject: { aggregate: meeting, id: 'x:{meeting}', existing: true }
skip: { column: status, is: [invited] }
facts:
  - command: RecordAttendance
    effectiveOn: { column: held }
    data:
      attendees:
        gather: { person: 'x:{pid}', capacity: '{capacity}', attendance: { column: status, values: { p: PRESENT, a: APOLOGIES } } }
        when: { column: status, isNot: [struck] }
first:
  - { aggregate: person, id: 'x:{pid}', command: RegisterPerson, effectiveOn: unknown, data: { name: '{name}' } }
`;
const meetings = 'id,held\nm1,2025-03-01\nm2,2025-04-01';
const attendance = (...rows: readonly string[]): string =>
  ['meeting,held,pid,name,capacity,status', ...rows].join('\n');
const ROWS = [
  'm1,2025-03-01,1,Ann,Chair,p',
  'm2,2025-04-01,1,Ann,Chair,p',
  'm1,2025-03-01,2,Bob,,a',
  'm1,2025-03-01,3,Cat,,p',
  'm1,2025-03-01,4,Dov,,invited',
  'm1,2025-03-01,5,Eve,,struck',
];
const both = { 'meetings.yaml': MEETINGS, 'attendance.yaml': ATTENDANCE, 'meetings.csv': meetings };

const listOf = async (bench: Bench, id: string): Promise<readonly unknown[]> => {
  const events = await bench.store.readStream(`meeting/x:${id}`);
  const lists = events
    .filter(({ type }) => type === 'AttendanceRecorded')
    .map(({ payload }) => JSON.parse(payload) as { attendees: unknown[] });
  return lists.at(-1)?.attendees ?? [];
};

describe('rows that are gathered', () => {
  it('are one list for each key, wherever in the file they stand, and every row is counted', async () => {
    const bench = new Bench();
    const report = await bench.import({ ...both, 'attendance.csv': attendance(...ROWS) });
    expect(report.refusals).toEqual([]);
    expect(report.files.find(({ file }) => file === 'attendance.csv')).toMatchObject({
      rows: 6,
      recorded: 5,
      skipped: 1,
      supporting: 4,
    });
    expect(await listOf(bench, 'm1')).toEqual([
      { person: 'x:1', capacity: 'Chair', attendance: 'PRESENT' },
      { person: 'x:2', attendance: 'APOLOGIES' },
      { person: 'x:3', attendance: 'PRESENT' },
    ]);
    expect(await listOf(bench, 'm2')).toEqual([{ person: 'x:1', capacity: 'Chair', attendance: 'PRESENT' }]);
    const head = await bench.store.head();
    const again = await bench.import({ ...both, 'attendance.csv': attendance(...ROWS) });
    expect(again.files.find(({ file }) => file === 'attendance.csv')).toMatchObject({
      rows: 6,
      unchanged: 5,
      skipped: 1,
    });
    expect(await bench.store.head()).toBe(head);
  });

  it('put the list right where one of them is gone, is new, or says otherwise; the same row twice is one', async () => {
    const bench = new Bench();
    await bench.import({ ...both, 'attendance.csv': attendance(...ROWS) });
    const [ann, other, , cat] = ROWS as [string, string, string, string];
    const next = attendance(ann, ann, other, cat.replace(',p', ',a'), 'm1,2025-03-01,6,Fay,,p');
    const report = await bench.import({ ...both, 'attendance.csv': next });
    expect(report.files.find(({ file }) => file === 'attendance.csv')).toMatchObject({
      rows: 5,
      corrected: 4,
      unchanged: 1,
      refused: 0,
    });
    expect(await listOf(bench, 'm1')).toEqual([
      { person: 'x:1', capacity: 'Chair', attendance: 'PRESENT' },
      { person: 'x:3', attendance: 'APOLOGIES' },
      { person: 'x:6', attendance: 'PRESENT' },
    ]);
  });

  it('are refused together where one of them cannot be read, with its line; others go in', async () => {
    const bench = new Bench();
    const rows = attendance(...ROWS, 'm1,2025-03-01,7,Gil,,perhaps');
    const report = await bench.import({ ...both, 'attendance.csv': rows });
    expect(report.files.find(({ file }) => file === 'attendance.csv')).toMatchObject({
      rows: 7,
      recorded: 1,
      refused: 5,
      skipped: 1,
    });
    expect(report.refusals).toMatchObject([
      { code: 'VALUE_NOT_IN_TABLE', line: 8, column: 'status', found: 'perhaps' },
    ]);
    expect(await listOf(bench, 'm1')).toEqual([]);
    expect(await listOf(bench, 'm2')).toHaveLength(1);
    expect(reportText(report)).toContain('perhaps');
  });

  it('agree in every column that is read once for all of them', async () => {
    const bench = new Bench();
    const report = await bench.import({ ...both, 'attendance.csv': attendance(...ROWS, 'm2,2025-04-02,8,Hal,,p') });
    expect(report.refusals).toMatchObject([{ code: 'ROWS_DIFFER', line: 8, column: 'held', found: '2025-04-02' }]);
    expect(report.refusals[0]?.message).toContain('2025-04-01, as on line 3');
    expect(report.files.find(({ file }) => file === 'attendance.csv')).toMatchObject({
      rows: 7,
      recorded: 4,
      refused: 2,
      skipped: 1,
    });
    expect(await listOf(bench, 'm2')).toEqual([]);
  });

  it('are gathered version by version where the file says when each stood', async () => {
    const bench = new Bench();
    const versions = ATTENDANCE.replace('skip:', 'versions: { from: said, to: gone }\nskip:');
    const table = [
      'meeting,held,pid,name,capacity,status,said,gone',
      'm1,2025-03-01,1,Ann,,p,2025-03-02T00:00:00Z,2025-03-09T00:00:00Z',
      'm1,2025-03-01,2,Bob,,a,2025-03-02T00:00:00Z,2025-03-09T00:00:00Z',
      'm1,2025-03-01,1,Ann,,p,2025-03-09T00:00:00Z,',
      'm1,2025-03-01,2,Bob,,p,2025-03-09T00:00:00Z,',
    ].join('\n');
    await bench.import({ 'meetings.yaml': MEETINGS, 'meetings.csv': meetings });
    const report = await bench.import({ 'attendance.yaml': versions, 'attendance.csv': table });
    expect(report.total).toMatchObject({ rows: 4, recorded: 2, corrected: 2, refused: 0 });
    expect(await listOf(bench, 'm1')).toEqual([
      { person: 'x:1', attendance: 'PRESENT' },
      { person: 'x:2', attendance: 'PRESENT' },
    ]);
  });

  it('gather the votes on a decision beside its tally', async () => {
    const bench = new Bench();
    const votes = `
name: votes
file: votes.csv
row: [ref]
subject: { aggregate: decision, id: 'x:{ref}' }
facts:
  - command: TakeDecision
    effectiveOn: { column: day }
    data:
      title: '{title}'
      takenOn: { column: day, as: date }
      votes:
        for: { column: ayes, as: number }
        named: { gather: { name: '{who}', vote: { column: vote, values: { aye: FOR, no: AGAINST } } } }
`;
    const csv = [
      'ref,day,title,ayes,who,vote',
      '1,2025-03-01,Fees,2,Bo Dy,aye',
      '1,2025-03-01,Fees,2,Cy Da,no',
      '2,2025-03-01,Beds,1,Bo Dy,aye',
    ].join('\n');
    const report = await bench.import({ 'votes.yaml': votes, 'votes.csv': csv });
    expect(report.total).toMatchObject({ rows: 3, recorded: 3, refused: 0 });
    const [fees] = await bench.store.readStream('decision/x:1');
    expect(JSON.parse(fees?.payload ?? '')).toMatchObject({
      votes: {
        for: 2,
        named: [
          { name: 'Bo Dy', vote: 'FOR' },
          { name: 'Cy Da', vote: 'AGAINST' },
        ],
      },
    });
  });

  it('gather owners of a body and nothing where no row has anything to say', async () => {
    const bench = new Bench();
    const bodies = `
name: owners
file: owners.csv
row: [body]
subject: { aggregate: body, id: 'x:{body}' }
facts:
  - { command: EstablishBody, effectiveOn: unknown, data: { name: '{name}', kind: JOINT_COMMITTEE, owners: { gather: 'x:{owner}' } } }
first:
  - { aggregate: organisation, id: 'x:{owner}', command: RegisterOrganisation, effectiveOn: unknown, when: owner, data: { name: '{owner}', kind: COUNCIL } }
`;
    const csv = 'body,name,owner\nj,Joint,a\nj,Joint,b\nk,Alone,\n';
    const report = await bench.import({ 'owners.yaml': bodies, 'owners.csv': csv });
    expect(report.total).toMatchObject({ rows: 3, recorded: 3, refused: 0, supporting: 2 });
    const [joint] = await bench.store.readStream('body/x:j');
    expect(JSON.parse(joint?.payload ?? '')).toMatchObject({ owners: ['x:a', 'x:b'] });
    const [alone] = await bench.store.readStream('body/x:k');
    expect(JSON.parse(alone?.payload ?? '')).not.toHaveProperty('owners');
  });
});

describe('a mapping that gathers', () => {
  it.each([
    ["owners: { gather: 'x:{owner}', as: text }", 'as'],
    ["owners: { gather: { gather: 'x:{owner}' } }", 'gather'],
  ])('says where it makes no sense: %s', async (owners, key) => {
    const mapping = `
name: owners
file: owners.csv
row: [body]
subject: { aggregate: body, id: 'x:{body}' }
facts:
  - { command: EstablishBody, effectiveOn: unknown, data: { name: '{name}', kind: OTHER, ${owners} } }
`;
    const thrown = await new Bench()
      .import({ 'owners.yaml': mapping, 'owners.csv': 'body,name,owner\nj,Joint,a' })
      .then(
        ({ refusals }) => refusals[0],
        (fault: Error) => fault,
      );
    expect(thrown?.message).toContain(key);
  });
});
