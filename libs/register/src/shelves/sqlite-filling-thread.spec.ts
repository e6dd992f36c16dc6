import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Connection, SqlValue } from './connection.js';
import { sqliteToFillBeside } from './sqlite-connection.js';
import { FILLING, MOMENT } from './tables.js';

let directory: string;
let file: string;
let connection: Connection;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'filling-'));
  file = join(directory, 'views.sqlite');
  connection = await sqliteToFillBeside(file);
  await connection.run('CREATE TABLE moment (position BIGINT PRIMARY KEY, recorded_at TEXT NOT NULL)');
  await connection.run('CREATE TABLE filling (name TEXT, value TEXT)');
});
afterEach(async () => {
  await connection.close();
  rmSync(directory, { recursive: true });
});

const rowsOf = (from: number, to: number): SqlValue[][] =>
  Array.from({ length: to - from }, (_, at) => [from + at, `${from + at}\u0000'é𝄞`]);

/** What stands in the file, for whoever opens it. */
const moments = (): readonly unknown[] => {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('SELECT position, recorded_at FROM moment ORDER BY position').raw().all();
  } finally {
    database.close();
  }
};

const write = (rows: readonly SqlValue[][], ...more: readonly string[]): Promise<void> =>
  connection.transaction(async (unit) => {
    await unit.dialect.insert(unit, MOMENT, rows);
    for (const text of more) await unit.run(text);
    await unit.dialect.insert(unit, FILLING, [['past', 'z']]);
  });

describe('a file that is filled by a thread of its own', () => {
  it('holds every row in order, however many are sent, when their unit is over', async () => {
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [1, 129],
      [129, 129 + 256],
      [385, 1_000],
    ] as const) {
      await write(rowsOf(from, to));
      expect(moments()).toEqual(rowsOf(0, to));
    }
  });

  it('keeps nothing of a unit in which a row could not be written, and says why', async () => {
    await write(rowsOf(0, 10));
    await expect(write([...rowsOf(10, 500), ...rowsOf(3, 4), ...rowsOf(500, 900)])).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
      message: expect.stringContaining('moment.position'),
    });
    expect(moments()).toEqual(rowsOf(0, 10));
    expect(await connection.all('SELECT COUNT(*) AS count FROM filling')).toEqual([{ count: 1 }]);
    await write(rowsOf(10, 20));
    expect(moments()).toEqual(rowsOf(0, 20));
  });

  it('keeps nothing of a unit whose transaction the database itself has ended, as one that is full does', async () => {
    await write(rowsOf(0, 10));
    // What comes behind it would be written outside of any unit.
    await expect(write(rowsOf(10, 20), 'ROLLBACK', 'SELECT * FROM nowhere')).rejects.toThrow('nowhere');
    expect(moments()).toEqual(rowsOf(0, 10));
    const [page] = await connection.all<{ page_count: number }>('PRAGMA page_count');
    await connection.all(`PRAGMA max_page_count = ${page?.page_count}`);
    const before = moments();
    await expect(write(rowsOf(1_000, 9_000))).rejects.toMatchObject({
      code: 'READ_MODEL_UNAVAILABLE',
      message: expect.stringContaining('no space left'),
    });
    expect(moments()).toEqual(before);
    await connection.all('PRAGMA max_page_count = 100000');
    await write(rowsOf(1_000, 9_000));
    expect(moments()).toEqual([...before, ...rowsOf(1_000, 9_000)]);
  });

  it('takes what is not of the unit when the unit is over', async () => {
    const order: string[] = [];
    const unit = write(rowsOf(0, 300)).then(() => order.push('unit'));
    const other = connection
      .all('SELECT COUNT(*) AS count FROM moment')
      .then((rows) => order.push(JSON.stringify(rows)));
    await Promise.all([unit, other]);
    expect(order).toEqual(['unit', '[{"count":300}]']);
  });

  it('says so where it cannot be opened, and where it is closed already', async () => {
    await expect(sqliteToFillBeside(join(directory, 'none', 'views.sqlite'))).rejects.toThrow(/director/);
    writeFileSync(join(directory, 'text'), 'no database '.repeat(100));
    await expect(sqliteToFillBeside(join(directory, 'text'))).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
    const another = await sqliteToFillBeside(join(directory, 'another.sqlite'));
    await another.close();
    await another.close();
    await expect(another.run('SELECT 1')).rejects.toThrow('has ended');
  });
});
