import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PROJECT_FOLDER } from '../../apps/api/src/project.js';
import type { GraphQLAnswer } from '../running-api.js';

const MAIN = join(PROJECT_FOLDER, 'dist/apps/api/src/main.js');

/** A file as it was fetched. */
export interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** The built server over a register, as a process of its own. */
export interface ServedRegister {
  readonly url: string;
  /** What it wrote so far on standard output and standard error. */
  said(): string;
  fetch(path: string, headers?: Readonly<Record<string, string>>): Promise<Fetched>;
  ask(query: string, variables?: object): Promise<GraphQLAnswer>;
  stop(): Promise<void>;
}

/** @throws where it has not said within twenty seconds where it is */
export const servedRegister = async (
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServedRegister> => {
  const env = { PATH: process.env['PATH'] ?? '', SAMPLE: 'off', PORT: '0', DATA_DIR: dataDir, ...environment };
  const child = spawn(process.execPath, [MAIN], { env });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  let url: string | undefined;
  for (let tries = 0; tries < 400 && !url && child.exitCode === null; tries++) {
    url = /^The register is running at (http:\S+)\//m.exec(said)?.[1];
    if (!url) await pause(50);
  }
  if (!url) {
    child.kill('SIGKILL');
    throw new Error(`the server did not start: ${said}`);
  }
  const address = url;
  const fetched = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Fetched> => {
    const answer = await fetch(`${address}${path}`, { headers });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, sha256: sha256Of(bytes) };
  };
  return {
    url,
    said: () => said,
    fetch: fetched,
    ask: async (query, variables = {}) => {
      const answer = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as GraphQLAnswer;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
