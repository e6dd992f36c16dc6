import { describe, expect, it } from '@jest/globals';
import { Bench, counted } from './importing.js';

const line = (command: string, data: object, more: object = {}): string =>
  JSON.stringify({ aggregate: 'decision', id: 'd1', command, data, effectiveOn: '2025-05-01', ...more });
const words = { title: 'A contract', decidedByName: 'Board' };
const secret = { disclosure: { disclosure: 'CONFIDENTIAL', ground: 'OTHER' } };
const why = { kind: 'error', reason: 'it may be known now' };

const mapping = (more = ''): string => `
name: minutes
file: minutes*.csv
row: [id]
subject: { aggregate: decision, id: 'd:{id}' }
facts:
  - { command: TakeDecision, effectiveOn: { column: on }, data: { title: '{title}', decidedByName: Board${more} } }
`;

describe('an import about a decision of which it was ever said who may see it', () => {
  it.each([
    ['changes it', line('ChangeDecision', { note: 'n' })],
    ['corrects what said so', line('TakeDecision', words, { corrects: { command: 'first' }, unsaid: 'DROP', why })],
    [
      'records it again after it was annulled',
      [
        JSON.stringify({ aggregate: 'decision', id: 'd1', annuls: { command: 'first' }, why }),
        line('TakeDecision', words, { again: { command: 'first' } }),
      ].join('\n'),
    ],
    [
      'takes it anew after it was annulled',
      [
        JSON.stringify({ aggregate: 'decision', id: 'd1', annuls: { command: 'first' }, why }),
        line('TakeDecision', words),
      ].join('\n'),
    ],
  ])('is refused where a line %s and leaves the class out', async (_, lines) => {
    const bench = new Bench();
    await bench.import({ 'first.ndjson': line('TakeDecision', { ...words, ...secret }, { commandId: 'first' }) });
    const { refusals } = await bench.import({ 'then.ndjson': lines });
    const last = lines.split('\n').length;
    expect(refusals).toEqual([expect.objectContaining({ line: last, code: 'DISCLOSURE_LEFT_OUT' })]);
    expect(refusals[0]?.message).toMatch(/disclosure/);
  });

  it('is refused where a row of a table says other words without the class', async () => {
    const bench = new Bench();
    await bench.import({ 'minutes.csv': 'id,on,title\n1,2025-05-01,A contract\n', 'm.yaml': mapping() });
    const classed = line('ClassifyDecision', secret.disclosure, { id: 'd:1' });
    expect(counted(await bench.import({ 'classed.ndjson': classed }))).toEqual({ rows: 1, recorded: 1 });
    const then = { 'minutes-2.csv': 'id,on,title\n1,2025-05-01,Other words\n', 'm.yaml': mapping() };
    const { refusals } = await bench.import(then);
    expect(refusals).toEqual([expect.objectContaining({ line: 2, code: 'DISCLOSURE_LEFT_OUT' })]);
    expect(await bench.live('decision/d:1')).toEqual(['DecisionTaken 2025-05-01', 'DecisionClassified 2025-05-01']);
  });

  it('is told what stays withheld where a line makes it public', async () => {
    const bench = new Bench();
    await bench.import({ 'first.ndjson': line('TakeDecision', { ...words, ...secret }, { commandId: 'first' }) });
    const open = { ...words, disclosure: { disclosure: 'PUBLIC' } };
    const { notes } = await bench.import({
      'open.ndjson': line('TakeDecision', open, { corrects: { command: 'first' }, unsaid: 'DROP', why }),
    });
    expect(notes).toEqual([expect.stringMatching(/^decision\/d1 is public now; .* stays withheld: 1 recording/)]);
  });
});
