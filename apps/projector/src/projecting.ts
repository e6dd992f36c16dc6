import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { readConfiguration, type LogLevel } from '#access';
import { ACCEPT_OLDER_LOG } from '#event-store';
import { runProgram, START_AGAIN, stopOnSignals } from '#operations/starting';

/** Between "no longer ready" and "gone", so that whoever watches can look away. */
const LOOK_AWAY_MS = 200;

/**
 * Followers only, in a process of their own. With read models on PostgreSQL several may start: one leads, the others
 * stand by and one of them takes over when it dies. On the embedded read model there is one holder of the directory, so
 * there it is refused while an api runs, which follows by itself.
 */
await runProgram(async () => {
  const configuration = readConfiguration(process.env);
  const log = createLog(configuration.logLevel);
  const role = {
    program: 'register projector',
    follows: true,
    records: false,
    acceptsOlderLog: process.argv.includes(ACCEPT_OLDER_LOG),
  };
  // Loaded step by step: whoever cannot start is told so before the rest is there.
  const { startRuntime } = await import('#operations');
  const runtime = await startRuntime(configuration, role, log);
  try {
    const { serveHealth } = await import('./health-server.js');
    const health = await serveHealth(configuration, runtime, log);
    const end = stopOnSignals(
      async () => {
        health.drain();
        await pause(LOOK_AWAY_MS);
        await runtime.close();
        await health.close();
      },
      (level, fields, sentence) => log[level](fields, sentence),
    );
    runtime.onEnding(() => end(START_AGAIN));
    process.stdout.write(`The projector is running; how it fares is at ${health.address}/health/ready\n`);
  } catch (thrown) {
    await runtime.close();
    throw thrown;
  }
});

/** JSON lines on standard error, so that standard output is for people. */
function createLog(level: LogLevel): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters };
  return pino(options, pino.destination({ dest: 2, sync: true }));
}
