import { describe, expect, it } from '@jest/globals';
import type { Column, Table } from '../document.js';
import { layoutOf } from './table-layout.js';

const columns: readonly Column[] = [
  { title: 'Reference', heads: true, width: 1 },
  { title: 'Title', width: 4 },
  { title: 'Amount', numeric: true, width: 1 },
];
const table = (...rows: readonly (readonly string[])[]): Table => ({
  kind: 'table',
  caption: '',
  columns,
  rows: rows.map((row) => row.map((text) => ({ text }))),
});
const total = (widths: readonly number[]): number => Math.round(widths.reduce((sum, width) => sum + width, 0));

describe('giving columns their widths', () => {
  it('keeps references and figures whole and gives the rest to words', () => {
    const { widths, rooms } = layoutOf(
      table(['ICB-2025/26-0001', 'A title of some words that go on and on', '£1,250,000.00']),
    );
    expect(total(widths)).toBe(481);
    expect(widths[1]).toBeGreaterThan(250);
    expect(widths[2]).toBeGreaterThan('£1,250,000.00'.length * 5 + 8);
    expect(rooms).toEqual([Infinity, Infinity, Infinity]);
  });

  it('makes only words breakable that are too long for any column', () => {
    const { widths, rooms } = layoutOf(table(['A', 'x'.repeat(20_000), '1']));
    expect(total(widths)).toBe(481);
    expect(rooms[0]).toBe(Infinity);
    expect(rooms[1]).toBeLessThan(70);
  });

  it('fits the page where every column asks for more than there is', () => {
    const long = 'Zusammengehörigkeitsgefühle';
    const wide: Table = {
      ...table(),
      columns: Array.from({ length: 8 }, (_, at) => ({ title: `Column ${at}`, width: 1 })),
      rows: [Array.from({ length: 8 }, () => ({ text: long }))],
    };
    const { widths, rooms } = layoutOf(wide);
    expect(total(widths)).toBe(481);
    for (const room of rooms) expect(room).toBeLessThan(long.length);
  });

  it('takes a table without rows', () => {
    expect(total(layoutOf(table()).widths)).toBe(481);
  });
});
