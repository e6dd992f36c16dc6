import { randomBytes } from 'node:crypto';
import type { Position, StoredEvent } from '#kernel';
import { weigh } from '../append-rules.js';
import {
  type AppendOptions,
  type AppendOutcome,
  EventStore,
  type StorePromises,
  type StreamWrite,
} from '../event-store.js';
import { type EventStoreDbAddress, prefixOf } from './address.js';
import { EventStoreDbAppends } from './appends.js';
import { EventStoreDbConnection } from './client.js';
import { faultOf } from './errors.js';
import { goneEnd, lossOfIndex } from './ends.js';
import { EventStoreDbIndex } from './log-index.js';
import { anotherLog } from './log-index-file.js';
import { LogReads } from './log-read.js';
import { requireUuid } from './record.js';
import { type EventStoreDbOptions, type EventStoreDbSettings, settingsOf } from './options.js';
import { patiently } from './patience.js';
import { EventStoreDbReads } from './reads.js';
import { EventStoreDbForeign } from './foreign.js';
import { EventStoreDbKeeping, forgetful } from './keeping.js';
import { type Patiently, requireLetIn, startingFault } from './starting.js';
import { EventStoreDbTail } from './tail.js';
import type { LogLoss } from '../log-mark.js';
import { SharedLook } from './shared-look.js';
import { closedFault, isStoreFault, replacedFault, StoreFault } from '../store-fault.js';
import { Waiting } from '../waiting.js';

/**
 * The log in EventStoreDB or KurrentDB, for a cluster that is there already. Streams are named
 * `register-<name>|<stream>`; everything else in the database is passed over.
 *
 * Positions come from the log's order alone, so all processes agree on them; a process gives them out once it has read
 * its way there.
 */
export class EventStoreDbEventStore extends EventStore {
  override readonly promises: StorePromises = { wholeAcrossStreams: false, idsUniqueAcrossStreams: false };
  readonly #prefix: string;
  readonly #register: string;
  readonly #options: EventStoreDbSettings;
  readonly #connection: EventStoreDbConnection;
  readonly #index: EventStoreDbIndex;
  readonly #tail: EventStoreDbTail;
  readonly #keeping: EventStoreDbKeeping;
  readonly #foreign: EventStoreDbForeign;
  readonly #appends: EventStoreDbAppends;
  readonly #log: LogReads;
  readonly #reads: EventStoreDbReads;
  readonly #sameLog = new SharedLook(() => this.#lookForSameLog());
  readonly #waiting: Waiting;
  readonly #underWay = new Set<Promise<unknown>>();
  #afterwards: () => void = () => undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: EventStoreDbOptions, address: EventStoreDbAddress) {
    super();
    this.#options = settingsOf(options, address);
    const { resolveMs, positionMs, pauseMs, silenceMs, callMs } = this.#options;
    const prefix = prefixOf(address.register);
    this.#prefix = prefix;
    this.#register = address.register;
    const index = new EventStoreDbIndex(options.dir, address.register, {
      onNote: options.onNote,
      onTrouble: (fault) => this.#tail.hold(fault),
    });
    this.#index = index;
    const connection = new EventStoreDbConnection(address, callMs);
    this.#connection = connection;
    this.#log = new LogReads((after) => connection.readLog(after, [prefix]));
    this.#waiting = new Waiting(() => this.#index.head, 0);
    this.#keeping = new EventStoreDbKeeping({ connection, index, prefix });
    this.#foreign = new EventStoreDbForeign(connection, prefix);
    this.#tail = new EventStoreDbTail({
      ...{ connection, index, prefix, pauseMs, silenceMs },
      onEvents: (events) => {
        this.#appends.arrived(events);
        this.#waiting.wake(index.head);
      },
      onMetadata: (stream, metadata) => this.#keeping.noted(stream, metadata),
      requireSameLog: () => this.#sameLog.now(),
      lookAtForeign: () =>
        this.#read('look at what is passed over', () => this.#foreign.refresh()).then(() => this.#log.end()),
      // Whoever waits is woken and meets the fault on reading, where it can be answered.
      onFault: (fault) => {
        this.#waiting.wake(Number.POSITIVE_INFINITY);
        if (isStoreFault(fault) && fault.code === 'STORE_REPLACED') options.onReplaced?.(fault);
      },
    });
    const indexed = (stream: string, revision: number): Promise<boolean> => this.#indexed(stream, revision);
    const onLate = (): void => this.#tail.nudge();
    this.#reads = new EventStoreDbReads({
      ...{ connection, index, prefix, log: this.#log, indexed, onLate },
      recent: (from, to) => this.#tail.recent(from, to),
      read: (doing, read) => this.#read(doing, read),
      whyMissing: (stream) => this.#whyMissing(stream),
    });
    this.#appends = new EventStoreDbAppends({
      ...{ connection, index, prefix, resolveMs, positionMs, indexed, onLate },
      writer: randomBytes(6).toString('hex'),
      eventsAt: (entries) => this.#reads.eventsAt(entries),
      hears: () => this.#tail.hears,
      requireSameLog: () => this.#sameLog.now(),
    });
  }

  /**
   * The store, connected and at the end of the log; or what its index knows and the log has not.
   *
   * @param afterwards done when it has closed.
   * @throws Refusal `CONFIG_EVENT_STORE_URL`, `STORE_INDEX_OF_ANOTHER_LOG`; StoreFault `STORE_FORGETS_EVENTS` for a stream
   *   with $maxAge, $maxCount or $tb.
   */
  static async started(
    options: EventStoreDbOptions,
    address: EventStoreDbAddress,
    afterwards: () => void = () => undefined,
  ): Promise<EventStoreDbEventStore | LogLoss> {
    const store = new EventStoreDbEventStore(options, address);
    try {
      const loss = await store.#start(address);
      if (!loss) {
        store.#afterwards = afterwards;
        return store;
      }
      await store.close();
      return loss;
    } catch (thrown) {
      await store.close();
      throw thrown;
    }
  }

  override async append(writes: readonly StreamWrite[], options: AppendOptions = {}): Promise<AppendOutcome> {
    this.#requireOpen();
    if (this.#options.readOnly) throw new StoreFault('STORE_READ_ONLY', 'the log is open for reading only');
    const { refused } = weigh(writes);
    for (const { events } of writes) for (const { id } of events) requireUuid(id);
    if (refused) return refused;
    this.#tail.requireUp();
    this.#keeping.requireKept();
    if (this.#underWay.size >= this.#options.queueLimit) return { kind: 'overloaded' };
    const work = this.#appends.append(writes, options);
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  override async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    this.#tail.requireSound();
    return this.#reads.stream(stream, from);
  }

  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    this.#tail.requireSound();
    return this.#reads.page(from, limit);
  }

  override async head(): Promise<Position> {
    this.#requireOpen();
    this.#tail.requireSound();
    return this.#index.head;
  }

  override async whenBeyond(position: Position, signal: AbortSignal): Promise<boolean> {
    this.#requireOpen();
    this.#tail.requireSound();
    return this.#waiting.whenBeyond(position, signal);
  }

  override async answers(): Promise<void> {
    this.#requireOpen();
    this.#tail.requireUp();
    try {
      await this.#connection.readEnd();
    } catch (thrown) {
      throw faultOf(thrown, 'read the end of the log');
    }
    this.#keeping.requireKept();
    if (this.#tail.connected) return;
    const said = this.#tail.lastError;
    const why = said === undefined ? '' : ` (${said})`;
    throw new StoreFault('STORE_BEHIND', `the event store answers, and its newest events do not come${why}`);
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.#waiting.end();
    await this.#tail.stop();
    await this.#keeping.stop();
    this.#log.end();
    await this.#connection.close();
    this.#index.close();
    this.#afterwards();
  }

  async #start(address: EventStoreDbAddress): Promise<LogLoss | undefined> {
    try {
      await this.#requireLetIn(address);
      await this.#patiently(this.#options.connectMs, () => this.#foreign.refresh());
      const loss = await this.#lossOfIndex(address.register);
      if (loss) return loss;
      await this.#tail.start(this.#options.connectMs);
    } catch (thrown) {
      throw startingFault(thrown, address);
    }
    if (!this.#options.readOnly) await this.#connection.beginAppends();
    this.#index.commit();
    try {
      await this.#keeping.start();
    } catch (thrown) {
      if (!isStoreFault(thrown)) throw faultOf(thrown, 'look through the streams of the register');
      // What was noted is to be there at the next start.
      this.#index.commit();
      throw forgetful(thrown);
    }
    return undefined;
  }

  #requireLetIn(address: EventStoreDbAddress): Promise<void> {
    const { connectMs, callMs, readOnly } = this.#options;
    const ends = [this.#index.at(0), this.#index.at(this.#index.head)].flatMap((entry) => entry?.stream ?? []);
    const streams = [...new Set([...ends, 'no/stream'])].map((stream) => this.#prefix + stream);
    const patiently: Patiently = (work) => this.#patiently(connectMs, work);
    return requireLetIn(address, streams, { callMs, writes: !readOnly, patiently });
  }

  /**
   * The index belongs to this log if the log has its first and last event where the index says; where it only began as
   * this log did, it knows of what is missing.
   */
  async #lossOfIndex(register: string): Promise<LogLoss | undefined> {
    const index = this.#index;
    const gone = await this.#patiently(this.#options.connectMs, () =>
      goneEnd(this.#connection, this.#index, this.#prefix),
    );
    if (!gone) return undefined;
    if (gone.says !== null || gone.isCut) throw forgetful(await this.#keeping.whyMissing(gone.entry.stream));
    if (gone.isAnother) throw anotherLog(index.file, register);
    return lossOfIndex(index, register, gone.entry);
  }

  /** The same while it is open: what is found out stops the store for good. A stream that was cut is not another log. */
  async #lookForSameLog(): Promise<void> {
    const gone = await this.#read('look at the log again', () => goneEnd(this.#connection, this.#index, this.#prefix));
    if (!gone || gone.says !== null || gone.isCut) return;
    const { position, id } = gone.entry;
    const how = `event ${id} is no longer at position ${position}`;
    const fault = replacedFault(how, `register ${this.#register} of the event store`);
    this.#tail.fail(fault);
    throw fault;
  }

  async #whyMissing(stream: string): Promise<StoreFault> {
    await this.#sameLog.now();
    return this.#read(`look through ${stream}`, () => this.#keeping.whyMissing(stream));
  }

  /** Waits for the index to come to a revision of a stream. */
  async #indexed(stream: string, revision: number): Promise<boolean> {
    const has = (): boolean => this.#index.lastRevision(stream) >= revision;
    const stop = AbortSignal.timeout(this.#options.positionMs);
    while (!has()) {
      this.#tail.requireUp();
      if (!(await this.#waiting.whenBeyond(this.#index.head, stop))) return has();
    }
    return true;
  }

  /** A read changes nothing, so it is tried again while the client connects anew. */
  async #read<T>(doing: string, read: () => Promise<T>): Promise<T> {
    try {
      return await this.#patiently(this.#options.callMs, read);
    } catch (thrown) {
      throw isStoreFault(thrown) && thrown.code !== 'STORE_UNREACHABLE' ? thrown : faultOf(thrown, doing);
    }
  }

  #patiently<T>(patienceMs: number, read: () => Promise<T>): Promise<T> {
    return patiently(read, { patienceMs, isOver: () => this.#closing !== undefined });
  }

  #requireOpen(): void {
    if (this.#closing) throw closedFault();
  }
}
