import { instantOf, type NewEvent, type Position, type StoredEvent } from '#kernel';
import type { Came, Entry } from './entry.js';
import type { EventStoreDbIndex } from './log-index.js';
import { type Arrival, goesBefore, type LogPlace, readEvent, type ReadEvent, type ServerEvent } from './record.js';
import { RecentEvents } from './recent-events.js';
import { StoreFault } from '../store-fault.js';

/** An event of ours with its position. */
export interface TailEvent {
  readonly stored: StoredEvent;
  readonly arrival: Arrival;
}

export interface IntakeOptions {
  readonly index: EventStoreDbIndex;
  /** What the register's streams begin with on the server. */
  readonly prefix: string;
  /** Told of events once they have their positions. */
  readonly onEvents: (events: readonly TailEvent[]) => void;
  /** Told of the metadata of a stream. */
  readonly onMetadata: (stream: string, metadata: unknown) => void;
  /** Told of what keeps it from taking in what has come. */
  readonly onFault: (thrown: unknown) => void;
}

interface Waiting {
  readonly event: ServerEvent;
  /** Absent for the metadata of a stream. */
  readonly read: ReadEvent | undefined;
}

/** Events numbered at a time, so that other work has its turn. */
const BATCH = 500;

/** Takes in what a subscription tells, once and in its order, and gives every event its position, whole writes at a time. */
export class Intake {
  readonly #options: IntakeOptions;
  #waiting: Waiting[] = [];
  /** How many of those that wait make up whole writes. */
  #whole = 0;
  #flushing = false;
  #isOver = false;
  /** Kept for those who follow. */
  #recent = new RecentEvents<TailEvent>();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** The newest events from a position on, if they are all still in memory. */
  recent(from: Position, to: Position): readonly TailEvent[] | undefined {
    return this.#recent.between(from, to);
  }

  /** Goes on from what the index has: another subscription tells again what waits. */
  begin(): void {
    [this.#waiting, this.#whole] = [[], 0];
  }

  /** Forgets the newest events, which are told again. */
  forget(): void {
    this.#recent = new RecentEvents();
  }

  /** Takes nothing in any more: what it stands before waits for nobody. */
  end(): void {
    this.#isOver = true;
    this.begin();
  }

  /** Takes in what comes, once: a subscription may say something again. */
  heard(event: ServerEvent): void {
    this.#guarded(() => {
      const last = this.#waiting.at(-1)?.event.place ?? this.#options.index.place;
      if (last && !goesBefore(last, event.place)) return;
      const read = event.stream.startsWith(this.#options.prefix) ? readEvent(event) : undefined;
      this.#waiting.push({ event, read });
      if (read?.arrival.endsWrite !== false) this.#whole = this.#waiting.length;
      this.#takeInSoon();
    });
  }

  /** Everything up to a place has been told. */
  reached(place: LogPlace): void {
    if (!this.takeIn()) return;
    this.#guarded(() => {
      const { index } = this.#options;
      if (!index.place || goesBefore(index.place, place)) index.keep([], place, undefined);
    });
  }

  /** @returns whether everything told so far has its position. */
  takeIn(): boolean {
    for (let before = Infinity; this.#whole > 0 && this.#whole < before;) {
      before = this.#whole;
      this.#guarded(() => this.#takeInSome());
    }
    return this.#waiting.length === 0 && !this.#isOver;
  }

  #takeInSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      const before = this.#whole;
      this.#guarded(() => this.#takeInSome());
      // What was not taken in now is not going to be by trying at once.
      if (this.#whole > 0 && this.#whole < before) this.#takeInSoon();
    });
  }

  /** Numbers what has come, whole writes only: the rest of one comes at once behind it. */
  #takeInSome(): void {
    if (this.#isOver || this.#whole === 0) return;
    const { index, prefix, onEvents } = this.#options;
    let end = Math.min(this.#whole, BATCH);
    while (end < this.#whole && this.#waiting[end - 1]?.read?.arrival.endsWrite === false) end += 1;
    const batch = this.#waiting.slice(0, end);
    this.#waiting = this.#waiting.slice(end);
    this.#whole -= end;

    const entries: Entry[] = [];
    const events: TailEvent[] = [];
    const revisions = new Map<string, number>();
    let before: Came | undefined;
    for (const { event, read } of batch) {
      if (!read) {
        this.#options.onMetadata(event.stream.slice(`$$${prefix}`.length), event.data);
        continue;
      }
      const stream = event.stream.slice(prefix.length);
      const expected = (revisions.get(stream) ?? index.lastRevision(stream)) + 1;
      if (event.revision !== expected) throw missing(event.stream, expected, event.revision);
      revisions.set(stream, event.revision);
      const entry = index.next({ ...event, stream, arrival: read.arrival }, before);
      before = { entry, append: read.arrival.append };
      entries.push(entry);
      events.push({ stored: storedOf(read.event, entry), arrival: read.arrival });
    }
    index.keep(entries, (batch.at(-1) as Waiting).event.place, before?.append);
    if (events.length === 0) return;
    this.#recent.take(events);
    onEvents(events);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#options.onFault(thrown);
    }
  }
}

export const storedOf = (
  { id, type, schemaVersion, payload, envelope }: NewEvent,
  { stream, revision, position, recordedAt }: Entry,
): StoredEvent => ({
  ...{ id, type, schemaVersion, payload, envelope },
  ...{ stream, revision, position, recordedAt: instantOf(recordedAt) },
});

/** @param stream as it is called on the server. */
const missing = (stream: string, expected: number, found: number): StoreFault =>
  new StoreFault(
    'STORE_EVENTS_MISSING',
    `events are missing from ${stream} on the server: needed revision ${expected}, found ${found}; a scavenge took them ` +
      'away, after its metadata had let them go; restore the log from a backup that has them',
  );
