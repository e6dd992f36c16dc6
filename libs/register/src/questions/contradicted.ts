import { dayInWords } from '#governance';
import { epochMsOf, londonDay, type Instant, type Position, type StoredEvent } from '#kernel';
import type { EventStore } from '#event-store';

/** The stream in which an import says what of the register its source contradicts. No view follows it. */
export const CONTRADICTED = 'register/contradicted';

/** A row of a source that an import took for a subject before: the collection and its key there. */
export interface SourceRow {
  /** Global id of the subject. */
  readonly subject: string;
  readonly system: string;
  readonly key: string;
}

/**
 * Data of `SourceContradicted`: a later version of a row was refused, and what an earlier one said goes on standing.
 * Nothing of what the row said: that may be of what is withheld.
 */
export interface SourceContradicted extends SourceRow {
  /** Why it was refused: the code of the refusal, and the column or the field. */
  readonly code: string;
  readonly field?: string;
  readonly document: string;
  /** When the source came to say so, where it says. */
  readonly statedAt?: Instant;
}

/** Data of `SourceAgreed`: a version after that was taken, or the row was withdrawn. */
export type SourceAgreed = SourceRow;

/** What the source of something says otherwise than the register. */
export interface Contradiction extends SourceContradicted {
  /** Where the log came to say so. */
  readonly position: Position;
}

/** In a sentence for people. */
export const contradictionTold = ({ system, key, code, field, document, statedAt }: SourceContradicted): string => {
  const since = statedAt === undefined ? '' : ` since ${dayInWords(londonDay(epochMsOf(statedAt)))}`;
  const what = field === undefined ? code : `${code} in ${field}`;
  return `Its source says otherwise${since}: a later version could not be recorded, ${what}, and the earlier one goes on standing (${document}, ${system}, row ${key}).`;
};

/** What is contradicted by its source, read from the log and kept: it is little. */
export class Contradictions {
  private static readonly kept = new WeakMap<object, Contradictions>();
  private events: StoredEvent[] = [];
  private readTo: Position = -1;
  private last:
    { readonly position: Position; readonly found: ReadonlyMap<string, readonly Contradiction[]> } | undefined;

  private constructor(private readonly log: Pick<EventStore, 'readStream'>) {}

  /** One for all who read a log in a process. */
  static over(log: Pick<EventStore, 'readStream'>): Contradictions {
    const known = Contradictions.kept.get(log) ?? new Contradictions(log);
    Contradictions.kept.set(log, known);
    return known;
  }

  /** By global id of the subject. @param position one that the log has reached. */
  async asKnownAt(position: Position): Promise<ReadonlyMap<string, readonly Contradiction[]>> {
    if (this.last?.position === position) return this.last.found;
    if (position > this.readTo) {
      const from = this.events.length;
      const more = await this.log.readStream(CONTRADICTED, from);
      // Another question may have read the same meanwhile.
      if (this.events.length === from) this.events.push(...more);
      this.readTo = Math.max(this.readTo, position);
    }
    const found = foldedUpTo(this.events, position);
    this.last = { position, found };
    return found;
  }
}

function foldedUpTo(events: readonly StoredEvent[], upTo: Position): ReadonlyMap<string, readonly Contradiction[]> {
  const rows = new Map<string, Contradiction>();
  for (const { type, payload, position } of events) {
    if (position > upTo) break;
    const said = JSON.parse(payload) as SourceContradicted;
    const row = `${said.system}\n${said.key}`;
    if (type === 'SourceContradicted') rows.set(row, { ...said, position });
    else rows.delete(row);
  }
  return Map.groupBy(rows.values(), ({ subject }) => subject);
}
