import { binaryEvent, type EventData } from '@eventstore/db-client';
import type { NewEvent } from '#kernel';
import { StoreFault } from './store-fault.js';

/** What is kept beside an event's own bytes: how it came, so that a repeated append is known again. */
export interface Arrival {
  /** Id of the first event of the append it came with. */
  readonly append: string;
  /** Place in that append, and its events in all. */
  readonly index: number;
  readonly count: number;
  /** Whether it is the last of its append for its stream: what is written to one stream is there whole. */
  readonly endsWrite: boolean;
  /** The opened store that wrote it. */
  readonly writer: string;
  /** Recording instant kept from an import's source, UTC epoch milliseconds. */
  readonly keptAt?: number;
}

/** An event as the server gives it back. */
export interface ServerEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  /** The server's own instant, UTC epoch milliseconds, cut. */
  readonly createdAt: number;
  readonly place: LogPlace;
}

/** Where an event stands in the server's log: ordered, not dense. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event of ours, read. */
export interface ReadEvent {
  readonly event: NewEvent;
  readonly arrival: Arrival;
}

/** First word of the metadata of every event of ours. */
const FORMAT = 'register1';

const HEAD = /^register1 (\d+) (\d+) (\d+) ([01]) ([0-9a-f-]{36}) ([0-9a-f]+) (-|\d+)$/;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws TypeError for an id that EventStoreDB cannot hold, or would give back in another form. */
export const requireUuid = (id: string): void => {
  if (!UUID.test(id)) throw new TypeError(`an event id that is not a UUID in small letters: ${JSON.stringify(id)}`);
};

/**
 * An event as it goes over the wire: the payload's bytes are its data; its metadata is a line about how it came, and then
 * the envelope's bytes. The line also keeps the client from reading the envelope as JSON and giving something else back.
 */
export const proposed = ({ id, type, schemaVersion, payload, envelope }: NewEvent, arrival: Arrival): EventData => {
  const { append, index, count, endsWrite, writer, keptAt } = arrival;
  const line = [FORMAT, schemaVersion, index, count, endsWrite ? 1 : 0, append, writer, keptAt ?? '-'].join(' ');
  return binaryEvent({ id, type, data: bytesOf(payload), metadata: bytesOf(`${line}\n${envelope}`) });
};

/** @throws StoreFault `STORE_CORRUPT` for an event in one of our streams that the register did not write. */
export const readEvent = ({ stream, revision, id, type, data, metadata }: ServerEvent): ReadEvent => {
  if (isBytes(data) && isBytes(metadata)) {
    const text = textOf(metadata);
    const end = text.indexOf('\n');
    const [, schemaVersion, index, count, endsWrite, append = '', writer = '', kept] =
      HEAD.exec(text.slice(0, end)) ?? [];
    if (schemaVersion !== undefined) {
      return {
        event: { id, type, schemaVersion: Number(schemaVersion), payload: textOf(data), envelope: text.slice(end + 1) },
        arrival: {
          ...{ append, writer, index: Number(index), count: Number(count), endsWrite: endsWrite === '1' },
          ...(kept !== '-' && { keptAt: Number(kept) }),
        },
      };
    }
  }
  throw new StoreFault(
    'STORE_CORRUPT',
    `the register did not write event ${revision} (${type}) of ${stream}; nobody else may write to its streams`,
  );
};

/** Exactly a Uint8Array: the client would write a Buffer as JSON. */
function bytesOf(text: string): Uint8Array {
  const buffer = Buffer.from(text, 'utf8');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
