import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { eventOf } from '../contract/event-store.contract.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import type { StoreFault } from '../store-fault.js';

let dir: string;
let file: string;
let stores: SqliteEventStore[] = [];
let told: StoreFault[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'replaced-'));
  file = join(dir, 'log.sqlite');
});
afterEach(async () => {
  for (const store of stores) await store.close();
  [stores, told] = [[], []];
  rmSync(dir, { recursive: true });
});

const open = async (readOnly = false, at = file): Promise<SqliteEventStore> => {
  const store = await SqliteEventStore.open({ file: at, readOnly, onReplaced: (fault) => told.push(fault) });
  stores.push(store);
  return store;
};
const say = (store: SqliteEventStore, at: number): Promise<unknown> =>
  store
    .append([{ stream: 's', expected: at === 0 ? 'no stream' : { revision: at - 1 }, events: [eventOf(`c${at}`)] }])
    .then(
      ({ kind }) => kind,
      ({ code }) => code as string,
    );

/** Another log, whole and closed. */
const another = async (events: number): Promise<string> => {
  const store = await open(false, join(dir, 'another.sqlite'));
  for (let at = 0; at < events; at++) await say(store, at);
  await store.close();
  return join(dir, 'another.sqlite');
};

describe('a log that is replaced while it is open', () => {
  it.each([
    ['an older copy', async () => renameSync(await another(1), file)],
    ['nothing', async () => renameSync(file, join(dir, 'aside.sqlite'))],
  ])('takes nothing more where %s is put in its place, and says so once', async (_, replace) => {
    const store = await open();
    for (const at of [0, 1, 2]) expect(await say(store, at)).toBe('appended');
    await replace();
    expect(await say(store, 3)).toBe('STORE_REPLACED');
    expect(await say(store, 3)).toBe('STORE_REPLACED');
    await expect(store.readAll(0, 10)).rejects.toMatchObject({ code: 'STORE_REPLACED' });
    expect(told.map(({ code }) => code)).toEqual(['STORE_REPLACED']);
  });

  it('takes nothing more where what it wrote last was taken out', async () => {
    const store = await open();
    for (const at of [0, 1, 2]) await say(store, at);
    const db = new Database(file);
    db.exec('DROP TRIGGER event_is_never_removed; DELETE FROM event WHERE position = 2');
    db.close();
    expect(await say(store, 2)).toBe('STORE_REPLACED');
    expect(told[0]?.message).toContain('it went up to position 2, and now ends at position 1');
  });

  it('is noticed by whoever waits for it, also where nobody writes', async () => {
    await say(await open(), 0);
    const reader = await open(true);
    const waiting = reader.whenBeyond(0, new AbortController().signal);
    copyFileSync(await another(1), `${file}.next`);
    renameSync(`${file}.next`, file);
    await waiting;
    await expect(reader.head()).rejects.toMatchObject({ code: 'STORE_REPLACED' });
  });
});
