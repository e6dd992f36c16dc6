import { isRefusal, type Actor } from '#kernel';
import type { DueLog } from '../due/due-logs.js';
import type { LogIssuing } from './log-issuing.js';
import type { IssuedLog, IssuingOptions, LogOrder } from './log-order.js';

/** What became of a log that was due: issued or delivered, or why not. */
export interface DueOutcome {
  readonly due: DueLog;
  readonly issued?: IssuedLog;
  readonly refused?: { readonly code: string; readonly message: string };
}

export interface DueIssuing extends IssuingOptions {
  /** Logs to issue at most. Default: all that are due. */
  readonly first?: number | undefined;
}

/** Logs on their way at once: their files are in memory until somebody has accepted them. */
const MOST_UNDER_WAY = 8;

/**
 * Issues what is due, the oldest first, and says of each what became of it as soon as that is known. Logs of one standing
 * order go one after the other; a receiver that is silent holds up nobody else's. One that is refused does not stop the
 * others; but where nobody accepts a log, later ones of the same order wait for the next time.
 *
 * @throws whatever is no refusal, when nothing is under way any more; what was issued before it is recorded.
 */
export async function* issueEach(
  logs: LogIssuing,
  due: readonly DueLog[],
  basis: Pick<LogOrder, 'now' | 'publicAddress'>,
  actor: Actor,
  { first = Number.POSITIVE_INFINITY, ...options }: DueIssuing = {},
): AsyncGenerator<DueOutcome, void> {
  const left = due.filter(({ isDue }) => isDue);
  const refusing = new Set<string>();
  const underWay = new Map<DueLog, Promise<DueOutcome>>();
  let issued = 0;
  /** The next one that neither waits for another of its order nor is one too many. */
  const next = (): DueLog | undefined => {
    if (underWay.size >= MOST_UNDER_WAY || issued + underWay.size >= first) return undefined;
    const orders = new Set([...underWay.keys()].map(({ standingOrder }) => standingOrder ?? ''));
    const at = left.findIndex(({ standingOrder }) => standingOrder === undefined || !orders.has(standingOrder));
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  try {
    for (;;) {
      for (let one = next(); one; one = next()) {
        if (refusing.has(one.standingOrder ?? '')) yield { due: one, refused: WAITS };
        else underWay.set(one, outcomeOf(logs, one, basis, actor, options));
      }
      if (underWay.size === 0) return;
      const outcome = await Promise.race(underWay.values());
      underWay.delete(outcome.due);
      if (outcome.issued) issued++;
      const { standingOrder } = outcome.due;
      if (outcome.refused?.code === 'LOG_NOT_DELIVERED' && standingOrder !== undefined) refusing.add(standingOrder);
      yield outcome;
    }
  } finally {
    // Whoever looks no further still waits for what cannot be called back.
    await Promise.allSettled(underWay.values());
  }
}

async function outcomeOf(logs: LogIssuing, ...[due, ...how]: Parameters<LogIssuing['issueDue']>): Promise<DueOutcome> {
  try {
    const issued = await logs.issueDue(due, ...how);
    return issued ? { due, issued } : { due, refused: MEANWHILE };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { due, refused: { code: thrown.code, message: thrown.message } };
  }
}

const WAITS = { code: 'LOG_WAITS', message: 'it waits: the one before it was not accepted' };
const MEANWHILE = { code: 'NOT_DUE', message: 'it has been issued in the meantime' };
