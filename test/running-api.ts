import { pino } from 'pino';
import { readConfiguration } from '#access';
import { createApi } from '../apps/api/src/api.module.js';
import { LocalDoor, type OpenDoor } from '../apps/api/src/beside/local-door.js';
import { startRegister, type RegisterRuntime } from '../apps/api/src/register.runtime.js';
import { Place } from './stores/place.js';

/** An answer of `/graphql`, as clients see it. */
export interface GraphQLAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The API over real HTTP on a free port, with a register in a place of its own. */
export interface RunningApi {
  readonly url: string;
  readonly runtime: RegisterRuntime;
  /** The log lines so far, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Opens the door for programs of the same user, as a server does that holds its data directory. */
  openLocalDoor(): Promise<OpenDoor>;
  ask(query: string, variables?: object): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** @param environment variables on top of a place of its own and no sample; with a DATA_DIR, the place is the caller's. */
export const runApi = async (environment: Readonly<Record<string, string>> = {}): Promise<RunningApi> => {
  const own = environment['DATA_DIR'] ? undefined : await Place.find();
  // Specs ask for much at once, on machines that do much else.
  const patient = { SAMPLE: 'off', LIMIT_IN_FLIGHT: '2000', LIMIT_ANSWER_SECONDS: '60' };
  const configuration = readConfiguration({ ...own?.environment, ...patient, ...environment });
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const runtime = await startRegister(configuration, log);
  const api = await createApi({ configuration, runtime, log });
  await api.listen(0, '127.0.0.1');
  const url = await api.getUrl();
  let door: OpenDoor | undefined;
  return {
    url,
    runtime,
    log: lines,
    openLocalDoor: async () => (door = await api.get(LocalDoor).open(configuration.dataDirectory, api.getHttpServer())),
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
      await door?.close();
      await api.close();
      await runtime.close();
      await own?.remove();
    },
  };
};
