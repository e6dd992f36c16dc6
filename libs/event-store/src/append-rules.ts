import type { NewEvent, Position } from '#kernel';
import { type AppendOutcome, EVENT_LIMIT_BYTES, type StreamWrite } from './event-store.js';

/** What can be said about an append without looking at the log. */
export interface Weighed {
  readonly count: number;
  /** UTF-8 bytes of all payloads and envelopes. */
  readonly bytes: number;
  /** Present where the append cannot go in. */
  readonly refused?: AppendOutcome;
}

/** @throws TypeError for what no log can hold: nothing to append, or text without UTF-8 bytes. */
export const weigh = (writes: readonly StreamWrite[]): Weighed => {
  if (writes.length === 0) throw new TypeError('an append without writes');
  const ids = new Set<string>();
  let count = 0;
  let bytes = 0;
  let refused: AppendOutcome | undefined;
  for (const { stream, events } of writes) {
    requireText(stream, 'stream');
    if (events.length === 0) throw new TypeError(`a write without events to ${stream}`);
    for (const event of events) {
      requireEvent(event);
      const size = Buffer.byteLength(event.payload) + Buffer.byteLength(event.envelope);
      if (size > EVENT_LIMIT_BYTES) refused ??= { kind: 'too large', bytes: size, limit: EVENT_LIMIT_BYTES };
      if (ids.has(event.id)) refused ??= { kind: 'id taken', id: event.id };
      ids.add(event.id);
      count += 1;
      bytes += size;
    }
  }
  return { count, bytes, ...(refused && { refused }) };
};

function requireEvent(event: NewEvent): void {
  requireText(event.id, 'event id');
  requireText(event.type, 'event type');
  if (!event.payload.isWellFormed()) throw new TypeError('a payload with a lone surrogate');
  if (!event.envelope.isWellFormed()) throw new TypeError('an envelope with a lone surrogate');
  if (!Number.isSafeInteger(event.schemaVersion)) {
    throw new TypeError(`a schema version that is not a whole number: ${event.schemaVersion}`);
  }
}

function requireText(text: string, what: string): void {
  if (text === '' || text.includes('\u0000') || !text.isWellFormed()) {
    throw new TypeError(`${what} is empty, holds a NUL or a lone surrogate: ${JSON.stringify(text)}`);
  }
}

/** What is stored under an event's id. */
export type Recorded = NewEvent & {
  readonly stream: string;
  readonly position: Position;
  /** Position of the last event of the append it came with. */
  readonly lastPosition: Position;
};

/**
 * Whether an append is a repeated one: the first position of the earlier try, the id that is taken by something else,
 * or undefined where every event is new.
 *
 * @param recorded what is stored under an id.
 * @param endOfAppendAt position of the last event of the append that the event at a position came with.
 */
export const earlierTry = (
  writes: readonly StreamWrite[],
  count: number,
  recorded: (id: string) => Recorded | undefined,
  endOfAppendAt: (position: Position) => Position,
): { readonly first: Position } | { readonly taken: string } | undefined => {
  const found = writes.flatMap(({ events }) => events.map(({ id }) => recorded(id)));
  const met = found.find((there) => there !== undefined);
  if (!met) return undefined;
  const first = found[0]?.position ?? -1;
  let place = 0;
  for (const { stream, events } of writes) {
    for (const event of events) {
      const there = found[place];
      if (!there) return { taken: met.id };
      const inPlace = there.position === first + place && there.lastPosition === first + count - 1;
      if (!inPlace || there.stream !== stream || !saysTheSame(there, event)) return { taken: there.id };
      place += 1;
    }
  }
  const whole = first === 0 || endOfAppendAt(first - 1) === first - 1;
  return whole ? { first } : { taken: met.id };
};

const saysTheSame = (there: Recorded, event: NewEvent): boolean =>
  there.type === event.type &&
  there.schemaVersion === event.schemaVersion &&
  there.payload === event.payload &&
  there.envelope === event.envelope;
