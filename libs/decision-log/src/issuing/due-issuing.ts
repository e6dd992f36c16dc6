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

/**
 * Issues what is due, one log after the other, and says of each what became of it. One that is refused does not stop
 * the others; but where nobody accepts a log, later ones of the same order wait for the next time.
 *
 * @throws whatever is no refusal; what was issued before it is recorded.
 */
export async function* issueEach(
  logs: LogIssuing,
  due: readonly DueLog[],
  basis: Pick<LogOrder, 'now' | 'publicAddress'>,
  actor: Actor,
  options: IssuingOptions = {},
): AsyncGenerator<DueOutcome, void> {
  const waiting = new Set<string>();
  for (const one of due.filter(({ isDue }) => isDue)) {
    if (one.standingOrder !== undefined && waiting.has(one.standingOrder)) {
      yield { due: one, refused: { code: 'LOG_WAITS', message: 'it waits: the one before it was not accepted' } };
      continue;
    }
    try {
      const issued = await logs.issueDue(one, basis, actor, options);
      yield issued ? { due: one, issued } : { due: one, refused: MEANWHILE };
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      if (thrown.code === 'LOG_NOT_DELIVERED' && one.standingOrder !== undefined) waiting.add(one.standingOrder);
      yield { due: one, refused: { code: thrown.code, message: thrown.message } };
    }
  }
}

const MEANWHILE = { code: 'NOT_DUE', message: 'it has been issued in the meantime' };
