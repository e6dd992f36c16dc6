import { isPassing } from '#event-store';
import { Refusal } from '#kernel';

/**
 * A fault of the read model that passes: nothing of what was under way is kept, or all of it, and trying again is the
 * remedy. A follower goes on by itself from the checkpoint it finds; whoever asked asks again.
 */
export const passingFault = (
  code: 'READ_MODEL_UNAVAILABLE' | 'READ_MODEL_OVERTAKEN',
  message: string,
  cause?: unknown,
) =>
  Object.assign(new Refusal(code, message, { remedy: 'ask again in a moment; what was recorded is safe' }), {
    passing: true as const,
    ...(cause !== undefined && { cause }),
  });

/** By how the database's own code begins, the first that fits. Other codes stand for what trying again would not mend. */
type Passing = readonly (readonly [prefix: string, what: string])[];

export const SQLITE_PASSING: Passing = [
  ['SQLITE_BUSY', 'another program keeps the views locked'],
  ['SQLITE_FULL', 'there is no space left for the views'],
  ['SQLITE_READONLY', 'the views are on a read-only file or disk'],
  ['SQLITE_IOERR', 'the disk failed while the views were read or written'],
];

export const POSTGRES_PASSING: Passing = [
  ['08', 'the connection to PostgreSQL was lost'],
  ['25006', 'PostgreSQL is read-only at the moment'],
  ['40', 'PostgreSQL took another transaction first'],
  ['42P01', 'the generation in use was dropped'],
  ['53100', 'PostgreSQL has no disk space left'],
  ['53300', 'PostgreSQL has no connection free'],
  ['53', 'PostgreSQL is short of resources'],
  ['55P03', 'PostgreSQL keeps the views locked'],
  ['57014', 'PostgreSQL took too long and was stopped'],
  ['57P', 'PostgreSQL is shutting down or starting'],
  ['58', 'the system under PostgreSQL failed'],
  ['ECONN', 'PostgreSQL does not answer'],
  ['ENOTFOUND', 'the host of PostgreSQL is not known'],
  ['EAI_AGAIN', 'the host of PostgreSQL is not known at the moment'],
  ['EPIPE', 'the connection to PostgreSQL was lost'],
  ['ETIMEDOUT', 'PostgreSQL does not answer'],
  ['EHOSTUNREACH', 'the host of PostgreSQL cannot be reached'],
  ['ENETUNREACH', 'the host of PostgreSQL cannot be reached'],
];

/** How `pg` words a connection that was lost or did not come about in time, for which it has no code. */
const LOST =
  /connection terminated|connection ended|not queryable|timeout expired|timeout exceeded when trying to connect|query read timeout/i;

/** SQLite ends a transaction by itself where the disk is full or failed: what comes after finds none to end. */
const ENDED = /no transaction is active/;

/** The passing fault that `thrown` stands for; `thrown` itself where it is none. */
export const readModelFault = (thrown: unknown, passing: Passing): unknown => {
  if (isPassing(thrown)) return thrown;
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const known = passing.find(([prefix]) => typeof code === 'string' && code.startsWith(prefix));
  const what = known?.[1] ?? hiddenFault(String(message), passing);
  if (what === undefined) return thrown;
  const detail = typeof code === 'string' ? code : String(message);
  return passingFault('READ_MODEL_UNAVAILABLE', `the views cannot be used at the moment: ${what} (${detail})`, thrown);
};

function hiddenFault(message: string, passing: Passing): string | undefined {
  if (passing === POSTGRES_PASSING) return LOST.test(message) ? POSTGRES_PASSING[0]?.[1] : undefined;
  return ENDED.test(message) ? 'there is no space left for the views, or their disk failed' : undefined;
}
