import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMapping } from './mapping.js';
import { checkedFile, rowsOf, type SourceFile } from './source-file.js';

const folder = mkdtempSync(join(tmpdir(), 'register-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MAPPING = `
name: bodies
row: [id]
subject: { aggregate: body, id: 'x:{id}' }
facts:
  - command: EstablishBody
    effectiveOn: '2020-01-01'
    data: { name: '{name}', kind: COMMITTEE, owners: ['x:o'] }
`;

const table = (rows: number, letters: number): string =>
  ['id,name', ...Array.from({ length: rows }, (_, row) => `${row},${'n'.repeat(letters)}`), ''].join('\n');

const checked = async (text: string): Promise<SourceFile> => {
  const [path, mapping] = [join(folder, 'bodies.csv'), join(folder, 'bodies.yaml')];
  writeFileSync(path, text);
  writeFileSync(mapping, MAPPING);
  return checkedFile(path, readMapping(mapping));
};

const idsIn = async (file: SourceFile): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { cells, line } of rowsOf(file)) {
    expect(line).toBe(ids.length + 2);
    ids.push(cells[0] ?? '');
  }
  return ids;
};

const first = (count: number): readonly string[] => Array.from({ length: count }, (_, row) => String(row));

describe('a table that was seen to be whole', () => {
  it('is what it was when it was looked at, without being read again', async () => {
    const file = await checked(table(30, 10));
    writeFileSync(file.path, table(7, 10));
    expect([await idsIn(file), await idsIn(file)]).toEqual([first(30), first(30)]);
  });

  it('is read again where it is too long to be kept', async () => {
    const file = await checked(table(41, 100_000));
    expect(file.records).toBeUndefined();
    expect(file.rows).toBe(41);
    expect(await idsIn(file)).toEqual(first(41));
    writeFileSync(file.path, table(7, 10));
    expect(await idsIn(file)).toEqual(first(7));
  });
});
