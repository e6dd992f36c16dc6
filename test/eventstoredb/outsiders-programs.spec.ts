import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { runApi, type RunningApi } from '../running-api.js';
import { Server, type Proposed } from './server.mjs';

const STREAM = 'register-main|organisation/shop';
const STRANGER = '00000000-0000-4000-8000-000000000001';
const strange: Proposed = {
  ...{ id: STRANGER, type: 'OrderPlaced', contentType: 'application/json' },
  ...{ data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
};

const dir = mkdtempSync(join(tmpdir(), 'register-outsiders-'));
let server: Server;
let api: RunningApi;
beforeAll(async () => {
  server = await Server.start();
  api = await runApi({ EVENT_STORE_URL: server.url(), READ_MODEL_URL: 'sqlite:', DATA_DIR: join(dir, 'api') });
}, 30_000);
afterAll(async () => {
  await api?.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** `register quarantine` as a program of its own. */
const quarantine = async (
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly said: string; readonly errors: string }> => {
  const main = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
  const env = { ...process.env, EVENT_STORE_URL: server.url(), DATA_DIR: join(dir, 'cli') };
  const program = spawn(process.execPath, [main, 'quarantine', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, errors] = ['', ''];
  program.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  program.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  const code = await new Promise<number | null>((resolve) => program.on('close', resolve));
  return { code, said, errors };
};

const rename = async (name: string): Promise<unknown> => {
  const { data, errors } = await api.ask(
    `mutation ($name: String!) { registerOrganisation(id: "shop ${name}", data: { name: $name, kind: OTHER }, recording: { effectiveOn: "2024-01-01" }) { after } }`,
    { name },
  );
  return errors?.[0]?.extensions?.['code'] ?? (data ? 'recorded' : 'nothing');
};

interface Health {
  readonly status: string;
  readonly store: { readonly code: string | null; readonly lastError: string | null };
}
const until = async (code: string | null): Promise<Health> => {
  for (let tries = 0; tries < 150; tries++, await pause(100)) {
    const response = await fetch(`${api.url}/health/ready`);
    const health = (await response.json()) as Health;
    if (health.store.code === code && response.status === (code === null ? 200 : 503)) return health;
  }
  throw new Error(`the log never was ${code}`);
};

it('a foreign event is told by health, figure, log line and code, and a quarantine lets the program go on', async () => {
  await until(null);
  expect(await rename('first')).toBe('recorded');
  server.log.append(STREAM, 'any', [strange]);
  const { store } = await until('STORE_FOREIGN_EVENT');
  expect(store.lastError).toContain(`event ${STRANGER} (OrderPlaced), revision 0 of ${STREAM}`);
  expect(await (await fetch(`${api.url}/metrics`)).text()).toMatch(/^register_store_readable 0$/m);
  expect(await rename('second')).toBe('STORE_FOREIGN_EVENT');
  expect((await api.ask('{ organisations { edges { node { name } } } }')).errors).toBeUndefined();
  expect(api.log.map(({ msg }) => String(msg))).toContainEqual(
    expect.stringMatching(/^the log cannot be used: the register did not write event/),
  );

  const listed = await quarantine();
  expect(listed).toMatchObject({ code: 0, errors: '' });
  expect(listed.said).toContain(`foreign: --stream organisation/shop --revision 0 --id ${STRANGER}, OrderPlaced`);
  const named = ['--stream', STREAM, '--revision', '0', '--id', STRANGER];
  for (const [wrong, sentence] of [
    [['--stream', STREAM], /--revision is nothing: needed its revision/],
    [[...named.slice(0, 5), STRANGER.slice(0, 8), '--reason', 'x'], /--id is "00000000": needed the whole id/],
    [[...named, '--reason', ' '], /--reason is " ": needed why/],
    [
      [...named.slice(0, 3), '4', ...named.slice(4), '--reason', 'x'],
      /is not revision 4 of organisation\/shop: no event is there/,
    ],
    [['--stream', 'register/this', ...named.slice(2), '--reason', 'x'], /register\/this/],
  ] as const) {
    expect(await quarantine(...wrong)).toMatchObject({ code: 2, said: '', errors: expect.stringMatching(sentence) });
  }
  const recorded = await quarantine(...named, '--reason', 'a shop wrote here');
  expect(recorded).toMatchObject({ code: 0, said: expect.stringMatching(/^recorded: event /), errors: '' });
  expect((await quarantine(...named, '--reason', 'again')).said).toMatch(/^was recorded before: /);
  expect((await quarantine()).said).toMatch(/^passed over: /);
  await until(null);
  expect(await rename('second')).toBe('recorded');
  const [word] = await api.runtime.store.readStream('register/this').then((events) => events.slice(-1));
  expect(JSON.parse(String(word?.payload))).toMatchObject({ event: STRANGER, reason: 'a shop wrote here' });
  expect(JSON.parse(String(word?.envelope))).toMatchObject({ actor: { id: expect.stringMatching(/^cli:/) } });
}, 60_000);

it('metadata that forgets is told in the same places, and the program goes on when it is taken away', async () => {
  const client = new EventStoreDBClient({ endpoint: { address: '127.0.0.1', port: server.port } }, { insecure: true });
  const stream = 'register-main|organisation/shop first';
  await client.setStreamMetadata(stream, { maxCount: 1 });
  const { store } = await until('STORE_FORGETS_EVENTS');
  expect(store.lastError).toContain(`${stream} has $maxCount 1 in its metadata`);
  expect(await rename('third')).toBe('STORE_FORGETS_EVENTS');
  await client.setStreamMetadata(stream, {});
  await until(null);
  expect(await rename('third')).toBe('recorded');
  await client.dispose();
  const began = performance.now();
  await api.close();
  expect(performance.now() - began).toBeLessThan(5_000);
}, 30_000);
