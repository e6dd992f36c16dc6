import { markAfterAll, REGISTER_STREAM, type Follower, type LogMark } from '#event-store';
import type { Position, StoredEvent } from '#kernel';

import type { Connection } from './connection.js';
import type { Generation } from './generation.js';
import type { Generations } from './generations.js';
import type { OwnLog } from './own-log.js';
import { passingFault } from './read-model-fault.js';
import { RowBatch } from './row-batch.js';
import { Timelines, type ReadEvent, type ReadStream } from '../engine/timelines.js';

export interface FollowerOptions {
  readonly readEvent: ReadEvent;
  readonly readStream: ReadStream;
  /** The event at a position of the log. */
  readonly readAt: (position: Position) => Promise<StoredEvent | undefined>;
  /** Events held by the timelines in memory, a long one counted as several. Default 200,000. */
  readonly keptEvents?: number;
  /** Asked before anything is added to what somebody else has written. */
  readonly ownLog?: OwnLog;
  /** Closed slices of one subject beyond which past knowledge is looked up by dyadic blocks. Default 128. */
  readonly longFrom?: number;
}

export const LONG_FROM = 128;

/** Longest stretch before what came of it is written and other work has its turn: so long a fold, or so many events. */
const STRETCH_MS = 5;
const STRETCH_EVENTS = 96;

/**
 * Keeps the views of the current generation up to date with the log. What comes of a stretch of events, and the
 * checkpoint, are one transaction; a stretch ends where a command ends.
 */
export class RegisterFollower implements Follower {
  readonly name = 'register';
  private timelines: Timelines;
  private follows: Generation | undefined;
  /** What it wrote last: where something else stands, others have written. */
  private wrote: string | undefined;
  /** The last event it has taken in, where the rest of its command has not come yet. */
  private unended: StoredEvent | undefined;

  constructor(
    private readonly generations: Generations,
    private readonly options: FollowerOptions,
  ) {
    this.timelines = this.noTimelines();
  }

  /** Asked at the start and after each fault: where another program has switched the views, it follows those. */
  async checkpoint(): Promise<Position> {
    await this.generations.refresh();
    return this.generations.current.checkpoint();
  }

  handle(events: readonly StoredEvent[]): Promise<void> {
    return this.generations.exclusive(async () => {
      const generation = this.generations.current;
      if (this.follows !== generation) {
        this.timelines = this.noTimelines();
        this.follows = generation;
      }
      try {
        await this.advance(generation, events, (unit) => this.generations.stillLive(unit, generation));
      } catch (fault) {
        this.timelines.forget();
        throw fault;
      }
    });
  }

  /** As `handle`, for a caller that has the generation to itself. `fence` may refuse to write. */
  async advance(
    generation: Generation,
    events: readonly StoredEvent[],
    fence: (unit: Connection) => Promise<void> = async () => undefined,
  ): Promise<void> {
    let { checkpoint, mark } = await generation.standing();
    if (mark?.chain !== this.wrote) await this.options.ownLog?.confirm(generation);
    let [at, first] = [0, events[0]];
    // A rebuild may have switched to a generation that has come further than the batch at hand.
    while (first && first.position <= checkpoint) first = events[++at];
    if (first && first.position !== checkpoint + 1) {
      const what = `the views are at position ${checkpoint} and cannot go on from ${first.position}`;
      throw passingFault('READ_MODEL_OVERTAKEN', what);
    }
    let held = first && (await this.unendedAt(generation, checkpoint, mark));
    while (at < events.length) {
      const batch = new RowBatch(generation, this.options.longFrom ?? LONG_FROM);
      // A store may write the events of a command one after the other, and leave some for good (ADR 13).
      if (held && endsCommand(held, events[at])) batch.commandEnds(held.position, held.recordedAt);
      held = undefined;
      const [from, deadline] = [at, performance.now() + STRETCH_MS];
      for (let ended = false; at < events.length && !ended; at++) {
        const long = at - from >= STRETCH_EVENTS - 1 || performance.now() > deadline;
        ended = (await this.take(generation, batch, events, at)) && long;
      }
      const [was, stretch] = [checkpoint, events.slice(from, at)];
      const reached = markAfterAll(mark, stretch) as LogMark;
      await generation.writes.transaction(async (unit) => {
        await generation.moveCheckpoint(unit, was, reached);
        await fence(unit);
        await batch.write(unit);
        await keepMarks(generation, unit, stretch);
      });
      [checkpoint, mark] = [reached.position, reached];
      [this.wrote, this.unended] = [reached.chain, undefined];
      this.timelines.trim();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const last = events.at(-1);
    this.unended = last?.position === checkpoint && !endsCommand(last, undefined) ? last : undefined;
  }

  /** The event at the checkpoint, where it is not taken down as the last of its command. */
  private async unendedAt(
    { reads }: Generation,
    checkpoint: Position,
    mark: LogMark | undefined,
  ): Promise<StoredEvent | undefined> {
    if (mark?.chain === this.wrote || checkpoint < 0) return this.unended;
    const ended = await reads.all('SELECT position FROM moment WHERE position = ?', [checkpoint]);
    return ended.length > 0 ? undefined : this.options.readAt(checkpoint);
  }

  /** Takes one event; true where a command ends with it. */
  private async take(
    generation: Generation,
    batch: RowBatch,
    events: readonly StoredEvent[],
    at: number,
  ): Promise<boolean> {
    const event = events[at] as StoredEvent;
    const ends = endsCommand(event, events[at + 1]);
    if (ends) batch.commandEnds(event.position, event.recordedAt);
    const { aggregate, id } = subjectOf(event.stream);
    const onDisk = generation.views.get(aggregate);
    if (!onDisk) return ends;
    const timeline = await this.timelines.before(event, onDisk.view);
    batch.apply(aggregate, id, timeline, this.options.readEvent(event));
    this.timelines.grew(timeline, event);
    return ends;
  }

  private noTimelines(): Timelines {
    return new Timelines(this.options.readEvent, this.options.readStream, this.options.keptEvents ?? 200_000);
  }
}

/** The parts of a stream's name: `decision/glos:17` is decision `glos:17`. */
export const subjectOf = (stream: string): { readonly aggregate: string; readonly id: string } => {
  const slash = stream.indexOf('/');
  return { aggregate: stream.slice(0, Math.max(slash, 0)), id: stream.slice(slash + 1) };
};

/**
 * True for the last event of a command: where the next is of another, or, where there is none yet, by its own count. What is
 * still to come of a command is known of neither before nor after it (T6).
 */
export const endsCommand = (event: StoredEvent, next: StoredEvent | undefined): boolean =>
  next === undefined ? isLast(event) : beginsCommand(next) || commandOf(event) !== commandOf(next);

function isLast({ envelope }: StoredEvent): boolean {
  const { index, count } = JSON.parse(envelope) as { index?: unknown; count?: unknown };
  return typeof index !== 'number' || typeof count !== 'number' || index + 1 >= count;
}

// Canonical JSON has no white space, and inside a text the quotes would be escaped: this finds the member and nothing else.
const COMMAND = /"commandId":"((?:[^"\\]|\\.)*)"/;

const FIRST = /"index":0[,}]/;

/** Two commands of one id may stand next to each other: of two senders. */
const beginsCommand = ({ envelope }: StoredEvent): boolean => FIRST.test(envelope);

const commandOf = ({ envelope }: StoredEvent): string | undefined => COMMAND.exec(envelope)?.[1];

/** Whether the register kept its source's recording instants, for every basis to say so (T1). */
export const keepMarks = async (
  generation: Generation,
  unit: Connection,
  events: readonly StoredEvent[],
): Promise<void> => {
  const [opening] = events;
  if (opening?.position !== 0 || opening.stream !== REGISTER_STREAM || opening.type !== 'RegisterOpened') return;
  const { recordedInstants, source } = JSON.parse(opening.payload) as { recordedInstants?: unknown; source?: unknown };
  if (recordedInstants !== 'kept') return;
  await generation.writeMeta(
    unit,
    'kept_instants',
    typeof source === 'string' ? source : JSON.stringify(source ?? 'not said'),
  );
};
