import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Position, StoredEvent } from '#kernel';
import { weigh } from '../append-rules.js';
import { makeDataDirectory } from '../data-directory.js';
import {
  type AppendOptions,
  type AppendOutcome,
  EventStore,
  type StorePromises,
  type StreamWrite,
} from '../event-store.js';
import { type EventStoreDbAddress, parseEventStoreDbUrl, prefixOf } from './address.js';
import { EventStoreDbAppends } from './appends.js';
import { EventStoreDbConnection } from './client.js';
import { faultOf, isOfServer, troubleOf } from './errors.js';
import { goneEnd, lossOfIndex } from './ends.js';
import type { Entry } from './entry.js';
import { EventStoreDbIndex, removeIndex } from './log-index.js';
import { anotherLog } from './log-index-file.js';
import { LogReads } from './log-read.js';
import { readEvent, requireUuid, type ServerEvent } from './record.js';
import { EventStoreDbForeign } from './foreign.js';
import { EventStoreDbKeeping, forgetful, notThere } from './keeping.js';
import { type Patiently, requireLetIn, startingFault } from './starting.js';
import { EventStoreDbTail, storedOf, type TailEvent } from './tail.js';
import { type LogLoss, lossRefusal } from '../log-mark.js';
import { SharedLook } from './shared-look.js';
import { closedFault, isStoreFault, replacedFault, StoreFault } from '../store-fault.js';
import { Waiting } from '../waiting.js';

export interface EventStoreDbOptions {
  /** `esdb://…`, see `parseEventStoreDbUrl`. */
  readonly url: string;
  /** Where the index of positions is kept. */
  readonly dir: string;
  /** Opens beside the program that holds the register; appends are refused with `STORE_READ_ONLY`. */
  readonly readOnly?: boolean;
  /** Time for one call to the server, in milliseconds; default the address's `defaultDeadline`, or 5,000. */
  readonly callMs?: number;
  /** Longest time in which an append without an answer is looked for and sent again, in milliseconds; default 15,000. */
  readonly resolveMs?: number;
  /** Longest wait for positions, in milliseconds; default 5,000. */
  readonly positionMs?: number;
  /** How long a server that does not answer is waited for at the start, in milliseconds; default 10,000. */
  readonly connectMs?: number;
  /** First pause before a lost subscription is taken up again, in milliseconds; default 50. */
  readonly pauseMs?: number;
  /** A subscription that has said nothing for so long is taken up anew, in milliseconds; default 60,000. */
  readonly silenceMs?: number;
  /** Told what the index knows and the log has not, where it is opened all the same. Without it such a log is refused. */
  readonly onLoss?: ((loss: LogLoss) => void) | undefined;
  /** Told once, where the log is no longer the one that was opened: nothing more is written, and the program is to end. */
  readonly onReplaced?: ((fault: StoreFault) => void) | undefined;
  /** Told of an index that was damaged and is made anew, in a sentence. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Appends under way at once; beyond it `overloaded`. Default 4,096. */
  readonly queueLimit?: number;
}

/** Events of a page from which on it is taken for one of many, and the next one read ahead. */
const PAGE_OF_MANY = 100;

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
  readonly #options: Required<Omit<EventStoreDbOptions, 'url' | 'dir' | 'onLoss' | 'onReplaced' | 'onNote'>>;
  readonly #connection: EventStoreDbConnection;
  readonly #index: EventStoreDbIndex;
  readonly #tail: EventStoreDbTail;
  readonly #keeping: EventStoreDbKeeping;
  readonly #foreign: EventStoreDbForeign;
  readonly #appends: EventStoreDbAppends;
  readonly #reads: LogReads;
  readonly #sameLog = new SharedLook(() => this.#lookForSameLog());
  readonly #waiting: Waiting;
  readonly #underWay = new Set<Promise<unknown>>();
  #afterwards: () => void = () => undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: EventStoreDbOptions, address: EventStoreDbAddress) {
    super();
    this.#options = {
      callMs: address.deadlineMs ?? 5_000,
      ...{ resolveMs: 15_000, positionMs: 5_000, connectMs: 10_000, pauseMs: 50, silenceMs: 60_000, queueLimit: 4_096 },
      readOnly: false,
      ...options,
    };
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
    this.#reads = new LogReads((after) => connection.readLog(after, [prefix]));
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
        this.#read('look at what is passed over', () => this.#foreign.refresh()).then(() => this.#reads.end()),
      // Whoever waits is woken and meets the fault on reading, where it can be answered.
      onFault: (fault) => {
        this.#waiting.wake(Number.POSITIVE_INFINITY);
        if (isStoreFault(fault) && fault.code === 'STORE_REPLACED') options.onReplaced?.(fault);
      },
    });
    this.#appends = new EventStoreDbAppends({
      ...{ connection, index, prefix, resolveMs, positionMs },
      writer: randomBytes(6).toString('hex'),
      eventsAt: (entries) => this.#eventsAt(entries),
      indexed: (stream, revision) => this.#indexed(stream, revision),
      hears: () => this.#tail.hears,
      requireSameLog: () => this.#sameLog.now(),
      onLate: () => this.#tail.nudge(),
    });
  }

  /**
   * Connects, and reads on to the end of the log: with a new data directory that is the whole of it.
   *
   * @throws Refusal `CONFIG_EVENT_STORE_URL`, `STORE_INDEX_OF_ANOTHER_LOG`; `LOG_OLDER_THAN_KNOWN` where the index knows of
   *   events that the log has not; `STORE_FORGETS_EVENTS` for a stream with $maxAge, $maxCount or $tb.
   */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const address = parseEventStoreDbUrl(options.url);
    makeDataDirectory(options.dir);
    const store = await EventStoreDbEventStore.#started(options, address);
    if (store instanceof EventStoreDbEventStore) return store;
    if (!options.onLoss) throw lossRefusal(store);
    if (!options.readOnly) removeIndex(options.dir, address.register);
    const anew = await (options.readOnly
      ? EventStoreDbEventStore.#withoutIndex(options)
      : EventStoreDbEventStore.open(options));
    options.onLoss({ ...store, found: anew.#index.head });
    return anew;
  }

  /** For whoever only looks: what the index knows is still to be met by those who write. */
  static async #withoutIndex(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const dir = mkdtempSync(join(tmpdir(), 'register-index-'));
    const removed = (): void => rmSync(dir, { recursive: true, force: true });
    try {
      const store = await EventStoreDbEventStore.open({ ...options, dir });
      store.#afterwards = removed;
      return store;
    } catch (thrown) {
      removed();
      throw thrown;
    }
  }

  /** The open store, or what its index knows and the log has not. */
  static async #started(
    options: EventStoreDbOptions,
    address: EventStoreDbAddress,
  ): Promise<EventStoreDbEventStore | LogLoss> {
    const store = new EventStoreDbEventStore(options, address);
    try {
      const loss = await store.#start(address);
      if (!loss) return store;
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
    const known = this.#index.lastRevision(stream);
    const found = await this.#read(`read ${stream}`, () => this.#connection.readStream(this.#prefix + stream, from));
    const last = found.at(-1);
    const isWhole = found.every(({ revision }, index) => revision === from + index);
    if (!isWhole || Math.max(known, from - 1) > (last?.revision ?? from - 1)) throw await this.#whyMissing(stream);
    if (!last) return [];
    // A foreign one has no position, and never will.
    if (this.#index.lastRevision(stream) < last.revision) readEvent(last);
    if (!(await this.#indexed(stream, last.revision))) {
      this.#tail.nudge();
      throw new StoreFault('STORE_BEHIND', `the newest events of ${stream} have no positions yet; read it again`);
    }
    const entries = this.#index.ofStream(stream, from);
    return found.map((event, index) => this.#placed(event, entries[index] as Entry).stored);
  }

  override async readAll(from: Position, limit: number): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    this.#tail.requireSound();
    const entries = this.#index.page(from, limit).filter(({ position }) => position <= this.#index.head);
    return (await this.#eventsAt(entries)).map(({ stored }) => stored);
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
    this.#reads.end();
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

  /** Events that the index knows, from memory or from the server. Entries of one page follow each other. */
  async #eventsAt(entries: readonly Entry[]): Promise<readonly TailEvent[]> {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return [];
    const recent = this.#tail.recent(first.position, last.position);
    if (recent && last.position - first.position === entries.length - 1) return recent;
    if (last.position - first.position !== entries.length - 1) {
      return (await Promise.all(entries.map((entry) => this.#eventsAt([entry])))).flat();
    }
    const after = this.#index.at(first.position - 1)?.place;
    const goesOn = entries.length >= PAGE_OF_MANY && last.position < this.#index.head;
    const events = await this.#read('read the log', () => this.#reads.take(after, entries.length, goesOn));
    return entries.map((entry, index) => this.#placed(events[index], entry));
  }

  #placed(event: ServerEvent | undefined, entry: Entry): TailEvent {
    if (event?.id !== entry.id) throw notThere(entry);
    const { event: read, arrival } = readEvent(event);
    return { stored: storedOf(read, entry), arrival };
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

  async #patiently<T>(patienceMs: number, read: () => Promise<T>): Promise<T> {
    const until = performance.now() + patienceMs;
    for (let tries = 0; ; tries++) {
      try {
        return await read();
      } catch (thrown) {
        const { kind } = troubleOf(thrown);
        if (!isOfServer(thrown)) throw thrown;
        if ((kind !== 'no answer' && kind !== 'not leader') || performance.now() > until || this.#closing) throw thrown;
        await pause(Math.min(20 * 2 ** tries, 500) * (1 - Math.random() / 2));
      }
    }
  }

  #requireOpen(): void {
    if (this.#closing) throw closedFault();
  }
}
