import { describe, expect, it } from '@jest/globals';
import { deliveryId, parseRoute } from './delivery.js';

const code = (text: string): string => {
  try {
    parseRoute(text, 'deliverTo[0]');
    return 'taken';
  } catch (thrown) {
    expect(thrown).toMatchObject({ detail: { field: 'deliverTo[0]' } });
    expect(String(thrown)).toMatch(/deliverTo\[0\] .*needed .*for example/);
    return (thrown as { code: string }).code;
  }
};

describe('reading where a log is delivered to', () => {
  it.each([
    ['email:clerk@council.gov.uk', 'EMAIL', 'clerk@council.gov.uk'],
    ['EMAIL: clerk@council.gov.uk ', 'EMAIL', 'clerk@council.gov.uk'],
    ['email:o’brien@council.gov.uk', 'EMAIL', 'o’brien@council.gov.uk'],
    ['webhook:https://council.gov.uk', 'WEBHOOK', 'https://council.gov.uk/'],
    ['webhook:https://council.gov.uk:8443/a?b=c', 'WEBHOOK', 'https://council.gov.uk:8443/a?b=c'],
  ])('takes %s', (text, by, to) => {
    expect(parseRoute(text, 'deliverTo')).toEqual({ by, to });
  });

  it.each([
    ['clerk@council.gov.uk', 'ROUTE_UNKNOWN'],
    ['https://council.gov.uk', 'ROUTE_UNKNOWN'],
    ['', 'ROUTE_UNKNOWN'],
    [':', 'ROUTE_UNKNOWN'],
    ['fax:0123', 'ROUTE_UNKNOWN'],
    ['email:', 'ROUTE_ADDRESS'],
    ['email:clerk', 'ROUTE_ADDRESS'],
    ['email:clerk@localhost', 'ROUTE_ADDRESS'],
    ['email:a@council.gov.uk,b@council.gov.uk', 'ROUTE_ADDRESS'],
    ['email:Clerk <clerk@council.gov.uk>', 'ROUTE_ADDRESS'],
    ['email:clerk@council.gov.uk\r\nBcc: x@y.org', 'ROUTE_ADDRESS'],
    ['webhook:council.gov.uk/logs', 'ROUTE_ADDRESS'],
    ['webhook:javascript:alert(1)', 'ROUTE_ADDRESS'],
    ['webhook:https://', 'ROUTE_ADDRESS'],
    [`webhook:https://council.gov.uk/${'x'.repeat(2_000)}`, 'ROUTE_ADDRESS'],
    ['webhook:https://council.gov.uk/#part', 'ROUTE_ADDRESS'],
    ['webhook:http://council.gov.uk/', 'ROUTE_NOT_HTTPS'],
    ['webhook:http://192.168.1.4/', 'ROUTE_NOT_HTTPS'],
    ['webhook:http://127.0.0.1:8080/', 'ROUTE_NOT_HTTPS'],
    ['webhook:http://[::1]:8080/', 'ROUTE_NOT_HTTPS'],
    ['webhook:http://localhost/', 'ROUTE_NOT_HTTPS'],
    ['webhook:http://localhost.council.gov.uk/', 'ROUTE_NOT_HTTPS'],
    ['webhook:https://user@council.gov.uk/', 'ROUTE_CREDENTIALS'],
    ['webhook:https://user:hush@council.gov.uk/', 'ROUTE_CREDENTIALS'],
  ])('refuses %j as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('shows no password of an address that it refuses', () => {
    for (const text of ['webhook:https://user:hush@council.gov.uk/', 'webhook:ftp://user:hush@council.gov.uk/']) {
      expect(() => parseRoute(text, 'deliverTo')).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('hush') }),
      );
    }
  });
});

describe('the id of a delivery', () => {
  it('is the same for the same log and route, and has nothing in it that a signature or a header takes for its own', () => {
    const route = { by: 'WEBHOOK', to: 'https://council.gov.uk/' } as const;
    expect(deliveryId('HOSC-1', route)).toBe(deliveryId('HOSC-1', { ...route }));
    expect(deliveryId('HOSC-1', route)).toMatch(/^log_[0-9a-f]{32}$/);
    const others = [deliveryId('HOSC-2', route), deliveryId('HOSC-1', { ...route, to: 'https://council.gov.uk/a' })];
    expect(new Set([deliveryId('HOSC-1', route), ...others]).size).toBe(3);
  });
});
