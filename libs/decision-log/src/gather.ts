import type { Companions, DecisionEntry, DecisionLog, LogHead, Section } from './document.js';
import { contextOf } from './context.js';
import { placedEntries } from './entries.js';
import { Making } from './making.js';
import type { Scope } from './question.js';
import type { LogSource } from './source.js';

/** Told how many decisions have been read so far. */
export type OnProgress = (done: number) => void;

/** A log as machines read it: the decisions one after the other, in the order of the log. */
export interface LogStream {
  readonly head: LogHead;
  /** Without what repeats the decisions: tables with `repeats` have no rows, groups no entries. */
  readonly sections: readonly Section[];
  readonly companions: Companions;
  /** May be read once. Without details, as machines read the facts. */
  readonly entries: AsyncIterable<DecisionEntry>;
}

/** The whole log in memory: for documents that people read. */
export const gatherLog = async (source: LogSource, scope: Scope, onProgress?: OnProgress): Promise<DecisionLog> => {
  const making = await Making.of(contextOf(source, scope), { rows: true });
  for await (const placed of placedEntries(making.context, { printed: true })) {
    making.take(placed);
    onProgress?.(making.taken);
  }
  return making.log();
};

/** A log in memory as a stream of the same bytes. */
export const asStream = ({ head, sections, companions }: DecisionLog): LogStream => {
  const entries = sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'decisions' ? block.entries : []))
    .toSorted((a, b) => a.place - b.place);
  return { head, companions, sections, entries: inOrder(entries) };
};

async function* inOrder(entries: readonly DecisionEntry[]): AsyncGenerator<DecisionEntry, void> {
  yield* entries;
}
