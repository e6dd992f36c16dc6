import { createHash } from 'node:crypto';
import { notSet, type Configuration } from '#access';
import { Refusal, canonicalJson, isRefusal } from '#kernel';
import { ON_THIS_MACHINE, delivered, refused, type Circumstances, type Outcome } from './attempts.js';
import { send } from './email.js';
import { composed } from './email-message.js';
import type { Delivered, Deliverer, DeliveryRoute, Parcel } from './parcel.js';
import { emailAddress, webhookAddress } from './route.js';
import { post } from './webhook.js';
import { webhookBody } from './webhook-message.js';

export * from './parcel.js';
export { parseRoute } from './route.js';

/** What says how things are delivered. */
export type DeliveryConfiguration = Pick<Configuration, 'mailServer' | 'mailSender' | 'webhookKeys'>;

/** Delivers by e-mail and by webhook, as far as the configuration says how: what it leaves out is refused when it is asked for. */
export const delivererFrom = (
  configuration: DeliveryConfiguration,
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

/** What stays the same at every try is made once. */
async function attemptFor(
  { mailServer, mailSender, webhookKeys }: DeliveryConfiguration,
  circumstances: Circumstances,
  parcel: Parcel,
  route: DeliveryRoute,
): Promise<() => Promise<Outcome>> {
  const id = deliveryId(parcel.id, route);
  if (route.by === 'WEBHOOK') {
    if (webhookKeys.length === 0) throw notConfigured('WEBHOOK_SECRET');
    const message = { id, body: webhookBody(parcel), keys: webhookKeys };
    return () => post(route.to, message, circumstances);
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
