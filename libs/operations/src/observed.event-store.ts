import type { AppendOptions, AppendOutcome, StorePromises, StreamWrite } from '#event-store';
import { EventStore } from '#event-store';
import type { Position, StoredEvent } from '#kernel';
import type { Ending } from './ending.js';
import { secondsSince, type Metrics } from './metrics.js';
import { traced } from './tracing.js';

/** A store whose appends are measured and traced; in everything else the store itself. */
export class ObservedEventStore extends EventStore {
  override readonly promises: StorePromises;

  constructor(
    private readonly store: EventStore,
    private readonly metrics: Metrics,
    private readonly ending: Pick<Ending, 'requireNone'>,
  ) {
    super();
    this.promises = store.promises;
  }

  override async append(writes: readonly StreamWrite[], options: AppendOptions = {}): Promise<AppendOutcome> {
    this.ending.requireNone();
    const events = writes.reduce((sum, write) => sum + write.events.length, 0);
    const begun = performance.now();
    this.metrics.appendBegins();
    let outcome = 'fault';
    try {
      return await traced('append', { 'register.events': events }, async (span) => {
        const answer = await this.store.append(writes, options);
        outcome = answer.kind;
        span.setAttribute('register.outcome', answer.kind);
        return answer;
      });
    } finally {
      this.metrics.appendEnds(outcome, secondsSince(begun), events);
    }
  }

  override readStream(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.store.readStream(stream, from);
  }

  override readStreams(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    return this.store.readStreams(streams);
  }

  override readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.store.readAll(from, limit);
  }

  override head(): Promise<Position> {
    return this.store.head();
  }

  override whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    return this.store.whenBeyond(position, signal);
  }

  override answers(): Promise<void> {
    return this.store.answers();
  }

  override close(): Promise<void> {
    return this.store.close();
  }
}
