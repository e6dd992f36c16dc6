import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfiguration } from '#access';
import { startRuntime, type Runtime } from '#operations';
import { serveHealth, type HealthServer } from '../../apps/projector/src/health-server.js';
import { runApi, type RunningApi } from '../running-api.js';
import { Server } from './server.mjs';

/** Health as a program tells it. */
interface Health {
  readonly code: number;
  readonly retryAfter: string | null;
  readonly status: string;
  readonly store: Readonly<Record<string, unknown>>;
  readonly followers: readonly { readonly lag: unknown }[];
}

const dirs: string[] = [];
const projectorLog: Record<string, unknown>[] = [];
let server: Server;
let api: RunningApi;
let projector: Runtime;
let health: HealthServer;

const dir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'register-away-'));
  dirs.push(made);
  return made;
};

beforeAll(async () => {
  server = await Server.start();
  const stores = { EVENT_STORE_URL: server.url({ defaultDeadline: '1000' }), READ_MODEL_URL: 'sqlite:', SAMPLE: 'off' };
  api = await runApi({ ...stores, DATA_DIR: dir() });
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void projectorLog.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const configuration = readConfiguration({ ...stores, DATA_DIR: dir(), PORT: '0', HOST: '127.0.0.1' });
  projector = await startRuntime(configuration, { program: 'register projector', follows: true, records: false }, log);
  health = await serveHealth(configuration, projector, log);
}, 30_000);
afterAll(async () => {
  await api?.close();
  await health?.close();
  await projector?.close();
  await server?.stop();
  for (const each of dirs) rmSync(each, { recursive: true, force: true });
});

const programs = (): readonly string[] => [api.url, health.address];
const healthAt = async (url: string): Promise<Health> => {
  const response = await fetch(`${url}/health/ready`);
  const body = (await response.json()) as Omit<Health, 'code' | 'retryAfter'>;
  return { code: response.status, retryAfter: response.headers.get('retry-after'), ...body };
};
const metricsAt = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();
const until = async (url: string, code: number): Promise<Health> => {
  for (let tries = 0; tries < 150; tries++, await pause(100)) {
    const found = await healthAt(url);
    if (found.code === code) return found;
  }
  throw new Error(`health never was ${code}: ${JSON.stringify(await healthAt(url))}`);
};

it('a log that is away is noticed by api and projector: health, metric, log line', async () => {
  for (const url of programs()) {
    expect(await until(url, 200)).toMatchObject({
      status: 'ready',
      store: { readable: true, heard: 'heard from 0 s ago' },
    });
    expect(await metricsAt(url)).toMatch(/^register_store_readable 1$/m);
  }

  server.freeze();
  for (const url of programs()) {
    expect(await until(url, 503)).toMatchObject({
      status: 'not ready',
      retryAfter: '5',
      store: {
        readable: false,
        position: null,
        code: 'STORE_UNREACHABLE',
        heard: expect.stringMatching(/^heard from \d+ s ago$/),
        lastError: expect.any(String),
      },
      followers: [{ lag: null }],
    });
    const figures = await metricsAt(url);
    expect(figures).toMatch(/^register_store_readable 0$/m);
    expect(figures).toMatch(/^register_store_heard_seconds [5-9]/m);
    expect(figures).not.toMatch(/^register_follower_lag_(events|seconds)\{/m);
  }
  server.thaw();
  for (const url of programs()) {
    expect(await until(url, 200)).toMatchObject({ retryAfter: null, store: { readable: true } });
    expect(await metricsAt(url)).toMatch(/^register_follower_lag_events\{follower="register"\} 0$/m);
  }
  for (const lines of [api.log, projectorLog]) {
    const said = lines.filter(({ msg }) => /the log (does not answer|answers again)/.test(String(msg)));
    expect(said.slice(0, 2)).toMatchObject([
      {
        level: 50,
        code: 'STORE_UNREACHABLE',
        msg: expect.stringMatching(/^the log does not answer: .*heard from \d s ago$/),
      },
      { level: 40, msg: expect.stringMatching(/^the log answers again, after \d+ s$/) },
    ]);
  }
});
