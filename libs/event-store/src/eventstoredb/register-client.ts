import { EventStoreDBClient, type SingleNodeOptions } from '@eventstore/db-client';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { EventStoreDbAddress } from './address.js';
import type { AppendCall } from './append-stream.js';
import { reachServersByAddress } from './tls.js';
import { closedFault } from '../store-fault.js';

const BATCH_APPEND = services.StreamsService.batchAppend;

/**
 * The client with what it lacks: an append of its own is one call, its connection can be closed, and a failure while it
 * connects anew does not end the process. The long call that it would append on is not used as it uses it, see
 * `AppendStream`.
 */
export class RegisterClient extends EventStoreDBClient {
  readonly #supports: EventStoreDBClient['supports'];
  #channel: ReturnType<EventStoreDBClient['getChannel']> | undefined;
  #isOver = false;

  constructor({ connection, channel, credentials }: EventStoreDbAddress) {
    reachServersByAddress();
    super(connection as SingleNodeOptions, channel, credentials);
    const { supports, handleError, getChannel } = this;
    this.#supports = supports;
    this.supports = async (method, feature) => method !== BATCH_APPEND && supports(method, feature);
    // A call that comes after the end would look for a server, and connect, for nobody.
    this.getChannel = () => {
      if (this.#isOver) return Promise.reject(closedFault());
      this.#channel = getChannel();
      return this.#channel;
    };
    this.handleError = (client, error) => handleError(client, error).catch(() => undefined);
  }

  /** Begins a call for many appends, which goes where the calls for one go; undefined where the server has none. */
  async appending(): Promise<AppendCall | undefined> {
    if (!(await this.#supports(BATCH_APPEND))) return undefined;
    const about = this.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY });
    return this.GRPCStreamCreator(services.StreamsClient, 'batchAppend', (client) => client.batchAppend(...about))();
  }

  /** Ends what is under way, and the connection where there is one. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.dispose();
    const channel = await this.#channel?.catch(() => undefined);
    channel?.close();
  }
}
