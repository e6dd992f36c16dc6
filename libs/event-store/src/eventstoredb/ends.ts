import { instantOf } from '#kernel';
import type { EventStoreDbConnection } from './client.js';
import type { Entry } from './entry.js';
import type { EventStoreDbIndex } from './log-index.js';
import { readEvent, type ServerEvent } from './record.js';
import { limitsIn } from './keeping.js';
import type { LogLoss } from '../log-mark.js';

/** An end of the index that is not in the log. */
export interface Gone {
  readonly entry: Entry;
  /** Whether another event stands at the beginning: every register begins with the same id, at an instant of its own. */
  readonly isAnother: boolean;
  /** What the metadata of its stream says of forgetting; null for nothing. */
  readonly says: string | null;
  /** Whether what came behind it in its stream is there: then the stream was cut, and the log is no other. */
  readonly isCut: boolean;
}

/** The first or last event of the index that is not where it says: then the log is another, an older copy, or was cut. */
export const goneEnd = async (
  connection: EventStoreDbConnection,
  index: EventStoreDbIndex,
  prefix: string,
): Promise<Gone | undefined> => {
  const ends = new Map([index.at(0), index.at(index.head)].map((entry) => [entry?.position, entry]));
  for (const entry of ends.values()) {
    if (!entry) continue;
    const name = prefix + entry.stream;
    const [[there], metadata] = await Promise.all([
      connection.readStream(name, entry.revision, 1),
      connection.metadataOf(name),
    ]);
    if (there?.id === entry.id && (entry.position > 0 || beganAt(there) === entry.recordedAt)) continue;
    const isTaken = there?.revision === entry.revision;
    const isCut = !isTaken && there !== undefined && index.inStream(entry.stream, there.revision)?.id === there.id;
    return { entry, isAnother: isTaken && entry.position === 0, says: isTaken ? null : limitsIn(metadata), isCut };
  }
  return undefined;
};

/** UTC epoch milliseconds at which a log began, by its first event. */
const beganAt = (first: ServerEvent): number => readEvent(first).arrival.keptAt ?? first.createdAt;

/** What the index of a register knows and the log has not. */
export const lossOfIndex = (index: EventStoreDbIndex, register: string, gone: Entry): LogLoss => {
  const { position, id, recordedAt } = index.at(index.head) ?? gone;
  const known = { position, id, recordedAt: instantOf(recordedAt) };
  const knows = `${index.file} knows register ${register} up to position ${position}, recorded at ${known.recordedAt}`;
  const missing = `the log has no event ${gone.id}, which was at position ${gone.position}`;
  const sentence = `${knows}, and ${missing}: it is an older copy, or was changed, and events that were acknowledged are missing`;
  return { knownBy: index.file, known, found: -1, sentence };
};
