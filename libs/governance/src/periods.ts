import { Refusal, type RefusalCode } from '#kernel';

/**
 * Stretches of time inside one subject, each under a key of its own: spells of a name, characteristics of an
 * appointment. Several may run at once. The keys of those that are over are remembered only so that an end before the
 * start and an end twice are told apart; folded states keep the running ones alone.
 */
export interface Periods {
  readonly running: readonly string[];
  readonly over: readonly string[];
}

export const NO_PERIODS: Periods = { running: [], over: [] };

/**
 * Whether the end of a period can be understood (T8): it runs by then.
 *
 * @param noun what a period is called in a sentence, `name`.
 * @param notRunning code where the period is over already.
 */
export const standsAsEndOf = (
  periods: Periods,
  period: string,
  noun: string,
  notRunning: RefusalCode,
): Refusal | undefined => {
  if (periods.running.includes(period)) return undefined;
  const rule = 'T8';
  return periods.over.includes(period)
    ? new Refusal(notRunning, `the ${noun} ${JSON.stringify(period)} has ended already`, {
        field: 'period',
        rule,
        remedy: 'correct the end that is recorded',
      })
    : new Refusal('ENDS_BEFORE_START', `the ${noun} would end before it starts`, {
        field: 'effectiveOn',
        rule,
        remedy: `record the beginning of ${JSON.stringify(period)} first, or give a later end`,
      });
};

/** A period recorded again while it runs goes on; one that is over runs again. */
export const withRunning = ({ running, over }: Periods, period: string): Periods => ({
  running: [...running.filter((key) => key !== period), period],
  over: over.filter((key) => key !== period),
});

export const withOver = ({ running, over }: Periods, period: string): Periods => ({
  running: running.filter((key) => key !== period),
  over: [...over.filter((key) => key !== period), period],
});
