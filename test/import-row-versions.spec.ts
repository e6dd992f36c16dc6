import { describe, expect, it } from '@jest/globals';
import { Bench, counted } from './importing.js';

const ORGANISATIONS = `
name: departments
file: departments.csv
row: [id]
versions: { from: recorded_from, to: recorded_to }
subject: { aggregate: organisation, id: 'x:{id}' }
facts:
  - command: RegisterOrganisation
    effectiveOn: { column: start, missing: unknown }
    data: { name: '{name}', kind: OTHER }
  - command: CloseOrganisation
    when: end
    effectiveOn: { column: end }
`;

const T = ['2024-01-01T10:00:00Z', '2024-02-01T10:00:00Z', '2024-03-01T10:00:00Z', '2024-04-01T10:00:00Z'] as const;

const departments = (...rows: readonly string[]): Record<string, string> => ({
  'departments.csv': ['recorded_from,recorded_to,id,name,start,end', ...rows].join('\n'),
  'departments.yaml': ORGANISATIONS,
});

describe('importing the versions of a row', () => {
  it('records a first version and the end that a later one sets', async () => {
    const bench = new Bench();
    const report = await bench.import(
      departments(`${T[0]},${T[1]},a,A,2001-01-01,`, `${T[1]},,a,A,2001-01-01,2010-01-01`),
    );
    expect(counted(report)).toEqual({ rows: 2, recorded: 2 });
    expect(await bench.live('organisation/x:a')).toEqual([
      'OrganisationRegistered 2001-01-01',
      'OrganisationClosed 2010-01-01',
    ]);
  });

  it('corrects a start and an end that moved, and says what was and is', async () => {
    const bench = new Bench();
    const report = await bench.import(
      departments(
        `${T[0]},${T[1]},a,A,2001-01-01,2010-01-01`,
        `${T[1]},${T[2]},a,A,2002-01-01,2010-01-01`,
        `${T[2]},,a,A,2002-01-01,2011-01-01`,
      ),
    );
    expect(counted(report)).toEqual({ rows: 3, recorded: 1, corrected: 2 });
    expect(await bench.live('organisation/x:a')).toEqual([
      'OrganisationRegistered 2002-01-01',
      'OrganisationClosed 2011-01-01',
    ]);
    const [, , start] = await bench.envelopes('organisation/x:a');
    expect(start?.why).toEqual({
      kind: 'error',
      reason: 'start was 2001-01-01, is 2002-01-01 (departments, version of 2024-02-01T10:00:00.000Z)',
    });
  });

  it('annuls an end that vanished', async () => {
    const bench = new Bench();
    const report = await bench.import(
      departments(`${T[0]},${T[1]},a,A,2001-01-01,2010-01-01`, `${T[1]},,a,A,2001-01-01,`),
    );
    expect(counted(report)).toEqual({ rows: 2, recorded: 1, annulled: 1 });
    expect(await bench.live('organisation/x:a')).toEqual(['OrganisationRegistered 2001-01-01']);
  });

  it('annuls all of a withdrawn row, and gives it its place back when it returns', async () => {
    const bench = new Bench();
    const rows = [`${T[0]},${T[1]},a,A,2001-01-01,2010-01-01`, `${T[2]},,a,A,2001-01-01,2010-01-01`];
    const report = await bench.import(departments(...rows));
    expect(counted(report)).toEqual({ rows: 2, recorded: 2, withdrawn: 1 });
    const envelopes = await bench.envelopes('organisation/x:a');
    expect(envelopes.map(({ annuls, again }) => (annuls ? 'annuls' : again ? 'again' : 'new'))).toEqual([
      'new',
      'new',
      'annuls',
      'annuls',
      'again',
      'again',
    ]);
    expect(await bench.live('organisation/x:a')).toHaveLength(2);
  });

  it('withdraws a row whose last version ended', async () => {
    const bench = new Bench();
    expect(counted(await bench.import(departments(`${T[0]},${T[1]},a,A,2001-01-01,`)))).toEqual({
      rows: 1,
      recorded: 1,
      withdrawn: 1,
    });
    expect(await bench.live('organisation/x:a')).toEqual([]);
  });

  it('leaves the earlier version standing where the later one cannot be recorded', async () => {
    const bench = new Bench();
    const report = await bench.import(
      departments(`${T[0]},${T[1]},a,A,2001-01-01,`, `${T[1]},,a,A,2001-01-01,2000-01-01`),
    );
    expect(counted(report)).toEqual({ rows: 2, recorded: 1, refused: 1, leftStanding: 1 });
    expect(report.refusals).toMatchObject([
      {
        file: 'departments.csv',
        line: 3,
        column: 'end',
        row: 'a',
        code: 'ENDS_BEFORE_START',
        found: '2000-01-01',
        leftStanding: true,
      },
    ]);
    expect(await bench.live('organisation/x:a')).toEqual(['OrganisationRegistered 2001-01-01']);
  });

  it('records an end on the day of the start', async () => {
    const bench = new Bench();
    expect(counted(await bench.import(departments(`${T[0]},,a,A,2001-01-01,2001-01-01`)))).toEqual({
      rows: 1,
      recorded: 1,
    });
  });

  it('takes the order from the instants, whatever their offsets', async () => {
    const bench = new Bench();
    const report = await bench.import(
      departments(
        '2024-07-01T12:30:00+01:00,,a,A,2002-01-01,',
        '2024-07-01T12:00:00Z,,b,B,,',
        '2024-06-01T00:00:00Z,2024-07-01T11:30:00Z,a,A,2001-01-01,',
      ),
    );
    expect(counted(report)).toEqual({ rows: 3, recorded: 2, corrected: 1 });
    expect(await bench.live('organisation/x:a')).toEqual(['OrganisationRegistered 2002-01-01']);
  });

  it('refuses a second version of a row at one instant', async () => {
    const report = await new Bench().import(departments(`${T[0]},,a,A,2001-01-01,`, `${T[0]},,a,Other,2001-01-01,`));
    expect(report.refusals).toMatchObject([{ line: 3, code: 'ROW_TWICE' }]);
  });

  it('adds nothing the second time', async () => {
    const bench = new Bench();
    const files = departments(
      `${T[0]},${T[1]},a,A,2001-01-01,2010-01-01`,
      `${T[1]},${T[2]},a,A,2001-01-01,`,
      `${T[3]},,a,A,2002-01-01,`,
      `${T[0]},${T[1]},b,B,2001-01-01,`,
      `${T[1]},,b,B,2001-01-01,1999-01-01`,
      `${T[0]},${T[2]},c,C,,`,
    );
    const first = await bench.import(files);
    const second = await bench.import(files);
    expect(second.position).toBe(first.position);
    expect(counted(second)).toEqual({ rows: 6, unchanged: 5, refused: 1, leftStanding: 1 });
    expect(second.refusals).toEqual(first.refusals);
  });
});

const PEOPLE = `
name: people
file: people.csv
row: [id]
versions: { from: recorded_from, to: recorded_to }
subject: { aggregate: person, id: 'x:{id}' }
facts: [{ command: RegisterPerson, effectiveOn: unknown, data: { name: '{name}' } }]
`;
const POSTS = `
name: posts-held
file: held.csv
row: [id]
versions: { from: recorded_from, to: recorded_to }
subject: { aggregate: appointment, id: 'x:{id}' }
facts:
  - command: MakeAppointment
    effectiveOn: { column: start }
    data: { person: 'x:{person}', role: '{role}' }
`;
const SPELLS = `
name: spells
file: spells.csv
row: [id]
versions: { from: recorded_from, to: recorded_to }
subject: { aggregate: appointment, id: 'x:{held}', existing: true }
facts: [{ command: RecordCapacity, effectiveOn: { column: start }, data: { period: '{id}', acting: true } }]
`;

const posts = (people: readonly string[], held: readonly string[]): Record<string, string> => ({
  'held.csv': ['recorded_from,recorded_to,id,person,role,start', ...held].join('\n'),
  'people.csv': ['recorded_from,recorded_to,id,name', ...people].join('\n'),
  'people.yaml': PEOPLE,
  'held.yaml': POSTS,
});

describe('importing rows that refer to each other', () => {
  it('records what one instant says whatever the order of files', async () => {
    const report = await new Bench().import(posts([`${T[0]},,p,P`], [`${T[0]},,h,p,Chair,2001-01-01`]));
    expect(counted(report)).toEqual({ rows: 2, recorded: 2 });
  });

  it('refuses a row whose person comes later, also the second time, and records its next version', async () => {
    const bench = new Bench();
    const files = posts(
      [`${T[1]},,p,P`],
      [`${T[0]},${T[2]},h,p,Chair,2001-01-01`, `${T[2]},,h,p,Chair,2002-01-01`, `${T[0]},,i,p,Member,2001-01-01`],
    );
    const first = await bench.import(files);
    expect(counted(first)).toEqual({ rows: 4, recorded: 2, refused: 2 });
    expect(first.refusals.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'person', 'UNKNOWN_REFERENCE'],
      [4, 'person', 'UNKNOWN_REFERENCE'],
    ]);
    const second = await bench.import(files);
    expect(second.refusals).toEqual(first.refusals);
    expect(second.position).toBe(first.position);
    expect(counted(second)).toEqual({ rows: 4, unchanged: 2, refused: 2 });
  });

  it('moves a row to another subject: annulled there, recorded here', async () => {
    const bench = new Bench();
    const files = {
      ...posts([`${T[0]},,p,P`], [`${T[0]},,h,p,Chair,2001-01-01`, `${T[0]},,i,p,Member,2001-01-01`]),
      'spells.csv': [
        'recorded_from,recorded_to,id,held,start',
        `${T[0]},${T[1]},s,h,2003-01-01`,
        `${T[1]},,s,i,2003-01-01`,
      ].join('\n'),
      'spells.yaml': SPELLS,
    };
    expect(counted(await bench.import(files))).toEqual({ rows: 5, recorded: 4, corrected: 1 });
    expect(await bench.live('appointment/x:h')).toEqual(['AppointmentMade 2001-01-01']);
    expect(await bench.live('appointment/x:i')).toEqual(['AppointmentMade 2001-01-01', 'CapacityRecorded 2003-01-01']);
    const annulled = (await bench.envelopes('appointment/x:h')).at(-1);
    expect(annulled?.why?.reason).toContain('recorded on appointment/x:i instead');
    const head = await bench.store.head();
    expect(counted(await bench.import(files))).toEqual({ rows: 5, unchanged: 5 });
    expect(await bench.store.head()).toBe(head);
  });

  it('refuses what adds to a subject that is not there', async () => {
    const bench = new Bench();
    const report = await bench.import({
      'spells.csv': `recorded_from,recorded_to,id,held,start\n${T[0]},,s,h,2003-01-01\n`,
      'spells.yaml': SPELLS,
    });
    expect(report.refusals).toMatchObject([{ line: 2, column: 'held', found: 'h', code: 'UNKNOWN_REFERENCE' }]);
    expect(await bench.live('appointment/x:h')).toEqual([]);
  });
});

describe('keeping the recording instants of the source', () => {
  it('stamps what is recorded with them, and says so in the first event', async () => {
    const bench = new Bench();
    const batches: unknown[] = [];
    await bench.import(departments(`${T[0]},${T[1]},a,A,2001-01-01,`, `${T[1]},,a,A,2002-01-01,`), {
      keepRecordedInstants: true,
      batchBy: 'recorded_from',
      onBatch: (batch) => batches.push(batch),
    });
    const events = await bench.store.readAll(0, 10);
    expect(events.map(({ type, recordedAt }) => [type, recordedAt])).toEqual([
      ['RegisterOpened', '2024-01-01T10:00:00.000Z'],
      ['OrganisationRegistered', '2024-01-01T10:00:00.000Z'],
      ['OrganisationRegistered', '2024-02-01T10:00:00.000Z'],
    ]);
    expect(JSON.parse(events[0]?.payload ?? '')).toEqual({
      recordedInstants: 'kept',
      source: 'departments',
      log: expect.any(String),
    });
    expect(batches).toEqual([
      { column: 'recorded_from', value: T[0], position: 1 },
      { column: 'recorded_from', value: T[1], position: 2 },
    ]);
  });

  it('is refused where something is recorded already', async () => {
    const bench = new Bench();
    await bench.import(departments(`${T[0]},,a,A,2001-01-01,`));
    await expect(
      bench.import(departments(`${T[0]},,b,B,2001-01-01,`), { keepRecordedInstants: true }),
    ).rejects.toMatchObject({ code: 'REGISTER_NOT_EMPTY' });
    expect(await bench.live('organisation/x:b')).toEqual([]);
  });
});
