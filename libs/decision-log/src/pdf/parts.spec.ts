import { describe, expect, it } from '@jest/globals';
import { headingsOf, partsOf } from './parts.js';
import type { PrintedBlock, PrintedTable } from './typst-data.js';

const heading = (text: string): PrintedBlock => ({ kind: 'heading', text });
const entry = (anchor: string): PrintedBlock[] => [
  { kind: 'entry', anchor, heading: anchor },
  { kind: 'definitions', items: Array.from({ length: 14 }, () => ({ label: 'Label', values: ['text'] })) },
];
const table = (rows: number): PrintedTable => ({
  kind: 'table',
  caption: 'Rows',
  widths: [1],
  numeric: [false],
  titles: ['Row'],
  heads: 0,
  rows: Array.from({ length: rows }, (_, at) => [String(at)]),
  note: 'A note.',
});

const tablesIn = (blocks: readonly PrintedBlock[]): PrintedTable[] =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));

describe('dividing a long document into parts', () => {
  it('leaves a short one whole', () => {
    const blocks = [heading('One'), table(8)];
    expect(partsOf({ blocks }, 10)).toEqual([{ front: true, last: true, blocks }]);
  });

  it('sets the front page apart, and nothing goes missing or is said twice', () => {
    const blocks = [heading('One'), ...['a', 'b', 'c', 'd', 'e'].flatMap(entry), heading('Two'), ...entry('f')];
    const [front, ...bodies] = partsOf({ blocks }, 3);
    expect(front).toEqual({ front: true, last: false, blocks: [] });
    expect(bodies.flatMap((part) => part.blocks)).toEqual(blocks);
    expect(bodies.map(({ last }) => last)).toEqual([false, false, true].slice(-bodies.length));
  });

  it('begins no part between a heading and what it heads, or inside a decision', () => {
    const blocks = [...entry('a'), ...entry('b'), heading('Two'), ...entry('c'), ...entry('d')];
    const [, ...bodies] = partsOf({ blocks }, 2.15);
    for (const { blocks: part } of bodies) {
      expect(part[0]?.kind).not.toBe('definitions');
      expect(part.at(-1)?.kind).toBe('definitions');
    }
  });

  it('cuts a table that is longer than a part, says of each piece that it goes on, and notes at the end', () => {
    const [, ...bodies] = partsOf({ blocks: [heading('One'), table(25)] }, 11);
    const pieces = bodies.flatMap(({ blocks }) => tablesIn(blocks));
    expect(pieces.flatMap(({ rows }) => rows.map(([cell]) => cell))).toEqual(table(25).rows.map(([cell]) => cell));
    expect(pieces.map(({ caption }) => caption)).toEqual(['Rows', 'Rows (continued)', 'Rows (continued)']);
    expect(pieces.map(({ note }) => note)).toEqual(['', '', 'A note.']);
  });

  it('knows the headings of each part, with what leads to them', () => {
    const blocks: PrintedBlock[] = [
      { kind: 'section', anchor: 's', title: 'S', lead: '' },
      heading('One'),
      ...entry('a'),
    ];
    expect(headingsOf({ front: true, last: true, blocks }).map(({ level }) => level)).toEqual([1, 2, 2, 2, 2, 2, 3, 4]);
    expect(headingsOf({ front: false, last: true, blocks }).map(({ anchor }) => anchor)).toEqual(['s', undefined, 'a']);
  });
});
