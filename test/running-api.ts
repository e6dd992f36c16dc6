import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfiguration } from '#access';
import { createApi } from '../apps/api/src/api.module.js';
import { startRegister, type RegisterRuntime } from '../apps/api/src/register.runtime.js';

/** An answer of `/graphql`, as clients see it. */
export interface GraphQLAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** The API over real HTTP on a free port, with a register in a folder of its own. */
export interface RunningApi {
  readonly url: string;
  readonly runtime: RegisterRuntime;
  /** The log lines so far, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  ask(query: string, variables?: object): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** @param environment variables on top of a temporary DATA_DIR and no sample. */
export const runApi = async (environment: Readonly<Record<string, string>> = {}): Promise<RunningApi> => {
  const folder = environment['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'register-')));
  const configuration = readConfiguration({ DATA_DIR: folder, SAMPLE: 'off', ...environment });
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const runtime = await startRegister(configuration, log);
  const api = await createApi({ configuration, runtime, log });
  await api.listen(0, '127.0.0.1');
  const url = await api.getUrl();
  return {
    url,
    runtime,
    log: lines,
    ask: async (query, variables = {}) => {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return (await response.json()) as GraphQLAnswer;
    },
    close: async () => {
      await api.close();
      await runtime.close();
      if (!environment['DATA_DIR']) await rm(folder, { recursive: true, force: true });
    },
  };
};
