import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse, validate } from 'graphql';
import { configurationRefusal, isEmbedded, readConfiguration, type Configuration } from '#access';
import { ACCEPT_OLDER_LOG } from '#event-store';
import { OpenConnections } from '#operations/open-connections';
import { listeningRefusal, runProgram, START_AGAIN, stopOnSignals } from '#operations/starting';
import { LocalDoor, type OpenDoor } from './beside/local-door.js';
import { logService } from './beside/log-service.js';
import { rebuildService } from './beside/rebuild-service.js';
import { loadSampleAtFirstStart } from './first-start.js';
import { createLog } from './logging.js';
import { Readiness } from './readiness.js';
import type { Logger } from 'pino';
import type { RegisterRuntime } from './register.runtime.js';

/** Between "no longer ready" and "no longer listening", so that whoever sends traffic here can look away. */
const LOOK_AWAY_MS = 500;

/** What is checked before anybody asks: fields that are compared with one another, and how often. */
const PRACTICE = { document: 'bodies(first: 1) { edges { node { name } } } ', fields: 40, times: 10 };

await runProgram(start);

async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const log = createLog(configuration.logLevel);
  await loadSampleAtFirstStart(configuration, log);
  // Loaded step by step: whoever cannot start is told so before the rest is there.
  const { startRegister } = await import('./register.runtime.js');
  const runtime = await startRegister(configuration, log, process.argv.includes(ACCEPT_OLDER_LOG));
  try {
    const { createApi } = await import('./api.module.js');
    const api = await createApi({ configuration, runtime, log });
    practise(api);
    const connections = new OpenConnections(api.getHttpServer());
    const address = await listen(api, configuration);
    const local = await openLocalDoor(api, configuration, runtime, log);
    const stop = stopInOrder(api, connections, runtime, local);
    const end = stopOnSignals(stop, (level, fields, sentence) => log[level](fields, sentence));
    runtime.onEnding(() => end(START_AGAIN));
    process.stdout.write(`The register is running at ${address}/ (playground: ${address}/playground)\n`);
  } catch (thrown) {
    await runtime.close();
    throw thrown;
  }
}

/**
 * Checks a document before anybody asks. Code that has never run is many times slower, and the first large question would
 * hold up everybody for as long: a tenth of a second and more.
 */
function practise(api: NestFastifyApplication): void {
  const { schema } = api.get(GraphQLSchemaHost);
  const document = parse(`{ ${PRACTICE.document.repeat(PRACTICE.fields)} }`);
  for (let time = 0; time < PRACTICE.times; time++) validate(schema, document);
}

/** Listens through Fastify: Nest's own `listen` logs what is answered here with a sentence. */
async function listen(api: NestFastifyApplication, { port, host }: Configuration): Promise<string> {
  try {
    return await api.getHttpAdapter().getInstance().listen({ port, host });
  } catch (thrown) {
    await api.close();
    const refused = listeningRefusal(thrown, { port, host });
    if (refused) throw configurationRefusal(...refused);
    throw thrown;
  }
}

/** For other programs on this machine, where this one holds the directory. Without it they are told to wait. */
async function openLocalDoor(
  api: NestFastifyApplication,
  { dataDirectory, eventStoreUrl, readModelUrl }: Configuration,
  runtime: RegisterRuntime,
  log: Logger,
): Promise<OpenDoor | undefined> {
  if (!isEmbedded(eventStoreUrl) && !isEmbedded(readModelUrl)) return undefined;
  // Nobody else can read what is in the memory of this one.
  const given = eventStoreUrl === 'memory:' ? [] : [logService(runtime.store)];
  try {
    return await api.get(LocalDoor).open(dataDirectory, api.getHttpServer(), [...given, rebuildService(runtime)]);
  } catch (err) {
    log.warn({ err }, 'the socket for programs on this machine cannot be opened: imports wait until this program ends');
    return undefined;
  }
}

/** Readiness goes first, then the door closes, what is under way finishes, and the log is let go of last. */
function stopInOrder(
  api: NestFastifyApplication,
  connections: OpenConnections,
  runtime: RegisterRuntime,
  local: OpenDoor | undefined,
): () => Promise<void> {
  return async () => {
    api.get(Readiness).draining = true;
    await pause(LOOK_AWAY_MS);
    await local?.close();
    // Before Nest ends its modules: what is still coming in over open connections is answered by a whole API.
    await connections.endWhile(() => api.getHttpAdapter().getInstance().close());
    await api.close();
    await runtime.close();
  };
}
