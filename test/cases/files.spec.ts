import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, type EventStore } from '#event-store';
import { importFiles } from '../../apps/cli/src/import/import.js';
import type { Report } from '../../apps/cli/src/import/report.js';
import { OPERATOR } from '../importing.js';

/** The files of a case, as an import takes them, into a log in memory. */
const imported = async (
  number: string,
  more: { readonly mapping?: string } = {},
): Promise<{ readonly report: Report; readonly store: EventStore }> => {
  const folder = fileURLToPath(new URL(number, import.meta.url));
  const names = readdirSync(folder).toSorted();
  const files = names.filter((name) => /\.(csv|json|ndjson)$/.test(name)).map((name) => join(folder, name));
  const mappings = names.filter((name) => name === (more.mapping ?? 'map.yaml')).map((name) => join(folder, name));
  const store = new MemoryEventStore();
  return { report: await importFiles(store, OPERATOR, { files, mappings }), store };
};

const amountsIn = async (store: EventStore): Promise<readonly unknown[]> =>
  (await store.readAll(0, 100)).flatMap(({ type, payload }) =>
    type === 'DecisionTaken' ? [(JSON.parse(payload) as { amount: { pence: number } }).amount.pence] : [],
  );

describe('files that people have', () => {
  it('case 13: two people of one name are not made one in silence', async () => {
    const { report } = await imported('13');
    expect(report.notes).toEqual([expect.stringContaining('2 rows met 1 people by name alone: town:John Smith')]);
  });

  it('case 36: a JSON list is no file of commands, and nothing is tried', async () => {
    await expect(imported('36')).rejects.toThrow('list.json is one JSON list, not lines of commands');
  });

  it('case 40: trailing columns without a name and without a cell are nothing', async () => {
    expect((await imported('40')).report.total).toMatchObject({ rows: 1, recorded: 1 });
  });

  it('case 42: bytes that are not UTF-8 are refused by their line, with the way out', async () => {
    await expect(imported('42')).rejects.toThrow(/line 2 has bytes that are not UTF-8.*encoding: windows-1252/);
  });

  it('case 45: a row without a single cell is no row', async () => {
    expect((await imported('45')).report.total).toMatchObject({ rows: 1, recorded: 1, refused: 0 });
  });

  it('case 46: two formats that can both read one cell are refused before anything is recorded', async () => {
    await expect(imported('46')).rejects.toThrow(/DD\/MM\/YYYY and MM\/DD\/YYYY, which both read "0\d\/0\d\/2003"/);
  });

  it('case 49: a workbook is named for what it is', async () => {
    await expect(imported('49')).rejects.toThrow('members.csv is an Excel workbook (.xlsx)');
  });

  it('case 50: a decimal comma is never a mark of thousands', async () => {
    const { report, store } = await imported('50');
    expect(report.total).toMatchObject({ recorded: 1, refused: 5 });
    expect(await amountsIn(store)).toEqual([125_000_000]);
  });

  it('case 51: one number too large refuses its row, with file, line and column', async () => {
    const { report, store } = await imported('51');
    expect(report.refusals).toMatchObject([{ file: 'm.csv', line: 3, column: 'amount' }]);
    expect(await amountsIn(store)).toEqual([500, 700]);
  });
});
