import { describe, expect, it } from '@jest/globals';
import { eventId } from '#event-store';
import { Bench, counted } from './importing.js';

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const BOARD = { aggregate: 'body', id: 'b', command: 'EstablishBody', effectiveOn: '2025-01-01' };

describe('a line that says what stands already', () => {
  const change = { aggregate: 'body', id: 'b', command: 'ChangeBody', effectiveOn: '2025-02-01' };

  it('is counted as unchanged, apart from what is refused', async () => {
    const bench = new Bench();
    const report = await bench.import({
      'a.ndjson': [
        line({ ...BOARD, data: { name: 'Board', kind: 'HOSC', note: 'n' } }),
        line({ ...change, data: { note: 'n' } }),
        line({ ...change, data: {} }),
        line({ ...change, data: { note: null } }),
        line({ ...change, data: { name: null } }),
      ].join(''),
    });
    expect(counted(report)).toEqual({ rows: 5, recorded: 2, unchanged: 2, refused: 1 });
    expect(report.refusals[0]?.message).toContain('data.name: it cannot be without');
  });
});

describe('a row that is corrected', () => {
  const MAP = `
name: bodies
file: '*.csv'
row: [id]
subject: { aggregate: body, id: '{id}' }
facts:
  - command: EstablishBody
    effectiveOn: 2025-01-01
    data: { name: '{name}', kind: HOSC, remit: '{remit}', quorum: { members: { column: least, as: number }, note: '{rest}' } }
`;
  const csv = (...rows: readonly string[]): string => ['id,name,remit,least,rest', ...rows, ''].join('\n');

  it('drops what has become blank, and keeps what its mapping never says', async () => {
    const bench = new Bench();
    await bench.import({ 'a.csv': csv('b,Board,health,5,chair'), 'map.yaml': MAP });
    const [made] = await bench.store.readStream('body/b');
    const note = { ...BOARD, data: { name: 'Board', kind: 'HOSC', note: 'by hand' } };
    const by = { corrects: made?.id, why: { kind: 'error', reason: 'x' }, unsaid: 'KEEP' };
    // A line has its own file as its source: the row's is said again, as whoever opens the row would.
    const source = (JSON.parse(made?.envelope ?? '{}') as { source: object }).source;
    await bench.import({ 'n.ndjson': line({ ...note, ...by, source }) });

    const report = await bench.import({ 'a.csv': csv('b,The Board,,5,'), 'map.yaml': MAP });
    expect(report.refusals).toEqual([]);
    expect(counted(report)).toEqual({ rows: 1, corrected: 1 });
    const last = (await bench.store.readStream('body/b')).at(-1);
    expect(JSON.parse(last?.payload ?? '{}')).toEqual({
      name: 'The Board',
      kind: 'HOSC',
      note: 'by hand',
      quorum: { members: 5 },
    });
  });

  it('adds nothing the second time, also where the event says more than the row', async () => {
    const bench = new Bench();
    await bench.import({ 'a.csv': csv('b,Board,health,5,'), 'map.yaml': MAP });
    const id = (await bench.store.readStream('body/b'))[0]?.id ?? eventId('', 0);
    const source = { system: 'bodies', document: 'a.csv', locator: 'b' };
    const more = { ...BOARD, data: { name: 'Board', kind: 'HOSC', note: 'by hand' }, source };
    await bench.import({
      'n.ndjson': line({ ...more, corrects: id, why: { kind: 'error', reason: 'x' }, unsaid: 'KEEP' }),
    });
    const before = await bench.store.head();
    const report = await bench.import({ 'a.csv': csv('b,Board,health,5,'), 'map.yaml': MAP });
    expect(report.refusals).toEqual([]);
    expect(counted(report)).toEqual({ rows: 1, unchanged: 1 });
    expect(await bench.store.head()).toBe(before);
  });
});

describe('a row of several facts', () => {
  const MAP = `
name: bodies
file: '*.csv'
row: [id]
subject: { aggregate: body, id: '{id}' }
facts:
  - command: EstablishBody
    effectiveOn: 2025-01-01
    data: { name: '{name}', kind: HOSC, remit: '{remit}' }
  - command: ChangeBody
    effectiveOn: 2025-06-01
    data: { remit: '{later}' }
`;
  it('is recorded without the change that changes nothing', async () => {
    const bench = new Bench();
    const csv = 'id,name,remit,later\nb,Board,health,health\nc,Panel,health,care\n';
    expect(counted(await bench.import({ 'a.csv': csv, 'map.yaml': MAP }))).toEqual({ rows: 2, recorded: 2 });
    expect(await bench.live('body/b')).toEqual(['BodyEstablished 2025-01-01']);
    expect(await bench.live('body/c')).toEqual(['BodyEstablished 2025-01-01', 'BodyChanged 2025-06-01']);
    const head = await bench.store.head();
    expect(counted(await bench.import({ 'a.csv': csv, 'map.yaml': MAP }))).toEqual({ rows: 2, unchanged: 2 });
    expect(await bench.store.head()).toBe(head);
  });
});
