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
 * Bytes that what is known may take, over all streams. The streams used longest ago are read again when they are needed; one
 * that takes more is known alone.
 */
const MOST_BYTES = 150_000_000;

/** What an event takes beside what it says, in bytes: places, ids and the state after it, as measured. */
const OF_AN_EVENT = 600;

/** About what it takes in memory to know an event: its words twice, as they stand in its data and in the state. */
export const heldBy = ({ payload }: Pick<StoredEvent, 'payload'>): number => OF_AN_EVENT + 2 * payload.length;

/**
 * The one memory of streams, whatever they hold: subjects, series, references.
 *
 * What is known saves reading and folding, not looking: each time the store is asked for what has been written behind it,
 * by another program perhaps, because a refusal and a fact relied on are checked by nobody afterwards. Only that is read.
 */
export class Streams {
  private readonly known = new Map<string, Known>();
  private readonly weights = new WeakMap<Known, number>();
  private readonly turns = new Turns();
  private bytes = 0;

  constructor(
    private readonly store: EventStore,
    private readonly most = MOST_BYTES,
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
    const taken = next === -1 ? [] : events.slice(next);
    if (taken.length > 0) known.take(taken);
    this.keep(
      known,
      taken.reduce((sum, event) => sum + heldBy(event), this.weights.get(known) ?? 0),
    );
  }

  private keep(known: Known, weight: number): void {
    const { stream } = known;
    const newest = this.known.get(stream);
    // Two that were read side by side are the same but for their length.
    const isBehind = newest !== undefined && newest !== known && newest.revision > known.revision;
    if (!isBehind) this.forget(stream);
    this.weights.set(known, weight);
    if (isBehind) return;
    // A stream that does not exist is not kept: asking for unknown subjects costs no memory.
    if (known.revision < 0) return;
    this.known.set(stream, known);
    this.bytes += weight;
    for (const oldest of this.known.keys()) {
      if (this.bytes <= this.most || oldest === stream) return;
      this.forget(oldest);
    }
  }

  private forget(stream: string): void {
    const known = this.known.get(stream);
    this.bytes -= (known && this.weights.get(known)) ?? 0;
    this.known.delete(stream);
  }
}
