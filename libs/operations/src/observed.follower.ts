import type { Link } from '@opentelemetry/api';
import { isPassing, type Follower } from '#event-store';
import type { Position, StoredEvent } from '#kernel';
import { secondsSince, type Metrics } from './metrics.js';
import type { Skips } from './skips.js';
import { spanContextOf, traced } from './tracing.js';

// Canonical JSON has no white space: this finds the member and nothing inside a text, where the quotes are escaped.
const TRACEPARENT = /"traceparent":"([0-9a-f-]{55})"/;
const COMMAND = /"commandId":"((?:[^"\\]|\\.)*)"/;
const FIRST = /"index":0[,}]/;

/** Most requests that the span of one batch is linked to. */
const MOST_LINKS = 64;

/**
 * A follower whose batches are measured, traced and, where one fails, taken command by command, so that it stands right
 * before the command it cannot take and says at which positions that is.
 */
export class ObservedFollower implements Follower {
  constructor(
    private readonly follower: Follower,
    private readonly skips: Skips,
    private readonly metrics: Metrics,
  ) {}

  get name(): string {
    return this.follower.name;
  }

  /** Asked before anything is handled, so what is to be left out is known by then. */
  async checkpoint(): Promise<Position> {
    await this.skips.refresh();
    return this.follower.checkpoint();
  }

  async handle(events: readonly StoredEvent[]): Promise<void> {
    try {
      await this.measured(events);
    } catch (thrown) {
      if (isPassing(thrown)) throw thrown;
      await this.oneByOne(events);
    }
  }

  private async oneByOne(events: readonly StoredEvent[]): Promise<void> {
    const kept = await this.follower.checkpoint();
    for (const command of commandsOf(events.filter(({ position }) => position > kept))) {
      try {
        await this.measured(command);
      } catch (thrown) {
        throw isPassing(thrown) ? thrown : poisonOf(command, thrown);
      }
    }
  }

  private async measured(events: readonly StoredEvent[]): Promise<void> {
    const { name } = this.follower;
    const begun = performance.now();
    let outcome: 'kept' | 'fault' = 'fault';
    try {
      const attributes = { 'register.follower': name, 'register.events': events.length };
      await traced('follow', attributes, async () => this.follower.handle(events), linksOf(events));
      outcome = 'kept';
    } finally {
      this.metrics.batch(name, outcome, secondsSince(begun), events.length);
    }
  }
}

function poisonOf(command: readonly StoredEvent[], cause: unknown): Error {
  const [first, last] = [command[0] as StoredEvent, command.at(-1) as StoredEvent];
  const where = first === last ? `position ${first.position}` : `positions ${first.position} to ${last.position}`;
  const types = [...new Set(command.map(({ type }) => type))].join(', ');
  const { message } = cause as { message?: unknown };
  return new Error(`cannot take ${where} (${types} of ${last.stream}): ${String(message ?? cause)}`, { cause });
}

function commandsOf(events: readonly StoredEvent[]): StoredEvent[][] {
  const commands: StoredEvent[][] = [];
  let open: string | undefined;
  for (const event of events) {
    const id = COMMAND.exec(event.envelope)?.[1];
    if (id === undefined || id !== open || FIRST.test(event.envelope)) commands.push([]);
    commands.at(-1)?.push(event);
    open = id;
  }
  return commands;
}

function linksOf(events: readonly StoredEvent[]): Link[] {
  const said = new Set<string>();
  for (const { envelope } of events) {
    const traceparent = TRACEPARENT.exec(envelope)?.[1];
    if (traceparent !== undefined) said.add(traceparent);
    if (said.size === MOST_LINKS) break;
  }
  return [...said].flatMap((traceparent) => {
    const context = spanContextOf(traceparent);
    return context ? [{ context }] : [];
  });
}
