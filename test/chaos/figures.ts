import type { Cluster } from './cluster.js';
import type { Ledger } from './ledger.js';
import type { Cause, TakeOvers } from './take-overs.js';

interface Seen {
  readonly seed: string;
  readonly seconds: number;
  readonly cluster: Cluster;
  readonly ledger: Ledger;
  readonly times: TakeOvers['times'];
  readonly events: number;
}

export type Figures = ReturnType<typeof figuresOf>;

/** What a run was, in numbers. Times in seconds. */
export const figuresOf = ({ seed, seconds, cluster, ledger, times, events }: Seen) => {
  const { sent } = ledger;
  const kills = Object.fromEntries(cluster.members.map(({ name, kills: count }) => [name, count]));
  const stops = cluster.members.reduce((sum, { stops: count }) => sum + count, 0);
  const { postgresRestarts, storeKills, storeDrops, rightsLost, outsiders, logsPutBack } = cluster;
  const blows = Object.values(kills).reduce((sum, count) => sum + count, 0);
  return {
    seed,
    seconds: rounded(seconds),
    rounds: blows + stops + postgresRestarts + storeKills + storeDrops + rightsLost + outsiders + logsPutBack,
    kills,
    stops,
    postgresRestarts,
    storeKills,
    storeDrops,
    startsRefused: cluster.refusedStarts.length,
    faults: sorted(cluster.store.faults),
    commands: {
      sent: sent.length,
      acknowledged: sent.filter(({ receipts }) => receipts.length > 0).length,
      refused: sent.filter(({ refused }) => refused !== undefined).length,
      givenUp: sent.filter(({ givenUp }) => givenUp === true).length,
      sentAgain: sent.reduce((sum, { times: count }) => sum + count - 1, 0),
      answersLost: ledger.lostAnswers,
      withoutPosition: sent.filter(({ receipts }) => receipts.some(({ position }) => position === null)).length,
    },
    answers: sorted(ledger.codes),
    reads: ledger.reads,
    events,
    takeOvers: {
      anotherStoodBy: spread(times, 'leader ended, another stood by'),
      nobodyStoodBy: spread(times, 'leader ended, nobody stood by'),
      postgresRestarted: spread(times, 'PostgreSQL restarted'),
    },
    logged: sorted(cluster.logged),
  };
};

const rounded = (number: number): number => Math.round(number * 100) / 100;

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));

function spread(
  times: Seen['times'],
  of: Cause,
): { readonly count: number; readonly median: number | null; readonly max: number | null } {
  const seconds = times
    .filter(({ cause }) => cause === of)
    .map(({ ms }) => rounded(ms / 1_000))
    .toSorted((a, b) => a - b);
  return { count: seconds.length, median: seconds[seconds.length >> 1] ?? null, max: seconds.at(-1) ?? null };
}

/** For people: a figure a line. */
export const figureLines = (figures: Figures): string[] => linesOf(figures, '');

const linesOf = (figures: object, indent: string): string[] =>
  Object.entries(figures).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [`${indent}${name}: ${String(value ?? 'none')}`];
    return [`${indent}${name}:`, ...linesOf(value, `${indent}  `)];
  });
