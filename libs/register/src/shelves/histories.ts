import type { StoredEvent } from '#kernel';

/** Bytes that events may take which are kept from one reading of the log to the next. */
const MOST_BYTES = 100_000_000;

/** What an event takes beside what it says, in bytes: its names, places and ids. */
const OF_AN_EVENT = 500;

/**
 * Histories that were met while the log was read, so that they need not be read again one by one, which takes a call each
 * where the log is far away. Each is whole as far as the log was read, or not kept at all.
 */
export class Histories {
  readonly #kept = new Map<string, StoredEvent[]>();
  #bytes = 0;

  constructor(private readonly most = MOST_BYTES) {}

  /** Keeps an event behind those of its stream, all of which were given before. */
  take(event: StoredEvent): void {
    const history = event.revision === 0 ? [] : this.#kept.get(event.stream);
    if (!history) return;
    history.push(event);
    this.#kept.set(event.stream, history);
    this.#bytes += weightOf(event);
    if (this.#bytes > this.most) this.of(event.stream);
  }

  /** A history, which is let go of; undefined where it is not kept. */
  of(stream: string): readonly StoredEvent[] | undefined {
    const history = this.#kept.get(stream);
    this.#kept.delete(stream);
    for (const event of history ?? []) this.#bytes -= weightOf(event);
    return history;
  }
}

/** UTF-16 code units: a byte each where the text is Latin. */
const weightOf = ({ payload, envelope }: StoredEvent): number => payload.length + envelope.length + OF_AN_EVENT;
