import type { EventStoreDbConnection } from './client.js';
import { troubleOf } from './errors.js';

/** A revision that no stream has: an append that expects it is refused, whoever sends it and whatever is in the stream. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Tries what a register needs to be allowed, with what leaves no trace: reads, and an append of nothing that expects what no
 * stream has. Whether somebody may is asked before that is looked at.
 *
 * @param streams names on the server, of streams that are there and of one that is not: each may say for itself.
 * @returns the first right that is missing, in words that follow "may not".
 * @throws what the server said otherwise.
 */
export const missingRight = async (
  connection: EventStoreDbConnection,
  streams: readonly string[],
  writes: boolean,
): Promise<string | undefined> => {
  if (!(await isAllowed(() => connection.readEnd()))) return 'read $all';
  for (const stream of streams) {
    if (!(await isAllowed(() => connection.readStream(stream, 0, 1)))) return `read the stream ${stream}`;
    if (!(await isAllowed(() => connection.metadataOf(stream)))) return `read the metadata of the stream ${stream}`;
    if (writes && !(await isAllowed(() => connection.append(stream, NEVER, []))))
      return `write to the stream ${stream}`;
  }
  return undefined;
};

/** gRPC's own code for a name or password that is wrong, which is no missing right. */
const UNAUTHENTICATED = 16;

/** Whether the server knows nobody of this name with this password. */
export const isUnauthenticated = (thrown: unknown): boolean =>
  (thrown as { code?: unknown } | null)?.code === UNAUTHENTICATED;

async function isAllowed(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (thrown) {
    switch (troubleOf(thrown).kind) {
      case 'denied':
        if (isUnauthenticated(thrown)) throw thrown;
        return false;
      case 'wrong revision':
      case 'deleted':
        return true;
      default:
        throw thrown;
    }
  }
}
