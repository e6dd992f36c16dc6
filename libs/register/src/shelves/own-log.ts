import {
  eventDigest,
  isStoreFault,
  lossOf,
  StoreFault,
  type EventStore,
  type LogLoss,
  type LogMark,
} from '#event-store';
import type { Generation } from './generation.js';

/** Sees to it that views are of the log that this program has, whoever writes them. */
export interface OwnLog {
  /**
   * @param kept the mark that the views keep, where it has been read with what is to be relied on.
   * @throws StoreFault `STORE_REPLACED` where they are of another log, or of an older copy that went on.
   */
  confirm(generation: Generation, kept?: string): Promise<void>;
}

export interface OwnLogOptions {
  /** Told once, where the views and the log do not belong together: nothing that this program shows can be relied on. */
  readonly onLoss?: ((loss: LogLoss) => void) | undefined;
  /** Brings up to date by what the log is seen, before it is taken for another. */
  readonly lookAgain?: (() => Promise<unknown>) | undefined;
  /** How long a log without events is waited for, whose views have some, in milliseconds. Default 10,000. */
  readonly lateLogMs?: number | undefined;
}

/** How long the log may take to come to where the views are, in milliseconds, before it is taken for an older copy. */
export const LATE_LOG_MS = 10_000;

/**
 * Compares the mark that the views keep with the log, each time that it has moved: as soon as another program writes them
 * from another log, nothing of that is read and nothing added to it.
 *
 * Views that are further than the log, as far as this program has read it, are taken for its own if they began as it did:
 * it has not been told of the newest events yet.
 */
export const ownLog = (
  store: EventStore,
  { onLoss, lookAgain, lateLogMs = LATE_LOG_MS }: OwnLogOptions = {},
): OwnLog => {
  let confirmed = '';
  let begin: string | undefined;
  let lost: StoreFault | undefined;

  const begun = async (): Promise<string | undefined> => {
    const [first] = begin === undefined ? await store.readAll(0, 1) : [];
    begin ??= first && eventDigest(first);
    return begin;
  };
  const isAhead = async (mark: LogMark): Promise<boolean> => {
    if ((await store.head()) >= mark.position) return false;
    if ((await begun()) === undefined) await store.whenBeyond(-1, AbortSignal.timeout(lateLogMs));
    return (await begun()) === mark.log && (await store.head()) < mark.position;
  };

  const lossNow = async (mark: LogMark, by: string): Promise<LogLoss | undefined> => {
    const loss = await lossOf(store, mark, by);
    if (!loss || !lookAgain) return loss;
    await lookAgain();
    return lossOf(store, mark, by);
  };
  const compared = async (mark: LogMark, by: string): Promise<LogLoss | 'the same' | 'not known'> => {
    try {
      if (await isAhead(mark)) return 'not known';
      return (await lossNow(mark, by)) ?? 'the same';
    } catch (thrown) {
      // A log that does not answer says nothing against views that began as it did.
      if (isStoreFault(thrown) && thrown.code !== 'STORE_REPLACED' && begin === mark.log) return 'not known';
      throw thrown;
    }
  };

  return {
    async confirm(generation, read) {
      if (lost !== undefined) throw lost;
      const kept = read ?? (await generation.meta('mark')) ?? '';
      if (kept === '' || kept === confirmed) return;
      const mark = JSON.parse(kept) as LogMark;
      const found = await compared(mark, generation.label);
      if (found === 'not known') return;
      if (found === 'the same') {
        [confirmed, begin] = [kept, mark.log];
        return;
      }
      lost = new StoreFault('STORE_REPLACED', found.sentence);
      onLoss?.(found);
      throw lost;
    },
  };
};

/** For whoever has log and views to itself, and for tests of either. */
export const UNDOUBTED: OwnLog = { confirm: async () => undefined };
