import { isEmail } from 'class-validator';
import { Refusal, type RefusalCode } from '#kernel';
import type { DeliveryRoute } from './parcel.js';

/** Longest address of a webhook. */
const LONGEST = 2000;

/**
 * Reads `email:clerk@council.gov.uk` or `webhook:https://council.gov.uk/logs`.
 *
 * @throws Refusal `ROUTE_UNKNOWN`, `ROUTE_ADDRESS`, `ROUTE_NOT_HTTPS` or
 *   `ROUTE_CREDENTIALS`, with `field`.
 */
export const parseRoute = (text: string, field: string): DeliveryRoute => {
  const colon = text.indexOf(':');
  const to = text.slice(colon + 1).trim();
  switch (text.slice(0, Math.max(colon, 0)).trim().toLowerCase()) {
    case 'email':
      return { by: 'EMAIL', to: emailAddress(to, field) };
    case 'webhook':
      return { by: 'WEBHOOK', to: webhookAddress(to, field) };
    default:
      throw new Refusal(
        'ROUTE_UNKNOWN',
        `${field} is ${JSON.stringify(text.slice(0, 100))}: needed email: and an address, or webhook: and an https address, for example email:clerk@council.gov.uk or webhook:https://council.gov.uk/decision-logs`,
        { field },
      );
  }
};

/** One address, without a name. @throws Refusal `ROUTE_ADDRESS` */
export const emailAddress = (text: string, field: string): string => {
  if (isEmail(text) && !/\p{Cc}/u.test(text)) return text;
  throw new Refusal(
    'ROUTE_ADDRESS',
    `${field} is ${JSON.stringify(text.slice(0, 100))}: needed one e-mail address without a name, for example clerk@council.gov.uk`,
    { field },
  );
};

/** @returns the address as it is asked for. @throws Refusal `ROUTE_ADDRESS`, `ROUTE_CREDENTIALS` or `ROUTE_NOT_HTTPS` */
export const webhookAddress = (text: string, field: string): string => {
  const refuse = (code: RefusalCode, message: string): never => {
    throw new Refusal(code, `${field} ${message}, for example https://council.gov.uk/decision-logs`, { field });
  };
  if (!URL.canParse(text) || text.length > LONGEST || !/^https?:\/\//i.test(text)) {
    return refuse(
      'ROUTE_ADDRESS',
      `is no address of a webhook: needed an https address of at most ${LONGEST} characters`,
    );
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return refuse(
      'ROUTE_CREDENTIALS',
      'holds a user name or a password: needed an address without, since deliveries are signed',
    );
  }
  if (url.hash !== '')
    return refuse('ROUTE_ADDRESS', 'ends in a # part, which is never sent: needed an address without');
  if (url.protocol !== 'https:') return refuse('ROUTE_NOT_HTTPS', `is an http address at ${url.host}: needed https`);
  return url.href;
};
