import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppendOptions, AppendOutcome, EventStore, StreamWrite } from '../event-store.js';
import { isStoreFault } from '../store-fault.js';
import { LOG_FORMAT } from '../sqlite/backup.js';
import { wholeOf } from './call.js';

/** Where a server says that it gives its log to others, and takes appends to it. */
export const LOG_PATH = '/log';

/** What is sent to `LOG_PATH`. */
export interface AppendAsked {
  readonly writes: readonly StreamWrite[];
  readonly options: AppendOptions;
}

/** What comes back: an outcome, whose cause is a sentence by then, or why there is none. */
export type AppendAnswered =
  | { readonly outcome: AppendOutcome }
  | { readonly fault: { readonly code: string; readonly message: string } }
  | { readonly mistake: string };

/** Most bytes of one append on its way, as of everything that waits for the writer of the embedded log. */
export const MOST_APPEND_BYTES = 64_000_000;

/**
 * Answers another program that works on the log of this one. Its appends are appends of this process: whoever follows the
 * log or waits for it here hears of them as of any other.
 */
export const answerAppends = async (
  store: EventStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const answer = (said: object): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };
  if (request.method === 'GET') return answer({ format: LOG_FORMAT, promises: store.promises });
  if (Number(request.headers['content-length']) > MOST_APPEND_BYTES) {
    for await (const _piece of request);
    return answer({ outcome: { kind: 'overloaded' } } satisfies AppendAnswered);
  }
  const { writes, options } = JSON.parse(await wholeOf(request)) as AppendAsked;
  return answer(await appended(store, writes, options));
};

async function appended(
  store: EventStore,
  writes: readonly StreamWrite[],
  options: AppendOptions,
): Promise<AppendAnswered> {
  try {
    const outcome = await store.append(writes, options);
    return { outcome: outcome.kind === 'unknown' ? { ...outcome, cause: sentenceOf(outcome.cause) } : outcome };
  } catch (thrown) {
    if (isStoreFault(thrown)) return { fault: { code: thrown.code, message: thrown.message } };
    if ((thrown as { name?: unknown }).name === 'TypeError') return { mistake: sentenceOf(thrown) };
    throw thrown;
  }
}

const sentenceOf = (thrown: unknown): string => {
  const { message } = (thrown ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(thrown);
};
