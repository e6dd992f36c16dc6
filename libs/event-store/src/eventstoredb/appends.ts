import { setTimeout as pause } from 'node:timers/promises';
import { instantOf, type NewEvent } from '#kernel';
import type { AppendOptions, AppendOutcome, StreamWrite } from '../event-store.js';
import { Expected, isAsPlanned, isSame, neededBy, type Plan, planOf, writeOf } from './append-plan.js';
import type { EventStoreDbConnection } from './client.js';
import { faultOf, troubleOf } from './errors.js';
import type { Entry } from './entry.js';
import type { EventStoreDbIndex } from './log-index.js';
import { type Arrival, goesBefore, type LogPlace, proposed, readEvent } from './record.js';
import type { TailEvent } from './intake.js';
import { isStoreFault, StoreFault } from '../store-fault.js';
import { Turns } from '../turns.js';

/** What the appends need of the store around them. */
export interface AppendsOptions {
  readonly connection: EventStoreDbConnection;
  readonly index: EventStoreDbIndex;
  readonly prefix: string;
  /** Names this opened store, in front of a number for each append, in what it writes. */
  readonly writer: string;
  /** Events that are in the index, with how they came. */
  readonly eventsAt: (entries: readonly Entry[]) => Promise<readonly TailEvent[]>;
  /** Resolves with whether the index has come to a revision of a stream in time. */
  readonly indexed: (stream: string, revision: number) => Promise<boolean>;
  /** Whether nothing can have happened to the log unheard, up to this moment. */
  readonly hears: () => boolean;
  /** Looks whether the log is still the one that the index is of. @throws StoreFault `STORE_REPLACED` where it is not. */
  readonly requireSameLog: () => Promise<void>;
  /** Longest time in which an append whose answer got lost is looked for and sent again, in milliseconds. */
  readonly resolveMs: number;
  /** Longest wait for the positions of what is written, in milliseconds; then the outcome has none. */
  readonly positionMs: number;
  /** Called where the positions did not come in time. */
  readonly onLate: () => void;
}

/**
 * The writing half of the EventStoreDB store.
 *
 * The server checks a stream's expected revision; ids it only compares where the expectation is behind the stream's end,
 * and bodies never. So an append is looked up by its ids first, which is enough because the index is known to hold the
 * stream up to the expected revision; and what was written is compared when it comes down the log, or read back where it
 * does not come in time.
 */
export class EventStoreDbAppends {
  readonly #options: AppendsOptions;
  readonly #turns = new Turns();
  readonly #expected = new Map<string, Expected>();
  #count = 0;

  constructor(options: AppendsOptions) {
    this.#options = options;
  }

  /** Appends with a stream or an id in common wait for each other: only other processes can come in between. */
  append(writes: readonly StreamWrite[], options: AppendOptions): Promise<AppendOutcome> {
    this.#count += 1;
    const plan = planOf(writes, options, `${this.#options.writer}.${this.#count.toString(36)}`);
    const alone = new Set([...writes.map(({ stream }) => `stream ${stream}`), ...plan.events.map(({ id }) => id)]);
    return this.#turns.take({ alone }, () => this.#append(plan));
  }

  /** Takes note of events that have come down the log. */
  arrived(events: readonly TailEvent[]): void {
    if (this.#expected.size === 0) return;
    for (const event of events) this.#expected.get(event.stored.id)?.arrived(event);
  }

  async #append(plan: Plan): Promise<AppendOutcome> {
    const expected = new Expected(plan);
    for (const { id } of plan.events) this.#expected.set(id, expected);
    try {
      for (;;) {
        const earlier = await this.#earlierTry(plan, expected);
        if (typeof earlier !== 'number') return earlier;
        const met = await this.#expectationsOf(plan.writes.slice(earlier));
        if (met === 'look again') continue;
        if (met !== 'met') return met;
        const refused = await this.#writeFrom(plan, earlier);
        if (refused === 'look again') continue;
        if (refused) return refused;
        const placed = await expected.placed(this.#options.positionMs);
        if (placed !== 'late') return placed;
        this.#options.onLate();
        return await this.#readBack(plan);
      }
    } finally {
      for (const { id } of plan.events) this.#expected.delete(id);
    }
  }

  /** The outcome for an append that was there before; else how many of its writes are there from an unfinished try. */
  async #earlierTry(plan: Plan, expected: Expected): Promise<AppendOutcome | number> {
    const found = plan.events.map(({ id }) => this.#options.index.ofId(id));
    const entries = found.filter((entry) => entry !== undefined);
    const first = entries[0];
    if (!first) return 0;
    const events = await this.#options.eventsAt(entries);
    const byId = new Map(events.map((event) => [event.stored.id, event]));
    const same = plan.events.map(({ id }, place) => {
      const there = byId.get(id);
      return there && there.stored.stream === plan.writes[writeOf(plan, place)]?.stream && isSame(plan, place, there);
    });
    const begun = same.lastIndexOf(true) + 1;
    const whole = begun === 0 || plan.arrivals[begun - 1]?.endsWrite === true;
    if (!whole || same.slice(0, begun).includes(undefined) || same.includes(false)) {
      return { kind: 'id taken', id: first.id };
    }
    for (const event of events) expected.arrived(event);
    if (begun < plan.events.length) return writeOf(plan, begun - 1) + 1;
    const positions = entries.map(({ position }) => position);
    return { kind: 'already appended', positions, recordedAt: instantOf(first.recordedAt) };
  }

  /** Looks at every expectation before anything is written. */
  async #expectationsOf(writes: readonly StreamWrite[]): Promise<AppendOutcome | 'met' | 'look again'> {
    const { index, connection, prefix } = this.#options;
    const lengths = new Map<string, number>();
    for (const { stream, expected, events } of writes) {
      const needed = neededBy(expected);
      const isMet = (last: number): boolean => last === needed && (expected === 'no stream' || last >= 0);
      let last = lengths.get(stream) ?? index.lastRevision(stream);
      // The server checks it again for the first write, and nothing is lost by asking it for nothing.
      if (!lengths.has(stream) && (!isMet(last) || lengths.size > 0)) {
        const actual = await this.#reading(`look at ${stream}`, () => connection.lastRevision(prefix + stream));
        if (actual > index.lastRevision(stream)) {
          await this.#caughtUpWith(stream, actual);
          return 'look again';
        }
        if (actual < index.lastRevision(stream)) {
          await this.#options.requireSameLog();
          throw deleted(stream);
        }
        last = actual;
      }
      if (!isMet(last)) return { kind: 'wrong revision', stream, actual: last < 0 ? null : last };
      lengths.set(stream, last + events.length);
    }
    return 'met';
  }

  async #writeFrom(plan: Plan, from: number): Promise<AppendOutcome | 'look again' | undefined> {
    for (const [at, write] of plan.writes.entries()) {
      if (at < from) continue;
      const refused = await this.#write(plan, at, write);
      if (refused) return refused;
    }
    return undefined;
  }

  /**
   * One write, until it is known what became of it. Sent again with the same expectation and ids it is never written
   * twice: the server knows it again, or has gone beyond the expectation and refuses it.
   */
  async #write(plan: Plan, at: number, write: StreamWrite): Promise<AppendOutcome | 'look again' | undefined> {
    const { connection, prefix, resolveMs } = this.#options;
    const { stream, expected, events } = write;
    const first = plan.writes.slice(0, at).reduce((sum, { events: earlier }) => sum + earlier.length, 0);
    const data = events.map((event, index) => proposed(event, plan.arrivals[first + index] as Arrival));
    const until = performance.now() + resolveMs;
    for (let tries = 0; ; tries++) {
      try {
        // What was not heard of meanwhile may be that another log was put there: nothing is written to that.
        if (tries > 0 || !this.#options.hears()) await this.#options.requireSameLog();
        const way = tries === 0 ? 'beside others' : 'alone';
        const { revision, place } = await connection.append(prefix + stream, neededBy(expected), data, way);
        if (this.#isBehind(place, events)) await this.#options.requireSameLog();
        if (revision === neededBy(expected) + events.length) return undefined;
        throw deleted(stream);
      } catch (thrown) {
        if (isStoreFault(thrown) && thrown.code === 'STORE_REPLACED') return { kind: 'unknown', cause: thrown };
        const trouble = troubleOf(thrown);
        switch (trouble.kind) {
          case 'wrong revision':
            return this.#lostTo(write, connection.passedOver.ours(prefix + stream, trouble.actual));
          case 'too large': {
            // The server counts the data of events, what stands beside it apart.
            const bytes = events.reduce((sum, { payload }) => sum + Buffer.byteLength(payload), 0);
            return { kind: 'too large', bytes, limit: trouble.limit };
          }
          case 'denied':
          case 'deleted':
            throw faultOf(thrown, `write ${stream}`);
          default:
            if ((thrown as { code?: unknown }).code === 'STORE_STREAM_DELETED') throw thrown;
        }
        const found = trouble.kind === 'not leader' ? 'nothing' : await this.#foundBack(write);
        if (found === 'there') return undefined;
        if (typeof found === 'number') return this.#lostTo(write, found);
        if (performance.now() > until) return { kind: 'unknown', cause: thrown };
        await pause(Math.min(50 * 2 ** tries, 1_000) * (1 - Math.random() / 2));
      }
    }
  }

  /** Whether an append was taken at a place that the log had gone past, and is not one that was there before. */
  #isBehind(place: LogPlace | undefined, [first]: readonly NewEvent[]): boolean {
    const { index } = this.#options;
    if (!place || !index.place || goesBefore(index.place, place)) return false;
    return first !== undefined && index.ofId(first.id) === undefined;
  }

  /** Another's event stands where ours was to go, unless it is ours from an earlier try. */
  async #lostTo({ stream, events }: StreamWrite, actual: number): Promise<AppendOutcome | 'look again'> {
    const { index } = this.#options;
    if (actual >= 0 && index.lastRevision(stream) < actual) await this.#caughtUpWith(stream, actual);
    if (events.some(({ id }) => index.ofId(id)?.stream === stream)) return 'look again';
    return { kind: 'wrong revision', stream, actual: actual < 0 ? null : actual };
  }

  /** Reads back what stands behind the expected revision: ours, nothing, or another's with the stream's last revision. */
  async #foundBack({ stream, expected, events }: StreamWrite): Promise<'there' | 'nothing' | 'no answer' | number> {
    const { connection, prefix } = this.#options;
    const from = neededBy(expected) + 1;
    try {
      const found = await connection.readStream(prefix + stream, from, events.length);
      if (found.length === 0) return 'nothing';
      if (found.every(({ id }, index) => id === events[index]?.id) && found.length === events.length) return 'there';
      return await connection.lastRevision(prefix + stream);
    } catch {
      // It did not answer this either: to be asked again.
      return 'no answer';
    }
  }

  /** The server knows ids of a stream again, and not what they said: what is not seen to come has to be looked at. */
  async #readBack(plan: Plan): Promise<AppendOutcome> {
    const { connection, prefix } = this.#options;
    let [place, own] = [0, false];
    try {
      await this.#options.requireSameLog();
      for (const { stream, expected, events } of plan.writes) {
        const found = await connection.readStream(prefix + stream, neededBy(expected) + 1, events.length);
        for (const [at, { id }] of events.entries()) {
          const there = found[at] && readEvent(found[at]);
          if (there?.event.id !== id || !isAsPlanned(plan, place, there)) return { kind: 'id taken', id };
          own ||= there.arrival.writer === plan.arrivals[place]?.writer;
          place += 1;
        }
      }
    } catch (thrown) {
      return { kind: 'unknown', cause: thrown };
    }
    return { kind: own ? 'appended' : 'already appended', positions: null, recordedAt: null };
  }

  async #caughtUpWith(stream: string, revision: number): Promise<void> {
    if (await this.#options.indexed(stream, revision)) return;
    throw new StoreFault('STORE_BEHIND', `the newest events of ${stream} have no positions yet; nothing was written`);
  }

  async #reading<T>(doing: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (thrown) {
      throw faultOf(thrown, doing);
    }
  }
}

const deleted = (stream: string): StoreFault =>
  new StoreFault('STORE_STREAM_DELETED', `${stream} was deleted on the server; restore the log from a backup`);
