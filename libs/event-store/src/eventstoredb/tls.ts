import { isIP } from 'node:net';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';

/** As much of what grpc-js makes of credentials, for one address, as is used here. */
interface Connector {
  readonly connectionOptions?: { servername?: string };
}
interface Connecting {
  _createSecureConnector(this: ChannelCredentials, ...about: unknown[]): Connector;
}

let isLearnt = false;

/**
 * grpc-js (1.14) tells a server reached by its IP address that address as a server name. RFC 6066, section 3, allows
 * names only; Node 24 warns (DEP0123) and Node 26 refuses to connect. Neither the EventStoreDB client nor grpc-js has an
 * option for it, so what grpc-js makes of its credentials is put right, once for the process. Certificates are checked
 * against the address as before, since the address is still the host.
 */
export const reachServersByAddress = (): void => {
  if (isLearnt) return;
  isLearnt = true;
  const made = Object.getPrototypeOf(credentials.createSsl()) as Connecting;
  const connectorOf = made._createSecureConnector;
  made._createSecureConnector = function (...about) {
    const connector = connectorOf.apply(this, about);
    const options = connector.connectionOptions;
    if (options?.servername !== undefined && isIP(options.servername) !== 0) delete options.servername;
    return connector;
  };
};
