import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from './memory/memory.event-store.js';
import { LOG_FILE, openEventStore } from './open.js';
import { SqliteEventStore } from './sqlite/sqlite.event-store.js';

describe('opening the store that EVENT_STORE_URL asks for', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'register-open-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  for (const url of [undefined, '', 'sqlite:']) {
    it(`is the embedded log for ${JSON.stringify(url)}, in a directory made for it`, async () => {
      const store = await openEventStore(url, join(dir, 'deep', 'data'));
      expect(store).toBeInstanceOf(SqliteEventStore);
      expect(existsSync(join(dir, 'deep', 'data', LOG_FILE))).toBe(true);
      await store.close();
    });
  }

  it('says which directory cannot be made', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(openEventStore('', join(dir, 'file', 'data'))).rejects.toMatchObject({ code: 'STORE_CANNOT_OPEN' });
  });

  it('is memory for memory:, and leaves no file', async () => {
    expect(await openEventStore('memory:', join(dir, 'none'))).toBeInstanceOf(MemoryEventStore);
    expect(existsSync(join(dir, 'none'))).toBe(false);
  });

  it('refuses anything else by name, without its password', async () => {
    const refused = openEventStore('postgres://clerk:se/c:r@t@db:5432/log', dir);
    await expect(refused).rejects.toMatchObject({
      code: 'CONFIG_EVENT_STORE_URL',
      detail: { field: 'EVENT_STORE_URL' },
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('r@t') });
  });

  it('reads a log that is there, and makes none where there is none', async () => {
    await expect(openEventStore('', dir, { readOnly: true })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    expect(existsSync(join(dir, LOG_FILE))).toBe(false);
    await (await openEventStore('', dir)).close();
    const store = await openEventStore('', dir, { readOnly: true });
    expect(await store.head()).toBe(-1);
    await store.close();
  });
});
