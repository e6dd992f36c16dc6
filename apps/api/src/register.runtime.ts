import type { Logger } from 'pino';
import { signInMode, type Configuration } from '#access';
import type { EventStore } from '#event-store';
import { Runtime, startRuntime, type Metrics, type RuntimeStatus } from '#operations';
import type { Register } from '#register';

/** What runs behind the API, and how it knows who comes in. */
export class RegisterRuntime {
  constructor(
    private readonly runtime: Runtime,
    readonly signIn: 'oidc' | 'development',
  ) {}

  get store(): EventStore {
    return this.runtime.store;
  }

  get register(): Register {
    return this.runtime.register;
  }

  get metrics(): Metrics {
    return this.runtime.metrics;
  }

  get follows(): boolean {
    return this.runtime.follows;
  }

  status(): Promise<RuntimeStatus> {
    return this.runtime.status();
  }

  metricsText(): Promise<string> {
    return this.runtime.metricsText();
  }

  /** @see Runtime.rebuild */
  rebuild(options: Parameters<Runtime['rebuild']>[0]): ReturnType<Runtime['rebuild']> {
    return this.runtime.rebuild(options);
  }

  /** Told when the program has to end by itself, to be started again. */
  onEnding(end: () => void): void {
    this.runtime.onEnding(end);
  }

  close(): Promise<void> {
    return this.runtime.close();
  }
}

/** Opens the log and the views to read beside whoever writes them. @throws as `startRegister`. */
export const readRegister = async (configuration: Configuration, log: Logger): Promise<RegisterRuntime> => {
  const role = { program: 'register', follows: false, records: false };
  return new RegisterRuntime(await startRuntime(configuration, role, log), 'oidc');
};

/**
 * Opens the log and the views, and follows unless `FOLLOW` leaves that to projectors.
 *
 * @param acceptsOlderLog somebody said to go on without acknowledged events that the log has not.
 *
 * @throws Refusal `CONFIGURATION`, `REGISTER_HELD`, or one of the stores': the program shows it and exits with 2.
 */
export const startRegister = async (
  configuration: Configuration,
  log: Logger,
  acceptsOlderLog = false,
): Promise<RegisterRuntime> => {
  const signIn = signInMode(configuration);
  const role = { program: 'register api', follows: configuration.follow, records: true, acceptsOlderLog };
  return new RegisterRuntime(await startRuntime(configuration, role, log), signIn);
};
