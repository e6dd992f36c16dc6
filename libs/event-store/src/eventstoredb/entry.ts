import type { Position } from '#kernel';
import type { Arrival, LogPlace } from './record.js';

/** Where an event stands: in the register, in its stream, and in the server's log. */
export interface Entry {
  readonly position: Position;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** UTC epoch milliseconds. */
  readonly recordedAt: number;
  readonly place: LogPlace;
  /** Position of the first event of its append that stands before it without others in between. */
  readonly starts: Position;
}

/** An event of ours as it comes down the log, before it has its position. */
export interface Numbered {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly createdAt: number;
  readonly place: LogPlace;
  readonly arrival: Arrival;
}

/** How far an index has come: everything up to `place` is in it. `append` is that of its last event. */
export interface Mark {
  readonly place: LogPlace;
  readonly append: string;
}

/** An entry with the append that its event came with. */
export interface Came {
  readonly entry: Entry;
  readonly append: string;
}

/**
 * The entry of an event that comes next. Events of one append that stand together share their instant, and none is before
 * the one in front of it.
 */
export const entryBehind = (before: Came | undefined, numbered: Numbered): Entry => {
  const { id, stream, revision, createdAt, place, arrival } = numbered;
  const last = before?.entry;
  const position = last ? last.position + 1 : 0;
  const together = last !== undefined && before?.append === arrival.append;
  const stamp = together ? last.recordedAt : (arrival.keptAt ?? createdAt);
  const recordedAt = Math.max(last?.recordedAt ?? stamp, stamp);
  return { position, id, stream, revision, recordedAt, place, starts: together ? last.starts : position };
};
