import { describe, expect, it } from '@jest/globals';
import { parseEventStoreDbUrl } from './address.js';

const refused = (url: string): string => {
  try {
    parseEventStoreDbUrl(url);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'CONFIG_EVENT_STORE_URL', detail: { field: 'EVENT_STORE_URL' } });
    return (thrown as Error).message;
  }
  throw new Error(`${url} was taken`);
};

describe('the address of an EventStoreDB', () => {
  it('is one server, seeds, or a name to be looked up', () => {
    expect(parseEventStoreDbUrl('esdb://db')).toMatchObject({
      register: 'main',
      connection: { endpoint: { address: 'db', port: 2113 } },
      channel: {},
    });
    expect(parseEventStoreDbUrl('esdb://a:1,b:2,c?tls=false&nodePreference=readOnlyReplica')).toMatchObject({
      connection: {
        endpoints: [
          { address: 'a', port: 1 },
          { address: 'b', port: 2 },
          { address: 'c', port: 2113 },
        ],
        nodePreference: 'read_only_replica',
      },
      channel: { insecure: true },
    });
    expect(parseEventStoreDbUrl('kurrentdb+discover://cluster.local')).toMatchObject({
      connection: { discover: { address: 'cluster.local', port: 2113 }, nodePreference: 'leader' },
    });
  });

  it('takes a user whose password holds anything, and shows it nowhere', () => {
    const { credentials, shown } = parseEventStoreDbUrl('esdb://clerk:p%40ss:w%2Frd@db:2113?register=glos-icb');
    expect(credentials).toEqual({ username: 'clerk', password: 'p@ss:w/rd' });
    expect(shown).toBe('esdb://…@db:2113?register=glos-icb');
  });

  it('never asks the client not to throw', () => {
    expect(parseEventStoreDbUrl('esdb://db').connection.throwOnAppendFailure).toBe(true);
  });

  for (const [url, part] of [
    ['esdb://', 'is not the address'],
    ['esdb:db', 'is not the address'],
    ['esdb://db:port', 'host or host:port'],
    ['esdb://db:99999', 'host or host:port'],
    ['esdb://clerk@db', 'a user without a password'],
    ['esdb://clerk:%zz@db', 'percent-encoded'],
    ['esdb://db?register=Glos', 'small letters'],
    ['esdb://db?tls=no', 'true or false'],
    ['esdb://db?tsl=false', 'none of register, tls'],
    ['esdb://db?keepAliveInterval=10', 'from 10000'],
    ['esdb://db?throwOnAppendFailure=false', 'leave it out'],
    ['esdb://db?tls_verify_cert=false', 'tlsCAFile'],
    ['esdb://db?tlsCAFile=/no/such/file', 'ENOENT'],
    ['esdb://db?nodePreference=any', 'leader, follower'],
  ] as const) {
    it(`is refused by what is wrong with it: ${url}`, () => {
      const message = refused(url);
      expect(message).toContain(part);
      expect(message).toMatch(/^EVENT_STORE_URL .+: found "esdb:.+", needed for example EVENT_STORE_URL=esdb:/);
    });
  }

  it('is refused without its password', () => {
    expect(refused('esdb://clerk:secret@db?tls=maybe')).not.toContain('secret');
  });
});
