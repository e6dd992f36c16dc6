import type { Instant } from '#kernel';

/** How a decision log is delivered. */
export const DELIVERY_WAYS = {
  EMAIL: 'By e-mail, the files attached.',
  WEBHOOK: 'By a signed request to an https address.',
} as const;
export type DeliveryWay = keyof typeof DELIVERY_WAYS;

/** Where a decision log is delivered to. */
export interface DeliveryRoute {
  readonly by: DeliveryWay;
  /** An e-mail address, or an https address. */
  readonly to: string;
}

/** That the other side accepted a decision log. */
export interface LogDelivery extends DeliveryRoute {
  readonly at: Instant;
  /** What the other side said: at most 200 characters. */
  readonly receipt: string;
}

/** Whether two routes are the same. */
export const isSameRoute = (one: DeliveryRoute, other: DeliveryRoute): boolean =>
  one.by === other.by && one.to === other.to;

/** The routes that nobody has accepted a log on yet. */
export const outstandingRoutes = (
  deliverTo: readonly DeliveryRoute[] | undefined,
  delivered: readonly DeliveryRoute[] | undefined,
): readonly DeliveryRoute[] =>
  (deliverTo ?? []).filter((route) => !(delivered ?? []).some((one) => isSameRoute(one, route)));
