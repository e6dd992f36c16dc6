import type { Logger } from 'pino';
import { signInMode, type Configuration } from '#access';
import {
  follow,
  holdRegister,
  openEventStore,
  type EventStore,
  type FollowerState,
  type RunningFollower,
} from '#event-store';
import { eventReader } from '#governance';
import type { Position } from '#kernel';
import { VIEWS, openRegister, type OpenRegister, type Register } from '#register';

/** How far each part of a running register has come. `lag` is the number of events not yet in what a follower keeps. */
export interface RuntimeStatus {
  readonly store: { readonly readable: boolean; readonly position: Position | null };
  readonly followers: readonly (FollowerState & { readonly lag: number | null })[];
}

/** What runs behind the API: one log, held by this process, and its followers. */
export class RegisterRuntime {
  constructor(
    readonly store: EventStore,
    private readonly views: OpenRegister,
    readonly followers: readonly RunningFollower[],
    readonly signIn: 'oidc' | 'development',
    private readonly release: () => void,
  ) {}

  get register(): Register {
    return this.views.register;
  }

  async status(): Promise<RuntimeStatus> {
    const position = await this.store.head().catch(() => null);
    const followers = this.followers.map((follower) => {
      const state = follower.state();
      return { ...state, lag: position === null ? null : position - state.position };
    });
    return { store: { readable: position !== null, position }, followers };
  }

  /** Finishes what is under way, in the order in which it depends on each other, and lets go of the data directory. */
  async close(): Promise<void> {
    try {
      for (const follower of this.followers) await follower.stop();
      await this.views.close();
      await this.store.close();
    } finally {
      this.release();
    }
  }
}

/**
 * Takes hold of the data directory, opens the log and starts its followers.
 *
 * @throws Refusal `CONFIGURATION`, `REGISTER_HELD`, or one of the event store's: the program shows it and exits with 2.
 */
export const startRegister = async (configuration: Configuration, log: Logger): Promise<RegisterRuntime> => {
  const signIn = signInMode(configuration);
  const directory = configuration.dataDirectory;
  const holder = holdRegister(directory, 'register api');
  try {
    const store = await openEventStore(configuration.eventStoreUrl, directory);
    const views = await openRegister({
      directory,
      store,
      views: VIEWS,
      readEvent: eventReader(),
      onNote: (sentence) => log.info(sentence),
    });
    const follower = follow(store, views.follower, {
      onState: (state) => {
        if (state.state === 'failed') log.error({ follower: state }, 'a follower has stopped: its views stand still');
      },
    });
    return new RegisterRuntime(store, views, [follower], signIn, () => holder.release());
  } catch (thrown) {
    holder.release();
    throw thrown;
  }
};
