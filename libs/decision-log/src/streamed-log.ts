import { contextOf } from './context.js';
import type { DecisionEntry } from './document.js';
import { placedEntries } from './entries.js';
import type { LogStream, OnProgress } from './gather.js';
import { Making } from './making.js';
import type { Scope } from './question.js';
import type { LogSource } from './source.js';

/** Entries that are kept once they were read; a longer log is read anew each time. */
const KEPT = 2_000;

/**
 * A log that is read from the register as its entries are asked for. The first reading to its end also makes the
 * summary, so that formats which say their figures last need one reading only.
 */
export class StreamedLog {
  private made: Promise<Omit<LogStream, 'entries'>> | undefined;
  private kept: readonly DecisionEntry[] | undefined;

  constructor(
    private readonly source: LogSource,
    private readonly scope: Scope,
    private readonly onProgress?: OnProgress,
  ) {}

  /** All of the log but its entries. */
  async summary(): Promise<Omit<LogStream, 'entries'>> {
    return (this.made ??= this.readWhole());
  }

  /** Every entry in the order of the log; each call reads anew. */
  async *entries(): AsyncGenerator<DecisionEntry, void> {
    if (this.kept) yield* this.kept;
    else if (this.made)
      for await (const { entry } of placedEntries(contextOf(this.source, this.scope), { printed: false })) yield entry;
    else {
      const made = yield* this.reading();
      this.made ??= Promise.resolve(made);
    }
  }

  private async readWhole(): Promise<Omit<LogStream, 'entries'>> {
    const reading = this.reading();
    for (;;) {
      const { done, value } = await reading.next();
      if (done) return value;
    }
  }

  private async *reading(): AsyncGenerator<DecisionEntry, Omit<LogStream, 'entries'>> {
    const making = await Making.of(contextOf(this.source, this.scope), { rows: false });
    let read: DecisionEntry[] | undefined = [];
    for await (const placed of placedEntries(making.context, { printed: false })) {
      making.take(placed);
      this.onProgress?.(making.taken);
      if (making.taken > KEPT) read = undefined;
      read?.push(placed.entry);
      yield placed.entry;
    }
    const made = await making.log();
    this.kept = read;
    return made;
  }
}

/** The same log without holding its decisions in memory: they are read once for the figures, and again as they are asked for. */
export const streamLog = async (source: LogSource, scope: Scope, onProgress?: OnProgress): Promise<LogStream> => {
  const streamed = new StreamedLog(source, scope, onProgress);
  return { ...(await streamed.summary()), entries: streamed.entries() };
};
