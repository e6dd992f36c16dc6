import { LastUsed, type StoredEvent } from '#kernel';
import { Turns, type EventStore, type Touched } from '#event-store';

/** What is known of one stream. */
export interface Known {
  readonly stream: string;
  /** Last revision, −1 where there is no stream. */
  readonly revision: number;
  /** True where nothing can be written behind it that matters: it is not looked at again. */
  readonly isFinal?: boolean;
  /** About what it takes in memory, in bytes; counted by the memory of streams. */
  weight: number;
  /** Takes in the events that follow. */
  take(events: readonly StoredEvent[]): void;
}

/** Something that says what is known of a stream. */
export interface Knowing {
  of<K extends Known>(stream: string, kind: new (stream: string) => K): Promise<K>;
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

/** A stream in memory. */
interface Held {
  /** Not there for a new stream that nobody has asked for since it was written: most subjects are written to once. */
  known: Known | undefined;
  /** What was written behind what is known, and is taken in when somebody asks. */
  untaken: readonly StoredEvent[];
  readonly weight: number;
}

/**
 * The one memory of streams, whatever they hold: subjects, series, references.
 *
 * What is known saves reading and folding, not looking: the store is asked for what has been written behind it, by another
 * program perhaps, before anything is refused or relied on, because that is checked by nobody afterwards. Only that is
 * read. What is going to be written to need not be looked at: the store does.
 */
export class Streams implements Knowing {
  /** What is known, without looking: for streams of which the store looks at the revision when they are written to. */
  readonly unlooked: Knowing = { of: async (stream, kind) => this.asKnown(stream, kind) };
  private readonly held: LastUsed<Held>;
  private readonly turns = new Turns();
  /** Looks under way, and those that wait for them, by stream. */
  private readonly looks = new Map<string, { readonly running: Promise<Known>; readonly next?: Promise<Known> }>();

  constructor(
    private readonly store: EventStore,
    most = MOST_BYTES,
  ) {
    this.held = new LastUsed(most);
  }

  /** Does the work when nobody in this process that came before touches the same streams. */
  inTurn<T>(streams: Touched, work: () => Promise<T>): Promise<T> {
    return this.turns.take(streams, work);
  }

  /** What is known of a stream, without looking: others may have written to it, and it may be there and not known. */
  asKnown<K extends Known>(stream: string, kind: new (stream: string) => K): K {
    const there = this.held.get(stream);
    if (!there) return new kind(stream);
    const known = there.known ?? new kind(stream);
    if (!(known instanceof kind)) return new kind(stream);
    if (there.untaken.length > 0) {
      const { untaken } = there;
      known.weight = there.weight;
      [there.known, there.untaken] = [known, []];
      known.take(untaken);
    }
    return known;
  }

  /**
   * What is known of a stream, with what has been written to it until now. Whoever asks while others look already shares the
   * next look with all who ask meanwhile: none is given one that was begun before it asked.
   */
  of<K extends Known>(stream: string, kind: new (stream: string) => K): Promise<K> {
    const { running, next } = this.looks.get(stream) ?? {};
    if (next) return next.then((known) => (known instanceof kind ? known : this.look(stream, kind)));
    if (!running) return this.begin(stream, kind);
    const after = (): Promise<K> => this.begin(stream, kind);
    const waiting = running.then(after, after);
    this.looks.set(stream, { running, next: waiting });
    return waiting;
  }

  private begin<K extends Known>(stream: string, kind: new (stream: string) => K): Promise<K> {
    const running = this.look(stream, kind);
    this.looks.set(stream, { running });
    const over = (): void => {
      const last = this.looks.get(stream);
      if (last?.running === running && !last.next) this.looks.delete(stream);
    };
    running.then(over, over);
    return running;
  }

  private async look<K extends Known>(stream: string, kind: new (stream: string) => K): Promise<K> {
    const known = this.asKnown(stream, kind);
    if (known.isFinal) return known;
    this.take(known, await this.store.readStream(stream, known.revision + 1));
    return known;
  }

  /** Keeps what was written behind what is known; it is taken in when the stream is asked for again. */
  wrote(known: Known, events: readonly StoredEvent[]): void {
    if (events[0]?.revision === known.revision + 1) this.keep(known, events, events);
  }

  /** Takes in events that stand behind what is known; where some are missing in between, they are read next time. */
  private take(known: Known, events: readonly StoredEvent[]): void {
    // Read side by side with another reading, or with what was written meanwhile.
    const next = events.findIndex(({ revision }) => revision === known.revision + 1);
    const taken = next === -1 ? [] : events.slice(next);
    if (taken.length > 0) known.take(taken);
    this.keep(known, taken, []);
  }

  private keep(known: Known, added: readonly StoredEvent[], untaken: readonly StoredEvent[]): void {
    for (const event of added) known.weight += heldBy(event);
    const { stream, weight } = known;
    const newest = this.held.get(stream)?.known;
    // Two that were read side by side are the same but for their length.
    if (newest && newest !== known && newest.revision > known.revision) return;
    // A stream that does not exist is not kept: asking for unknown subjects costs no memory.
    if (known.revision < 0 && added.length === 0) this.held.forget(stream);
    else this.held.keep(stream, { known: known.revision < 0 ? undefined : known, untaken, weight }, weight);
  }
}
