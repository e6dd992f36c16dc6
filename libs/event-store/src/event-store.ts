import type { Instant, NewEvent, Position, StoredEvent } from '#kernel';

/** What a stream must look like for an append to go in: absent, or with exactly this last revision. There is no "any". */
export type Expectation = 'no stream' | { readonly revision: number };

/** Events for one stream. An empty list of events is refused with a TypeError. */
export interface StreamWrite {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: readonly NewEvent[];
}

export interface AppendOptions {
  /**
   * Recording instant to keep instead of the store's own clock: only for an import into an empty register (T1).
   * Raised to the previous event's where it would be earlier.
   */
  readonly recordedAt?: Instant;
}

/**
 * Where an append came to stand: a position for each event, and the instant of the first. Both null where it is written
 * and the store cannot say yet where: reading the stream tells as soon as it can.
 */
export type Placed =
  | { readonly positions: readonly Position[]; readonly recordedAt: Instant }
  | { readonly positions: null; readonly recordedAt: null };

/** Why a write did not go in, or that it did. All outcomes are values; a thrown error is a fault. */
export type AppendOutcome =
  | ({ readonly kind: 'appended' } & Placed)
  /** Exactly these events are there already, from an earlier try: as good as `appended`. */
  | ({ readonly kind: 'already appended' } & Placed)
  /** Somebody wrote first. `actual` is the stream's last revision, or null where there is no stream. Read again, decide again. */
  | { readonly kind: 'wrong revision'; readonly stream: string; readonly actual: number | null }
  /** One of the event ids is taken by another event. Never retried: the command id was used for something else. */
  | { readonly kind: 'id taken'; readonly id: string }
  | { readonly kind: 'too large'; readonly bytes: number; readonly limit: number }
  /** The queue is full. Nothing was written; try again after a pause. */
  | { readonly kind: 'overloaded' }
  /** No answer came. It may or may not be written: read the stream back by event id before anything else. */
  | { readonly kind: 'unknown'; readonly cause: unknown };

/** Promises that not every store can keep (ADR 13). */
export interface StorePromises {
  /**
   * Whether an append to several streams is all there or not at all. Where it is not: its writes go in one after the
   * other, in the order given, each whole. Expectations are looked at before the first; where another process is faster
   * in between, or the store is lost, earlier writes stay, and other events may stand between them. The same append sent
   * again goes on where it stopped.
   */
  readonly wholeAcrossStreams: boolean;
  /**
   * Whether one of two processes that use one event id in two streams at the same instant is refused. Where it is not,
   * an id is unique in its stream, and in other streams as far as this process has read the log.
   */
  readonly idsUniqueAcrossStreams: boolean;
}

/** Largest payload and envelope of one event, together, in UTF-8 bytes. */
export const EVENT_LIMIT_BYTES = 1_000_000;

/** Streams that are asked for side by side: a store across a network answers them together. */
const STREAMS_AT_A_TIME = 32;

/**
 * The log: append-only streams inside one total order.
 *
 * Implementations MUST, except where their `promises` say otherwise,
 * - write all of an append or nothing, and answer only when it is durable;
 * - check every `expected` and every id inside the same transaction as the write;
 * - give revisions 0, 1, 2 … per stream and positions 0, 1, 2 … over all, both without gaps, and show position p + 1
 *   to no reader before p;
 * - return `payload` and `envelope` byte for byte;
 * - answer a repeated append of the same events with `already appended` and the first positions, whatever has come since;
 * - stamp `recordedAt` in UTC milliseconds, never earlier than the event before;
 * - refuse every change to, and removal of, what is written.
 * They MAY group appends of several callers into one durable commit, and MAY refuse with `overloaded`.
 *
 * Callers keep events of one command in one append and retry with the same ids.
 */
export abstract class EventStore {
  readonly promises: StorePromises = { wholeAcrossStreams: true, idsUniqueAcrossStreams: true };

  /** Writes to several streams are one unit, in the order given: a reservation and what it is for (ADR 0006). */
  abstract append(writes: readonly StreamWrite[], options?: AppendOptions): Promise<AppendOutcome>;

  /** Events of one stream in order, from revision `from` (default 0). Empty for a stream that does not exist. */
  abstract readStream(stream: string, from?: number): Promise<readonly StoredEvent[]>;

  /** The same of several streams, by name; of one that does not exist, none. */
  async readStreams(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const read = new Map<string, readonly StoredEvent[]>();
    for (let at = 0; at < streams.length; at += STREAMS_AT_A_TIME) {
      const lot = streams.slice(at, at + STREAMS_AT_A_TIME);
      const found = await Promise.all(lot.map((stream) => this.readStream(stream)));
      for (const [index, events] of found.entries()) read.set(lot[index] ?? '', events);
    }
    return read;
  }

  /**
   * At most `limit` events in order of position, starting with position `from`. An empty page means: the end, for now.
   * A page never ends inside a command unless the command alone is longer than `limit`, so it may be short before the end.
   */
  abstract readAll(from: Position, limit: number): Promise<readonly StoredEvent[]>;

  /** Position of the last event, or −1 for an empty log. */
  abstract head(): Promise<Position>;

  /** Resolves when the log has an event beyond `position`, or with false when `signal` is aborted. MAY resolve early. */
  abstract whenBeyond(position: Position, signal: AbortSignal): Promise<boolean>;

  /**
   * Resolves once the store has answered something that goes to it, and is followed as well: for health. What is kept in
   * memory says nothing of a store that is away.
   *
   * @throws StoreFault saying why it is not there.
   */
  async answers(): Promise<void> {
    await this.head();
  }

  /** Finishes what is queued, then releases everything. A later call on the store is refused with an Error saying "closed". */
  abstract close(): Promise<void>;
}
