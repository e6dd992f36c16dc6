import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import pg from 'pg';
import { eventId, openEventStore } from '#event-store';
import { newDatabase } from '#testing/postgres';
import { Programs, type Environment } from './programs.js';

/** Subjects of the log, an event or two each: long enough to be met amid a rebuild. */
const SUBJECTS = 9_000;

interface Report {
  readonly position: number;
  readonly wentOn: { readonly subjects: number; readonly of: number } | null;
  readonly compared: readonly { readonly table: string; readonly same: boolean; readonly rows: number }[] | null;
}

/** What stands beside the views in use. */
interface Beside {
  /** Name of the last stream that is in the generation `number`; undefined where there is no such generation yet. */
  past(number: number): Promise<string | undefined>;
  generations(): Promise<readonly string[]>;
}

const programs = new Programs();
afterAll(() => programs.end());

const filledLog = async (directory: string): Promise<void> => {
  const store = await openEventStore('sqlite:', directory);
  const person = (at: number, type: string, revision: number) => {
    const commandId = `${type} ${at}`;
    const rest = { actor: { id: 'a', roles: [], vouchedBy: 'test' }, commandDigest: 'x', count: 1, index: 0 };
    const envelope = JSON.stringify({ ...rest, commandId, effectiveOn: `2024-0${1 + revision}-01` });
    const payload = JSON.stringify({ name: `Person ${at} of ${revision}`, ...(revision > 0 && { period: 'later' }) });
    const event = { id: eventId(commandId, 0), type, schemaVersion: 1, payload, envelope };
    const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
    return { stream: `person/p${at}`, expected, events: [event] };
  };
  for (let at = 0; at < SUBJECTS; at += 1_000) {
    const thousand = Array.from({ length: 1_000 }, (_, more) => at + more);
    await store.append(thousand.map((each) => person(each, 'PersonRegistered', 0)));
    await store.append(thousand.filter((each) => each % 3 === 0).map((each) => person(each, 'NameRecorded', 1)));
  }
  await store.close();
};

const onSqlite = async (
  directory: string,
): Promise<{ environment: Environment; beside: Beside; end(): Promise<void> }> => ({
  environment: { DATA_DIR: directory },
  beside: {
    past: async (number) => {
      let database: Database.Database | undefined;
      try {
        database = new Database(join(directory, `views-000${number}.sqlite`), { readonly: true, fileMustExist: true });
        return database.prepare<[], string>(`SELECT value FROM filling WHERE name = 'past'`).pluck().get();
      } catch (thrown) {
        if (String((thrown as { code?: unknown }).code).startsWith('SQLITE')) return undefined;
        throw thrown;
      } finally {
        database?.close();
      }
    },
    generations: async () => (await readdir(directory)).filter((name) => /^views-\d+\.sqlite$/.test(name)).toSorted(),
  },
  end: async () => undefined,
});

const onPostgres = async (
  directory: string,
): Promise<{ environment: Environment; beside: Beside; end(): Promise<void> }> => {
  const database = await newDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    environment: { DATA_DIR: directory, READ_MODEL_URL: database.url },
    beside: {
      past: async (number) => {
        try {
          const text = `SELECT value FROM views_000${number}.filling WHERE name = 'past'`;
          return (await client.query<{ value: string }>(text)).rows[0]?.value;
        } catch (thrown) {
          if (String((thrown as { code?: unknown }).code).startsWith('42P01')) return undefined;
          throw thrown;
        }
      },
      generations: async () => {
        const text = `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'views\\_%' ORDER BY 1`;
        return (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);
      },
    },
    end: async () => {
      await client.end();
      await database.drop();
    },
  };
};

describe.each([
  { name: 'SQLite', open: onSqlite },
  { name: 'PostgreSQL', open: onPostgres },
])('a rebuild on $name', ({ open }) => {
  let register: Awaited<ReturnType<typeof open>>;
  let directory: string;
  beforeEach(async () => {
    directory = await programs.folder();
    await filledLog(directory);
    register = await open(directory);
  }, 60_000);
  afterEach(() => register.end());

  const rebuilt = async (): Promise<Report> => {
    const { code, out, err } = await programs.register(register.environment, 'rebuild', '--json');
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as Report;
  };

  it('that is killed goes on from where it was, to the same views, and leaves nothing behind', async () => {
    const { beside } = register;
    const first = programs.start('cli', register.environment, ['rebuild']);
    let past: string | undefined;
    for (const end = Date.now() + 30_000; !past && Date.now() < end; await pause(5)) past = await beside.past(2);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe(null);
    const found = await beside.past(2);
    expect(found).toMatch(/^person\/p\d+$/);
    expect(await beside.generations()).toHaveLength(2);

    const second = await rebuilt();
    const streams = Array.from({ length: SUBJECTS }, (_, at) => `person/p${at}`).toSorted();
    expect(second.wentOn).toEqual({ subjects: streams.indexOf(found ?? '') + 1, of: SUBJECTS });
    expect(second.wentOn?.subjects).toBeLessThan(SUBJECTS);
    expect(second.position).toBe(SUBJECTS + SUBJECTS / 3 - 1);

    const third = await rebuilt();
    expect(third.wentOn).toBe(null);
    expect(third.compared?.filter(({ same }) => !same)).toEqual([]);
    const rows = new Map(third.compared?.map((table) => [table.table, table.rows]));
    expect([rows.get('person_start'), rows.get('moment')]).toEqual([SUBJECTS, SUBJECTS + SUBJECTS / 3]);
    expect(await beside.generations()).toHaveLength(2);
  }, 60_000);
});
