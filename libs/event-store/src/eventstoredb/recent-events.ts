import type { Position, StoredEvent } from '#kernel';

/** Most events that are kept, and their bytes: what followers and readers at the end of the log ask for. */
const KEPT_EVENTS = 20_000;
const KEPT_BYTES = 32_000_000;

/** The newest events of a log, one behind the other. Taking one in costs the same however many there are. */
export class RecentEvents<Event extends { readonly stored: StoredEvent }> {
  #events: Event[] = [];
  /** How many at the front are not kept any more: they are let go of together. */
  #gone = 0;
  #bytes = 0;

  constructor(
    private readonly most = KEPT_EVENTS,
    private readonly mostBytes = KEPT_BYTES,
  ) {}

  /** Events from one position to another; undefined unless the first of them is still kept. */
  between(from: Position, to: Position): readonly Event[] | undefined {
    const first = this.#events[this.#gone]?.stored.position;
    if (first === undefined || from < first) return undefined;
    return this.#events.slice(this.#gone + from - first, this.#gone + to - first + 1);
  }

  take(events: readonly Event[]): void {
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += sizeOf(event.stored);
    }
    for (; this.#events.length - this.#gone > this.most || this.#bytes > this.mostBytes; this.#gone++) {
      const oldest = this.#events[this.#gone];
      if (!oldest) break;
      this.#bytes -= sizeOf(oldest.stored);
    }
    if (this.#gone < this.#events.length / 4) return;
    this.#events = this.#events.slice(this.#gone);
    this.#gone = 0;
  }
}

/** UTF-16 code units: a byte each where the text is Latin. */
const sizeOf = ({ payload, envelope }: StoredEvent): number => payload.length + envelope.length;
