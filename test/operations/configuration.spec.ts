import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LOG_FILE } from '#event-store';
import { newDatabase } from '#testing/postgres';
import { Server as EventStoreDb, selfSigned } from '../eventstoredb/server.mjs';
import { Programs, type Environment } from './programs.js';

const programs = new Programs();
let database: { readonly url: string; drop(): Promise<void> };
let esdb: EventStoreDb;
let authority: string;
let log: string;
let taken: Server;
/** Begun first: the programs wait for a server that may be starting. */
let withoutServer: ReturnType<typeof saidByAll>;
const mounts: string[] = [];

/** A file system of its own; undefined where this user may not mount any. */
const mounted = (options: string): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'register-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  mounts.push(folder);
  return folder;
};
const readOnlyDisk = mounted('size=1m,ro');
/** No space for the log; space for the log and not for the views. */
const fullDisks = [mounted('size=60k'), mounted('size=180k')];

beforeAll(async () => {
  database = await newDatabase();
  const first = await programs.folder();
  expect(await programs.register({ DATA_DIR: first }, 'rebuild')).toMatchObject({ code: 0 });
  log = join(first, LOG_FILE);
  withoutServer = saidByAll({ EVENT_STORE_URL: 'esdb://127.0.0.1:9?tls=false' });
  const tls = selfSigned();
  authority = join(await programs.folder(), 'ca.crt');
  await writeFile(authority, tls.cert);
  esdb = await EventStoreDb.start({ tls, users: [{ username: 'register', password: 'right', groups: ['$admins'] }] });
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
}, 60_000);
afterAll(async () => {
  await programs.end();
  await esdb?.stop();
  taken?.close();
  for (const folder of mounts) {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
  await database?.drop();
});

/** A projector reads a log that others have begun. */
const folderWithLog = async (): Promise<string> => {
  const folder = await programs.folder();
  await copyFile(log, join(folder, LOG_FILE));
  return folder;
};

/** Starts all three programs with one environment: each has to say the same sentence and end with 2. */
const saidByAll = async (environment: Environment): Promise<readonly (readonly [number | null, string])[]> => {
  const all = await Promise.all(
    (['api', 'projector', 'cli'] as const).map(async (program) => {
      const own = { PORT: '0', DATA_DIR: await folderWithLog(), NODE_NO_WARNINGS: '1', ...environment };
      const { said, ended } = programs.start(program, own, program === 'cli' ? ['rebuild'] : []);
      const code = await ended;
      return [code, said.err.replace(/^register: /, '')] as const;
    }),
  );
  return all;
};
const everybodySays = async (environment: Environment, sentence: RegExp): Promise<void> =>
  inOneSentence(await saidByAll(environment), sentence);
const inOneSentence = (answers: Awaited<ReturnType<typeof saidByAll>>, sentence: RegExp): void => {
  for (const [code, said] of answers) {
    expect(said).toMatch(sentence);
    expect(said.split('\n').filter((line) => !line.startsWith('{"level":"info"'))).toHaveLength(2);
    expect(said).not.toMatch(/hush|wrong-word/);
    expect(code).toBe(2);
  }
};

describe('a configuration that cannot work', () => {
  it.each<readonly [string, Environment, RegExp]>([
    [
      'an unknown variable',
      { READ_MODEL_DIR: '/data' },
      /^READ_MODEL_DIR is not a variable of the register: [^\n]*READ_MODEL_URL=/,
    ],
    [
      'a log of another kind',
      { EVENT_STORE_URL: 'postgres://u:hush@db/x' },
      /^EVENT_STORE_URL is "postgres:\/\/u:…@db\/x": needed [^\n]*for example EVENT_STORE_URL=/,
    ],
    [
      'read models of another kind',
      { READ_MODEL_URL: 'mysql://u:hush@db/x' },
      /^READ_MODEL_URL is "mysql:\/\/u:…@db\/x": needed [^\n]*for example READ_MODEL_URL=/,
    ],
    [
      'a PostgreSQL that is not there',
      { READ_MODEL_URL: 'postgres://u:hush@127.0.0.1:9/x' },
      /READ_MODEL_URL [^\n]*nothing listens: found "postgres:\/\/u:…@127\.0\.0\.1:9\/x"[^\n]*for example READ_MODEL_URL=/,
    ],
    [
      'a setting nobody knows',
      { EVENT_STORE_URL: 'esdb://127.0.0.1:9?tsl=false' },
      /^EVENT_STORE_URL sets "tsl"[^\n]*for example EVENT_STORE_URL=/,
    ],
    [
      'a directory that is a file',
      { DATA_DIR: join(process.cwd(), 'package.json', 'data') },
      /^DATA_DIR [^\n]*cannot be made \(ENOTDIR\)[^\n]*for example DATA_DIR=/,
    ],
  ])(
    'is one sentence and exit code 2: %s',
    async (_what, environment, sentence) => everybodySays(environment, sentence),
    60_000,
  );

  it('is one sentence for a wrong password of PostgreSQL', async () => {
    const url = new URL(database.url);
    url.password = 'wrong-word';
    await everybodySays(
      { READ_MODEL_URL: url.href },
      /READ_MODEL_URL names a user or password that PostgreSQL does not take: [^\n]*example READ_MODEL_URL=/,
    );
  }, 60_000);

  it('is one sentence for a wrong password of EventStoreDB', async () => {
    const url = `esdb://register:wrong-word@127.0.0.1:${esdb.port}?tlsCAFile=${authority}`;
    await everybodySays(
      { EVENT_STORE_URL: url },
      /^EVENT_STORE_URL [^\n]*(user|password)[^\n]*example EVENT_STORE_URL=/,
    );
  }, 60_000);

  (readOnlyDisk ? it : it.skip)(
    'is one sentence for a disk that is read-only',
    async () => {
      await everybodySays(
        { DATA_DIR: readOnlyDisk ?? '' },
        /^DATA_DIR [^\n]*check that its directory exists and is writable[^\n]*example DATA_DIR=/,
      );
    },
    60_000,
  );

  (fullDisks[0] ? it : it.skip)(
    'is one sentence for a disk that is full',
    async () => {
      for (const folder of fullDisks) {
        for (const program of ['api', 'cli'] as const) {
          const args = program === 'cli' ? ['rebuild'] : [];
          const { said, ended } = programs.start(program, { PORT: '0', DATA_DIR: folder ?? '' }, args);
          expect([await ended, said.err]).toEqual([
            2,
            expect.stringMatching(/^(register: )?DATA_DIR [^\n]*no space left[^\n]*example DATA_DIR=[^\n]*\n$/),
          ]);
        }
      }
    },
    60_000,
  );

  it('is one sentence for a port that is taken, in what listens', async () => {
    const { port } = taken.address() as AddressInfo;
    for (const program of ['api', 'projector'] as const) {
      const { said, ended } = programs.start(program, { PORT: String(port), DATA_DIR: await folderWithLog() });
      expect([await ended, said.err]).toEqual([
        2,
        `PORT is ${port} and another program listens there: needed a free one, for example PORT=${port + 1}\n`,
      ]);
    }
  }, 60_000);

  it('is one sentence where following is left to others who cannot follow', async () => {
    await everybodySays(
      { FOLLOW: 'off' },
      /^FOLLOW is off though READ_MODEL_URL is sqlite:[^\n]*example READ_MODEL_URL=postgres:/,
    );
  }, 60_000);

  it('is one sentence and exit code 2: an EventStoreDB that is not there', async () => {
    inOneSentence(await withoutServer, /^EVENT_STORE_URL [^\n]*127\.0\.0\.1:9[^\n]*for example EVENT_STORE_URL=/);
  }, 60_000);
});
