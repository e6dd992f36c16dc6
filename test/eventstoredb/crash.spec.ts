import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore } from '#event-store';
import { type Acknowledged, between, retryAll, roundsWanted, runAndKill, troubleIn } from '../crash/kill.js';

const ROUNDS = roundsWanted(6);

const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('killing writers and the server with SIGKILL', () => {
  const acknowledged: Acknowledged[] = [];
  let dir: string;
  let server: ChildProcess;
  let port = 0;
  let url = '';

  const startServer = async (): Promise<void> => {
    const args = [program('./server.mjs'), '--port', String(port), '--data', join(dir, 'server.ndjson')];
    server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(server.stdout as NodeJS.ReadableStream), 'line')) as [string];
    ({ port } = JSON.parse(line) as { port: number });
    url = `esdb://127.0.0.1:${port}?tls=false`;
  };
  const killServer = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.kill('SIGKILL');
    await closed;
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'register-crash-'));
    await startServer();
  });
  afterAll(async () => {
    await killServer();
    rmSync(dir, { recursive: true });
  });

  for (let round = 1; round <= ROUNDS; round++) {
    const alsoServer = round % 2 === 0;

    it(`loses and doubles nothing acknowledged (round ${round}${alsoServer ? ', with the server' : ''})`, async () => {
      const ms = Math.round(between(300, 1_200));
      const running = ['one', 'two'].map((name) =>
        runAndKill(program('../crash/appender.mjs'), [join(dir, name), '4', name], {
          ...{ ms, from: 'first write' as const },
          env: { EVENT_STORE_URL: url },
        }),
      );
      if (alsoServer) {
        await new Promise((resolve) => setTimeout(resolve, between(400, 1_000)));
        await killServer();
        await startServer();
      }
      const words = await Promise.all(running);
      for (const { errors, signal, tried } of words) {
        expect(errors).toBe('');
        expect(signal).toBe('SIGKILL');
        expect(tried.size).toBeGreaterThan(0);
      }
      acknowledged.push(...words.flatMap((said) => said.acknowledged));

      const store = await openEventStore(url, join(dir, 'one'));
      for (const said of words) {
        const retried = await retryAll(store, said);
        expect(retried.filter((kind) => kind !== 'appended' && kind !== 'already appended')).toEqual([]);
        expect(await retryAll(store, said)).toEqual(retried.map(() => 'already appended'));
      }
      expect(await troubleIn(store, acknowledged)).toEqual([]);
      await store.close();
    });
  }

  it('has acknowledged something in all', () => {
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
  });
});
