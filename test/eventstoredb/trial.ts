import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventId,
  openEventStoreDb,
  readPages,
  type EventStore,
  type EventStoreDbEventStore,
  type EventStoreDbOptions,
} from '#event-store';
import { EventStoreDBClient } from '@eventstore/db-client';
import { canonicalJson, type NewEvent, type StoredEvent } from '#kernel';
import { Server, type ServerOptions } from './server.mjs';

/** The client as it is; only that its connection can be closed. */
export class BareClient extends EventStoreDBClient {
  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }
}

/** Servers, stores and directories of one spec, all of them gone at its end. */
export class Trial {
  readonly #servers: Server[] = [];
  readonly #stores: EventStore[] = [];
  readonly #dirs: string[] = [];
  readonly #bare: BareClient[] = [];

  /** @param settings of the client: `throwOnAppendFailure`, `defaultDeadline`. */
  bare(port: number, settings: { throwOnAppendFailure?: boolean; defaultDeadline?: number } = {}): BareClient {
    const client = new BareClient({ endpoint: { address: '127.0.0.1', port }, ...settings }, { insecure: true });
    this.#bare.push(client);
    return client;
  }

  async server(options: ServerOptions = {}): Promise<Server> {
    const server = await Server.start(options);
    this.#servers.push(server);
    return server;
  }

  dir(): string {
    const dir = mkdtempSync(join(tmpdir(), 'register-esdb-'));
    this.#dirs.push(dir);
    return dir;
  }

  /** A store with times short enough for a spec. */
  async store(
    server: Server | string,
    {
      dir = this.dir(),
      query = {},
      ...options
    }: Partial<EventStoreDbOptions> & { query?: Record<string, string> } = {},
  ): Promise<EventStoreDbEventStore> {
    const url = typeof server === 'string' ? server : server.url(query);
    const short = { callMs: 300, resolveMs: 8_000, positionMs: 5_000, connectMs: 1_000, pauseMs: 10, silenceMs: 5_000 };
    const store = await openEventStoreDb({ ...short, ...options, url, dir });
    this.#stores.push(store);
    return store;
  }

  async end(): Promise<void> {
    for (const client of this.#bare.splice(0)) await client.close();
    for (const store of this.#stores.splice(0)) await store.close();
    for (const server of this.#servers.splice(0)) await server.stop();
    for (const dir of this.#dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
  }
}

export const said = (commandId: string, index = 0, count = 1): NewEvent => ({
  id: eventId(commandId, index),
  type: 'Said',
  schemaVersion: 1,
  payload: canonicalJson({ says: commandId }),
  envelope: canonicalJson({ commandId, count, index }),
});

/** One event to one stream. @param revision −1 for a new one. */
export const write = (stream: string, revision: number, ...events: NewEvent[]): Parameters<EventStore['append']>[0] => [
  { stream, expected: revision < 0 ? 'no stream' : { revision }, events },
];

export const allOf = async (store: EventStore): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of readPages(store)) events.push(...page);
  return events;
};
