import type { Position, StoredEvent } from '#kernel';
import type { EventStoreDbConnection } from './client.js';
import type { Entry } from './entry.js';
import { storedOf, type TailEvent } from './intake.js';
import { notThere } from './keeping.js';
import type { EventStoreDbIndex } from './log-index.js';
import type { LogReads } from './log-read.js';
import { readEvent, type ServerEvent } from './record.js';
import { StoreFault } from '../store-fault.js';

/** What the reads need of the store around them. */
export interface ReadsOptions {
  readonly connection: EventStoreDbConnection;
  readonly index: EventStoreDbIndex;
  readonly prefix: string;
  readonly log: LogReads;
  /** The newest events from one position to another, if they are all still in memory. */
  readonly recent: (from: Position, to: Position) => readonly TailEvent[] | undefined;
  /** Resolves with whether the index has come to a revision of a stream in time. */
  readonly indexed: (stream: string, revision: number) => Promise<boolean>;
  /** Tries again for a while. @throws StoreFault that says what was tried. */
  readonly read: <T>(doing: string, read: () => Promise<T>) => Promise<T>;
  /** Why events that are known are not in a stream. */
  readonly whyMissing: (stream: string) => Promise<StoreFault>;
  /** Called where positions did not come in time. */
  readonly onLate: () => void;
}

/** Events of a page from which on it is taken for one of many, and the next one read ahead. */
const PAGE_OF_MANY = 100;

/** The reading half of the EventStoreDB store: the server has the events, and the index where they stand. */
export class EventStoreDbReads {
  readonly #options: ReadsOptions;

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  async stream(stream: string, from: number): Promise<readonly StoredEvent[]> {
    const { connection, index, prefix, read } = this.#options;
    const known = index.lastRevision(stream);
    const found = await read(`read ${stream}`, () => connection.readStream(prefix + stream, from));
    const last = found.at(-1);
    const isWhole = found.every(({ revision }, at) => revision === from + at);
    if (!isWhole || Math.max(known, from - 1) > (last?.revision ?? from - 1)) {
      throw await this.#options.whyMissing(stream);
    }
    if (!last) return [];
    // A foreign one has no position, and never will.
    if (index.lastRevision(stream) < last.revision) readEvent(last);
    if (!(await this.#options.indexed(stream, last.revision))) {
      this.#options.onLate();
      throw new StoreFault('STORE_BEHIND', `the newest events of ${stream} have no positions yet; read it again`);
    }
    const entries = index.ofStream(stream, from);
    return found.map((event, at) => placed(event, entries[at] as Entry).stored);
  }

  async page(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    const { index } = this.#options;
    const entries = index.page(from, limit).filter(({ position }) => position <= index.head);
    return (await this.eventsAt(entries)).map(({ stored }) => stored);
  }

  /** Events that the index knows, from memory or from the server. Entries of one page follow each other. */
  async eventsAt(entries: readonly Entry[]): Promise<readonly TailEvent[]> {
    const { index, log } = this.#options;
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return [];
    if (last.position - first.position !== entries.length - 1) {
      return (await Promise.all(entries.map((entry) => this.eventsAt([entry])))).flat();
    }
    const recent = this.#options.recent(first.position, last.position);
    if (recent) return recent;
    const after = index.at(first.position - 1)?.place;
    const goesOn = entries.length >= PAGE_OF_MANY && last.position < index.head;
    const events = await this.#options.read('read the log', () => log.take(after, entries.length, goesOn));
    return entries.map((entry, at) => placed(events[at], entry));
  }
}

function placed(event: ServerEvent | undefined, entry: Entry): TailEvent {
  if (event?.id !== entry.id) throw notThere(entry);
  const { event: read, arrival } = readEvent(event);
  return { stored: storedOf(read, entry), arrival };
}
