import type { DeliveryRoute, LogDelivery } from '#governance';
import { isRefusal, parseInstant, Refusal } from '#kernel';
import type { Deliverer, Parcel } from '../delivery/parcel.js';

/** A route on which a parcel was not accepted, and why, in a sentence. */
export interface Undelivered extends DeliveryRoute {
  readonly why: string;
  /** Code of the refusal. */
  readonly code: string;
}

/** What became of a parcel. */
export interface Handover {
  readonly delivered: readonly LogDelivery[];
  readonly outstanding: readonly Undelivered[];
}

export const NOTHING_HANDED_OVER: Handover = { delivered: [], outstanding: [] };

/**
 * Hands a parcel over on every route, at once.
 *
 * @throws whatever a delivery fails by that is no refusal, where nobody accepted the parcel either.
 */
export const handOver = async (
  deliverer: Deliverer,
  parcel: Parcel,
  routes: readonly DeliveryRoute[],
): Promise<Handover> => {
  const tries = await Promise.allSettled(routes.map(async (route) => deliverer.deliver(parcel, route)));
  const delivered = tries.flatMap((one) =>
    one.status === 'fulfilled' ? [{ ...one.value, at: parseInstant(one.value.at, 'at') }] : [],
  );
  const outstanding = tries.flatMap((one, index): Undelivered[] => {
    const route = routes[index];
    if (one.status === 'fulfilled' || !route) return [];
    if (!isRefusal(one.reason) && delivered.length === 0) throw one.reason;
    return [{ by: route.by, to: route.to, ...troubleOf(one.reason) }];
  });
  return { delivered: delivered.map(({ by, to, at, receipt }) => ({ by, to, at, receipt })), outstanding };
};

const troubleOf = (thrown: unknown): { readonly why: string; readonly code: string } =>
  isRefusal(thrown)
    ? { why: thrown.message, code: thrown.code }
    : { why: 'something went wrong on our side', code: 'DELIVERY_FAILED' };

/** @returns the refusal of a log that nobody accepted. @param outcome `was not issued`, `is issued and was not delivered`. */
export const notDelivered = (id: string, outcome: string, { outstanding }: Handover): Refusal =>
  new Refusal(
    'LOG_NOT_DELIVERED',
    `the log ${id} ${outcome}: ${outstanding.map(({ to, why }) => `${to} did not accept it (${why})`).join('; ')}`,
    {
      field: 'deliverTo',
      remedy: 'put right what the sentence names, and issue it again; or issue it without delivery, to be fetched',
    },
  );
