// A stand-in for EventStoreDB: a gRPC server over the client's own service definitions. It is a test double: it keeps the
// rules that a client sees (idempotence, revisions, positions, filters, checkpoints, faults) and nothing else of a server.
//
// As a program: node test/eventstoredb/server.mjs [--port N] [--data FILE] [--faults RATE] [--seed N] [--batch] [--controlled]
//
// Controlled, it says each fault on a line of its own ({"fault":…,"call":…}), takes lines on standard input, `faults RATE`
// and `drop` (every connection breaks), answers each with {"done":…}, and goes when standard input ends.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import grpc from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Appending } from './appending.mjs';
import { Faults, RandomFaults } from './faults.mjs';
import { Log } from './log.mjs';
import { clusterInfo, featuresOf, notLeader } from './messages.mjs';
import { Reading } from './reading.mjs';

export { Log } from './log.mjs';
export { selfSigned } from './certificate.mjs';

/** One node. Several over one `log` are a cluster: of those that are not the leader, appends are refused with its address. */
export class Server {
  /** What goes wrong next. */
  faults = new Faults();
  /** Every call in the order it came: `append`, `batchAppend`, `read`, `subscribe`. */
  calls = [];
  /** Where the leader is, for a node that is not: `{ host, port }`. */
  leader = undefined;
  #options;
  #grpc;
  #reading;

  /**
   * @param options.log what it serves; default a new one in memory.
   * @param options.port default one that is free, and the same after a restart.
   * @param options.batchAppend whether it offers the client's long-lived append stream; default false.
   * @param options.caughtUp whether a subscription says when it has caught up, as servers from 23.10 do; default true.
   * @param options.maxAppendSize bytes of one append; default 1 MiB.
   * @param options.tls `{ key, cert }`; default none.
   * @param options.user `{ username, password }` that every call must bring; default none.
   */
  constructor(options = {}) {
    this.#options = { batchAppend: false, caughtUp: true, maxAppendSize: 1_048_576, port: 0, ...options };
    this.log = options.log ?? new Log();
    this.port = this.#options.port;
  }

  static async start(options) {
    const server = new Server(options);
    await server.start();
    return server;
  }

  /** For EVENT_STORE_URL. */
  url(query = {}) {
    const { tls, user } = this.#options;
    const asked = new URLSearchParams({ ...(tls ? {} : { tls: 'false' }), ...query });
    const who = user ? `${user.username}:${encodeURIComponent(user.password)}@` : '';
    return `esdb://${who}127.0.0.1:${this.port}${asked.size > 0 ? `?${asked}` : ''}`;
  }

  async start() {
    const { tls, caughtUp, maxAppendSize, batchAppend } = this.#options;
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 });
    const appending = new Appending(this.log, { maxAppendSize, faults: this.faults });
    this.#reading = new Reading(this.log, { caughtUp, faults: this.faults });
    const guard = (name, handle) => (call, answer) => this.#admit(name, call, answer, handle);
    server.addService(streamServices.StreamsService, {
      append: guard('append', (call, answer) => appending.append(call, answer)),
      batchAppend: guard('batchAppend', (call) => appending.batch(call)),
      read: guard('read', (call) => this.#reading.read(call)),
      delete: guard('delete', (call, answer) => appending.remove(call, answer, 'softDelete')),
      tombstone: guard('tombstone', (call, answer) => appending.remove(call, answer, 'tombstone')),
    });
    server.addService(featureServices.ServerFeaturesService, {
      getSupportedMethods: (_call, answer) => answer(null, featuresOf(batchAppend)),
    });
    server.addService(gossipServices.GossipService, {
      read: (_call, answer) => answer(null, clusterInfo(this.members ?? [this.#self()])),
    });
    const credentials = tls
      ? grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
      : grpc.ServerCredentials.createInsecure();
    this.port = await new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) => (error ? reject(error) : resolve(port)));
    });
    this.#grpc = server;
  }

  /** Drops every connection at once and listens no more; the log stays. */
  async stop() {
    this.#reading?.stop();
    this.#grpc?.forceShutdown();
    this.#grpc = undefined;
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** As a restarted server: same port, same log, no connection survives. */
  async restart() {
    await this.stop();
    await this.start();
  }

  #self() {
    return { host: '127.0.0.1', port: this.port, state: this.leader ? 'FOLLOWER' : 'LEADER' };
  }

  #admit(name, call, answer, handle) {
    this.calls.push(name === 'read' ? Reading.kindOf(call) : name);
    const refused = this.#refusalOf(name, call);
    if (!refused) return handle(call, answer);
    if (answer) answer(refused);
    else call.emit('error', refused);
  }

  #refusalOf(name, call) {
    const { user } = this.#options;
    const wanted = user && `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
    if (wanted && call.metadata.get('authorization')[0] !== wanted) {
      return Object.assign(new Error('unauthenticated'), { code: grpc.status.UNAUTHENTICATED });
    }
    const leaderOnly = name !== 'read' || call.metadata.get('requires-leader')[0] === 'true';
    return this.leader && leaderOnly ? notLeader(this.leader) : undefined;
  }
}

const obey = (server, say) => {
  const done = (order) => say({ done: order });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const [order, rate] = line.split(' ');
    if (order === 'faults') server.faults.rate = Number(rate);
    if (order === 'drop') void server.restart().then(() => done(line));
    else done(line);
  });
  lines.on('close', () => process.exit(0));
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      faults: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      batch: { type: 'boolean', default: false },
      controlled: { type: 'boolean', default: false },
    },
  });
  const say = (line) => console.log(JSON.stringify(line));
  const log = new Log({ file: values.data });
  const server = new Server({ log, port: Number(values.port), batchAppend: values.batch });
  const tell = values.controlled ? (fault, call) => say({ fault, call }) : undefined;
  server.faults = new RandomFaults(Number(values.faults), Number(values.seed), tell);
  await server.start();
  say({ url: server.url(), port: server.port, records: log.records.length });
  if (values.controlled) obey(server, say);
  process.on('SIGTERM', () => void server.stop().then(() => log.close()));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
