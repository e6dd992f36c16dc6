import { isStoreFault } from '#event-store';
import { isRefusal } from '#kernel';

/** Could not run: told apart from a crash by whoever starts the program. */
export const COULD_NOT_RUN = 2;

/** To be started again by whoever runs it: the log or the views it was opened with are no longer there. */
export const START_AGAIN = 3;

/** Longest time for what is under way to finish, in milliseconds; containers are killed some time after it. */
const GRACE_MS = 20_000;

/**
 * Runs a program. What keeps it from starting and is not its own fault is one sentence on standard error and exit code 2;
 * anything else is thrown on, as a crash.
 */
export const runProgram = async (start: () => Promise<void>): Promise<void> => {
  try {
    await start();
  } catch (thrown) {
    const sentence = startingSentence(thrown);
    if (sentence === undefined) throw thrown;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = COULD_NOT_RUN;
  }
};

/** An example. */
const DATA_DIR = '/var/lib/register';

/** What somebody did to the register's streams on the server: no setting is to blame, and the sentence says all. */
const OF_OUTSIDERS = /^STORE_(FOREIGN_EVENT|STREAM_DELETED|FORGETS_EVENTS|EVENTS_MISSING)$/;

/** What the operator is told; undefined for a fault of ours. */
export const startingSentence = (thrown: unknown): string | undefined => {
  if (isRefusal(thrown)) {
    const { remedy } = thrown.detail;
    if (thrown.code === 'READ_MODEL_UNAVAILABLE' && /SQLITE_/.test(thrown.message)) {
      return `DATA_DIR does not lead to views that can be used: ${thrown.message}, for example DATA_DIR=${DATA_DIR}`;
    }
    return `${thrown.message}${remedy ? ` (${remedy.replace(/\.$/, '')})` : ''}`;
  }
  if (!isStoreFault(thrown)) return undefined;
  if (OF_OUTSIDERS.test(thrown.code) || thrown.code === 'STORE_WRITER_LOST')
    return `the log cannot be used: ${thrown.message}`;
  const variable = /^STORE_(UNREACHABLE|ACCESS_DENIED|BEHIND)$/.test(thrown.code) ? 'EVENT_STORE_URL' : 'DATA_DIR';
  const example = variable === 'DATA_DIR' ? DATA_DIR : 'esdb://register:secret@esdb1.example.org:2113';
  return `${variable} does not lead to a log that can be used: ${thrown.message}, for example ${variable}=${example}`;
};

/**
 * Stopping in order, once: on SIGTERM or SIGINT. A second signal, or the end of the grace period, ends it at once.
 *
 * @returns what stops it in the same way without a signal, with an exit code.
 */
export const stopOnSignals = (
  stop: () => Promise<void>,
  say: (level: 'info' | 'error' | 'fatal', fields: object, sentence: string) => void,
): ((exitCode: number) => void) => {
  let stopping = false;
  const stopOnce = async (why: { readonly signal: NodeJS.Signals } | { readonly exitCode: number }): Promise<void> => {
    stopping = true;
    say('info', why, 'stopping');
    setTimeout(() => {
      say('error', { graceMs: GRACE_MS }, 'not finished within the grace period');
      process.exit(1);
    }, GRACE_MS).unref();
    await stop();
    say('info', {}, 'stopped');
  };
  const stopped = (why: Parameters<typeof stopOnce>[0]): void => {
    stopOnce(why).catch((err: unknown) => {
      say('fatal', { err }, 'could not stop in order');
      process.exit(1);
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopped({ signal });
    });
  }
  return (exitCode) => {
    process.exitCode = exitCode;
    if (!stopping) stopped({ exitCode });
  };
};

/** The sentence for an address that cannot be listened on; undefined for another fault. */
export const listeningRefusal = (
  thrown: unknown,
  { port, host }: { readonly port: number; readonly host: string },
): readonly [variable: string, sentence: string] | undefined => {
  switch ((thrown as { code?: unknown }).code) {
    case 'EADDRINUSE':
      return [
        'PORT',
        `PORT is ${port} and another program listens there: needed a free one, for example PORT=${port + 1}`,
      ];
    case 'EACCES':
      return ['PORT', `PORT is ${port}, which this user may not take: needed one from 1024 up, for example PORT=3000`];
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return [
        'HOST',
        `HOST is "${host}", which is no address of this machine: needed one that is, for example HOST=127.0.0.1`,
      ];
    default:
      return undefined;
  }
};
