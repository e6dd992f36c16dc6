import { StoreFault } from '../store-fault.js';

/** What an error of the client means for the call that met it. */
export type Trouble =
  /** The server checked the expectation and refused. `actual`: the last revision, −1 where there is no stream. */
  | { readonly kind: 'wrong revision'; readonly actual: number }
  | { readonly kind: 'too large'; readonly limit: number }
  /** Another node leads; nothing was done, and the client goes there for the next call. */
  | { readonly kind: 'not leader' }
  | { readonly kind: 'no stream' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'denied' }
  /** The call may or may not have been done. */
  | { readonly kind: 'no answer' };

/** gRPC's own codes, for errors that the client passes on as they are (event-store.md 4.4). */
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;
const ABORTED = 10;

/** Whether a server ended a live subscription because it lagged: it may be taken up again where it was. */
export const isTooSlow = (thrown: unknown): boolean => (thrown as { code?: unknown } | undefined)?.code === ABORTED;

interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly actualVersion?: unknown;
  readonly maxAppendSize?: unknown;
  readonly details?: unknown;
  readonly message?: unknown;
}

/**
 * Sorts what the client throws: by the `type` of its own errors, else by gRPC's code. Everything not known here counts
 * as "no answer", because a write that failed for a reason nobody knows may have been done.
 */
export const troubleOf = (thrown: unknown): Trouble => {
  const { type, code, actualVersion, maxAppendSize } = (thrown ?? {}) as ClientError;
  switch (type) {
    case 'wrong-expected-version':
      return { kind: 'wrong revision', actual: typeof actualVersion === 'bigint' ? Number(actualVersion) : -1 };
    case 'maximum-append-size-exceeded':
      return { kind: 'too large', limit: Number(maxAppendSize) };
    case 'not-leader':
      return { kind: 'not leader' };
    case 'stream-not-found':
      return { kind: 'no stream' };
    case 'stream-deleted':
      return { kind: 'deleted' };
    case 'access-denied':
      return { kind: 'denied' };
    default:
      return code === UNAUTHENTICATED || code === PERMISSION_DENIED ? { kind: 'denied' } : { kind: 'no answer' };
  }
};

/**
 * Whether the server, the client or the network between said it. What is thrown by anything else is a fault of ours, or of
 * this machine, and keeps its own words.
 */
export const isOfServer = (thrown: unknown): boolean => {
  const { type, code, message } = (thrown ?? {}) as ClientError;
  const isNetwork = typeof code === 'string' && /^E[A-Z]+$|^ERR_(SSL|TLS|HTTP2)/.test(code);
  // The client has no class for a discovery that found nobody.
  const isDiscovery = typeof message === 'string' && message.startsWith('Failed to discover');
  return (
    typeof type === 'string' || typeof code === 'number' || code === 'STORE_UNREACHABLE' || isNetwork || isDiscovery
  );
};

/** A fault with a plain sentence. @param doing what was tried: "read body/glos:1". */
export const faultOf = (thrown: unknown, doing: string): StoreFault => {
  const cause = { cause: thrown };
  const said = saidBy(thrown);
  switch (troubleOf(thrown).kind) {
    case 'denied':
      return new StoreFault('STORE_ACCESS_DENIED', `the event store does not let this user ${doing} (${said})`, cause);
    case 'deleted':
      return new StoreFault(
        'STORE_STREAM_DELETED',
        `the event store cannot ${doing}: the stream was deleted on the server for good, with a tombstone; do not scavenge, ` +
          'and restore the log from a backup',
        cause,
      );
    default:
      return new StoreFault('STORE_UNREACHABLE', `the event store did not answer, to ${doing} (${said})`, cause);
  }
};

/** What an error says in one line. */
export const saidBy = (thrown: unknown): string => {
  const { details, message } = (thrown ?? {}) as ClientError;
  const text = typeof details === 'string' && details !== '' ? details : message;
  return (typeof text === 'string' ? text : String(thrown)).split('\n', 1)[0] ?? '';
};
