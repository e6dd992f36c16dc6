import type { LogLoss } from '../log-mark.js';
import type { StoreFault } from '../store-fault.js';
import type { EventStoreDbAddress } from './address.js';

export interface EventStoreDbOptions {
  /** `esdb://…`, see `parseEventStoreDbUrl`. */
  readonly url: string;
  /** Where the index of positions is kept. */
  readonly dir: string;
  /** Opens beside the program that holds the register; appends are refused with `STORE_READ_ONLY`. */
  readonly readOnly?: boolean;
  /** Time for one call to the server, in milliseconds; default the address's `defaultDeadline`, or 5,000. */
  readonly callMs?: number;
  /** Longest time in which an append without an answer is looked for and sent again, in milliseconds; default 15,000. */
  readonly resolveMs?: number;
  /** Longest wait for positions, in milliseconds; default 5,000. */
  readonly positionMs?: number;
  /** How long a server that does not answer is waited for at the start, in milliseconds; default 10,000. */
  readonly connectMs?: number;
  /** First pause before a lost subscription is taken up again, in milliseconds; default 50. */
  readonly pauseMs?: number;
  /** A subscription that has said nothing for so long is taken up anew, in milliseconds; default 60,000. */
  readonly silenceMs?: number;
  /** Told what the index knows and the log has not, where it is opened all the same. Without it such a log is refused. */
  readonly onLoss?: ((loss: LogLoss) => void) | undefined;
  /** Told once, where the log is no longer the one that was opened: nothing more is written, and the program is to end. */
  readonly onReplaced?: ((fault: StoreFault) => void) | undefined;
  /** Told of an index that was damaged and is made anew, in a sentence. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Appends under way at once; beyond it `overloaded`. Default 4,096. */
  readonly queueLimit?: number;
}

export type EventStoreDbSettings = Required<
  Omit<EventStoreDbOptions, 'url' | 'dir' | 'onLoss' | 'onReplaced' | 'onNote'>
>;

/** What is said, and the default of what is not. */
export const settingsOf = (options: EventStoreDbOptions, address: EventStoreDbAddress): EventStoreDbSettings => ({
  callMs: address.deadlineMs ?? 5_000,
  ...{ resolveMs: 15_000, positionMs: 5_000, connectMs: 10_000, pauseMs: 50, silenceMs: 60_000, queueLimit: 4_096 },
  readOnly: false,
  ...options,
});
