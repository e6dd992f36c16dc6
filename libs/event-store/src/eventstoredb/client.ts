import { streamNameFilter, type BinaryEventData, type ResolvedEvent } from '@eventstore/db-client';
import type { EventStoreDbAddress } from './address.js';
import { type AppendCall, AppendStream, type Written } from './append-stream.js';
import { troubleOf } from './errors.js';
import { LogRead } from './log-read.js';
import { PassedOver } from './passed-over.js';
import { RegisterClient } from './register-client.js';
import type { LogPlace, ServerEvent } from './record.js';
import { StoreFault } from '../store-fault.js';

/** What a subscription tells. Nothing here may throw. */
export interface Listener {
  /** The server has taken it up. */
  onConfirmed(): void;
  onEvent(event: ServerEvent): void;
  /** All events up to a place have been told that pass the filter. */
  onPlace(place: LogPlace): void;
  onCaughtUp(): void;
  /** It is over; undefined where the server ended it without saying why. Told once. */
  onEnd(thrown: unknown): void;
}

export interface Subscribed {
  /** Ends it; nothing is told any more. */
  end(): void;
}

/** As much of the client's streams as is used here. */
interface Reads {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'data', listener: (resolved: ResolvedEvent) => void): unknown;
}

/** Milliseconds beyond a call's own deadline after which nobody waits for the client any more. */
const GRACE_MS = 500;

/**
 * The few calls that the store makes, each with an end. Revisions are the register's: what is passed over is not counted,
 * except where a call says so.
 */
export class EventStoreDbConnection {
  readonly passedOver = new PassedOver();
  readonly #client: RegisterClient;
  readonly #callMs: number;
  readonly #appends: AppendStream;

  /** @param callMs time for one call, in milliseconds. */
  constructor(address: EventStoreDbAddress, callMs: number) {
    this.#client = new RegisterClient(address);
    this.#callMs = callMs;
    const begin = (): Promise<AppendCall | undefined> => within(this.#client.appending(), callMs);
    this.#appends = new AppendStream({ begin, answerMs: callMs });
  }

  /** Makes appends ready, which are slower until then. */
  beginAppends(): Promise<void> {
    return this.#appends.begin();
  }

  /**
   * Writes to one stream at the leader.
   *
   * @param revision the last revision expected, −1 for no stream.
   * @param way alone: by a call of its own, for what was not answered, or not so that it was understood.
   * @returns the last revision written, and where it stands in the server's log, as far as the server says so.
   */
  async append(
    stream: string,
    revision: number,
    events: BinaryEventData[],
    way: 'beside others' | 'alone' = 'alone',
  ): Promise<Written> {
    const counted = this.passedOver.theirs(stream, revision);
    const written =
      way === 'beside others' && this.#appends.takes(events)
        ? await this.#appends.append(stream, counted, events)
        : await this.appendAsCounted(stream, counted, events);
    return { ...written, revision: this.passedOver.ours(stream, written.revision) };
  }

  /** The same alone, by the server's revisions. */
  async appendAsCounted(stream: string, revision: number, events: BinaryEventData[]): Promise<Written> {
    const appending = this.#client.appendToStream(stream, events, {
      expectedRevision: revision < 0 ? 'no_stream' : BigInt(revision),
      requiresLeader: true,
      deadline: this.#callMs,
    });
    const { nextExpectedRevision, position } = await within(appending, this.#callMs + GRACE_MS);
    return { revision: Number(nextExpectedRevision), place: position };
  }

  /** Events of a stream, from the leader; none for a stream that does not exist. */
  async readStream(stream: string, from: number, limit = Number.MAX_SAFE_INTEGER): Promise<ServerEvent[]> {
    const { passedOver } = this;
    const events: ServerEvent[] = [];
    const most = limit + passedOver.countIn(stream);
    await this.#readStream(stream, passedOver.theirs(stream, from - 1) + 1, most, (event) => {
      const seen = passedOver.seen(event);
      return !seen || events.push(seen) < limit;
    });
    return events;
  }

  /** The same by the server's revisions, with all that it has there. @param node any, for what may also be looked at again later. */
  async readStreamAsCounted(
    stream: string,
    from: number,
    limit = Number.MAX_SAFE_INTEGER,
    node: 'leader' | 'any' = 'leader',
  ): Promise<ServerEvent[]> {
    const events: ServerEvent[] = [];
    await this.#readStream(stream, from, limit, (event) => events.push(event) < limit, node === 'leader');
    return events;
  }

  async #readStream(
    stream: string,
    from: number,
    limit: number,
    take: (event: ServerEvent) => boolean,
    requiresLeader = true,
  ): Promise<void> {
    const maxCount = Math.min(limit, Number.MAX_SAFE_INTEGER);
    try {
      const read = this.#client.readStream(stream, { fromRevision: BigInt(from), maxCount, requiresLeader });
      await this.#collect(read, () => read.cancel(), take);
    } catch (thrown) {
      if (troubleOf(thrown).kind !== 'no stream') throw thrown;
    }
  }

  /** Reads the whole log of the server, whoever's the events are, as the server counts. */
  async readWhole(take: (event: ServerEvent) => void): Promise<void> {
    const read = this.#client.readAll({ requiresLeader: true });
    await this.#collect(
      read,
      () => read.cancel(),
      (event) => {
        take(event);
        return true;
      },
    );
  }

  /** Last revision of a stream, from the leader; −1 where there is none. */
  async lastRevision(stream: string): Promise<number> {
    return this.passedOver.ours(stream, (await this.#last(stream))?.revision ?? -1);
  }

  /** A stream's metadata as the server keeps it, undefined where it has none. */
  async metadataOf(stream: string): Promise<unknown> {
    return (await this.#last(`$$${stream}`))?.data;
  }

  /** Reads the last event of the whole log at the leader, whoever's it is: that there is one, and that this user may. */
  async readEnd(): Promise<void> {
    const asked = { fromPosition: 'end', direction: 'backwards', maxCount: 1, requiresLeader: true } as const;
    const read = this.#client.readAll(asked);
    await this.#collect(
      read,
      () => read.cancel(),
      () => true,
    );
  }

  async #last(stream: string): Promise<ServerEvent | undefined> {
    const asked = { fromRevision: 'end', direction: 'backwards', maxCount: 1, requiresLeader: true } as const;
    let last: ServerEvent | undefined;
    try {
      const read = this.#client.readStream(stream, asked);
      await this.#collect(
        read,
        () => read.cancel(),
        (event) => {
          last = event;
          return true;
        },
      );
    } catch (thrown) {
      if (troubleOf(thrown).kind !== 'no stream') throw thrown;
    }
    return last;
  }

  /** Reads on behind a place what is in the log of streams with one of the prefixes. */
  readLog(after: LogPlace | undefined, prefixes: string[]): LogRead {
    const filter = streamNameFilter({ prefixes, checkpointReached: () => Promise.resolve() });
    const subscription = this.#client.subscribeToAll({ fromPosition: after ?? 'start', filter });
    const seenOf = (resolved: ResolvedEvent): ServerEvent | undefined => this.#seen(eventOf(resolved));
    return new LogRead(subscription, seenOf, { after, silenceMs: this.#callMs });
  }

  /** Tells what is in the log behind a place, and what comes to it, until it ends. */
  subscribe(after: LogPlace | undefined, prefixes: string[], listener: Listener): Subscribed {
    let over = false;
    const finish = (tell: () => void): void => {
      if (over) return;
      over = true;
      subscription.unsubscribe().catch(() => undefined);
      tell();
    };
    const emptied = async (): Promise<void> => {
      while (!over && subscription.readableLength > 0) await new Promise((resolve) => setImmediate(resolve));
    };
    // A checkpoint overtakes the events before it that wait in the stream's buffer: it counts once they have been told.
    const checkpointReached = async (_: unknown, place: LogPlace): Promise<void> => {
      await emptied();
      if (!over) listener.onPlace(place);
    };
    const filter = streamNameFilter({ prefixes, checkpointReached });
    const subscription = this.#client.subscribeToAll({ fromPosition: after ?? 'start', filter });
    // The listener for errors stays for good: an error that nobody listens for ends the process.
    subscription.on('error', (error: unknown) => finish(() => listener.onEnd(error)));
    subscription.on('end', () => finish(() => listener.onEnd(undefined)));
    subscription.on('close', () => finish(() => listener.onEnd(undefined)));
    subscription.on('confirmation', () => over || listener.onConfirmed());
    subscription.on('caughtUp', () => void emptied().then(() => over || listener.onCaughtUp()));
    subscription.on('data', (resolved: ResolvedEvent) => {
      const event = over ? undefined : this.#seen(eventOf(resolved));
      if (event) listener.onEvent(event);
    });
    return { end: () => finish(() => undefined) };
  }

  #seen(event: ServerEvent | undefined): ServerEvent | undefined {
    return event && this.passedOver.seen(event);
  }

  async close(): Promise<void> {
    this.#appends.end();
    await within(this.#client.close(), this.#callMs).catch(() => undefined);
  }

  /** Reads until the end, or until `take` says no, or until nothing comes for a call's time. */
  #collect(read: Reads, cancel: () => Promise<void>, take: (event: ServerEvent) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let over = false;
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        if (over) return;
        over = true;
        settle();
      };
      const stop = (settle: () => void): void => {
        if (!over) cancel().catch(() => undefined);
        finish(settle);
      };
      const timer = setTimeout(() => stop(() => reject(noAnswer(this.#callMs))), this.#callMs);
      read.on('error', (error) => finish(() => reject(error)));
      read.on('end', () => finish(resolve));
      read.on('data', (resolved) => {
        const event = eventOf(resolved);
        if (over || !event) return;
        timer.refresh();
        if (!take(event)) stop(resolve);
      });
    });
  }
}

const eventOf = ({ event }: ResolvedEvent): ServerEvent | undefined =>
  event && {
    stream: event.streamId,
    revision: Number(event.revision),
    id: event.id,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    createdAt: event.created.getTime(),
    place: event.position ?? { commit: -1n, prepare: -1n },
  };

const noAnswer = (ms: number): StoreFault => new StoreFault('STORE_UNREACHABLE', `no answer within ${ms} ms`);

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer(ms)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
