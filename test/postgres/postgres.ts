import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Longest wait for a server, in milliseconds. */
const STARTING_MS = 60_000;

const PROGRAM = join(process.cwd(), 'test', 'postgres', 'server.mjs');

/** Folder of the server that all specs of a run share, set by the run's set-up (`test/postgres/shared.mjs`). */
const SHARED = 'REGISTER_TEST_POSTGRES';

/** A PostgreSQL of one's own, to be crashed and started again. */
export interface OwnPostgres {
  readonly url: string;
  /** As `pg_ctl stop -m immediate`. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server, which goes when this process does. Ready in one or two seconds.
 *
 * @param options.durable waits for the disk at each commit, as a server does; specs can do without.
 */
export const startPostgres = async ({ durable = false } = {}): Promise<OwnPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'register-postgres-'));
  const child = spawn(process.execPath, [PROGRAM, folder, String(process.pid), ...(durable ? ['durable'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const next = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const gone = (code: number | null): void => reject(new Error(`PostgreSQL ended with ${code}`));
      child.once('exit', gone);
      lines.once('line', (line) => {
        child.off('exit', gone);
        resolve(line);
      });
    });
  const { url } = JSON.parse(await next()) as { url: string };
  const tell = async (word: string): Promise<void> => {
    const done = next();
    child.stdin.write(`${word}\n`);
    await done;
  };
  return {
    url,
    crash: () => tell('crash'),
    start: () => tell('start'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.stdin.write('stop\n');
      }),
  };
};

/**
 * Address of a server for specs: `POSTGRES_URL` where it is set, otherwise one that the first spec of a run starts and
 * all others share. Each asker keeps to a database or a schema of its own.
 */
export const postgresUrl = async (): Promise<string> => {
  const given = process.env['POSTGRES_URL'];
  if (given) return given;
  const folder = process.env[SHARED];
  if (!folder) throw new Error(`${SHARED} is not set: run the specs with this project's jest configuration`);
  const file = join(folder, 'server', 'server.json');
  const failed = join(folder, 'server', 'failed');
  const startHere = (): boolean => {
    try {
      mkdirSync(join(folder, 'starting'));
      return true;
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code === 'EEXIST') return false;
      throw thrown;
    }
  };
  if (startHere()) {
    const args = [PROGRAM, join(folder, 'server'), process.env[`${SHARED}_FOR`] ?? String(process.ppid)];
    spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'], detached: true }).unref();
  }
  for (const deadline = Date.now() + STARTING_MS; Date.now() < deadline; await pause(50)) {
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url;
  }
  throw new Error('PostgreSQL did not start within a minute');
};

/** A new database. @returns its address, and what removes it again, whoever is connected. */
export const newDatabase = async (server?: string): Promise<{ readonly url: string; drop(): Promise<void> }> => {
  const url = new URL(server ?? (await postgresUrl()));
  const name = `spec_${randomBytes(8).toString('hex')}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};
