import type { LookupAddress, lookup } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { allowedFrom, isInside, lookUpOutside, NOTHING_INSIDE, refuseInside, type Allowed } from './egress.js';

describe('an address inside', () => {
  it.each([
    ['127.0.0.1', '127.255.255.255', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ['169.254.169.254', '168.63.129.16', '100.64.0.1', '100.127.255.255', '224.0.0.1', '239.1.2.3', '255.255.255.255'],
    ['192.0.0.170', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '240.0.0.1'],
    ['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '64:ff9b::a00:1', '64:ff9b:1::1', '::7f00:1'],
    [
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
    ],
    ['', 'nobody', '1.2.3', '0x7f.1'],
  ])('is told: %s and its like', (...addresses) => {
    for (const address of addresses) expect([address, isInside(address)]).toEqual([address, true]);
  });

  it.each([
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('is told from one outside: %s', (address) => expect(isInside(address)).toBe(false));
});

describe('where a webhook may go', () => {
  const refused = (address: string, allowed: Allowed = NOTHING_INSIDE): boolean => {
    try {
      refuseInside(new URL(address), allowed);
      return false;
    } catch {
      return true;
    }
  };

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
  ])('is not an address inside, however it is written: %s', (address) => expect(refused(address)).toBe(true));

  it('is inside where it is allowed', () => {
    expect(refused('https://10.1.2.3/', allowedFrom(['10.1.0.0/16']))).toBe(false);
    expect(refused('https://10.2.2.3/', allowedFrom(['10.1.0.0/16']))).toBe(true);
    expect(refused('https://[fd00::7]/', allowedFrom(['fd00::/8']))).toBe(false);
  });

  const system = (found: readonly LookupAddress[]): typeof lookup =>
    ((_: string, __: object, done: (fault: null, addresses: readonly LookupAddress[]) => void) =>
      done(null, found)) as typeof lookup;
  const lookedUp = (found: readonly string[], allowed: Allowed = NOTHING_INSIDE, all = true): Promise<unknown> =>
    new Promise((resolve) => {
      const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      lookUpOutside(allowed, system(addresses))('Receiver.example.', { all }, (fault, address) =>
        resolve(fault ? (fault as { code?: string }).code : address),
      );
    });

  it('is what its name was found to be, without what is inside, and is looked up once', async () => {
    expect(await lookedUp(['127.0.0.1', '8.8.8.8', '::1'])).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await lookedUp(['127.0.0.1', '8.8.8.8'], NOTHING_INSIDE, false)).toBe('8.8.8.8');
    expect(await lookedUp(['10.0.0.1', 'fe80::1'])).toBe('RECEIVER_INSIDE');
    expect(await lookedUp([])).toBe('RECEIVER_INSIDE');
    expect(await lookedUp(['10.0.0.1'], allowedFrom(['receiver.example']))).toEqual([
      { address: '10.0.0.1', family: 4 },
    ]);
    expect(await lookedUp(['10.0.0.1'], allowedFrom(['other.example']))).toBe('RECEIVER_INSIDE');
  });
});
