import { describe, expect, it } from '@jest/globals';
import { reportText } from '../apps/cli/src/import/report.js';
import { Bench } from './importing.js';

const MEMBERS = `
name: members
file: 'm*.csv'
row: [pid, committee]
subject: { aggregate: appointment, id: 'x:{pid}:{committee}' }
facts:
  - { command: MakeAppointment, effectiveOn: unknown, data: { person: 'x:{pid}', body: 'x:{committee}', role: '{role}' } }
first:
  - { aggregate: person, id: 'x:{pid}', command: RegisterPerson, effectiveOn: unknown, data: { name: '{name}' } }
  - { aggregate: body, id: 'x:{committee}', command: EstablishBody, effectiveOn: unknown, data: { name: '{committee}', kind: COUNCIL_COMMITTEE } }
`;
const LIST = `${MEMBERS}snapshot:
  on: { m1.csv: 2025-06-01, m2.csv: 2026-06-01, m3.csv: 2027-06-01 }
  change: ChangeAppointment
`;
const whole = (more = ''): string => `${LIST}  whole: { end: EndAppointment${more} }\n`;
const rows = (...lines: readonly string[]): string => ['pid,name,committee,role', ...lines].join('\n');

const live = (bench: Bench, id: string): Promise<readonly string[]> => bench.live(`appointment/x:${id}`);

describe('a list that is whole (case 08)', () => {
  const first = rows('1,Ann,Planning,Member', '2,Bob,Planning,Member', '3,Cat,Licensing,Member');
  const second = rows('1,Ann,Planning,Member', '3,Cat,Licensing,Member');

  it('says by its silence who has left; one that is not whole says nothing', async () => {
    const bench = new Bench();
    await bench.import({ 'm1.csv': first, 'map.yaml': whole() });
    const report = await bench.import({ 'm2.csv': second, 'map.yaml': whole() });
    expect(report.total).toMatchObject({ rows: 2, unchanged: 2, left: 1, refused: 0 });
    expect(await live(bench, '2:Planning')).toEqual(['AppointmentMade 0001-01-01', 'AppointmentEnded 2026-06-01']);
    expect(await live(bench, '1:Planning')).toEqual(['AppointmentMade 0001-01-01']);
    const open = new Bench();
    await open.import({ 'm1.csv': first, 'map.yaml': LIST });
    expect((await open.import({ 'm2.csv': second, 'map.yaml': LIST })).total).toMatchObject({ unchanged: 2, left: 0 });
    expect(await live(open, '2:Planning')).toEqual(['AppointmentMade 0001-01-01']);
  });

  it('imported again adds nothing, and who comes back begins a second spell', async () => {
    const bench = new Bench();
    const both = { 'm1.csv': first, 'm2.csv': second, 'map.yaml': whole() };
    expect((await bench.import(both)).total).toMatchObject({ recorded: 3, left: 1 });
    const before = await bench.store.head();
    expect((await bench.import(both)).total).toMatchObject({ unchanged: 5, left: 0 });
    expect(await bench.store.head()).toBe(before);
    await bench.import({ 'm3.csv': first, 'map.yaml': whole() });
    expect(await live(bench, '2:Planning')).toEqual([
      'AppointmentMade 0001-01-01',
      'AppointmentEnded 2026-06-01',
      'AppointmentMade 2027-06-01',
    ]);
    expect((await bench.import({ 'm3.csv': first, 'map.yaml': whole() })).total).toMatchObject({
      unchanged: 3,
      left: 0,
    });
  });

  it('within a committee says nothing of those it does not name', async () => {
    const bench = new Bench();
    await bench.import({ 'm1.csv': first, 'map.yaml': whole(', within: [committee]') });
    const report = await bench.import({
      'm2.csv': rows('1,Ann,Planning,Member'),
      'map.yaml': whole(', within: [committee]'),
    });
    expect(report.total.left).toBe(1);
    expect(await live(bench, '3:Licensing')).toEqual(['AppointmentMade 0001-01-01']);
  });

  it('with a row that cannot be read is not whole; one that is refused is there', async () => {
    const bench = new Bench();
    await bench.import({ 'm1.csv': first, 'map.yaml': whole() });
    const broken = await bench.import({ 'm2.csv': rows('1,Ann,Planning,Member', '2,Bob'), 'map.yaml': whole() });
    expect(broken.total).toMatchObject({ left: 0, refused: 1 });
    expect(broken.notes).toEqual([expect.stringContaining('m2.csv is not taken as whole')]);
    const refused = await bench.import({
      'm3.csv': rows('1,Ann,Planning,Member', `2,Bob,Planning,${'x'.repeat(999)}`),
      'map.yaml': whole(),
    });
    expect(refused.total).toMatchObject({ left: 1, refused: 1 });
    expect(await live(bench, '2:Planning')).toEqual(['AppointmentMade 0001-01-01']);
  });

  it('does not end twice what somebody has ended already', async () => {
    const bench = new Bench();
    await bench.import({ 'm1.csv': first, 'map.yaml': whole() });
    await bench.import({
      'end.ndjson':
        '{"aggregate":"appointment","id":"x:2:Planning","command":"EndAppointment","data":{},"effectiveOn":"2025-12-01"}',
    });
    const report = await bench.import({ 'm2.csv': second, 'map.yaml': whole() });
    expect(report.total).toMatchObject({ left: 0, asideRefused: 0 });
    expect(await live(bench, '2:Planning')).toEqual(['AppointmentMade 0001-01-01', 'AppointmentEnded 2025-12-01']);
  });

  it.each([
    ['end: EndBody', 'needed one of'],
    ['end: EndAppointment, within: [name]', 'is none of the columns of `row:`'],
    ['within: [committee]', 'has no end'],
  ])('is refused as {%s}', async (said, needed) => {
    const map = `${LIST}  whole: { ${said} }\n`;
    await expect(new Bench().import({ 'm1.csv': first, 'map.yaml': map })).rejects.toThrow(needed);
  });
});

describe('a blank cell in a later list (case 09)', () => {
  it('takes away what the list before said, from the day of the list on', async () => {
    const bench = new Bench();
    await bench.import({ 'm1.csv': rows('1,Ann,Planning,Chair', '2,Bob,Planning,'), 'map.yaml': LIST });
    const later = { 'm2.csv': rows('1,Ann,Planning,', '2,Bob,Planning,Chair'), 'map.yaml': LIST };
    expect((await bench.import(later)).total).toMatchObject({ recorded: 2, unchanged: 0 });
    const changed = (await bench.store.readStream('appointment/x:1:Planning')).at(-1);
    expect([changed?.type, changed?.payload]).toEqual(['AppointmentChanged', '{"role":null}']);
    expect(await live(bench, '1:Planning')).toEqual(['AppointmentMade 0001-01-01', 'AppointmentChanged 2026-06-01']);
    expect((await bench.import(later)).total).toMatchObject({ unchanged: 2 });
    const third = { 'm3.csv': rows('1,Ann,Planning,Chair', '2,Bob,Planning,Chair'), 'map.yaml': LIST };
    expect((await bench.import(third)).total).toMatchObject({ recorded: 1, unchanged: 1 });
  });
});

const SEATS = `
name: seats
file: 's*.csv'
row: [seat]
subject: { aggregate: appointment, id: 's:{seat}' }
facts:
  - command: MakeAppointment
    effectiveOn: { column: from, format: DD/MM/YYYY }
    data: { person: 's:{pid}', body: 's:council', role: 'Member for {seat}' }
  - { command: EndAppointment, when: until, effectiveOn: { column: until, format: DD/MM/YYYY, lastDay: true } }
first:
  - { aggregate: person, id: 's:{pid}', command: RegisterPerson, effectiveOn: unknown, data: { name: '{name}' } }
  - { aggregate: body, id: 's:council', command: EstablishBody, effectiveOn: unknown, data: { name: Council, kind: COUNCIL_FULL } }
`;
const seats = (...lines: readonly string[]): string => ['seat,pid,name,from,until', ...lines].join('\n');

describe('a row that names another person (case 10)', () => {
  const took = async (
    ...files: readonly string[]
  ): Promise<{ bench: Bench; last: Awaited<ReturnType<Bench['import']>> }> => {
    const bench = new Bench();
    let last = await bench.import({ 's.csv': files[0] ?? '', 'map.yaml': SEATS });
    for (const file of files.slice(1)) last = await bench.import({ 's.csv': file, 'map.yaml': SEATS });
    return { bench, last };
  };
  const ann = seats('A,1,Ann,06/05/2021,');

  it('and another start is about a new holder: the one before has left', async () => {
    const { bench, last } = await took(ann, seats('A,2,Bob,22/06/2023,'));
    expect(last.total).toMatchObject({ recorded: 1, corrected: 0, refused: 0 });
    expect(await bench.live('appointment/s:A')).toEqual([
      'AppointmentMade 2021-05-06',
      'AppointmentEnded 2023-06-22',
      'AppointmentMade 2023-06-22',
    ]);
    const again = await bench.import({ 's.csv': seats('A,2,Bob,22/06/2023,'), 'map.yaml': SEATS });
    expect(again.total).toMatchObject({ unchanged: 1 });
    const third = await bench.import({ 's.csv': seats('A,3,Cat,01/01/2025,'), 'map.yaml': SEATS });
    expect(third.total).toMatchObject({ recorded: 1 });
    expect((await bench.live('appointment/s:A')).at(-1)).toBe('AppointmentMade 2025-01-01');
  });

  it('keeps an end that was known, and one that comes too late gives way', async () => {
    const known = await took(seats('A,1,Ann,06/05/2021,31/03/2023'), seats('A,2,Bob,22/06/2023,'));
    expect(await known.bench.live('appointment/s:A')).toEqual([
      'AppointmentMade 2021-05-06',
      'AppointmentEnded 2023-04-01',
      'AppointmentMade 2023-06-22',
    ]);
    const late = await took(seats('A,1,Ann,06/05/2021,31/05/2025'), seats('A,2,Bob,22/06/2023,30/06/2024'));
    expect(await late.bench.live('appointment/s:A')).toEqual([
      'AppointmentMade 2021-05-06',
      'AppointmentEnded 2023-06-22',
      'AppointmentMade 2023-06-22',
      'AppointmentEnded 2024-07-01',
    ]);
  });

  it('and the same start puts the person right; the same person and another start, the start', async () => {
    const person = await took(ann, seats('A,2,Bob,06/05/2021,'));
    expect(person.last.total).toMatchObject({ corrected: 1 });
    expect(await person.bench.live('appointment/s:A')).toEqual(['AppointmentMade 2021-05-06']);
    const start = await took(ann, seats('A,1,Ann,07/05/2021,'));
    expect(await start.bench.live('appointment/s:A')).toEqual(['AppointmentMade 2021-05-07']);
  });

  it('and an earlier start is refused: who came first cannot be told', async () => {
    const { bench, last } = await took(ann, seats('A,2,Bob,01/01/2020,'));
    expect(last.refusals.map(({ code }) => code)).toEqual(['ANOTHER_HOLDER']);
    expect(last.refusals[0]?.needed).toContain('`row:`');
    expect(await bench.live('appointment/s:A')).toEqual(['AppointmentMade 2021-05-06']);
  });
});

describe('what a row needs beside itself', () => {
  const names = async (bench: Bench, id: string): Promise<readonly unknown[]> =>
    (await bench.store.readStream(`person/${id}`)).map(({ payload, envelope }) => [
      (JSON.parse(payload) as { name: string }).name,
      (JSON.parse(envelope) as { corrects?: string }).corrects !== undefined,
    ]);

  it('a name put right in a later file is a correction (case 12)', async () => {
    const bench = new Bench();
    await bench.import({ 'm.csv': rows('1,Ann Exmaple,Planning,Member'), 'map.yaml': MEMBERS });
    const right = { 'm.csv': rows('1,Ann Example,Planning,Member'), 'map.yaml': MEMBERS };
    expect((await bench.import(right)).total).toMatchObject({ corrected: 1, unchanged: 0 });
    expect(await names(bench, 'x:1')).toEqual([
      ['Ann Exmaple', false],
      ['Ann Example', true],
    ]);
    expect((await bench.import(right)).total).toMatchObject({ unchanged: 1 });
    expect(await names(bench, 'x:1')).toHaveLength(2);
  });

  it('of two rows of one file the first counts, and the other is noted', async () => {
    const bench = new Bench();
    const file = { 'm.csv': rows('1,Ann,Planning,Member', '1,Anne,Licensing,Member'), 'map.yaml': MEMBERS };
    for (const turn of [1, 2]) {
      const { notes } = await bench.import(file);
      expect([turn, notes]).toEqual([turn, ['m.csv line 3 says otherwise of person/x:1 than line 2: not taken']]);
    }
    expect(await names(bench, 'x:1')).toEqual([['Ann', false]]);
  });

  it('what somebody has put right by hand stays', async () => {
    const bench = new Bench();
    const file = { 'm.csv': rows('1,Ann,Planning,Member'), 'map.yaml': MEMBERS };
    await bench.import(file);
    const [registered] = await bench.store.readStream('person/x:1');
    await bench.import({
      'c.ndjson': `{"aggregate":"person","id":"x:1","command":"RegisterPerson","data":{"name":"Dame Ann"},"startKnown":false,"corrects":"${registered?.id}","unsaid":"DROP","why":{"kind":"error","reason":"her title"}}`,
    });
    expect((await bench.import(file)).total).toMatchObject({ unchanged: 1, corrected: 0 });
    expect((await names(bench, 'x:1')).at(-1)).toEqual(['Dame Ann', true]);
  });

  it('rows that meet a person by name alone are counted (case 13)', async () => {
    const map = MEMBERS.replaceAll("'x:{pid}'", "'x:{name}'");
    const twice = rows('1,John Smith,Planning,Chair', '2,John Smith,Licensing,Member', '3,Ann,Planning,Member');
    const { notes } = await new Bench().import({ 'm.csv': twice, 'map.yaml': map });
    expect(notes).toEqual([
      expect.stringMatching(/^2 rows met 1 people by name alone: x:John Smith \(m.csv lines 2, 3\)/),
    ]);
    expect((await new Bench().import({ 'm.csv': twice, 'map.yaml': MEMBERS })).notes).toEqual([]);
  });
});

describe('rows that are passed over, and refusals', () => {
  it('are counted apart', async () => {
    const map = `${MEMBERS}skip: { column: role, is: [Vacant, ''] }\n`;
    const report = await new Bench().import({
      'm.csv': rows('1,Ann,Planning,Chair', '2,,Planning,Vacant', ',,Planning,', '4,Dan,Planning,Member'),
      'map.yaml': map,
    });
    expect(report.total).toMatchObject({ rows: 4, recorded: 2, skipped: 2, refused: 0 });
    const listed = await new Bench().import({
      'm1.csv': rows('1,Ann,P,Vacant'),
      'map.yaml': `${LIST}skip: { column: role, is: Vacant }\n`,
    });
    expect(listed.total).toMatchObject({ rows: 1, skipped: 1 });
    await expect(
      new Bench().import({ 'm.csv': rows('1,A,P,x'), 'map.yaml': `${MEMBERS}skip: nobody\n` }),
    ).rejects.toThrow('names the column "nobody"');
  });

  it('of one kind are told in full five times, and named after that', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `${index},N,P,${'x'.repeat(400)}`);
    const report = await new Bench().import({ 'm.csv': rows(...lines, '77,N,,Member'), 'map.yaml': MEMBERS });
    const told = reportText(report).split('\n');
    expect(told.filter((line) => line.includes('column role'))).toHaveLength(6);
    expect(told[5]).toMatch(/^m\.csv: 35 more of this kind \(INPUT, column role\), lines 7, 8, .*, 26, …$/);
    expect(told[6]).toContain('m.csv line 42');
    expect(report.refusals).toHaveLength(41);
  });

  it('take the earlier version back with them, where the mapping says so', async () => {
    const map = (refused: string): string => `${SEATS}refused: ${refused}\n`;
    const wrong = seats('A,1,Ann,06/05/2021,01/01/2020');
    for (const [refused, standing] of [
      ['stand', ['AppointmentMade 2021-05-06']],
      ['withdraw', []],
    ] as const) {
      const bench = new Bench();
      await bench.import({ 's.csv': seats('A,1,Ann,06/05/2021,'), 'map.yaml': map(refused) });
      const { total } = await bench.import({ 's.csv': wrong, 'map.yaml': map(refused) });
      expect([refused, await bench.live('appointment/s:A')]).toEqual([refused, standing]);
      expect(total).toMatchObject({
        refused: 1,
        leftStanding: refused === 'stand' ? 1 : 0,
        withdrawn: refused === 'stand' ? 0 : 1,
      });
      const right = await bench.import({ 's.csv': seats('A,1,Ann,06/05/2021,01/01/2022'), 'map.yaml': map(refused) });
      expect([refused, right.total.refused, (await bench.live('appointment/s:A')).length]).toEqual([refused, 0, 2]);
    }
  });
});

describe('what comes later in the files', () => {
  const VERSIONS = `
name: people
file: p.csv
row: [pid]
subject: { aggregate: person, id: 'x:{pid}' }
versions: { from: since }
facts: [{ command: RegisterPerson, effectiveOn: unknown, data: { name: '{name}' } }]
`;

  it('is waited for, whatever kind of file it stands in', async () => {
    const interest =
      '{"aggregate":"appointment","id":"x:9","command":"MakeAppointment","data":{"person":"x:1","body":"x:b","role":"Member"},"startKnown":false}';
    const body =
      '{"aggregate":"body","id":"x:b","command":"EstablishBody","data":{"name":"B","kind":"OTHER"},"startKnown":false}';
    const report = await new Bench().import({
      'a.ndjson': `${interest}\n`,
      'b.ndjson': `${body}\n`,
      'p.csv': 'pid,name,since\n1,Ann,2024-01-01T00:00:00Z',
      'map.yaml': VERSIONS,
    });
    expect(report.total).toMatchObject({ recorded: 3, refused: 0 });
  });

  it('a file without instants beside files with them is given one', async () => {
    const bench = new Bench();
    const map = `
name: bodies
file: b.csv
row: [id]
instant: 2020-01-01T00:00:00Z
subject: { aggregate: body, id: 'x:{id}' }
facts: [{ command: EstablishBody, effectiveOn: unknown, data: { name: '{id}', kind: OTHER } }]
`;
    const files = {
      'p.csv': 'pid,name,since\n1,Ann,2024-01-01T00:00:00Z',
      'b.csv': 'id\nb',
      'p.yaml': VERSIONS,
      'b.yaml': map,
    };
    const report = await bench.import(files, { keepRecordedInstants: true });
    expect(report.total).toMatchObject({ recorded: 2, refused: 0 });
    expect((await bench.store.readStream('body/x:b'))[0]?.recordedAt).toBe('2020-01-01T00:00:00.000Z');
    await expect(
      new Bench().import({ 'b.csv': 'id\nb', 'b.yaml': map.replace('2020-01-01T00:00:00Z', '2020') }),
    ).rejects.toThrow('instant is no instant');
    await expect(new Bench().import({ 'b.csv': 'id\nb', 'b.yaml': `${map}versions: { from: id }\n` })).rejects.toThrow(
      'stands beside versions',
    );
  });
});
