import { setTimeout as pause } from 'node:timers/promises';
import { Schedule } from './client.js';
import { Cluster, NAMES, type Name } from './cluster.js';
import { Dice } from './dice.js';
import { figuresOf, type Figures } from './figures.js';
import { Ledger } from './ledger.js';
import { foundRegister, underLoad } from './load.js';
import { eventsOf } from './log-verdict.js';
import { TakeOvers } from './take-overs.js';
import { verdictOf } from './verdict.js';

export interface ChaosOptions {
  readonly seed: string;
  /** Kills of the four programs, each in its turn. */
  readonly kills: number;
  /** Ends of PostgreSQL as by `pg_ctl stop -m immediate`. */
  readonly restarts: number;
  /** Stops by SIGTERM, spread over the four. */
  readonly stops: number;
  /** Kills of the event store, and as often all its connections are broken, the right to read its log is lost, and somebody else writes to its streams. */
  readonly storeKills: number;
  /** Whether, when all is quiet, an older copy of the log is put back under running programs and new load. */
  readonly putsBack?: boolean;
  /** How many of all calls to the event store go wrong. */
  readonly faults: number;
  readonly writers: number;
  /** Longest pause between two blows, in milliseconds. */
  readonly pauseMs: number;
  /** Told of each blow. */
  readonly say?: (line: string) => void;
}

export interface ChaosReport {
  readonly figures: Figures;
  /** Everything that is not as it has to be, in sentences; none where all is well. */
  readonly troubles: readonly string[];
}

/** Longest time until everything is up and quiet after the last blow, in milliseconds. */
const SETTLING_MS = 60_000;

/**
 * Two apis, two projectors, one PostgreSQL and the event store's stand-in, written to and read from by several clients
 * while one after the other is killed and the store's answers go astray; then everything is held against everything else.
 */
export const chaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { seed, writers, say = () => undefined } = options;
  const dice = new Dice(seed);
  const began = performance.now();
  const cluster = await Cluster.start(dice, say);
  try {
    const ledger = new Ledger();
    const schedule = new Schedule();
    await foundRegister(cluster.apis, dice.named('found'), ledger, schedule);
    const watch = new TakeOvers(cluster, say);
    const loading = underLoad(writers, cluster.apis, dice.named('load'), ledger, schedule);
    await cluster.store.goWrong(options.faults);
    await strike(cluster, watch, dice.named('blows'), options, say);
    const seconds = (performance.now() - began) / 1_000;
    schedule.end();
    say('the last blow is done: the clients finish');
    await loading;
    await cluster.store.goWrong(0);
    const troubles = await quiet(cluster);
    if (options.putsBack) troubles.push(...(await putBackUnderLoad(cluster, writers, dice.named('put back'), say)));
    await watch.stop();
    say('all is quiet: everything is held against everything else');
    const verdict = await verdictOf(cluster, ledger, dice.named('verdict'));
    const figures = figuresOf({ seed, seconds, cluster, ledger, times: watch.times, events: verdict.events });
    return { figures, troubles: [...cluster.troubles, ...ledger.troubles, ...troubles, ...verdict.troubles] };
  } finally {
    await cluster.end();
  }
};

/** Load before and after a copy is put back, in milliseconds. */
const BEFORE_MS = 2_000;
const AFTER_MS = 6_000;

/**
 * What was acknowledged before the copy was put back is lost with it, and nobody may be told so of anything afterwards:
 * what is acknowledged then is there. All four programs end, are started again and accept what is missing.
 */
async function putBackUnderLoad(
  cluster: Cluster,
  writers: number,
  dice: Dice,
  say: (line: string) => void,
): Promise<string[]> {
  await cluster.store.keep();
  const [lost, schedule] = [new Ledger(), new Schedule()];
  const loading = underLoad(writers, cluster.apis, dice, lost, schedule, 'later');
  await pause(BEFORE_MS);
  say('an older copy of the log is put back');
  await cluster.putBack();
  const since = performance.now();
  await pause(AFTER_MS);
  schedule.end();
  await loading;
  const troubles = await quiet(cluster);
  for (const { name } of cluster.members) {
    if (!cluster.replaced.includes(name)) troubles.push(`${name} went on though its log was put back`);
  }
  const there = new Set((await eventsOf(cluster.store.url, await cluster.programs.folder())).map(({ id }) => id));
  const promised = lost.sent.flatMap(({ receipts }) => receipts.filter(({ sentAt }) => sentAt > since));
  say(`${promised.length} receipts for what was sent since the copy was put back`);
  for (const { subject, events } of promised) {
    if (!events.every(({ id }) => there.has(id)))
      troubles.push(`${subject} was acknowledged after that, and is not there`);
  }
  return troubles;
}

type Blow = Name | `${Name} stops` | 'PostgreSQL' | 'event store' | 'connections' | 'a right' | 'an outsider';

async function strike(
  cluster: Cluster,
  watch: TakeOvers,
  dice: Dice,
  options: ChaosOptions,
  say: (line: string) => void,
): Promise<void> {
  for (const blow of blowsOf(dice, options)) {
    await pause(dice.between(50, options.pauseMs));
    const ms = dice.between(50, 800);
    say(blow);
    switch (blow) {
      case 'PostgreSQL':
        await cluster.crashPostgres(ms);
        watch.restarted();
        break;
      case 'event store':
        await cluster.killStore(ms);
        break;
      case 'connections':
        await cluster.dropStore();
        break;
      case 'an outsider':
        await cluster.outsider(`body/chaos-b${dice.between(0, 2)}`, ms);
        break;
      case 'a right':
        await cluster.loseRight(ms);
        break;
      case 'api A':
      case 'api B':
      case 'projector A':
      case 'projector B':
        await cluster.kill(blow);
        watch.lost(blow);
        break;
      default: {
        const name = blow.replace(' stops', '') as Name;
        await cluster.stop(name);
        watch.lost(name);
      }
    }
  }
}

/** Each program in turn, in an order of its own each time; the stores in between. */
function blowsOf(dice: Dice, { kills, stops, restarts, storeKills }: ChaosOptions): Blow[] {
  const blows: Blow[] = [];
  while (blows.length < kills) blows.push(...dice.shuffled(NAMES).slice(0, kills - blows.length));
  const between = (blow: Blow, times: number): void => {
    for (let time = 0; time < times; time++) blows.splice(dice.between(0, blows.length), 0, blow);
  };
  for (let stop = 0; stop < stops; stop++) between(`${dice.one(NAMES)} stops`, 1);
  between('PostgreSQL', restarts);
  between('event store', storeKills);
  between('connections', storeKills);
  between('a right', storeKills);
  between('an outsider', storeKills);
  return blows;
}

interface Health {
  readonly status: string;
  readonly store: { readonly position: number | null };
  readonly followers: readonly {
    readonly state: string;
    readonly position: number;
    readonly lag: { events: number } | null;
  }[];
}

/** Waits until all four say that they are ready and at the same position. */
async function quiet(cluster: Cluster): Promise<string[]> {
  let last: unknown;
  for (const until = performance.now() + SETTLING_MS; performance.now() < until; await pause(100)) {
    const asked = cluster.members.map(async ({ url }) => (await (await fetch(`${url}/health/ready`)).json()) as Health);
    const found = await Promise.all(asked).catch((fault: unknown) => void (last = fault));
    if (!found) continue;
    const places = found.map(({ status, followers: [follower] }) => {
      const { state, position, lag } = follower ?? {};
      return [status, state, position, lag?.events].join(' ');
    });
    last = places;
    if (new Set(places).size === 1 && /^ready live \d+ 0$/.test(places[0] ?? '')) return [];
  }
  return [`it never became quiet: ${JSON.stringify(last)}`];
}
