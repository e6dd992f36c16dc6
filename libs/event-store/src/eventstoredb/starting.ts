import { isRefusal, type Refusal } from '#kernel';
import { type EventStoreDbAddress, refusedAddress } from './address.js';
import { certificateTrouble } from './certificates.js';
import { EventStoreDbConnection } from './client.js';
import { faultOf, isOfServer, saidBy, troubleOf } from './errors.js';
import { isUnauthenticated, missingRight } from './rights.js';
import { isStoreFault } from '../store-fault.js';

const WHO =
  'Name a user who may read $all, read and write the streams of the register and read their metadata, as ' +
  'esdb://user:password@host; $admins may.';

const refusedServer = (what: string, { shown }: EventStoreDbAddress, remedy: string): Refusal =>
  refusedAddress(`names a server ${what}: found ${JSON.stringify(shown)}`, remedy);

/** Tries again for a while where no answer comes. */
export type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

export interface LetInOptions {
  readonly callMs: number;
  readonly writes: boolean;
  readonly patiently: Patiently;
}

/**
 * @param streams names on the server that rights are tried on.
 * @throws Refusal where the server's certificate is not taken here, or this user may not do all that is needed.
 */
export const requireLetIn = async (
  address: EventStoreDbAddress,
  streams: readonly string[],
  { callMs, writes, patiently }: LetInOptions,
): Promise<void> => {
  await requireCertificate(address);
  // A connection of its own: the client would go on with the leader, which all this is asked of.
  const trial = new EventStoreDbConnection(address, callMs);
  try {
    requireRight(await patiently(() => missingRight(trial, streams, writes)), address);
  } finally {
    await trial.close();
  }
};

/** Of the hosts that answer, one with a certificate that is taken is enough. @throws Refusal where none has. */
const requireCertificate = async (address: EventStoreDbAddress): Promise<void> => {
  if (address.channel.insecure) return;
  const { endpoints, authority } = address;
  const found = await Promise.all(endpoints.map((endpoint) => certificateTrouble(endpoint, authority)));
  const trouble = found.find((each) => typeof each === 'string');
  if (found.includes(null) || typeof trouble !== 'string') return;
  throw refusedServer(trouble, address, 'Name the authority that signed the certificate of the server in tlsCAFile.');
};

/** @param missing in words that follow "may not". @throws Refusal where there is one. */
const requireRight = (missing: string | undefined, address: EventStoreDbAddress): void => {
  if (missing === undefined) return;
  const { credentials } = address;
  if (!credentials) throw refusedServer('that wants a user and password', address, WHO);
  const who = JSON.stringify(credentials.username);
  throw refusedServer(`that lets the user ${who} in, who may not ${missing}`, address, WHO);
};

/** What keeps a store from opening: a sentence about the server where it is of the server, else its own words. */
export const startingFault = (thrown: unknown, address: EventStoreDbAddress): unknown => {
  if (isRefusal(thrown) || (isStoreFault(thrown) && thrown.code !== 'STORE_UNREACHABLE')) return thrown;
  if (!isOfServer(thrown)) return thrown;
  if (troubleOf(thrown).kind === 'deleted') return faultOf(thrown, 'read the streams of the register');
  if (troubleOf(thrown).kind !== 'denied') {
    const remedy = 'Start the server, or put host, port and tls right; a server without TLS needs tls=false.';
    return refusedServer(`that does not answer (${saidBy(thrown)})`, address, remedy);
  }
  if (isUnauthenticated(thrown)) {
    return refusedServer('that does not let this user in with this password', address, WHO);
  }
  return refusedServer(`that does not let this user do what the register needs (${saidBy(thrown)})`, address, WHO);
};
