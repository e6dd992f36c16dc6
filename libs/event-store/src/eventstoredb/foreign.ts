import { isRefusal, type NewEvent } from '#kernel';
import { parseEventStoreDbUrl, prefixOf } from './address.js';
import { EventStoreDbConnection } from './client.js';
import { faultOf, isOfServer, troubleOf } from './errors.js';
import { REGISTER_STREAM, QUARANTINED, type ForeignEventQuarantined } from './passed-over.js';
import { isOurs, isTombstone, proposed, readEvent, type ServerEvent } from './record.js';
import { isStoreFault } from '../store-fault.js';

/** An event that the register did not write, in one of its streams. */
export interface ForeignEvent {
  /** As the register calls it. */
  readonly stream: string;
  /** As the server counts. */
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** UTC epoch milliseconds. */
  readonly createdAt: number;
  readonly isQuarantined: boolean;
}

/** Time for one call, in milliseconds. */
const CALL_MS = 5_000;

const ALL = Number.MAX_SAFE_INTEGER;

/** How often an append is tried that others were before, or that was not answered. */
const TRIES = 10;

/**
 * What others wrote to the register's streams, and the records of what of it is passed over. Read straight from the streams, not
 * by positions: a foreign event is met before the record that lets it be passed over.
 */
export class EventStoreDbForeign {
  readonly #connection: EventStoreDbConnection;
  readonly #prefix: string;

  constructor(connection: EventStoreDbConnection, prefix: string) {
    this.#connection = connection;
    this.#prefix = prefix;
  }

  /** @throws Refusal `CONFIG_EVENT_STORE_URL`; StoreFault for what the server says. */
  static async with(url: string, work: (foreign: EventStoreDbForeign) => Promise<void>): Promise<void> {
    const address = parseEventStoreDbUrl(url);
    const connection = new EventStoreDbConnection(address, address.deadlineMs ?? CALL_MS);
    try {
      await work(new EventStoreDbForeign(connection, prefixOf(address.register)));
    } catch (thrown) {
      if (isRefusal(thrown) || isStoreFault(thrown) || !isOfServer(thrown)) throw thrown;
      throw faultOf(thrown, 'look through the streams of the register');
    } finally {
      await connection.close();
    }
  }

  /**
   * Takes note of what is recorded, where the event recorded is there and foreign: in a copy of the log to another place it is
   * not, and of ours nothing is passed over.
   */
  async refresh(): Promise<void> {
    const { passedOver } = this.#connection;
    // Where a node lags behind the record, the foreign event is stood before a little longer.
    for (const event of await this.#connection.readStreamAsCounted(this.#prefix + REGISTER_STREAM, 0, ALL, 'any')) {
      const said = quarantineIn(event);
      if (!said) continue;
      const stream = this.#prefix + said.stream;
      const [there] = await this.#connection.readStreamAsCounted(stream, said.revision, 1, 'any');
      // Where a scavenge took it, the server still counts it.
      const isGone = there !== undefined && there.revision > said.revision;
      const isIt = there?.revision === said.revision && there.id === said.event && !isOurs(there);
      if (isGone || isIt) passedOver.add(stream, said.revision, said.event);
    }
  }

  /** All there are, in the order of the log. Reads the whole of it. */
  async list(): Promise<readonly ForeignEvent[]> {
    await this.refresh();
    const found: ForeignEvent[] = [];
    await this.#connection.readWhole((event) => {
      if (!event.stream.startsWith(this.#prefix) || isTombstone(event) || isOurs(event)) return;
      found.push(this.#foreign(event));
    });
    return found;
  }

  /** The event at a place of a stream, as the server counts; undefined where there is none, 'ours' for one of the register's. */
  async at(stream: string, revision: number): Promise<ForeignEvent | 'ours' | undefined> {
    await this.refresh();
    const [there] = await this.#connection.readStreamAsCounted(this.#prefix + stream, revision, 1);
    if (there?.revision !== revision) return undefined;
    return isOurs(there) ? 'ours' : this.#foreign(there);
  }

  /** Records what is to be passed over, as one event in the register's own stream. @throws StoreFault where that does not go. */
  async record(event: NewEvent): Promise<void> {
    const stream = this.#prefix + REGISTER_STREAM;
    const arrival = { append: event.id, index: 0, count: 1, endsWrite: true, writer: event.id.slice(0, 8) };
    for (let tries = 0; ; tries++) {
      const there = await this.#connection.readStreamAsCounted(stream, 0);
      if (there.some(({ id }) => id === event.id)) return;
      try {
        await this.#connection.appendAsCounted(stream, there.at(-1)?.revision ?? -1, [proposed(event, arrival)]);
        return;
      } catch (thrown) {
        const { kind } = troubleOf(thrown);
        if (tries < TRIES && (kind === 'wrong revision' || kind === 'no answer' || kind === 'not leader')) continue;
        throw thrown;
      }
    }
  }

  #foreign(event: ServerEvent): ForeignEvent {
    const { stream, revision, id, type, createdAt } = event;
    const isQuarantined = this.#connection.passedOver.has(event);
    return { stream: stream.slice(this.#prefix.length), revision, id, type, createdAt, isQuarantined };
  }
}

/** What an event of the register's own stream says of a foreign one. */
function quarantineIn(event: ServerEvent): ForeignEventQuarantined | undefined {
  if (event.type !== QUARANTINED || !isOurs(event)) return undefined;
  const said = JSON.parse(readEvent(event).event.payload) as Partial<ForeignEventQuarantined>;
  const { stream, revision, event: id, type = '', reason = '' } = said;
  if (typeof stream !== 'string' || typeof id !== 'string' || !Number.isSafeInteger(revision)) return undefined;
  return { stream, revision: Number(revision), event: id, type, reason };
}
