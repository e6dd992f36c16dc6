import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { instantOf } from '#kernel';
import { eventOf, eventsOf, eventStoreContract } from '../contract/event-store.contract.js';
import type { AppendOutcome } from '../event-store.js';
import { SqliteEventStore, type SqliteOptions } from './sqlite.event-store.js';
import { storeFaultOf } from '../store-fault.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'register-log-'));

eventStoreContract('SqliteEventStore', async (options) => {
  const dir = temporary();
  const opened: SqliteEventStore[] = [];
  const open = async (): Promise<SqliteEventStore> => {
    const store = await SqliteEventStore.open({ file: join(dir, 'log.sqlite'), ...options });
    opened.push(store);
    return store;
  };
  const dispose = async (): Promise<void> => {
    for (const store of opened) await store.close();
    rmSync(dir, { recursive: true });
  };
  return { store: await open(), reopen: open, dispose };
});

describe('SqliteEventStore', () => {
  let dir: string;
  let file: string;
  let store: SqliteEventStore;

  const open = async (options: Partial<SqliteOptions> = {}): Promise<SqliteEventStore> => {
    store = await SqliteEventStore.open({ file, ...options });
    return store;
  };
  const append = (stream: string, ...events: ReturnType<typeof eventsOf>): Promise<AppendOutcome> =>
    store.append([{ stream, expected: 'no stream', events }]);

  beforeEach(async () => {
    dir = temporary();
    file = join(dir, 'log.sqlite');
    await open();
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true });
  });

  describe('keeping what is written', () => {
    const refusals: readonly (readonly [what: string, sql: string])[] = [
      ['a changed payload', `UPDATE event SET payload = '{}' WHERE position = 1`],
      ['a changed position', `UPDATE OR REPLACE event SET position = 0 WHERE position = 1`],
      ['a removed event', `DELETE FROM event WHERE position = 2`],
      ['an emptied log', `DELETE FROM event`],
      ['a replaced position', `REPLACE INTO event VALUES (1, 'x', 's', 0, 't', 1, 0, 1, '{}', '{}')`],
      [
        'a replaced id',
        `REPLACE INTO event SELECT 3, id, 's', 0, type, 1, recorded_at, 3, '{}', '{}' FROM event WHERE position = 1`,
      ],
      ['a replaced revision', `REPLACE INTO event VALUES (3, 'x', 'a', 1, 't', 1, 0, 3, '{}', '{}')`],
      ['a gap of positions', `INSERT INTO event VALUES (4, 'x', 's', 0, 't', 1, 0, 4, '{}', '{}')`],
      ['a gap of revisions', `INSERT INTO event VALUES (3, 'x', 'a', 4, 't', 1, 0, 3, '{}', '{}')`],
      [
        'an insert that becomes a change',
        `INSERT INTO event SELECT * FROM event WHERE position = 1 ON CONFLICT DO UPDATE SET payload = '{}'`,
      ],
    ];

    for (const [what, sql] of refusals) {
      it(`refuses ${what} from another connection`, async () => {
        await append('a', ...eventsOf('c1', 3));
        const before = await store.readAll(0, 10);
        const raw = new Database(file);
        expect(() => raw.exec(sql)).toThrow('the log is append-only');
        raw.close();
        expect(await store.readAll(0, 10)).toEqual(before);
      });
    }

    it('takes a row that joins the end, so that the refusals above are the triggers', async () => {
      await append('a', ...eventsOf('c1', 3));
      const raw = new Database(file);
      raw.exec(`INSERT INTO event VALUES (3, 'x', 'a', 3, 't', 1, 0, 3, '{}', '{}')`);
      raw.close();
      expect(await store.head()).toBe(3);
    });
  });

  describe('running durably', () => {
    it('has WAL, FULL and a sound SQLite, before and after the first write', async () => {
      const wanted = { journalMode: 'wal', synchronous: 2, format: 1 };
      expect(await store.settings()).toMatchObject(wanted);
      await append('a', eventOf('c1'));
      expect(await store.settings()).toMatchObject(wanted);
    });

    it('leaves one file when it is closed', async () => {
      await append('a', eventOf('c1'));
      await store.close();
      const raw = new Database(file, { readonly: true });
      expect(raw.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1);
      raw.close();
    });

    it('stamps no earlier than before a restart', async () => {
      await store.close();
      await open({ now: () => 90_000 });
      await append('a', eventOf('c1'));
      await store.close();
      await open({ now: () => 10_000 });
      await append('b', eventOf('c2'));
      expect((await store.readAll(0, 9)).map(({ recordedAt }) => recordedAt)).toEqual([90_000, 90_000].map(instantOf));
    });

    it('shares one commit, and so one stamp, among those who come at once', async () => {
      let ticks = 0;
      await store.close();
      await open({ now: () => (ticks += 1_000) });
      const outcomes = await Promise.all(eventsOf('c', 20).map((event, index) => append(`s${index}`, event)));
      expect(new Set(outcomes.map((outcome) => 'recordedAt' in outcome && outcome.recordedAt)).size).toBe(1);
    });

    it('has what half of a group asks for next with the writer before the others are told', async () => {
      await store.close();
      const happened: string[] = [];
      const now = (): number => {
        happened.push('a group goes');
        return 1_000;
      };
      await open({ now });
      const client = async (who: number): Promise<void> => {
        await append(`first-${who}`, eventOf(`first-${who}`));
        happened.push('told');
        await append(`second-${who}`, eventOf(`second-${who}`));
      };
      await Promise.all(Array.from({ length: 9 }, (_, who) => client(who)));
      const told = (times: number): string[] => Array.from({ length: times }, () => 'told');
      expect(happened.slice(0, 11)).toEqual(['a group goes', ...told(5), 'a group goes', ...told(4)]);
      expect(await store.head()).toBe(17);
    });
  });

  describe('running out', () => {
    it('of queue: says overloaded to whoever comes after, and writes the others', async () => {
      await store.close();
      await open({ queueLimit: 10, groupLimit: 4 });
      const outcomes = await Promise.all(eventsOf('c', 15).map((event, index) => append(`s${index}`, event)));
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        ...Array<string>(10).fill('appended'),
        ...Array<string>(5).fill('overloaded'),
      ]);
      expect(await store.head()).toBe(9);
      expect(await append('s14', eventOf('c', 14))).toMatchObject({ kind: 'appended' });
    });

    it('of space: nothing of the append is there, reading goes on, and so does writing when there is space', async () => {
      await append('a', eventOf('c1'));
      const large = [0, 1].map((index) => eventOf('large', index, 'x'.repeat(900_000), 2));
      await store.capPages(100);
      await expect(append('b', ...large)).rejects.toMatchObject({
        code: 'STORE_FULL',
        message: expect.stringContaining('no space left'),
      });
      expect(await store.readStream('b')).toEqual([]);
      expect(await store.head()).toBe(0);
      expect(await append('c', eventOf('small'))).toMatchObject({ kind: 'appended', positions: [1] });
      await store.capPages(1_000_000);
      expect(await append('b', ...large)).toMatchObject({ kind: 'appended', positions: [2, 3] });
    });

    it('of space: a large append takes nobody else down with it', async () => {
      await store.capPages(100);
      const outcomes = await Promise.allSettled([
        append('a', eventOf('c1')),
        append('b', eventOf('large', 0, 'x'.repeat(900_000))),
        append('c', eventOf('c2')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.readAll(0, 9)).map(({ stream }) => stream)).toEqual(['a', 'c']);
    });
  });

  describe('losing its writer', () => {
    it('says unknown for what the writer had, that the rest was not written, and reads on', async () => {
      await store.close();
      const program = fileURLToPath(new URL('../../../../test/crash/lost-writer.mjs', import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [program, dir]);
      expect(JSON.parse(stdout)).toEqual({
        withWriter: 'unknown',
        queued: 'STORE_WRITER_LOST',
        capped: 'STORE_WRITER_LOST',
        later: 'STORE_WRITER_LOST',
        reading: 1,
      });
    });
  });

  describe('meeting other programs', () => {
    it('wakes whoever waits when another process has written', async () => {
      const beside = await SqliteEventStore.open({ file, readOnly: true });
      const waiting = beside.whenBeyond(-1, new AbortController().signal);
      await append('a', eventOf('c1'));
      expect(await waiting).toBe(true);
      expect(await beside.readStream('a')).toEqual(await store.readStream('a'));
      await beside.close();
    });

    it('refuses appends where it was opened to read', async () => {
      const beside = await SqliteEventStore.open({ file, readOnly: true });
      const refused = beside.append([{ stream: 'a', expected: 'no stream', events: [eventOf('c1')] }]);
      await expect(refused).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      await beside.close();
    });

    it('keeps positions dense where two stores write one file', async () => {
      const other = await SqliteEventStore.open({ file });
      const writes = eventsOf('c', 40).map((event, index) =>
        (index % 2 ? other : store).append([{ stream: `s${index}`, expected: 'no stream', events: [event] }]),
      );
      expect((await Promise.all(writes)).every(({ kind }) => kind === 'appended')).toBe(true);
      expect((await store.readAll(0, 99)).map(({ position }) => position)).toEqual([...Array(40).keys()]);
      await other.close();
    });
  });

  describe('opening', () => {
    const opening = async (): Promise<unknown> => {
      await store.close();
      return SqliteEventStore.open({ file });
    };
    const change = (sql: string): void => {
      const raw = new Database(file);
      raw.exec(sql);
      raw.close();
    };

    it('refuses the format of a later release', async () => {
      change('PRAGMA user_version = 2');
      await expect(opening()).rejects.toMatchObject({ name: 'Refusal', code: 'STORE_FORMAT_NEWER' });
    });

    it('refuses the database of another program', async () => {
      await store.close();
      file = join(dir, 'other.sqlite');
      change('CREATE TABLE t (a)');
      await expect(opening()).rejects.toMatchObject({ name: 'Refusal', code: 'STORE_NOT_A_LOG' });
    });

    it('says that a damaged file is damaged', async () => {
      await store.close();
      writeFileSync(file, 'not a database, '.repeat(1_000));
      await expect(opening()).rejects.toMatchObject({ name: 'StoreFault', code: 'STORE_CORRUPT' });
    });

    it('says that there is no such directory, and to a reader that there is no such file', async () => {
      const missing = join(dir, 'no', 'log.sqlite');
      await expect(SqliteEventStore.open({ file: missing })).rejects.toMatchObject({ name: 'StoreFault' });
      await expect(SqliteEventStore.open({ file: missing, readOnly: true })).rejects.toMatchObject({
        name: 'StoreFault',
      });
    });

    it('names a read-only file as such', () => {
      const raw = new Database(file, { readonly: true });
      let fault: unknown;
      try {
        raw.exec('CREATE TABLE t (a)');
      } catch (thrown) {
        fault = storeFaultOf(thrown, file);
      }
      raw.close();
      expect(fault).toMatchObject({ code: 'STORE_READ_ONLY' });
    });
  });
});
