import { hash } from 'node:crypto';
import { type Instant, type Position, Refusal, type StoredEvent } from '#kernel';

/**
 * How far whoever keeps something derived from a log has come, and in which log: a position alone does not say of which
 * log it counts. Kept beside what is derived, and compared before it is used.
 */
export interface LogMark {
  /** Identity of the log: digest of its first event. */
  readonly log: string;
  readonly position: Position;
  /** Id and digest of the event there, and when it was recorded. */
  readonly id: string;
  readonly digest: string;
  readonly recordedAt: Instant;
  /** SHA-256 over the digests of all events up to it, each over the one before: what no change goes past. */
  readonly chain: string;
}

/** What is known of a log from before. Views of earlier releases knew no more than a position. */
export type KnownPlace = Partial<LogMark> & Pick<LogMark, 'position'>;

/** That a log is not, or no longer, the one that somebody has known. */
export interface LogLoss {
  /** Who knows it: a file or a schema. */
  readonly knownBy: string;
  readonly known: KnownPlace;
  /** Last position of the log as it was found. */
  readonly found: Position;
  /** What is missing and since when, in a sentence without a full stop. */
  readonly sentence: string;
}

/** As much of a log as it takes to compare. */
export interface Comparable {
  head(): Position | Promise<Position>;
  readAll(from: Position, limit: number): readonly StoredEvent[] | Promise<readonly StoredEvent[]>;
}

/** SHA-256 over all that a store keeps of an event. */
export const eventDigest = (event: StoredEvent): string => {
  const { position, id, stream, revision, type, schemaVersion, recordedAt, payload, envelope } = event;
  const all = [position, id, stream, revision, type, schemaVersion, recordedAt, payload, envelope];
  return hash('sha256', JSON.stringify(all));
};

/** The mark after one more event. @param before undefined for the first of a log. */
export const markAfter = (before: LogMark | undefined, event: StoredEvent): LogMark =>
  markAfterAll(before, [event]) as LogMark;

/** The mark after several more events, each the next of the log; `before` where there are none. */
export const markAfterAll = (before: LogMark | undefined, events: readonly StoredEvent[]): LogMark | undefined => {
  const last = events.at(-1);
  if (!last) return before;
  let [log, chain, digest] = [before?.log, before?.chain ?? '', ''];
  for (const event of events) {
    digest = eventDigest(event);
    chain = hash('sha256', chain + digest);
    log ??= digest;
  }
  return { log: log ?? digest, position: last.position, id: last.id, digest, recordedAt: last.recordedAt, chain };
};

export const ACCEPT_OLDER_LOG = '--accept-older-log';

/** What of what is known is not in the log; undefined where all of it is. */
export const lossOf = async (log: Comparable, known: KnownPlace, knownBy: string): Promise<LogLoss | undefined> => {
  if (known.position < 0) return undefined;
  const found = await log.head();
  const [first] = found < 0 ? [] : await log.readAll(0, 1);
  const loss = (sentence: string): LogLoss => ({ knownBy, known, found, sentence });
  const upTo = known.recordedAt === undefined ? '' : `, recorded at ${known.recordedAt}`;
  if (first && known.log !== undefined && eventDigest(first) !== known.log) {
    return loss(
      `${knownBy} is of another log, up to position ${known.position}${upTo}; the one here began at ` +
        `${first.recordedAt} with event ${first.id} and ends at position ${found}`,
    );
  }
  if (found < known.position) {
    const [last] = found < 0 ? [] : await log.readAll(found, 1);
    const ends = last ? `ends at position ${found}, recorded at ${last.recordedAt}` : 'is empty';
    return loss(
      `the log ${ends}, and ${knownBy} knows it up to position ${known.position}${upTo}: ` +
        `${known.position - found} events that were acknowledged are missing, positions ${found + 1} to ${known.position}`,
    );
  }
  const [there] = await log.readAll(known.position, 1);
  if (known.digest === undefined || (there && eventDigest(there) === known.digest)) return undefined;
  return loss(
    `at position ${known.position} the log has event ${there?.id ?? 'none'}, recorded at ${there?.recordedAt ?? 'no time'}, and ` +
      `${knownBy} knows event ${known.id ?? 'another'}${upTo}: the log is an older copy that went on, or was changed`,
  );
};

/** @returns the refusal to work on a log that is not what it was. */
export const lossRefusal = ({ sentence }: LogLoss): Refusal =>
  new Refusal('LOG_OLDER_THAN_KNOWN', sentence, {
    remedy: `put back the newest copy of the log; or, to go on without what is missing, start once with ${ACCEPT_OLDER_LOG}, which is recorded`,
  });
