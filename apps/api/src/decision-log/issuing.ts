import { validated } from '#wire';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Configuration } from '#access';
import { Submit, type Receipt } from '#command';
import { delivererFrom, disclosing, knowing, LogIssuing, type Deliverer } from '#decision-log';
import { EventStore } from '#event-store';
import { eventReader } from '#governance';
import { Refusal } from '#kernel';
import { Register } from '#register';
import { VERSION } from '../project.js';

/** What issuing needs to know of the program. */
export abstract class IssuingConfiguration {
  abstract readonly configuration: Configuration;
  /** Where whoever runs the register is told what those who issue are not. */
  abstract readonly log: Pick<Logger, 'warn'>;
}

/** Longest wait for the views before and after a log is issued, in milliseconds. */
const WAIT_MS = 30_000;

/** Issuing, as a program does that also answers others. */
@Injectable()
export class Issuing implements OnModuleDestroy {
  readonly logs: LogIssuing;
  readonly publicUrl: string | undefined;
  private readonly deliverer: Deliverer;

  constructor(register: Register, store: EventStore, bus: CommandBus, { configuration, log }: IssuingConfiguration) {
    const readEvent = eventReader();
    this.publicUrl = configuration.publicUrl;
    this.deliverer = delivererFrom(configuration, ({ to, why, remedy }) =>
      log.warn({ origin: new URL(to).origin, why, remedy }, 'a webhook was not accepted'),
    );
    this.logs = new LogIssuing({
      register,
      store,
      source: (now) => ({
        register,
        store,
        readEvent,
        disclose: disclosing(register, store, now),
        known: knowing(register, store, now),
      }),
      deliverer: this.deliverer,
      check: (command, data) => void validated(command, data),
      record: async ({ id, command, commandId, data, effectiveOn }, actor) =>
        bus.execute<Submit, Receipt>(
          new Submit({ aggregate: 'decisionLog', id, commandId, steps: [{ command, data, effectiveOn }] }, actor),
        ),
      settled: async () => {
        const head = await store.head();
        if ((await register.waitFor(head, WAIT_MS)) === 'reached') return;
        throw new Refusal('PENDING', `the views have not come to position ${head}: a log would miss what is recorded`, {
          remedy: 'ask again in a moment; what was recorded is safe',
        });
      },
      release: VERSION,
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.deliverer.close();
  }
}
