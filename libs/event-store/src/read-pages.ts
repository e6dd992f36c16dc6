import type { Position, StoredEvent } from '#kernel';
import type { EventStore } from './event-store.js';

export interface PagesAsked {
  /** First position wanted; default 0. */
  readonly from?: Position;
  /** Last position wanted; default the last there is when it gets there. */
  readonly upTo?: Position;
  /** Events a page, at most; default 1,000. */
  readonly limit?: number;
}

/** The log page by page, in order, with a turn for other work after each. A page that is not the last may be short. */
export async function* readPages(
  store: Pick<EventStore, 'readAll'>,
  { from = 0, upTo = Number.POSITIVE_INFINITY, limit = 1_000 }: PagesAsked = {},
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let next = from; next <= upTo;) {
    const page = await store.readAll(next, limit);
    const last = page.at(-1);
    if (!last) return;
    yield last.position <= upTo ? page : page.filter(({ position }) => position <= upTo);
    next = last.position + 1;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
