import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { configurationRefusal, readConfiguration, type Configuration } from '#access';
import { isRefusal } from '#kernel';
import { createApi } from './api.module.js';
import { loadSampleAtFirstStart } from './first-start.js';
import { createLog } from './logging.js';
import { Readiness } from './readiness.js';
import { startRegister, type RegisterRuntime } from './register.runtime.js';

/** Between "no longer ready" and "no longer listening", so that whoever sends traffic here can look away. */
const LOOK_AWAY_MS = 500;
/** Longest time for what is under way to finish. */
const GRACE_MS = 20_000;

/** Could not run: told apart from a crash by whoever starts the program. */
const COULD_NOT_RUN = 2;

try {
  await start();
} catch (thrown) {
  if (!isRefusal(thrown)) throw thrown;
  const { remedy } = thrown.detail;
  process.stderr.write(`${thrown.message}${remedy ? ` (${remedy})` : ''}\n`);
  process.exitCode = COULD_NOT_RUN;
}

async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const log = createLog(configuration.logLevel);
  await loadSampleAtFirstStart(configuration, log);
  const runtime = await startRegister(configuration, log);
  try {
    const api = await createApi({ configuration, runtime, log });
    const address = await listen(api, configuration);
    stopOnSignals(api, runtime, log);
    process.stdout.write(`The register is running at ${address}/ (playground: ${address}/playground)\n`);
  } catch (thrown) {
    await runtime.close();
    throw thrown;
  }
}

/** Listens through Fastify: Nest's own `listen` logs what is answered here with a sentence. */
async function listen(api: NestFastifyApplication, { port, host }: Configuration): Promise<string> {
  try {
    return await api.getHttpAdapter().getInstance().listen({ port, host });
  } catch (thrown) {
    await api.close();
    const { code } = thrown as { code?: unknown };
    if (code === 'EADDRINUSE') {
      throw configurationRefusal(
        'PORT',
        `PORT is ${port} and another program listens there: needed a free one, for example PORT=${port + 1}`,
      );
    }
    if (code === 'EACCES') {
      throw configurationRefusal(
        'PORT',
        `PORT is ${port}, which this user may not take: needed one from 1024 up, for example PORT=3000`,
      );
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw configurationRefusal(
        'HOST',
        `HOST is "${host}", which is no address of this machine: needed one that is, for example HOST=127.0.0.1`,
      );
    }
    throw thrown;
  }
}

/** Readiness goes first, then the door closes, what is under way finishes, and the log is let go of last. */
function stopOnSignals(api: NestFastifyApplication, runtime: RegisterRuntime, log: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ graceMs: GRACE_MS }, 'not finished within the grace period');
      process.exit(1);
    }, GRACE_MS).unref();
    api.get(Readiness).draining = true;
    await pause(LOOK_AWAY_MS);
    await api.close();
    await runtime.close();
    log.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((fault: unknown) => {
        log.fatal({ err: fault }, 'could not stop in order');
        process.exit(1);
      });
    });
  }
}
