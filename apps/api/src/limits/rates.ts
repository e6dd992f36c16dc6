import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How many requests a minute come from one address and from one subject. Kept in memory: each api counts its own. */
export class Rates {
  private readonly addresses: RateLimiterMemory | undefined;
  private readonly subjects: RateLimiterMemory | undefined;

  constructor({ perAddress, perSubject }: { perAddress: number | undefined; perSubject: number | undefined }) {
    this.addresses = limiter('address', perAddress);
    this.subjects = limiter('subject', perSubject);
  }

  /** @returns seconds after which the next request may come, where this one is too many. */
  ofAddress(address: string): Promise<number | undefined> {
    return secondsToWait(this.addresses, networkOf(address));
  }

  /** @returns as `ofAddress` */
  ofSubject(subject: string): Promise<number | undefined> {
    return secondsToWait(this.subjects, subject);
  }
}

const limiter = (keyPrefix: string, points: number | undefined): RateLimiterMemory | undefined =>
  points === undefined ? undefined : new RateLimiterMemory({ keyPrefix, points, duration: 60 });

async function secondsToWait(rates: RateLimiterMemory | undefined, key: string): Promise<number | undefined> {
  try {
    await rates?.consume(key);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    return Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
  }
}

/** One household or office has a whole /64 of IPv6 to send from. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const filled =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill('0'), ...after];
  return filled.slice(0, 4).join(':');
}
