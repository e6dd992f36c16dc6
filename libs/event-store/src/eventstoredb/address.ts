import { readFileSync } from 'node:fs';
import type {
  ChannelCredentialOptions,
  Credentials,
  DNSClusterOptions,
  GossipClusterOptions,
  NodePreference,
  SingleNodeOptions,
} from '@eventstore/db-client';
import { Refusal } from '#kernel';
import { type Authority, authorityTrouble } from './certificates.js';

/** Where an EventStoreDB is, how to get in, and which register there is meant. */
export interface EventStoreDbAddress {
  /** Name of the register inside the database: several may share one. */
  readonly register: string;
  readonly connection: SingleNodeOptions | GossipClusterOptions | DNSClusterOptions;
  readonly channel: ChannelCredentialOptions;
  readonly credentials?: Credentials;
  /** Hosts in the order given. */
  readonly endpoints: readonly Endpoint[];
  /** Whose certificates are taken, where that is said. */
  readonly authority?: Authority;
  /** Time for one call, in milliseconds. */
  readonly deadlineMs?: number;
  /** The text it was read from, without the password: for sentences. */
  readonly shown: string;
}

/** What a register's streams begin with on the server. */
export const prefixOf = (register: string): string => `register-${register}|`;

const EXAMPLE = 'EVENT_STORE_URL=esdb://127.0.0.1:2113?tls=false';

const DEFAULT_PORT = 2113;

/** Kurrent's own names for the same wire. */
const SHAPE = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/(?:(.*)@)?([^/?@]+)\/?(?:\?(.*))?$/s;

const REGISTER = /^[a-z0-9][a-z0-9-]{0,39}$/;

const PREFERENCES: readonly string[] = ['leader', 'follower', 'random', 'read_only_replica'] satisfies NodePreference[];

/** Names are taken whatever their case, hyphens and underscores, as other clients of the database do. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

const preferenceOf = (value: string): NodePreference | undefined =>
  PREFERENCES.find((known) => plain(known) === plain(value)) as NodePreference | undefined;

/** How a value of the query is read; undefined where it does not fit. */
const KEYS: Readonly<Record<string, readonly [needed: string, fits: (value: string) => boolean]>> = {
  register: ['small letters, digits and hyphens, at most 40', (value) => REGISTER.test(value)],
  tls: ['true or false', isBoolean],
  tlsCAFile: ['the name of a file', () => true],
  userCertFile: ['the name of a file', () => true],
  userKeyFile: ['the name of a file', () => true],
  nodePreference: [PREFERENCES.join(', '), (value) => preferenceOf(value) !== undefined],
  maxDiscoverAttempts: ['a number', isNumber],
  discoveryInterval: ['a number of milliseconds', isNumber],
  gossipTimeout: ['a number of seconds', isNumber],
  keepAliveInterval: [
    'a number of milliseconds from 10000, or -1',
    (value) => value === '-1' || Number(value) >= 10_000,
  ],
  keepAliveTimeout: [
    'a number of milliseconds from 10000, or -1',
    (value) => value === '-1' || Number(value) >= 10_000,
  ],
  defaultDeadline: ['a number of milliseconds', isNumber],
  connectionName: ['a text', () => true],
};

/** Settings of other clients that would do harm here, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  throwOnAppendFailure: 'with it a lost race would pass for an append that went in; leave it out',
  tlsVerifyCert: 'the client does not follow it; name the authority in tlsCAFile',
};

/** True for a text that names an EventStoreDB or KurrentDB, well-formed or not. */
export const isEventStoreDbUrl = (url: string): boolean => /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:/.test(url);

/**
 * Reads `esdb://[user:password@]host[:port][,host…][?register=NAME&tls=false&…]` and `esdb+discover://host…`. A user and
 * password are percent-encoded; over `tls=false` the client does not send them.
 *
 * @throws Refusal `CONFIG_EVENT_STORE_URL` naming the part that is at fault, without the password.
 */
export const parseEventStoreDbUrl = (url: string): EventStoreDbAddress => {
  const shown = withoutPassword(url);
  const refuse = (what: string): Refusal => refusedAddress(`${what}: found ${JSON.stringify(shown)}`);
  const [, discover, user, hosts = '', query = ''] = SHAPE.exec(url.trim()) ?? [];
  if (hosts === '') throw refuse('is not the address of an EventStoreDB');
  const endpoints = hosts.split(',').map((host) => endpointOf(host, refuse));
  const asked = readQuery(query, refuse);
  const number = (key: string): Record<string, number> =>
    asked[key] === undefined ? {} : { [key]: Number(asked[key]) };
  const client = {
    throwOnAppendFailure: true,
    ...number('keepAliveInterval'),
    ...number('keepAliveTimeout'),
    ...number('defaultDeadline'),
    ...(asked['connectionName'] !== undefined && { connectionName: asked['connectionName'] }),
  };
  const discovery = {
    ...client,
    ...number('maxDiscoverAttempts'),
    ...number('discoveryInterval'),
    ...number('gossipTimeout'),
    nodePreference: preferenceOf(asked['nodePreference'] ?? '') ?? ('leader' as const),
  };
  const [first] = endpoints as [Endpoint, ...Endpoint[]];
  const credentials = credentialsOf(user, refuse);
  const channel = channelOf(asked, refuse);
  const { rootCertificate: certificate } = channel;
  return {
    register: asked['register'] ?? 'main',
    endpoints,
    ...(certificate && { authority: { name: asked['tlsCAFile'] ?? '', certificate } }),
    connection:
      discover !== undefined
        ? { ...discovery, discover: first }
        : endpoints.length > 1
          ? { ...discovery, endpoints }
          : { ...client, endpoint: first },
    channel,
    ...(credentials && { credentials }),
    ...(asked['defaultDeadline'] !== undefined && { deadlineMs: Number(asked['defaultDeadline']) }),
    shown,
  };
};

/** A refusal that names the variable, what is wrong, and an example of what is right. */
export const refusedAddress = (what: string, remedy?: string): Refusal =>
  new Refusal('CONFIG_EVENT_STORE_URL', `EVENT_STORE_URL ${what}, needed for example ${EXAMPLE}`, {
    field: 'EVENT_STORE_URL',
    ...(remedy !== undefined && { remedy }),
  });

export const withoutPassword = (url: string): string => url.replace(/\/\/.*@/s, '//…@');

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

type Refuse = (what: string) => Refusal;

function endpointOf(host: string, refuse: Refuse): Endpoint {
  const [address = '', port = String(DEFAULT_PORT), ...rest] = host.trim().split(':');
  if (address === '' || rest.length > 0 || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw refuse(`names ${JSON.stringify(host)}, which is not host or host:port`);
  }
  return { address, port: Number(port) };
}

function readQuery(query: string, refuse: Refuse): Readonly<Record<string, string>> {
  const asked: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const refused = Object.keys(REFUSED).find((key) => plain(key) === plain(name));
    if (refused !== undefined) throw refuse(`sets ${refused}: ${REFUSED[refused]}`);
    const key = Object.keys(KEYS).find((known) => plain(known) === plain(name));
    if (key === undefined)
      throw refuse(`sets ${JSON.stringify(name)}, which is none of ${Object.keys(KEYS).join(', ')}`);
    const [needed, fits] = KEYS[key] as (typeof KEYS)[string];
    if (!fits(value)) throw refuse(`gives ${key} as ${JSON.stringify(value)}, needed ${needed}`);
    asked[key] = value;
  }
  return asked;
}

function channelOf(asked: Readonly<Record<string, string>>, refuse: Refuse): ChannelCredentialOptions {
  const file = (key: string): Buffer | undefined => {
    const name = asked[key];
    if (name === undefined) return undefined;
    try {
      return readFileSync(name);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      throw refuse(`names ${name} as ${key}, which cannot be read (${code})`);
    }
  };
  if (asked['tls'] === 'false') return { insecure: true };
  const [rootCertificate, userCertFile, userKeyFile] = [file('tlsCAFile'), file('userCertFile'), file('userKeyFile')];
  const trouble = rootCertificate && authorityTrouble(rootCertificate);
  if (trouble !== undefined) throw refuse(`names ${asked['tlsCAFile']} as tlsCAFile, ${trouble}`);
  if (!userCertFile !== !userKeyFile) throw refuse('gives one of userCertFile and userKeyFile without the other');
  return {
    ...(rootCertificate && { rootCertificate }),
    ...(userCertFile && { userCertFile }),
    ...(userKeyFile && { userKeyFile }),
  };
}

function credentialsOf(user: string | undefined, refuse: Refuse): Credentials | undefined {
  if (user === undefined) return undefined;
  const colon = user.indexOf(':');
  if (colon < 1) throw refuse('gives a user without a password');
  try {
    return {
      username: decodeURIComponent(user.slice(0, colon)),
      password: decodeURIComponent(user.slice(colon + 1)),
    };
  } catch {
    throw refuse('gives a user or password that is not percent-encoded');
  }
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

function isNumber(value: string): boolean {
  return /^\d{1,9}$/.test(value) && Number(value) > 0;
}
