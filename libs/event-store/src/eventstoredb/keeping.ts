import { Refusal } from '#kernel';
import type { EventStoreDbConnection } from './client.js';
import type { Entry } from './entry.js';
import type { EventStoreDbIndex } from './log-index.js';
import { StoreFault } from '../store-fault.js';

export interface KeepingOptions {
  readonly connection: EventStoreDbConnection;
  readonly index: EventStoreDbIndex;
  /** What the register's streams begin with on the server. */
  readonly prefix: string;
}

/** In the index, of a stream whose metadata lets nothing go, and that has not been looked through since it came. */
const TO_LOOK_THROUGH = '';

/** Pause before a server that did not answer is asked again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Whether the server keeps the register's streams: judged from their metadata when it comes. Where it lets events go, nothing
 * is written until it is taken away again and every event is seen to be there still; what is gone is named, now and at
 * every start from the same index.
 */
export class EventStoreDbKeeping {
  readonly #options: KeepingOptions;
  readonly #faults = new Map<string, StoreFault>();
  readonly #suspect = new Set<string>();
  /** Entries up to here were not read from the log since it was opened. */
  readonly #known: number;
  #isStarted = false;
  #looking: Promise<void> | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(options: KeepingOptions) {
    this.#options = options;
    this.#known = options.index.head;
    for (const { stream, says } of options.index.limits()) {
      if (says === TO_LOOK_THROUGH) this.#suspect.add(stream);
      else this.#faults.set(stream, forgetsFault(options.prefix + stream, says));
    }
  }

  /** Takes note of the metadata of a stream. */
  noted(stream: string, metadata: unknown): void {
    const { index, prefix } = this.#options;
    const says = limitsIn(metadata);
    if (says !== null) {
      index.limit(stream, says);
      this.#faults.set(stream, forgetsFault(prefix + stream, says));
      this.#suspect.delete(stream);
      return;
    }
    // What has just been read without a hole, and had no limit, is there.
    const isJustRead = !this.#isStarted && (index.inStream(stream, 0)?.position ?? Infinity) > this.#known;
    if (isJustRead && !this.#faults.has(stream)) return;
    index.limit(stream, TO_LOOK_THROUGH);
    this.#suspect.add(stream);
    if (this.#isStarted) this.#lookSoon();
  }

  /** @throws StoreFault `STORE_FORGETS_EVENTS` or `STORE_EVENTS_MISSING` where a stream is not kept. */
  requireKept(): void {
    for (const fault of this.#faults.values()) throw fault;
  }

  /** Looks through what is suspect so far, and from now on whenever metadata comes. @throws as `requireKept`. */
  async start(): Promise<void> {
    await this.#lookThrough();
    this.#isStarted = true;
    this.requireKept();
  }

  /** What to say of a stream of which events are not to be had. */
  async whyMissing(stream: string): Promise<StoreFault> {
    const { connection, prefix } = this.#options;
    const known = this.#faults.get(stream);
    if (known) return known;
    const says = limitsIn(await connection.metadataOf(prefix + stream));
    if (says !== null) return forgetsFault(prefix + stream, says);
    const gone = await this.#missingFrom(stream);
    if (gone.length > 0) return eventsMissing(prefix + stream, gone);
    return new StoreFault(
      'STORE_BEHIND',
      `the event store did not give all events of ${prefix}${stream}; read it again`,
    );
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    clearTimeout(this.#again);
    await this.#looking;
  }

  #lookSoon(): void {
    clearTimeout(this.#again);
    this.#looking ??= this.#lookThrough()
      .catch(() => undefined)
      .finally(() => {
        this.#looking = undefined;
        if (!this.#isStarted || this.#suspect.size === 0) return;
        this.#again = setTimeout(() => this.#lookSoon(), LOOK_AGAIN_MS).unref();
      });
  }

  /** @throws what the server says, where it does not answer. */
  async #lookThrough(): Promise<void> {
    // What came together with the metadata is in the index by then.
    await Promise.resolve();
    const { index, prefix } = this.#options;
    for (const stream of this.#suspect) {
      const gone = await this.#missingFrom(stream);
      // Meanwhile it may have been given limits again.
      if (!this.#suspect.delete(stream)) continue;
      if (gone.length > 0) {
        this.#faults.set(stream, eventsMissing(prefix + stream, gone));
        continue;
      }
      this.#faults.delete(stream);
      index.limit(stream, null);
    }
  }

  /** The events of a stream that the index knows and the server no longer has. */
  async #missingFrom(stream: string): Promise<readonly Entry[]> {
    const { connection, index, prefix } = this.#options;
    const entries = index.ofStream(stream, 0);
    if (entries.length === 0) return [];
    const found = await connection.readStream(prefix + stream, 0);
    const ids = new Map(found.map(({ revision, id }) => [revision, id]));
    return entries.filter(({ revision, id }) => ids.get(revision) !== id);
  }
}

/** Metadata with which the server forgets events. */
const LIMITS: ReadonlySet<string> = new Set(['$maxAge', '$maxCount', '$tb']);

/** As `$tb`, the end of all revisions: a soft delete. JSON gives it back rounded. */
const ALL = Number(9_223_372_036_854_775_807n);

/** What a stream's metadata says of forgetting; null for nothing. */
export const limitsIn = (metadata: unknown): string | null => {
  const limits = Object.entries((metadata ?? {}) as Record<string, unknown>).filter(([key]) => LIMITS.has(key));
  return (
    limits.map(([key, value]) => (isDeleting(key, value) ? SOFT_DELETE : `${key} ${String(value)}`)).join(' and ') ||
    null
  );
};

const SOFT_DELETE = '$tb of a soft delete';

const isDeleting = (key: string, value: unknown): boolean => key === '$tb' && Number(value) >= ALL;

/** @param stream as it is called on the server. */
const forgetsFault = (stream: string, says: string): StoreFault => {
  const what = says.includes(SOFT_DELETE)
    ? `the stream ${stream} was deleted on the server (a soft delete, ${says} in its metadata)`
    : `the stream ${stream} has ${says} in its metadata`;
  return new StoreFault(
    'STORE_FORGETS_EVENTS',
    `${what}, with which the server forgets events: somebody who may write metadata set it; do not scavenge, and take it ` +
      `out of the metadata of the stream`,
  );
};

const eventsMissing = (stream: string, gone: readonly Entry[]): StoreFault =>
  new StoreFault(
    'STORE_EVENTS_MISSING',
    `events are missing on the server: revisions ${rangesOf(gone.map(({ revision }) => revision))} of ${stream}, positions ` +
      `${rangesOf(gone.map(({ position }) => position))}: its metadata let them go, and a scavenge took them away; restore ` +
      `the log from a backup that has them`,
  );

/** Longest list of what is missing. */
const MOST_RANGES = 10;

/** "0 to 4, 7". */
const rangesOf = (numbers: readonly number[]): string => {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  const shown = ranges
    .slice(0, MOST_RANGES)
    .map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  return shown.join(', ') + (ranges.length > MOST_RANGES ? ' and more' : '');
};

/** At the start, a stream that may forget events is for whoever set it to put right. */
export const forgetful = (fault: StoreFault): Error =>
  fault.code === 'STORE_FORGETS_EVENTS'
    ? new Refusal(fault.code, fault.message, { field: 'EVENT_STORE_URL', remedy: 'then start again' })
    : fault;

/** What is said of an event of the index that the log does not have where it read it. */
export const notThere = ({ stream, revision, id, position }: Entry): StoreFault =>
  new StoreFault(
    'STORE_EVENTS_MISSING',
    `event ${id} is missing on the server: revision ${revision} of ${stream}, position ${position}; restore the log from a backup that has it`,
  );
