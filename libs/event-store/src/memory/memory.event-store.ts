import { epochMsOf, instantOf, type Position, type StoredEvent } from '#kernel';
import { earlierTry, weigh } from '../append-rules.js';
import { type AppendOptions, type AppendOutcome, EventStore, type StreamWrite } from '../event-store.js';
import { closedFault } from '../store-fault.js';
import { Waiting } from '../waiting.js';

type Kept = StoredEvent & { readonly lastPosition: Position };

/** The log in memory, for specs and trials: gone when the process ends. */
export class MemoryEventStore extends EventStore {
  readonly #log: Kept[] = [];
  readonly #streams = new Map<string, Kept[]>();
  readonly #byId = new Map<string, Kept>();
  readonly #waiting = new Waiting(() => this.#log.length - 1, 0);
  readonly #now: () => number;
  #closed = false;

  /** @param options.now UTC epoch milliseconds. */
  constructor({ now = Date.now }: { readonly now?: () => number } = {}) {
    super();
    this.#now = now;
  }

  override async append(writes: readonly StreamWrite[], options: AppendOptions = {}): Promise<AppendOutcome> {
    this.#requireOpen();
    const { count, refused } = weigh(writes);
    if (refused) return refused;
    const earlier = earlierTry(
      writes,
      count,
      (id) => this.#byId.get(id),
      (position) => this.#log[position]?.lastPosition ?? -1,
    );
    if (earlier && 'taken' in earlier) return { kind: 'id taken', id: earlier.taken };
    if (earlier) {
      const there = this.#log.slice(earlier.first, earlier.first + count);
      const recordedAt = there[0]?.recordedAt ?? instantOf(this.#now());
      return { kind: 'already appended', positions: there.map(({ position }) => position), recordedAt };
    }
    return this.#conflict(writes) ?? this.#write(writes, count, options);
  }

  #conflict(writes: readonly StreamWrite[]): AppendOutcome | undefined {
    const lengths = new Map<string, number>();
    for (const { stream, expected, events } of writes) {
      const length = lengths.get(stream) ?? this.#streams.get(stream)?.length ?? 0;
      const needed = expected === 'no stream' ? 0 : expected.revision + 1;
      const met = length === needed && (expected === 'no stream' || length > 0);
      if (!met) return { kind: 'wrong revision', stream, actual: length === 0 ? null : length - 1 };
      lengths.set(stream, length + events.length);
    }
    return undefined;
  }

  #write(writes: readonly StreamWrite[], count: number, options: AppendOptions): AppendOutcome {
    const stamp = instantOf(options.recordedAt === undefined ? this.#now() : epochMsOf(options.recordedAt));
    const previous = this.#log.at(-1)?.recordedAt;
    const recordedAt = previous !== undefined && previous > stamp ? previous : stamp;
    const lastPosition = this.#log.length + count - 1;
    const positions: Position[] = [];
    for (const { stream, events } of writes) {
      const history = this.#streams.get(stream) ?? [];
      this.#streams.set(stream, history);
      for (const { id, type, schemaVersion, payload, envelope } of events) {
        const [position, revision] = [this.#log.length, history.length];
        const kept: Kept = Object.freeze({
          ...{ id, type, schemaVersion, payload, envelope },
          ...{ stream, revision, position, recordedAt, lastPosition },
        });
        this.#log.push(kept);
        history.push(kept);
        this.#byId.set(id, kept);
        positions.push(position);
      }
    }
    this.#waiting.wake(lastPosition);
    return { kind: 'appended', positions, recordedAt };
  }

  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return (this.#streams.get(stream) ?? []).slice(from).map(withoutBoundary);
  }

  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    const page = this.#log.slice(from, from + limit);
    const end = page.findLastIndex(({ position, lastPosition }) => position === lastPosition) + 1;
    return page.slice(0, end || page.length).map(withoutBoundary);
  }

  override async head(): Promise<Position> {
    this.#requireOpen();
    return this.#log.length - 1;
  }

  override async whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    this.#requireOpen();
    return this.#waiting.whenBeyond(position, signal);
  }

  override close(): Promise<void> {
    this.#closed = true;
    this.#waiting.end();
    return Promise.resolve();
  }

  #requireOpen(): void {
    if (this.#closed) throw closedFault();
  }
}

const withoutBoundary = ({ lastPosition: _, ...event }: Kept): StoredEvent => event;
