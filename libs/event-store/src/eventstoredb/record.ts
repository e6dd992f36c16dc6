import type { BinaryEventData } from '@eventstore/db-client';
import { instantOf, type NewEvent } from '#kernel';
import { StoreFault } from '../store-fault.js';

/** What is kept beside an event's own bytes: how it came, so that a repeated append is known again. */
export interface Arrival {
  /** Id of the first event of the append it came with. */
  readonly append: string;
  /** Place in that append, and its events in all. */
  readonly index: number;
  readonly count: number;
  /** Whether it is the last of its append for its stream: what is written to one stream is there whole. */
  readonly endsWrite: boolean;
  /** The append that wrote it: the opened store, and its number there. */
  readonly writer: string;
  /** Recording instant kept from an import's source, UTC epoch milliseconds. */
  readonly keptAt?: number;
}

/** An event as the server gives it back. */
export interface ServerEvent {
  readonly stream: string;
  readonly revision: number;
  /** As the server counts, where it counts foreign events that are passed over. */
  readonly counted?: number;
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

export const goesBefore = (one: LogPlace, other: LogPlace): boolean =>
  one.commit === other.commit ? one.prepare < other.prepare : one.commit < other.commit;

/** An event of ours, read. */
export interface ReadEvent {
  readonly event: NewEvent;
  readonly arrival: Arrival;
}

/** First in the metadata of every event of ours. */
const FORMAT = 'register2';

/** As a register wrote it before: a line, and then the envelope as it is. The client fails to read that as JSON, slowly. */
const EARLIER = /^register1 (\d+) (\d+) (\d+) ([01]) ([0-9a-f-]{36}) ([0-9a-f]+) (-|\d+)\n/;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws TypeError for an id that EventStoreDB cannot hold, or would give back in another form. */
export const requireUuid = (id: string): void => {
  if (!UUID.test(id)) throw new TypeError(`an event id that is not a UUID in small letters: ${JSON.stringify(id)}`);
};

/**
 * An event as it goes over the wire: the payload's bytes are its data; its metadata is a list in JSON of how it came, and
 * the envelope as a text, so that the client, which reads all metadata as JSON, gives back the envelope's very bytes.
 */
export const proposed = (
  { id, type, schemaVersion, payload, envelope }: NewEvent,
  arrival: Arrival,
): BinaryEventData => {
  const { append, index, count, endsWrite, writer, keptAt = null } = arrival;
  const metadata = JSON.stringify([FORMAT, schemaVersion, index, count, endsWrite, append, writer, keptAt, envelope]);
  return { id, type, contentType: 'application/octet-stream', data: bytesOf(payload), metadata: bytesOf(metadata) };
};

/** @throws StoreFault `STORE_FOREIGN_EVENT` for an event in one of our streams that the register did not write. */
export const readEvent = (event: ServerEvent): ReadEvent => {
  const { id, type, data, metadata } = event;
  const beside = isBytes(data) ? besideOf(metadata) : undefined;
  if (isBytes(data) && beside) {
    const { schemaVersion, envelope, ...arrival } = beside;
    return { event: { id, type, schemaVersion, payload: textOf(data), envelope }, arrival };
  }
  throw foreignFault(event);
};

/** Whether the register wrote it. */
export const isOurs = ({ data, metadata }: ServerEvent): boolean => isBytes(data) && besideOf(metadata) !== undefined;

/** The event that a server leaves where a stream was deleted for good, at the end of all revisions. */
const TOMBSTONE = '$streamDeleted';

export const isTombstone = ({ type }: ServerEvent): boolean => type === TOMBSTONE;

const foreignFault = (event: ServerEvent): StoreFault => {
  const { stream, revision, counted = revision, id, type, createdAt } = event;
  const at = instantOf(createdAt);
  if (isTombstone(event)) {
    return new StoreFault(
      'STORE_STREAM_DELETED',
      `${stream} was deleted on the server for good, with a tombstone (event ${id}, at ${at}): somebody who may delete ` +
        'streams did it; nothing can be written to it again, and scavenging takes its events away: do not scavenge, and ' +
        'restore the log from a backup',
    );
  }
  return new StoreFault(
    'STORE_FOREIGN_EVENT',
    `the register did not write event ${id} (${type}), revision ${counted} of ${stream}, at ${at}: another program or ` +
      'somebody who may write to its streams did; take that right away, and say with register quarantine that it is passed over',
  );
};

/** What an event's metadata says; undefined where it is not ours. */
function besideOf(metadata: unknown): (Arrival & Pick<NewEvent, 'schemaVersion' | 'envelope'>) | undefined {
  if (isBytes(metadata)) return earlierOf(textOf(metadata));
  if (!isWritten(metadata)) return undefined;
  const [, schemaVersion, index, count, endsWrite, append, writer, keptAt, envelope] = metadata;
  return { schemaVersion, index, count, endsWrite, append, writer, envelope, ...(keptAt !== null && { keptAt }) };
}

type Written = readonly [
  format: string,
  schemaVersion: number,
  index: number,
  count: number,
  endsWrite: boolean,
  append: string,
  writer: string,
  keptAt: number | null,
  envelope: string,
];

const isWritten = (metadata: unknown): metadata is Written =>
  Array.isArray(metadata) && metadata.length === 9 && metadata[0] === FORMAT && typeof metadata[8] === 'string';

function earlierOf(text: string): ReturnType<typeof besideOf> {
  const [line, schemaVersion, index, count, endsWrite, append = '', writer = '', kept] = EARLIER.exec(text) ?? [];
  if (line === undefined) return undefined;
  return {
    ...{ append, writer, index: Number(index), count: Number(count), endsWrite: endsWrite === '1' },
    ...{ schemaVersion: Number(schemaVersion), envelope: text.slice(line.length) },
    ...(kept !== '-' && { keptAt: Number(kept) }),
  };
}

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
