// The real EventStoreDB that specs are pointed at by EVENTSTORE_URL alone.
import { connect } from 'node:net';

/** Longest wait for it, in milliseconds: one that is not there is said at once, not by every spec after its own patience. */
const PATIENCE_MS = 2_000;

/** @returns the address in EVENTSTORE_URL, undefined where none is set. @throws where nobody listens there. */
export const realServer = async () => {
  const url = process.env.EVENTSTORE_URL;
  if (!url) return undefined;
  const hosts = /^[a-z]+(?:\+discover)?:\/\/(?:.*@)?([^/?@]+)/.exec(url)?.[1]?.split(',') ?? [];
  const there = await Promise.all(hosts.map((host) => isListening(...host.split(':'))));
  if (there.includes(true)) return url;
  throw new Error(`EVENTSTORE_URL names a server that is not there: nobody listens at ${hosts.join(', ')}`);
};

const isListening = (host, port = '2113') =>
  new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const say = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => say(false));
    socket.once('connect', () => say(true)).once('error', () => say(false));
  });
