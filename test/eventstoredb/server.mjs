// A stand-in for EventStoreDB: a gRPC server over the client's own service definitions. It is a test double: it keeps the
// rules that a client sees (idempotence, revisions, positions, filters, checkpoints, faults) and nothing else of a server.
//
// As a program: node test/eventstoredb/server.mjs [--port N] [--data FILE] [--faults RATE] [--seed N] [--alone]
//   [--not-ready MS] [--controlled]
//
// Controlled, it says each fault on a line of its own ({"fault":…,"call":…}), takes lines on standard input, answers each
// with {"done":…}, and goes when standard input ends: `faults RATE`, `drop` (every connection breaks), `freeze`, `thaw`,
// `scavenge`, `keep` and `put back` (the log as it was kept, or an empty one), `event STREAM` (somebody else's),
// `metadata STREAM JSON`, `tombstone STREAM`, `room BYTES`.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import grpc from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Access } from './access.mjs';
import { Appending } from './appending.mjs';
import { Faults, RandomFaults } from './faults.mjs';
import { Log } from './log.mjs';
import { META } from './metadata.mjs';
import { clusterInfo, featuresOf, notLeader, notReady, unauthenticated } from './messages.mjs';
import { Reading } from './reading.mjs';

export { Log } from './log.mjs';
export { selfSigned } from './certificate.mjs';

/** One node. Several over one `log` are a cluster: of those that are not the leader, appends are refused with its address. */
export class Server {
  /** What goes wrong next. */
  faults = new Faults();
  /** Every call in the order it came: `append`, `batchAppend`, `read`, `subscribe`; and `batched` for each append on the second. */
  calls = [];
  /** Where the leader is, for a node that is not: `{ host, port }`. */
  leader = undefined;
  #options;
  #grpc;
  #reading;
  #access;
  #readyAt = 0;
  #frozen;
  #thaw = () => undefined;

  /**
   * @param options.log what it serves; default a new one in memory.
   * @param options.port default one that is free, and the same after a restart.
   * @param options.batchAppend whether it offers the long call for appends, as servers from 21.10 do; default true.
   * @param options.caughtUp whether a subscription says when it has caught up, as servers from 23.10 do; default true.
   * @param options.maxAppendSize bytes of one append; default 1 MiB.
   * @param options.tls `{ key, cert }`; default none.
   * @param options.users `[{ username, password, groups }]`, with `$admins` for one who may do everything; default none, and
   *   nobody is asked who they are. Streams say who may do what in their metadata, as on a server.
   * @param options.notReadyMs how long after a start it says that it is not ready; default 0.
   */
  constructor(options = {}) {
    this.#options = {
      batchAppend: true,
      caughtUp: true,
      maxAppendSize: 1_048_576,
      port: 0,
      notReadyMs: 0,
      ...options,
    };
    this.log = options.log ?? new Log();
    this.port = this.#options.port;
  }

  static async start(options) {
    const server = new Server(options);
    await server.start();
    return server;
  }

  /** For EVENT_STORE_URL. @param user one of its users; default the first. */
  url(query = {}, user = this.#options.users?.[0]) {
    const { tls } = this.#options;
    const asked = new URLSearchParams({ ...(tls ? {} : { tls: 'false' }), ...query });
    const who = user ? `${user.username}:${encodeURIComponent(user.password)}@` : '';
    return `esdb://${who}127.0.0.1:${this.port}${asked.size > 0 ? `?${asked}` : ''}`;
  }

  async start() {
    const { tls, caughtUp, maxAppendSize, batchAppend, users, notReadyMs } = this.#options;
    this.log.forgetRecent();
    this.#readyAt = performance.now() + notReadyMs;
    this.#access = new Access(this.log, users);
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 });
    const { faults } = this;
    const access = this.#access;
    const appending = new Appending(this.log, { maxAppendSize, faults, access, onFull: () => void this.end() });
    this.#reading = new Reading(this.log, { caughtUp, faults, access, frozen: () => this.#frozen });
    const guard = (name, handle) => (call, answer) => void this.#admit(name, call, answer, handle);
    server.addService(streamServices.StreamsService, {
      append: guard('append', (call, answer) => appending.append(call, answer)),
      batchAppend: guard('batchAppend', (call) => appending.batch(call, () => this.#admitBatched(call))),
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

  /** Another log under the same address: an older copy, an empty one, or one that is not ours. No connection survives. */
  async putBack(log) {
    await this.stop();
    this.log = log;
    await this.start();
  }

  /** From now on nothing is answered and nothing told, and every connection stays: as a process that was stopped. */
  freeze() {
    this.#frozen ??= new Promise((resolve) => {
      this.#thaw = () => {
        this.#frozen = undefined;
        resolve();
      };
    });
  }

  /** What waited is done now. */
  thaw() {
    this.#thaw();
  }

  /** Of a full disk a server's process ends. */
  end() {
    return this.stop();
  }

  #self() {
    return { host: '127.0.0.1', port: this.port, state: this.leader ? 'FOLLOWER' : 'LEADER' };
  }

  async #admit(name, call, answer, handle) {
    this.calls.push(name === 'read' ? Reading.kindOf(call) : name);
    if (this.#frozen) await this.#frozen;
    const refused = this.#refusalOf(name, call);
    if (!refused) return handle(call, answer);
    if (answer) answer(refused);
    else call.emit('error', refused);
  }

  /** An append on a call that was admitted before. */
  async #admitBatched(call) {
    this.calls.push('batched');
    if (this.#frozen) await this.#frozen;
    return this.#refusalOf('batchAppend', call);
  }

  #refusalOf(name, call) {
    if (performance.now() < this.#readyAt) return notReady();
    if (this.#access.whoIs(call.metadata) === 'unauthenticated') return unauthenticated();
    const leaderOnly = name !== 'read' || call.metadata.get('requires-leader')[0] === 'true';
    return this.leader && leaderOnly ? notLeader(this.leader) : undefined;
  }
}

const oddEvent = (type, text) => {
  const about = { id: randomUUID(), type, contentType: 'application/json' };
  return { ...about, data: Buffer.from(text), metadata: Buffer.alloc(0) };
};

/** A copy of the file in which a log is kept, in its place. */
const putFileBack = async (server, file, kept) => {
  await server.stop();
  server.log.close();
  writeFileSync(file, kept);
  server.log = new Log({ file });
  await server.start();
};

/** What the stand-in does when it is told to, by the first word of the order. */
const ordersFor = (server, file) => {
  let kept = file ? Buffer.alloc(0) : new Log();
  return {
    faults: (rate) => void (server.faults.rate = Number(rate)),
    drop: () => server.restart(),
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    scavenge: () => server.log.scavenge(),
    keep: () => void (kept = file ? readFileSync(file) : server.log.copy()),
    put: () => (file ? putFileBack(server, file, kept) : server.putBack(kept.copy())),
    event: (stream) => server.log.append(stream, 'any', [oddEvent('something-else', '{}')]),
    metadata: (stream, ...json) => server.log.append(`$$${stream}`, 'any', [oddEvent(META, json.join(' '))]),
    tombstone: (stream) => server.log.tombstone(stream),
    room: (bytes) => void (server.log.room = Number(bytes)),
  };
};

const obey = (server, say, file) => {
  const orders = ordersFor(server, file);
  const lines = createInterface({ input: process.stdin });
  const follow = async (line) => {
    const [order, ...about] = line.split(' ');
    await orders[order](...about);
    say({ done: line });
  };
  lines.on('line', (line) => void follow(line));
  lines.on('close', () => process.exit(0));
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      faults: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      alone: { type: 'boolean', default: false },
      controlled: { type: 'boolean', default: false },
      rights: { type: 'boolean', default: false },
      'not-ready': { type: 'string', default: '0' },
    },
  });
  const say = (line) => console.log(JSON.stringify(line));
  const log = new Log({ file: values.data });
  const server = new Server({
    // Whoever comes is nobody in particular: the client says who it is to a server with TLS only.
    ...(values.rights && { users: [] }),
    ...{ log, port: Number(values.port), batchAppend: !values.alone },
    notReadyMs: Number(values['not-ready']),
  });
  server.end = () => process.exit(1);
  const tell = values.controlled ? (fault, call) => say({ fault, call }) : undefined;
  server.faults = new RandomFaults(Number(values.faults), Number(values.seed), tell);
  await server.start();
  say({ url: server.url(), port: server.port, records: log.records.length });
  if (values.controlled) obey(server, say, values.data);
  process.on('SIGTERM', () => void server.stop().then(() => log.close()));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
