import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { Programs, type Ran } from '../operations/programs.js';

const programs = new Programs();
afterAll(() => programs.end());

const TAKEN = 12;
const line = (at: number): string =>
  JSON.stringify({
    aggregate: 'person',
    command: 'RegisterPerson',
    id: `p${at}`,
    effectiveOn: '2024-01-01',
    data: { name: `Person ${at}` },
  });

/** A register that was killed with everything it acknowledged still in its write-ahead log. */
let killed: string;
beforeAll(async () => {
  const folder = await programs.folder();
  const file = join(folder, 'in.ndjson');
  writeFileSync(file, Array.from({ length: TAKEN }, (_, at) => `${line(at)}\n`).join(''));
  killed = join(folder, 'data');
  expect(await register(killed, 'import', file)).toMatchObject({ code: 0 });
  const api = programs.start('api', { DATA_DIR: killed, PORT: '0' });
  const url = await api.address();
  for (let at = 0; at < TAKEN; at++) {
    const query = `mutation { registerPerson(id: "q${at}", data: { name: "Later ${at}" }, recording: { effectiveOn: "2024-01-01" }) { position } }`;
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await answer.json()).toMatchObject({ data: { registerPerson: {} } });
  }
  api.child.kill('SIGKILL');
  await api.ended;
}, 60_000);

const register = (dir: string, ...args: readonly string[]): Promise<Ran> =>
  programs.register({ DATA_DIR: dir }, ...args);

const copied = async (): Promise<string> => {
  const dir = join(await programs.folder(), 'data');
  cpSync(killed, dir, { recursive: true });
  return dir;
};

const file = (dir: string, name: string): string => join(dir, name);

const tampered = (dir: string, sql: string): void => {
  const db = new Database(file(dir, 'log.sqlite'));
  db.exec(`DROP TRIGGER event_is_never_removed; DROP TRIGGER event_is_never_changed; ${sql}`);
  db.close();
};

const flipped = (dir: string): void => {
  const wal = readFileSync(file(dir, 'log.sqlite-wal'));
  wal.writeUInt8(wal.readUInt8(wal.length >> 1) ^ 1, wal.length >> 1);
  writeFileSync(file(dir, 'log.sqlite-wal'), wal);
};

const goneLog = (dir: string): void => {
  for (const name of readdirSync(dir)) if (name.startsWith('log.sqlite')) rmSync(file(dir, name));
};

const startedApi = async (dir: string, ...args: readonly string[]): Promise<Ran> => {
  const api = programs.start('api', { DATA_DIR: dir, PORT: '0', SAMPLE: 'on' }, args);
  const started = await Promise.race([
    api.address().then(
      () => true,
      () => false,
    ),
    api.ended.then(() => false),
  ]);
  if (started) api.child.kill('SIGTERM');
  return { code: (await api.ended) ?? -1, ...api.said };
};

describe('a register that was killed', () => {
  it('starts, whole', async () => {
    const dir = await copied();
    expect(await startedApi(dir)).toMatchObject({ code: 0 });
    expect(await register(dir, 'replay', '--as-at', '2025-01-01')).toMatchObject({ code: 0 });
  }, 60_000);

  it.each<[string, (dir: string) => void, RegExp]>([
    [
      'a bit of its write-ahead log flipped',
      flipped,
      /log\.witness knows it up to position 24, recorded at 20.* events that were acknowledged are missing, positions \d+ to 24/,
    ],
    ['no log', goneLog, /is not there, and .*25 events that were acknowledged are missing, positions 0 to 24/],
    [
      'no log and no witness, beside views',
      (dir) => (goneLog(dir), rmSync(file(dir, 'log.witness'))),
      /the log is empty, and .*views-0001\.sqlite knows it up to position 2[34]/,
    ],
  ])(
    'does not start with %s, and loads no sample over it',
    async (_, damage, sentence) => {
      const dir = await copied();
      damage(dir);
      const api = await startedApi(dir);
      expect(api).toMatchObject({ code: 2, err: expect.stringMatching(sentence) });
      expect(api.err).toMatch(/--accept-older-log/);
      expect(api.err).not.toMatch(/^\s+at /m);
      expect(await register(dir, 'demo')).toMatchObject({ code: 2, err: expect.stringMatching(sentence) });
    },
    60_000,
  );

  it('goes on without what is lost where somebody says so, which is recorded, once', async () => {
    const dir = await copied();
    flipped(dir);
    expect(await startedApi(dir, '--accept-older-log')).toMatchObject({ code: 0 });
    expect(await startedApi(dir)).toMatchObject({ code: 0 });
    expect(await register(dir, 'replay', '--as-at', '2025-01-01')).toMatchObject({ code: 0 });
    const db = new Database(file(dir, 'log.sqlite'), { readonly: true });
    const accepted = db
      .prepare<[], { payload: string }>(`SELECT payload FROM event WHERE type = 'OlderLogAccepted'`)
      .all();
    db.close();
    expect(accepted.map(({ payload }) => JSON.parse(payload) as object)).toEqual([
      { position: expect.any(Number), known: [expect.objectContaining({ by: 'log.witness', position: 24 })] },
    ]);
  }, 60_000);

  it('goes on empty where somebody says so, without the sample', async () => {
    const dir = await copied();
    goneLog(dir);
    expect(await startedApi(dir, '--accept-older-log')).toMatchObject({ code: 0 });
    expect(JSON.parse((await register(dir, 'status', '--json')).out)).toMatchObject({ position: 0, missing: null });
  }, 60_000);

  it('says so in status and replay too, and another log is not taken for its own', async () => {
    const dir = await copied();
    flipped(dir);
    expect(await register(dir, 'status')).toMatchObject({ code: 1, out: expect.stringMatching(/^missing: .*to 24$/m) });
    expect(await register(dir, 'replay', '--as-at', '2025-01-01')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/positions \d+ to 24 are missing\n.*is not what it was/s),
    });
    const other = file(await programs.folder(), 'data');
    mkdirSync(other);
    writeFileSync(file(other, 'in.ndjson'), `${line(99)}\n`);
    await register(other, 'import', file(other, 'in.ndjson'));
    goneLog(dir);
    cpSync(file(other, 'log.sqlite'), file(dir, 'log.sqlite'));
    expect(await startedApi(dir)).toMatchObject({ code: 2, err: expect.stringMatching(/is of another log/) });
  }, 60_000);
});

describe('register replay', () => {
  const replayed = (dir: string, ...args: readonly string[]): Promise<Ran> =>
    register(dir, 'replay', '--as-at', '2025-01-01', ...args);

  it('finds what was changed, and says what stood', async () => {
    const dir = await copied();
    tampered(dir, `UPDATE event SET envelope = replace(envelope, '"cli:', '"cla:') WHERE position = 7`);
    const { code, out } = await replayed(dir, '--subject', 'person/p1');
    expect(code).toBe(1);
    expect(out).toMatch(/up to position 24 the log is not what .*log\.witness has seen: an event before it/);
    expect(out).toMatch(/up to position 2\d the log is not what .*views-0001\.sqlite has seen: an event before it/);
    expect(out).toMatch(/person: 1 found\n {2}\{.*"name":"Person 1".*1 subjects, 1 events, no difference/s);
  }, 60_000);

  it.each([
    ['a subject that does not exist', ['--subject', 'person/nobody']],
    ['a position before the first', ['--known-at=-1']],
  ])(
    'is never silent about nothing: %s',
    async (_, words) => {
      const nothing = { code: 2, out: '', err: expect.stringMatching(/there is nothing to replay/) };
      expect(await replayed(await copied(), ...words)).toMatchObject(nothing);
    },
    60_000,
  );

  it('fills views that a program had only begun when it was killed', async () => {
    const dir = await programs.folder();
    const begun = spawnSync(process.execPath, [join(process.cwd(), 'test/loss/begun.mjs'), dir], { encoding: 'utf8' });
    expect([begun.status, begun.stderr]).toEqual([0, '']);
    const { code, out } = await replayed(dir);
    expect([code, out]).toEqual([0, expect.stringMatching(/ 1 subjects, 1 events, no difference/)]);
  }, 60_000);

  it('makes views anew that are damaged; so do rebuild and the api', async () => {
    const rebuilt = (dir: string): Promise<Ran> => register(dir, 'rebuild');
    const tries = [replayed, rebuilt, startedApi].map(async (tried) => {
      const dir = await copied();
      truncateSync(file(dir, 'views.json'), 0);
      const { code, err } = await tried(dir);
      expect([code, err]).toEqual([0, expect.stringMatching(/the views are made anew from the log/)]);
    });
    await Promise.all(tries);
  }, 60_000);
});
