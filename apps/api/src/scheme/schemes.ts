import { Injectable } from '@nestjs/common';
import { mayRead, seesEverything } from '#access';
import { disclosing, knowing, type LogSource, type ReaderClass } from '#decision-log';
import { EventStore } from '#event-store';
import { eventReader } from '#governance';
import type { Actor } from '#kernel';
import { Register } from '#register';

/** Rooms that documents of who may decide read. */
const READ = [
  'organisation',
  'body',
  'seat',
  'person',
  'appointment',
  'delegation',
  'reservation',
  'function',
  'functionHolding',
  'instrument',
  'place',
  'decision',
] as const;

/** From where schemes, maps and differences are made, as whoever asks may see them. */
@Injectable()
export class Schemes {
  private readonly readEvent = eventReader();

  constructor(
    private readonly register: Register,
    private readonly store: EventStore,
  ) {}

  /** @param now UTC epoch milliseconds, of the request. @throws Refusal `FORBIDDEN` */
  for(actor: Actor, now: number): { readonly source: LogSource; readonly reader: ReaderClass } {
    for (const aggregate of READ) mayRead(actor, aggregate);
    const { register, store, readEvent } = this;
    const source = {
      ...{ register, store, readEvent },
      disclose: disclosing(register, store, now),
      known: knowing(register, store, now),
    };
    return { source, reader: seesEverything(actor) ? 'officers' : 'public' };
  }
}
