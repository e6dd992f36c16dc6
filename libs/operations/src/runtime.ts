import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { configurationRefusal, isEmbedded, type Configuration } from '#access';
import {
  holdRegister,
  openEventStore,
  type EventStore,
  type FollowerState,
  type LogLoss,
  type StoreFault,
} from '#event-store';
import { eventReader } from '#governance';
import { isRefusal, Refusal } from '#kernel';
import {
  VIEWS,
  followLed,
  openRegister,
  openRegisterToRead,
  type LedFollower,
  type OpenRegister,
  type RebuildReport,
  type Register,
} from '#register';
import { Ending } from './ending.js';
import { Metrics } from './metrics.js';
import { ObservedEventStore } from './observed.event-store.js';
import { ObservedFollower } from './observed.follower.js';
import { OlderLog, operatorOf } from './older-log.js';
import { SkippingEventStore, Skips } from './skips.js';
import { askLog, statusOf, type RuntimeStatus } from './status.js';
import { startTracing, type Tracing } from './tracing.js';
import { Watch, type Seen } from './watch.js';

/** What a program of the register is, beside its configuration. */
export interface Role {
  /** `register api`: so it is called in refusals and traces. */
  readonly program: string;
  /** Whether it brings the views up to date, as far as no other program does. */
  readonly follows: boolean;
  /** Whether it writes to the log. A program that only reads goes beside another one on the embedded log. */
  readonly records: boolean;
  /** Somebody said to go on without acknowledged events that the log has not. */
  readonly acceptsOlderLog?: boolean;
}

/** How often a follower that stands still looks whether it has been told to go on, in milliseconds. */
const LOOK_FOR_SKIPS_MS = 1_000;

/** The views of a program; only one that follows makes them anew. */
type OwnViews = Pick<OpenRegister, 'register' | 'close'> & Partial<Pick<OpenRegister, 'rebuild'>>;

/** What runs behind a program: the log, the views, and its follower if it has one. */
export class Runtime {
  private led: LedFollower | undefined;
  private looking: NodeJS.Timeout | undefined;
  private restarting: Promise<void> = Promise.resolve();
  private closing = false;
  private readonly watches: Readonly<Record<'store' | 'views', Watch>>;

  constructor(
    readonly store: EventStore,
    private readonly views: OwnViews,
    readonly metrics: Metrics,
    private readonly follow: (() => LedFollower) | undefined,
    private readonly skips: Skips,
    private readonly ending: Ending,
    private readonly tracing: Tracing,
    private readonly release: () => void,
    log: Logger,
  ) {
    this.watches = {
      store: new Watch(askLog(store), { silence: 'STORE_UNREACHABLE', onChange: sayOf(log, 'the log') }),
      views: new Watch(() => this.register.position(), {
        silence: 'READ_MODEL_UNAVAILABLE',
        onChange: sayOf(log, 'the store of the views'),
      }),
    };
    this.led = follow?.();
    if (follow) this.looking = setInterval(() => this.lookForSkips(), LOOK_FOR_SKIPS_MS).unref();
  }

  get register(): Register {
    return this.views.register;
  }

  /** How its own follower fares; undefined where it has none. */
  ownFollower(): (FollowerState & { readonly leads: boolean }) | undefined {
    return this.led && { ...this.led.state(), leads: this.led.leads() };
  }

  get follows(): boolean {
    return this.follow !== undefined;
  }

  /** How far each part has come, also where another program runs the follower. Both stores are asked. */
  async status(): Promise<RuntimeStatus> {
    const [store, views] = await Promise.all([this.watches.store.look(), this.watches.views.look()]);
    return statusOf(this.store, this.register, this.ownFollower(), { store, views }, this.ending.why);
  }

  /** What Prometheus reads: looked up when it asks. */
  async metricsText(): Promise<string> {
    const { store, views, followers } = await this.status();
    this.metrics.seen('store', store);
    this.metrics.seen('views', views);
    for (const follower of followers) this.metrics.follower(follower, follower.ledBy === 'this program');
    return this.metrics.registry.metrics();
  }

  /**
   * Makes the views anew beside those in use, which go on being read and followed.
   *
   * @throws Refusal `REBUILD_UNDER_WAY`; `REGISTER_HELD` where other programs keep the views.
   */
  async rebuild(options: Parameters<OpenRegister['rebuild']>[0]): Promise<RebuildReport> {
    if (this.views.rebuild) return this.views.rebuild(options);
    throw new Refusal('REGISTER_HELD', 'the views are kept by projectors, not by the server that holds the directory', {
      remedy: 'stop this server, and rebuild with the settings of a projector',
    });
  }

  /** Told when the program has to end by itself, to be started again. */
  onEnding(end: () => void): void {
    this.ending.onEnd(end);
  }

  /** Finishes what is under way, in the order in which it depends on each other, and lets go of the data directory. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.looking);
    for (const watch of Object.values(this.watches)) watch.stop();
    try {
      await this.restarting;
      await this.led?.stop();
      await this.views.close();
      await this.store.close();
      await this.tracing.stop();
    } finally {
      this.release();
    }
  }

  /** A follower that failed is started again when the log says that it goes on without the event it failed on. */
  private lookForSkips(): void {
    if (this.closing || this.led?.state().state !== 'failed') return;
    this.restarting = this.restarting.then(async () => {
      // A log that does not answer now is asked again.
      if (!(await this.skips.refresh().catch(() => false)) || this.closing) return;
      await this.led?.stop();
      this.led = this.follow?.();
    });
  }
}

/** Codes of stores that say nothing. Any other is what they say. */
const SILENT: ReadonlySet<string> = new Set(['STORE_UNREACHABLE', 'READ_MODEL_UNAVAILABLE', 'STORE_BEHIND']);

/** A line when a store is away, and one when it is there again. */
const sayOf =
  (log: Logger, what: string) =>
  ({ readable, heard, code, lastError }: Seen, secondsAway: number): void => {
    if (readable) log.warn({ secondsAway }, `${what} answers again, after ${Math.round(secondsAway)} s`);
    else
      log.error(
        { code, heard },
        `${what} ${SILENT.has(String(code)) ? 'does not answer' : 'cannot be used'}: ${lastError}; ${heard}`,
      );
  };

/**
 * Opens the log and the views, and starts following where the role says so.
 *
 * @throws Refusal `CONFIGURATION`, `REGISTER_HELD`, or one of the stores'; StoreFault: the program shows it and exits with 2.
 */
export const startRuntime = async (configuration: Configuration, role: Role, log: Logger): Promise<Runtime> => {
  const { dataDirectory: directory, eventStoreUrl, readModelUrl, traceEndpoint } = configuration;
  if (!role.records && eventStoreUrl === 'memory:') {
    throw configurationRefusal(
      'EVENT_STORE_URL',
      `EVENT_STORE_URL is memory:, a log that no other program can read: needed one that ${role.program} can, for example EVENT_STORE_URL=sqlite:`,
    );
  }
  const tracing = await startTracing(role.program, traceEndpoint);
  const isReader = !role.records && !role.follows;
  const holds = !isReader && ((role.records && isEmbedded(eventStoreUrl)) || isEmbedded(readModelUrl));
  const holder = holds ? holdRegister(directory, role.program) : undefined;
  let store: EventStore | undefined;
  try {
    const metrics = new Metrics();
    const readOnly = !role.records && isEmbedded(eventStoreUrl);
    const olderLog = new OlderLog(role.acceptsOlderLog ?? false, operatorOf(role.program));
    const onNote = (sentence: string): void => log.warn(sentence);
    const { onLoss } = olderLog;
    const ending = new Ending(log, metrics);
    const onReplaced = ({ message }: StoreFault): void => ending.because(message);
    store = new ObservedEventStore(
      await openEventStore(eventStoreUrl, directory, { readOnly, onLoss, onNote, onReplaced }),
      metrics,
      ending,
    );
    await olderLog.record(store);
    const skips = new Skips(store, 'register');
    await skips.refresh();
    const { views, follow } = await openViews(configuration, role, store, skips, olderLog, ending, metrics, log);
    return new Runtime(store, views, metrics, follow, skips, ending, tracing, () => holder?.release(), log);
  } catch (thrown) {
    await store?.close();
    holder?.release();
    await tracing.stop();
    throw thrown;
  }
};

interface Views {
  readonly views: OwnViews;
  readonly follow: (() => LedFollower) | undefined;
}

async function openViews(
  { dataDirectory: directory, readModelUrl }: Configuration,
  { follows, acceptsOlderLog = false }: Role,
  store: EventStore,
  skips: Skips,
  olderLog: OlderLog,
  ending: Ending,
  metrics: Metrics,
  log: Logger,
): Promise<Views> {
  const onNote = (sentence: string): void => log.warn(sentence);
  const seen = new SkippingEventStore(store, skips);
  const own = {
    onLoss: ({ sentence }: LogLoss): void => ending.because(sentence),
    lookAgain: (): Promise<unknown> => skips.refresh(),
  };
  if (!follows) {
    const open = (): Promise<Views['views']> => openRegisterToRead(directory, VIEWS, readModelUrl, seen, own);
    return { views: await viewsOfOthers(open, acceptsOlderLog, onNote), follow: undefined };
  }
  const views = await openRegister({
    directory,
    readModelUrl,
    store: seen,
    views: VIEWS,
    readEvent: eventReader(),
    onNote,
    ...own,
    acceptLoss: (loss) => olderLog.accept(store, loss),
  });
  const follower = new ObservedFollower(views.follower, skips, metrics);
  const onState = (state: FollowerState): void => {
    const { name: _, ...said } = state;
    if (state.state === 'failed') {
      log.error(
        { follower: state },
        `a follower stands still: register follower skip ${state.name} --position … --reason … lets it go on`,
      );
    } else log.debug({ follower: state.name, ...said }, 'a follower changed its state');
  };
  return { views, follow: () => followLed({ ...views, follower }, seen, { onState }) };
}

/** How long a program that does not follow waits at its start for one that does to make the views, in milliseconds. */
const WAIT_FOR_VIEWS_MS = 120_000;
const LOOK_FOR_VIEWS_MS = 1_000;

/**
 * Waits where a projector has to make the views first, or to make them anew from a log of which somebody accepts that it is
 * an older one.
 *
 * @throws Refusal `REGISTER_NO_VIEWS`, `REGISTER_VIEWS_STALE` or `LOG_OLDER_THAN_KNOWN` where none does within two minutes.
 */
async function viewsOfOthers(
  open: () => Promise<Views['views']>,
  acceptsOlderLog: boolean,
  onNote: (sentence: string) => void,
): Promise<Views['views']> {
  const awaited = acceptsOlderLog
    ? /^(REGISTER_(NO_VIEWS|VIEWS_STALE)|LOG_OLDER_THAN_KNOWN)$/
    : /^REGISTER_(NO_VIEWS|VIEWS_STALE)$/;
  const deadline = performance.now() + WAIT_FOR_VIEWS_MS;
  for (let waited = false; ; waited = true) {
    try {
      return await open();
    } catch (thrown) {
      if (!isRefusal(thrown) || !awaited.test(thrown.code) || performance.now() > deadline) throw thrown;
      if (!waited) onNote(`${thrown.message}: waiting for a projector to make them`);
      await pause(LOOK_FOR_VIEWS_MS);
    }
  }
}
