import { randomBytes } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  type AppendExpectedRevision,
  type ReadStreamOptions,
  type SingleNodeOptions,
} from '@eventstore/db-client';
import { parseEventStoreDbUrl } from '#event-store';
import { reachServersByAddress } from '../../libs/event-store/src/eventstoredb/tls.js';
import { realServer } from './real.mjs';
import { Server, type ServerOptions } from './server.mjs';

/** Who is asked the same: the stand-in, and the server in EVENTSTORE_URL where there is one. */
export const asked = [
  ['the stand-in', undefined],
  ...[await realServer()].filter((url) => url !== undefined).map((url) => ['the server in EVENTSTORE_URL', url]),
] as readonly (readonly [string, string | undefined])[];

/** The real client, as it is; only that it can be told to make a call for each append, and that it can be closed. */
export class Client extends EventStoreDBClient {
  /** @param callEach an append is a call of its own, also where the server offers its stream of appends. */
  static to(url: string, callEach = true): Client {
    reachServersByAddress();
    const { connection, channel, credentials } = parseEventStoreDbUrl(url);
    const client = new Client(connection as SingleNodeOptions, channel, credentials);
    const { supports } = client;
    if (callEach) {
      client.supports = async (method, feature) => !method.path.endsWith('/BatchAppend') && supports(method, feature);
    }
    return client;
  }

  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }
}

/** One server that calls are sent to, with a stream that nobody else has. */
export class Asked {
  readonly stream = `spec-${randomBytes(6).toString('hex')}`;
  readonly #clients: Client[] = [];

  private constructor(
    readonly client: Client,
    readonly url: string,
    readonly standIn: Server | undefined,
  ) {
    this.#clients.push(client);
  }

  /** @param real its address; undefined for a stand-in of one's own. */
  static async at(
    real: string | undefined,
    {
      callEach = true,
      query = {},
      ...options
    }: ServerOptions & { callEach?: boolean; query?: Record<string, string> } = {},
  ): Promise<Asked> {
    const standIn = real === undefined ? await Server.start({ batchAppend: true, ...options }) : undefined;
    const url = real ?? (standIn as Server).url(query);
    return new Asked(Client.to(url, callEach), url, standIn);
  }

  /** Another client of the same server. */
  other(url: string): Client {
    const client = Client.to(url);
    this.#clients.push(client);
    return client;
  }

  async end(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.standIn?.stop();
  }

  /** Appends events by the numbers of their ids. @returns last revision and whether it has a place; or what was refused. */
  async append(
    expectedRevision: AppendExpectedRevision,
    numbers: readonly number[],
    stream = this.stream,
  ): Promise<readonly unknown[]> {
    const events = numbers.map((number) => jsonEvent({ id: this.id(number), type: 'x', data: { number } }));
    try {
      const { nextExpectedRevision, position } = await this.client.appendToStream(stream, events, { expectedRevision });
      return [Number(nextExpectedRevision), position?.commit];
    } catch (thrown) {
      const { type, actualVersion } = thrown as { type?: unknown; actualVersion?: unknown };
      return [type, actualVersion];
    }
  }

  /** Ids of the stream's own: a real server remembers those of other specs. */
  id(number: number): string {
    const own = this.stream.slice(-12);
    return `${own.slice(0, 8)}-${own.slice(8)}-4000-8000-${String(number).padStart(12, '0')}`;
  }

  /** What a reader gets: the numbers of the ids with their revisions, or what was refused. */
  async read(options: ReadStreamOptions = {}, stream = this.stream): Promise<unknown> {
    const found: string[] = [];
    try {
      for await (const { event } of this.client.readStream(stream, options)) {
        found.push(`${event?.revision}:${Number(event?.id.slice(-12))}`);
      }
      return found;
    } catch (thrown) {
      return (thrown as { type?: unknown }).type;
    }
  }
}
