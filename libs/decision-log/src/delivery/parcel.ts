/** Where a decision log is delivered to: an e-mail address, or the https address of a webhook. Made by `parseRoute`. */
export interface DeliveryRoute {
  readonly by: 'EMAIL' | 'WEBHOOK';
  readonly to: string;
}

/** A file as it was issued. */
export interface ParcelFile {
  /** Its name without a folder, `decision-log.pdf`. */
  readonly name: string;
  /** Media type, `text/csv; charset=utf-8`. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, hexadecimal. */
  readonly sha256: string;
}

/** What is delivered: the same parcel to every route of an issued log. */
export interface Parcel {
  /**
   * The same for the same log, in every process and at every try. With the route it becomes the Message-ID and the
   * `webhook-id`, by which the other side knows what it already has.
   */
  readonly id: string;
  /** One line, the subject of the e-mail; what is not printable in it becomes a space. */
  readonly title: string;
  /** The body of the e-mail, plain English. */
  readonly text: string;
  readonly files: readonly ParcelFile[];
  /**
   * For the webhook, JSON values only (what is unknown is left out, not undefined): log id, period, basis, committee.
   * `links`, where it is there, is an object from names of files to addresses at which whoever receives this can fetch
   * exactly these bytes: a file that has one is sent as its digest and link, every other with its content.
   */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** That the other side has it. */
export interface Delivered extends DeliveryRoute {
  /** UTC instant of the acceptance, `2026-04-14T09:30:00.000Z`. */
  readonly at: string;
  /** What the other side said, printable, at most 200 characters: `250 2.0.0 queued as 4F1`, `HTTP 202 Accepted`. */
  readonly receipt: string;
}

/** Delivers parcels. Any number of deliveries may be under way at once. */
export interface Deliverer {
  /**
   * Tries until the other side has accepted, at most five times within about a minute. A delivery may arrive twice where
   * the other side accepted and its answer was lost; it then has the same id.
   *
   * @throws Refusal `DELIVERY_REFUSED` (no for good: trying again would change nothing), `DELIVERY_FAILED` (nobody
   *   accepted: try again later, with the same parcel) or `DELIVERY_NOT_CONFIGURED` (names the variable, with an example).
   */
  deliver(parcel: Parcel, route: DeliveryRoute): Promise<Delivered>;
  /** Lets tries under way end, begins no other: deliveries that are not accepted by then fail. */
  close(): Promise<void>;
}
