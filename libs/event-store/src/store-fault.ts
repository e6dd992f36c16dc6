/** Why a store cannot do its work, and so what whoever runs it has to do. */
export type StoreFaultCode =
  /** No space left. Nothing of the append is there; it may be tried again when there is space. */
  | 'STORE_FULL'
  | 'STORE_READ_ONLY'
  | 'STORE_CORRUPT'
  /** Another program kept the file locked for some seconds. Nothing was written; try again. */
  | 'STORE_BUSY'
  /** The disk answered with an error. The store takes no more appends until it is opened again. */
  | 'STORE_IO'
  | 'STORE_CANNOT_OPEN'
  | 'STORE_CLOSED'
  /** The writer is gone. The store has to be opened again. */
  | 'STORE_WRITER_LOST'
  /** The event store's server does not answer. Nothing of the call is there; it may be tried again. */
  | 'STORE_UNREACHABLE'
  /** The server knows the user, or none, and does not let them. */
  | 'STORE_ACCESS_DENIED'
  /**
   * The log is another than the one that was opened: an older copy, or something else, was put in its place. Nothing more
   * is written; the program has to be started again, which compares log and views.
   */
  | 'STORE_REPLACED'
  /** Somebody else wrote to one of the register's streams. Nothing is read beyond it. */
  | 'STORE_FOREIGN_EVENT'
  /** One of the register's streams was deleted on the server. */
  | 'STORE_STREAM_DELETED'
  /** The metadata of one of the register's streams lets the server forget events. Nothing is written meanwhile. */
  | 'STORE_FORGETS_EVENTS'
  /** Events that the register has written are no longer on the server. */
  | 'STORE_EVENTS_MISSING'
  /** The positions of the newest events are not known here yet. Nothing was written; try again in a moment. */
  | 'STORE_BEHIND'
  | 'STORE_FAULT';

/** A fault of the store: not a rule that said no. Appends that failed with one left nothing behind. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';

  constructor(
    readonly code: StoreFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** True for a store's fault from any realm. */
export const isStoreFault = (thrown: unknown): thrown is StoreFault =>
  typeof thrown === 'object' && thrown !== null && (thrown as { name?: unknown }).name === 'StoreFault';

/**
 * True for what passes by itself: a store that does not answer, a read model that is away. Trying again is the remedy;
 * anything else a follower meets while it handles events is of the events, and stays.
 */
export const isPassing = (thrown: unknown): boolean =>
  isStoreFault(thrown) || (thrown as { passing?: unknown } | null)?.passing === true;

/** @param log where it is, as an operator knows it. */
export const replacedFault = (how: string, log: string): StoreFault =>
  new StoreFault('STORE_REPLACED', `the log was replaced while this program had it open (${log}): ${how}`);

export const closedFault = (): StoreFault => new StoreFault('STORE_CLOSED', 'the event store is closed');

/** By how SQLite's own code begins, the first that fits. */
const BY_SQLITE_CODE: readonly (readonly [prefix: string, code: StoreFaultCode, sentence: string])[] = [
  ['SQLITE_FULL', 'STORE_FULL', 'there is no space left for the log; nothing was written'],
  ['SQLITE_READONLY', 'STORE_READ_ONLY', 'the log is on a read-only file or disk'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT', 'the log is damaged; restore it from a backup and verify it'],
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'the log is damaged or is another kind of file; restore it from a backup'],
  ['SQLITE_BUSY', 'STORE_BUSY', 'another program keeps the log locked; nothing was written, try again'],
  ['SQLITE_LOCKED', 'STORE_BUSY', 'the log is locked; nothing was written, try again'],
  ['SQLITE_IOERR', 'STORE_IO', 'the disk failed while the log was read or written; check the disk, then start again'],
  ['SQLITE_CANTOPEN', 'STORE_CANNOT_OPEN', 'the log cannot be opened; check that its directory exists and is writable'],
];

/** A fault with a plain sentence from whatever SQLite threw. A `StoreFault` is given back as it is. */
export const storeFaultOf = (thrown: unknown, file: string): StoreFault => {
  if (isStoreFault(thrown)) return thrown;
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  const known = BY_SQLITE_CODE.find(([prefix]) => typeof code === 'string' && code.startsWith(prefix));
  if (known) return new StoreFault(known[1], `${known[2]} (${file}: ${String(code)})`, { cause: thrown });
  return new StoreFault('STORE_FAULT', `the log failed (${file}): ${String(message ?? thrown)}`, { cause: thrown });
};
