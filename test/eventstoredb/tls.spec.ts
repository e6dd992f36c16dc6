import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Client, credentials } from '@grpc/grpc-js';
import { expect, it } from '@jest/globals';
import { reachServersByAddress } from '../../libs/event-store/src/eventstoredb/tls.js';
import { selfSigned } from './server.mjs';

/** The server names that a client tells which goes to a host by gRPC over TLS, before it is ready. */
const namesTold = async (host: string): Promise<string[]> => {
  const { cert, key } = selfSigned();
  const told: string[] = [];
  const server = createSecureServer({
    cert,
    key,
    SNICallback: (name, answer) => {
      told.push(name);
      answer(null, createSecureContext({ cert, key }));
    },
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const trusting = credentials.createSsl(cert);
  const client = new Client(`${host}:${(server.address() as AddressInfo).port}`, trusting);
  await new Promise<void>((resolve, reject) =>
    client.waitForReady(Date.now() + 5_000, (fault) => (fault ? reject(fault) : resolve())),
  );
  client.close();
  server.close();
  return told;
};

it('tells a server its name, and nothing where it is reached by its address: Node 26 refuses an address there', async () => {
  reachServersByAddress();
  expect(await namesTold('127.0.0.1')).toEqual([]);
  expect(await namesTold('localhost')).toEqual(['localhost']);
});
