/**
 * Settles which of several programs does a thing that one of them may do: run a follower, make the views anew.
 * On SQLite that is whoever holds the data directory, hence always the program that asks.
 */
export interface Leadership {
  /**
   * Waits to lead, does `work` while leading, and lets go when it is over. When the lead is lost on the way (the
   * connection to PostgreSQL is gone), `leading` is aborted and, once `work` has ended, it waits to lead again.
   * Resolves when `work` has ended by itself or `signal` is aborted.
   */
  lead(name: string, work: (leading: AbortSignal) => Promise<void>, options: LeadOptions): Promise<void>;

  /** Does `work` if nobody else leads: its result, or undefined where somebody does. */
  tryToLead<Result>(name: string, work: () => Promise<Result>): Promise<{ readonly result: Result } | undefined>;
}

export interface LeadOptions {
  readonly signal: AbortSignal;
  /** Told when this program begins and ceases to lead, and what keeps it from trying. */
  readonly onLead?: (leads: boolean, fault?: unknown) => void;
}

/** For whoever has the views to themselves. */
export const SOLE_LEADERSHIP: Leadership = {
  lead: async (_name, work, { signal, onLead }) => {
    if (signal.aborted) return;
    onLead?.(true);
    try {
      await work(signal);
    } finally {
      onLead?.(false);
    }
  },
  tryToLead: async (_name, work) => ({ result: await work() }),
};
