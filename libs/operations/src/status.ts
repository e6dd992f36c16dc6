import type { EventStore, FollowerState } from '#event-store';
import { epochMsOf, type Instant, type Position } from '#kernel';
import { SILENT_MS, type KeptState, type Register } from '#register';
import type { HealthState } from './metrics.js';
import { seenOnce, type Seen } from './watch.js';

/** How far behind the log a follower is. */
export interface Lag {
  readonly events: number;
  /** Age of the oldest event it has not taken in; 0 where it has them all. */
  readonly seconds: number;
}

export interface FollowerStatus {
  readonly name: string;
  /** `silent`: whoever ran it last has said nothing for a while, and nobody has taken over. */
  readonly state: HealthState;
  readonly position: Position;
  /** Null where it is not known: the log or the views do not answer. */
  readonly lag: Lag | null;
  readonly lastError: string | null;
  /** `this program`, another one by process and host, or null for nobody. */
  readonly ledBy: string | null;
  /** When it was last heard of. */
  readonly heardAt: Instant | null;
}

/** How far each part of a running register has come. */
export interface RuntimeStatus {
  readonly store: Seen;
  readonly views: Seen;
  readonly followers: readonly FollowerStatus[];
  /** Why the program writes nothing more and is about to end, to be started again; null where it goes on. */
  readonly ending: string | null;
}

/** The follower that keeps the views; it is spoken of even where nobody has ever run it. */
const VIEWS_FOLLOWER = 'register';

/** Seconds behind the log beyond which a follower that catches up is too late to be called ready. */
const LATE_SECONDS = 30;

/** The stores behind a program, as they were seen when they were asked. */
export interface SeenStores {
  readonly store: Seen;
  readonly views: Seen;
}

/** What the log is asked for health. */
export const askLog = (store: EventStore) => async (): Promise<Position> => {
  await store.answers();
  return store.head();
};

/**
 * @param own how the program's own follower fares, where it has one: what it says counts where it leads, otherwise what
 *   the leader has kept beside the views.
 * @param seen how the stores were seen by whoever watches them; without it they are asked once.
 */
export const statusOf = async (
  store: EventStore,
  register: Register,
  own: (FollowerState & { readonly leads: boolean }) | undefined,
  seen?: SeenStores,
  ending: string | null = null,
): Promise<RuntimeStatus> => {
  const stores = seen ?? (await askedOnce(store, register));
  const [head, reached] = [stores.store.position, stores.views.position];
  const kept = reached === null ? null : await register.followerStates().catch(() => null);
  const followers: FollowerStatus[] = [];
  for (const name of new Set([VIEWS_FOLLOWER, ...(kept ?? []).map((state) => state.name)])) {
    const row = kept?.find((state) => state.name === name);
    const said = own?.leads && own.name === name ? ownStatus(own) : row ? keptStatus(row) : unheard(name);
    // A rebuild counts steps, and one that is over is of no more interest.
    if (name !== VIEWS_FOLLOWER && said.state !== 'rebuilding') continue;
    const position = name === VIEWS_FOLLOWER ? (reached ?? said.position) : said.position;
    const lag = name === VIEWS_FOLLOWER && reached !== null ? await lagOf(store, position, head) : null;
    followers.push({ ...said, position, lag });
  }
  return { ...stores, followers, ending };
};

async function askedOnce(store: EventStore, register: Register): Promise<SeenStores> {
  const [log, views] = await Promise.all([
    seenOnce(askLog(store), 'STORE_UNREACHABLE'),
    seenOnce(() => register.position(), 'READ_MODEL_UNAVAILABLE'),
  ]);
  return { store: log, views };
}

export type Health = 'ready' | 'behind' | 'not ready';

/** Seconds after which a program that is not ready may be: its `Retry-After`. */
export const READY_AFTER = 5;

/**
 * Whether a program is to be sent traffic. Where the follower stands still or is far behind, the program that may run
 * it is `not ready`; one that leaves following to others goes on answering from what is there, and says `behind`.
 */
export const healthOf = ({ store, views, followers, ending }: RuntimeStatus, follows: boolean): Health => {
  if (ending !== null || !store.readable || !views.readable) return 'not ready';
  if (followers.every(isInTime)) return 'ready';
  return follows ? 'not ready' : 'behind';
};

const isInTime = ({ state, lag, name }: FollowerStatus): boolean =>
  name !== VIEWS_FOLLOWER ||
  state === 'live' ||
  (state === 'catching up' && lag !== null && lag.seconds <= LATE_SECONDS);

type Said = Omit<FollowerStatus, 'lag'>;

function ownStatus({ name, state, position, lastError }: FollowerState): Said {
  const shown = state === 'standing by' ? 'stopped' : state;
  return { name, state: shown, position, lastError: lastError ?? null, ledBy: 'this program', heardAt: null };
}

function keptStatus({ name, state, position, lastError, heartbeat, holder }: KeptState): Said {
  const silent = Date.now() - epochMsOf(heartbeat) > SILENT_MS;
  const running = state !== 'stopped' && !silent;
  return {
    name,
    state: silent && state !== 'failed' ? 'silent' : state === 'standing by' ? 'stopped' : state,
    position,
    lastError,
    ledBy: running ? holder : null,
    heardAt: heartbeat,
  };
}

const unheard = (name: string): Said => ({
  name,
  state: 'silent',
  position: -1,
  lastError: null,
  ledBy: null,
  heardAt: null,
});

async function lagOf(store: EventStore, position: Position, head: Position | null): Promise<Lag | null> {
  if (head === null) return null;
  if (head <= position) return { events: 0, seconds: 0 };
  const [oldest] = await store.readAll(position + 1, 1).catch(() => []);
  const seconds = oldest ? Math.max(0, (Date.now() - epochMsOf(oldest.recordedAt)) / 1000) : 0;
  return { events: head - position, seconds };
}
