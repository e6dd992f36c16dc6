import {
  EventStore,
  REGISTER_STREAM,
  type AppendOptions,
  type AppendOutcome,
  type StorePromises,
  type StreamWrite,
} from '#event-store';
import { Refusal, type Actor, type Position, type StoredEvent } from '#kernel';
import { operatorsWord } from './operators-word.js';

const SKIPPED = 'FollowerSkipped';

/** Data of `FollowerSkipped`: an operator's word that a follower goes on without one event, for ever. */
export interface FollowerSkipped {
  readonly follower: string;
  readonly position: Position;
  readonly reason: string;
}

/**
 * The events that one follower goes on without. They are read from the log, so that every program and every rebuild
 * leaves out the same ones, and an auditor finds who said so and why.
 */
export class Skips {
  private positions: ReadonlySet<Position> = new Set();
  private revision = -1;

  constructor(
    private readonly store: EventStore,
    readonly follower: string,
  ) {}

  /** Reads what has been recorded since. @returns true where there is a new one. */
  async refresh(): Promise<boolean> {
    const events = await this.store.readStream(REGISTER_STREAM, this.revision + 1);
    const found = events.flatMap((event) => skipIn(event, this.follower) ?? []);
    this.revision = events.at(-1)?.revision ?? this.revision;
    const before = this.positions.size;
    this.positions = new Set([...this.positions, ...found]);
    return this.positions.size > before;
  }

  has(position: Position): boolean {
    return this.positions.has(position);
  }

  /** The event as its follower sees it: what it goes on without is in a stream of nobody. */
  seen(event: StoredEvent): StoredEvent {
    return this.has(event.position) ? { ...event, stream: `skipped/${event.position}`, revision: 0 } : event;
  }

  get all(): readonly Position[] {
    return [...this.positions].toSorted((a, b) => a - b);
  }
}

function skipIn({ type, payload }: StoredEvent, follower: string): Position | undefined {
  if (type !== SKIPPED) return undefined;
  const { follower: named, position } = JSON.parse(payload) as Partial<FollowerSkipped>;
  return named === follower && typeof position === 'number' ? position : undefined;
}

/**
 * The log as a follower sees it that goes on without some events: in their stream they are not there, and in the whole
 * log an event of nobody keeps their place, so that positions stay dense and commands end where they end.
 */
export class SkippingEventStore extends EventStore {
  override readonly promises: StorePromises;

  constructor(
    private readonly store: EventStore,
    private readonly skips: Skips,
  ) {
    super();
    this.promises = store.promises;
  }

  override async readStream(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    const events = await this.store.readStream(stream, from);
    return events.filter(({ position }) => !this.skips.has(position));
  }

  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    const events = await this.store.readAll(from, limit);
    return events.map((event) => this.skips.seen(event));
  }

  override append(writes: readonly StreamWrite[], options?: AppendOptions): Promise<AppendOutcome> {
    return this.store.append(writes, options);
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

/**
 * Records that a follower goes on without an event. Saying the same again records nothing further.
 *
 * @throws Refusal `SKIP_NOT_RECORDED` where the log did not take it: try again.
 */
export const recordSkip = async (store: EventStore, skip: FollowerSkipped, actor: Actor): Promise<void> => {
  const commandId = `${REGISTER_STREAM}/skip/${skip.follower}/${skip.position}`;
  const there = await store.readStream(REGISTER_STREAM);
  if (there.some((event) => skipIn(event, skip.follower) === skip.position)) return;
  const event = operatorsWord(SKIPPED, skip, commandId, actor);
  const last = there.at(-1);
  const expected = last ? { revision: last.revision } : ('no stream' as const);
  const { kind } = await store.append([{ stream: REGISTER_STREAM, expected, events: [event] }]);
  if (kind === 'appended' || kind === 'already appended') return;
  throw new Refusal('SKIP_NOT_RECORDED', `the log did not take the word to skip position ${skip.position}: ${kind}`, {
    remedy: 'say it again',
  });
};
