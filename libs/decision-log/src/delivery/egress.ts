import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What may be reached although it is inside: hosts by name, and addresses. */
export interface Allowed {
  readonly hosts: ReadonlySet<string>;
  readonly addresses: BlockList;
}

export const NOTHING_INSIDE: Allowed = { hosts: new Set(), addresses: new BlockList() };

/** Addresses that are of this machine, of a network of one's own, or of nobody: RFC 6890 and the registries of IANA. */
const INSIDE = blocked([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // A virtual machine's own services at one cloud.
  '168.63.129.16/32',
]);

/** The one block of IPv6 that is routed on the internet, and what in it leads elsewhere. */
const GLOBAL6 = blocked(['2000::/3']);
const INSIDE6 = blocked(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an address is none that anybody on the internet could have. What is no address is inside. */
export const isInside = (address: string): boolean => {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 4) return INSIDE.check(bare, 'ipv4');
  if (isIP(bare) !== 6) return true;
  // An address of IPv4 in one of IPv6 (mapped, or translated by 64:ff9b::/96) is outside of the global block as well.
  return !GLOBAL6.check(bare, 'ipv6') || INSIDE6.check(bare, 'ipv6');
};

const isAllowed = (address: string, { addresses }: Allowed): boolean =>
  !isInside(address) || addresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** That a receiver is not to be talked to, whatever it would answer. */
export class InsideFault extends Error {
  readonly code = 'RECEIVER_INSIDE';
}

/** The name in a URL, as it is looked up. */
export const hostOf = ({ hostname }: URL): string =>
  hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();

/** An address that stands in the URL itself is looked up nowhere. @throws InsideFault */
export const refuseInside = (url: URL, allowed: Allowed): void => {
  const host = hostOf(url);
  if (isIP(host) === 0 || allowed.hosts.has(host) || isAllowed(host, allowed)) return;
  throw new InsideFault(`${host} is an address inside, and not in WEBHOOK_ALLOW`);
};

/**
 * Looks a name up once for one connection, which is then made to what was found and nowhere else: what the name says a
 * moment later plays no part. Addresses inside are left out.
 *
 * @param ask the system's own look-up.
 */
export const lookUpOutside =
  (allowed: Allowed, ask: typeof lookUp = lookUp): LookupFunction =>
  (host, options, done) => {
    const { all } = options;
    ask(host, { ...options, all: true }, (fault, found: LookupAddress[]) => {
      if (fault) return done(fault, '', 0);
      const named = allowed.hosts.has(host.replace(/\.$/, '').toLowerCase());
      const outside = found.filter(({ address }) => named || isAllowed(address, allowed));
      const [first] = outside;
      if (!first) {
        const inside = found.map(({ address }) => address).join(', ') || 'none';
        return done(
          new InsideFault(`${host} has addresses inside only (${inside}), and is not in WEBHOOK_ALLOW`),
          '',
          0,
        );
      }
      return all ? done(null, outside) : done(null, first.address, first.family);
    });
  };

/** Reads `WEBHOOK_ALLOW`: host names, addresses and ranges. */
export const allowedFrom = (entries: readonly string[]): Allowed => {
  const isRange = (entry: string): boolean => isIP(entry.split('/')[0] ?? '') !== 0;
  return { hosts: new Set(entries.filter((entry) => !isRange(entry))), addresses: blocked(entries.filter(isRange)) };
};

function blocked(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(net, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}
