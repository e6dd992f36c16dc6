import { createHash } from 'node:crypto';
import { notSet, type Configuration } from '#access';
import { Refusal, canonicalJson, isRefusal } from '#kernel';
import { ON_THIS_MACHINE, delivered, refused, type Circumstances, type Outcome } from './attempts.js';
import { send } from './email.js';
import { composed } from './email-message.js';
import type { Delivered, Deliverer, DeliveryRoute, Parcel } from './parcel.js';
import { emailAddress, webhookAddress } from './route.js';
import { allowedFrom } from './egress.js';
import { post } from './webhook.js';
import { webhookBody } from './webhook-message.js';

export * from './parcel.js';
export { parseRoute } from './route.js';

/** What says how things are delivered. */
export type DeliveryConfiguration = Pick<Configuration, 'mailServer' | 'mailSender' | 'webhookKeys' | 'webhookAllow'>;

/** Told why a webhook was not accepted, for whoever runs the register: status, certificate, address. */
export type TellOperator = (trouble: { readonly to: string; readonly why: string; readonly remedy?: string }) => void;

/** Delivers by e-mail and by webhook, as far as the configuration says how: what it leaves out is refused when it is asked for. */
export const delivererFrom = (
  configuration: DeliveryConfiguration,
  tell: TellOperator = () => undefined,
  circumstances: Circumstances = ON_THIS_MACHINE,
): Deliverer => {
  const stop = new AbortController();
  const underWay = new Set<Promise<Delivered>>();
  return {
    async deliver(parcel, route) {
      const attempt = await attemptFor(configuration, circumstances, parcel, settled(route));
      const delivery = delivered(route, attempt, circumstances, stop.signal);
      underWay.add(delivery);
      try {
        return await delivery;
      } catch (thrown) {
        throw route.by === 'WEBHOOK' ? inGeneral(thrown, route, tell) : thrown;
      } finally {
        underWay.delete(delivery);
      }
    },
    async close() {
      stop.abort();
      await Promise.allSettled(underWay);
    },
  };
};

/**
 * Whoever asks for a delivery is told that it was not accepted and no more: what is found at an address by trying it, its
 * status and its certificate, is for whoever runs the register.
 */
function inGeneral(thrown: unknown, { to }: DeliveryRoute, tell: TellOperator): unknown {
  if (!isRefusal(thrown) || !/^DELIVERY_(REFUSED|FAILED)$/.test(thrown.code)) return thrown;
  const { remedy } = thrown.detail;
  tell({ to, why: thrown.message, ...(remedy !== undefined && { remedy }) });
  return new Refusal('DELIVERY_FAILED', 'the receiver did not accept it', {
    field: 'deliverTo',
    remedy: 'whoever runs the register finds the reason in its log; then try again, with the same log',
  });
}

/** What stays the same at every try is made once. */
async function attemptFor(
  { mailServer, mailSender, webhookKeys, webhookAllow }: DeliveryConfiguration,
  circumstances: Circumstances,
  parcel: Parcel,
  route: DeliveryRoute,
): Promise<() => Promise<Outcome>> {
  const id = deliveryId(parcel.id, route);
  if (route.by === 'WEBHOOK') {
    if (webhookKeys.length === 0) throw notConfigured('WEBHOOK_SECRET');
    const message = { id, body: webhookBody(parcel), keys: webhookKeys };
    const allowed = allowedFrom(webhookAllow);
    return () => post(route.to, message, circumstances, allowed);
  }
  if (!mailServer) throw notConfigured('SMTP_URL');
  if (!mailSender) throw notConfigured('SMTP_FROM');
  const email = await composed(parcel, { id, to: route.to, sender: mailSender, date: circumstances.now() });
  return () => send(mailServer, email, circumstances);
}

/** The same for the same parcel and route, in every process; another for every other. */
export const deliveryId = (parcelId: string, { by, to }: DeliveryRoute): string =>
  `log_${createHash('sha256')
    .update(canonicalJson({ by, id: parcelId, to }))
    .digest('hex')
    .slice(0, 32)}`;

/** A route may have been recorded under other rules than today's. */
function settled({ by, to }: DeliveryRoute): DeliveryRoute {
  try {
    return { by, to: by === 'EMAIL' ? emailAddress(to, 'deliverTo') : webhookAddress(to, 'deliverTo') };
  } catch (thrown) {
    if (isRefusal(thrown)) throw refused(thrown.message);
    throw thrown;
  }
}

const notConfigured = (name: Parameters<typeof notSet>[0]): Refusal =>
  new Refusal('DELIVERY_NOT_CONFIGURED', notSet(name), {
    field: 'deliverTo',
    remedy: `whoever runs the register sets ${name} and starts it again`,
  });
