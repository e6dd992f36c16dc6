import type { StoredEvent } from '#kernel';
import { Turns, type EventStore, type Touched } from '#event-store';

/** What is known of one stream. */
export interface Known {
  readonly stream: string;
  /** Last revision, −1 where there is no stream. */
  readonly revision: number;
  /** True where nothing can be written behind it that matters: it is not looked at again. */
  readonly isFinal?: boolean;
  /** Takes in the events that follow. */
  take(events: readonly StoredEvent[]): void;
}

/**
 * Events known of at most, over all streams: some 150 MB. The streams used longest ago are read again when they are needed;
 * one that is longer is known alone.
 */
const EVENTS_KNOWN = 250_000;

/**
 * The one memory of streams, whatever they hold: subjects, series, references.
 *
 * What is known saves reading and folding, not looking: each time the store is asked for what has been written behind it,
 * by another program perhaps, because a refusal and a fact relied on are checked by nobody afterwards. Only that is read.
 */
export class Streams {
  private readonly known = new Map<string, Known>();
  private readonly weights = new Map<string, number>();
  private readonly turns = new Turns();
  private events = 0;

  constructor(
    private readonly store: EventStore,
    private readonly most = EVENTS_KNOWN,
  ) {}

  /** Does the work when nobody in this process that came before touches the same streams. */
  inTurn<T>(streams: Touched, work: () => Promise<T>): Promise<T> {
    return this.turns.take(streams, work);
  }

  /** What is known of a stream, with what has been written to it until now. */
  async of<K extends Known>(stream: string, kind: new (stream: string) => K): Promise<K> {
    const there = this.known.get(stream);
    const known = there instanceof kind ? there : new kind(stream);
    if (known.isFinal) return known;
    this.wrote(known, await this.store.readStream(stream, known.revision + 1));
    return known;
  }

  /** Takes in events that stand behind what is known; where some are missing in between, they are read next time. */
  wrote(known: Known, events: readonly StoredEvent[]): void {
    const next = events.findIndex(({ revision }) => revision === known.revision + 1);
    if (next !== -1) known.take(events.slice(next));
    this.keep(known);
  }

  private keep(known: Known): void {
    const { stream } = known;
    const newest = this.known.get(stream);
    // Two that were read side by side are the same but for their length.
    if (newest !== undefined && newest !== known && newest.revision > known.revision) return;
    this.forget(stream);
    // A stream that does not exist is not kept: asking for unknown subjects costs no memory.
    if (known.revision < 0) return;
    this.known.set(stream, known);
    this.weights.set(stream, known.revision + 1);
    this.events += known.revision + 1;
    for (const oldest of this.known.keys()) {
      if (this.events <= this.most || oldest === stream) return;
      this.forget(oldest);
    }
  }

  private forget(stream: string): void {
    this.events -= this.weights.get(stream) ?? 0;
    this.weights.delete(stream);
    this.known.delete(stream);
  }
}
