import type { ServerEvent } from './record.js';

/** The stream of the register itself. Its first event is the first of the log; what operators say stands in it as well. */
export const REGISTER_STREAM = 'register/this';

export const QUARANTINED = 'ForeignEventQuarantined';

/** Data of `ForeignEventQuarantined`: an operator's word that an event that the register did not write is passed over, for ever. */
export interface ForeignEventQuarantined {
  /** As the register calls it. */
  readonly stream: string;
  /** As the server counts. */
  readonly revision: number;
  readonly event: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * The foreign events that are passed over. The server counts them as revisions of their streams; the register does not:
 * its revisions have no gaps. Streams go by their names on the server.
 */
export class PassedOver {
  readonly #ids = new Map<string, Map<number, string>>();

  /** @param revision as the server counts. */
  add(stream: string, revision: number, id: string): void {
    const there = [...(this.#ids.get(stream) ?? []), [revision, id] as const];
    this.#ids.set(stream, new Map(there.toSorted(([one], [other]) => one - other)));
  }

  countIn(stream: string): number {
    return this.#ids.get(stream)?.size ?? 0;
  }

  /** @param event as the server counts. */
  has({ stream, revision, id }: ServerEvent): boolean {
    return this.#ids.get(stream)?.get(revision) === id;
  }

  /** What the register counts at a revision of the server's: of a foreign one, the event of ours before it. */
  ours(stream: string, revision: number): number {
    const passed = [...(this.#ids.get(stream)?.keys() ?? [])].filter((foreign) => foreign <= revision);
    return revision - passed.length;
  }

  /** What the server counts at a revision of ours, with the foreign ones that follow it at once. */
  theirs(stream: string, revision: number): number {
    let counted = revision;
    for (const foreign of this.#ids.get(stream)?.keys() ?? []) if (foreign <= counted + 1) counted += 1;
    return counted;
  }

  /** An event as the register counts; undefined for one that is passed over. */
  seen(event: ServerEvent): ServerEvent | undefined {
    if (!this.#ids.has(event.stream)) return event;
    if (this.has(event)) return undefined;
    return { ...event, revision: this.ours(event.stream, event.revision), counted: event.revision };
  }
}
