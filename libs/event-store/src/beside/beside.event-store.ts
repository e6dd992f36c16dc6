import type { Position, StoredEvent } from '#kernel';
import { weigh } from '../append-rules.js';
import {
  EventStore,
  type AppendOptions,
  type AppendOutcome,
  type StorePromises,
  type StreamWrite,
} from '../event-store.js';
import { LOG_FORMAT } from '../sqlite/backup.js';
import { closedFault, StoreFault, type StoreFaultCode } from '../store-fault.js';
import { LOG_PATH, MOST_APPEND_BYTES, type AppendAnswered, type AppendAsked } from './answering-appends.js';
import { isNoAnswer, LocalServer } from './call.js';
import { socketOf } from './socket.js';

/**
 * The log of a server beside (ADR 40): read from where it is, appended to through the server that holds it. What the
 * server refuses is refused here in the same words. Where it ends, nothing more is written: `STORE_WRITER_LOST`.
 */
export class BesideEventStore extends EventStore {
  override readonly promises: StorePromises;
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly server: LocalServer,
    private readonly reads: EventStore,
  ) {
    super();
    this.promises = reads.promises;
  }

  /**
   * @param openToRead opens the same log beside its server.
   * @returns undefined where no server that gives its log to others holds the directory.
   */
  static async open(dir: string, openToRead: () => Promise<EventStore>): Promise<BesideEventStore | undefined> {
    const server = new LocalServer(socketOf(dir));
    try {
      if (await givesItsLog(server)) return new BesideEventStore(server, await openToRead());
    } catch (thrown) {
      server.close();
      throw thrown;
    }
    server.close();
    return undefined;
  }

  override async append(writes: readonly StreamWrite[], options: AppendOptions = {}): Promise<AppendOutcome> {
    if (this.#closing) throw closedFault();
    const { refused } = weigh(writes);
    if (refused) return refused;
    const answer = this.#sent({ writes, options });
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  override readStream(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.reads.readStream(stream, from);
  }

  override readStreams(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    return this.reads.readStreams(streams);
  }

  override readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.reads.readAll(from, limit);
  }

  override head(): Promise<Position> {
    return this.reads.head();
  }

  override whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    return this.reads.whenBeyond(position, signal);
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.server.close();
    await this.reads.close();
  }

  async #sent(asked: AppendAsked): Promise<AppendOutcome> {
    const body = JSON.stringify(asked);
    if (Buffer.byteLength(body) > MOST_APPEND_BYTES) return { kind: 'overloaded' };
    let answered: AppendAnswered;
    try {
      const { status, text } = await this.server.text({ path: LOG_PATH, body });
      if (status !== 200) throw new StoreFault('STORE_FAULT', `the server that holds the log answered ${status}`);
      answered = JSON.parse(text) as AppendAnswered;
    } catch (thrown) {
      if (!isNoAnswer(thrown)) throw thrown;
      // It may have written before it ended: whoever asked reads it back.
      if (thrown.wasSent) return { kind: 'unknown', cause: serverEnded() };
      throw serverEnded();
    }
    if ('mistake' in answered) throw new TypeError(answered.mistake);
    if ('fault' in answered) throw new StoreFault(answered.fault.code as StoreFaultCode, answered.fault.message);
    return answered.outcome;
  }
}

async function givesItsLog(server: LocalServer): Promise<boolean> {
  try {
    const { status, text } = await server.text({ method: 'GET', path: LOG_PATH });
    return status === 200 && (JSON.parse(text) as { format?: unknown }).format === LOG_FORMAT;
  } catch (thrown) {
    if (isNoAnswer(thrown)) return false;
    throw thrown;
  }
}

const serverEnded = (): StoreFault =>
  new StoreFault(
    'STORE_WRITER_LOST',
    'the server that holds the log has ended; what it acknowledged is kept: start it again, or let nobody hold the register, and say the same once more, which records nothing twice',
  );
