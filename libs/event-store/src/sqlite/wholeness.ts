import { existsSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Refusal } from '#kernel';
import { lossOf, lossRefusal, markAfterAll, type LogLoss, type LogMark } from '../log-mark.js';
import { SqliteReads } from './reads.js';
import { readWitness, witnessOf, type Witnessed } from './witness.js';

/** Events read at a time where a witness is behind its log. */
const PAGE = 2_000;

/** What is said of a log that was looked through. */
export interface Wholeness {
  /** Where the log is, to go on from. */
  readonly mark: LogMark | undefined;
  /** What the witness knows and the log has not. */
  readonly loss: LogLoss | undefined;
  readonly notes: readonly string[];
}

/** Before the file is opened, which would make an empty one. @throws Refusal where there was a log and is none. */
export const refuseMissing = (file: string, witnessed: Witnessed): void => {
  if (typeof witnessed !== 'object' || (existsSync(file) && statSync(file).size > 0)) return;
  const { position, recordedAt } = witnessed;
  const known = `${witnessOf(file)} knows it up to position ${position}, recorded at ${recordedAt}`;
  const sentence = `the log ${file} is ${existsSync(file) ? 'empty' : 'not there'}, and ${known}: ${position + 1} events that were acknowledged are missing, positions 0 to ${position}`;
  throw lossRefusal({ knownBy: witnessOf(file), known: witnessed, found: -1, sentence });
};

/**
 * Looks whether all of a log is there: no place is left out, in the whole and in each stream, and what its witness knows
 * is in it. A witness that is behind is brought up, one that is lost or damaged is made anew.
 *
 * @throws Refusal `LOG_HAS_GAPS`.
 */
export const wholenessOf = async (db: Database.Database, file: string, witnessed: Witnessed): Promise<Wholeness> => {
  refuseGaps(db, file);
  const reads = new SqliteReads(db);
  const log = { head: () => reads.head(), readAll: (from: number, limit: number) => reads.page(from, limit) };
  const known = typeof witnessed === 'object' ? witnessed : undefined;
  const loss = known && (await lossOf(log, known, witnessOf(file)));
  const notes = witnessed === 'damaged' ? [`${witnessOf(file)} was damaged: it is made anew from the log`] : [];
  let mark = loss ? undefined : known;
  for (let at = (mark?.position ?? -1) + 1; ;) {
    const page = reads.page(at, PAGE);
    mark = markAfterAll(mark, page);
    if (page.length === 0) return { mark, loss, notes };
    at = (mark?.position ?? -1) + 1;
  }
};

/** The same without bringing anything up: for whoever only reads. */
export const lossBeside = async (db: Database.Database, file: string): Promise<LogLoss | undefined> => {
  const witnessed = readWitness(file);
  const reads = new SqliteReads(db);
  const log = { head: () => reads.head(), readAll: (from: number, limit: number) => reads.page(from, limit) };
  return typeof witnessed === 'object' ? lossOf(log, witnessed, witnessOf(file)) : undefined;
};

function refuseGaps(db: Database.Database, file: string): void {
  const [count, first, last] = db
    .prepare<[], [number, number | null, number | null]>('SELECT count(*), min(position), max(position) FROM event')
    .raw()
    .get() ?? [0, null, null];
  const stream = db
    .prepare<[], { stream: string; count: number; last: number }>(
      `SELECT stream, count(*) AS count, max(revision) AS last FROM event
       GROUP BY stream HAVING count(*) <> max(revision) + 1 LIMIT 1`,
    )
    .get();
  if (count === 0 || (first === 0 && last === count - 1 && !stream)) return;
  const inStream = stream
    ? `; ${stream.stream} has ${stream.count} events and its last is revision ${stream.last}`
    : '';
  throw new Refusal(
    'LOG_HAS_GAPS',
    `the log ${file} has ${count} events and its last is position ${last}: missing are ${gapsIn(db)}${inStream}`,
    {
      remedy:
        'put back the newest whole copy of the log and start with --accept-older-log; register replay says more of this one',
    },
  );
}

/** The first positions that are left out, in words. */
function gapsIn(db: Database.Database): string {
  const gaps = db
    .prepare<[], { after: number; next: number }>(
      `SELECT after, position AS next FROM
         (SELECT position, lag(position, 1, -1) OVER (ORDER BY position) AS after FROM event)
       WHERE position <> after + 1 LIMIT 5`,
    )
    .all();
  const words = gaps.map(({ after, next }) =>
    next - after === 2 ? `position ${after + 1}` : `positions ${after + 1} to ${next - 1}`,
  );
  return words.length === 0 ? 'no positions' : words.join(', ');
}
