import type { DomainEvent, Position, StoredEvent } from '#kernel';

import { Timeline } from './timeline.js';
import type { View } from './view.js';

export type ReadEvent = (stored: StoredEvent) => DomainEvent;

/** How the events of one stream are read again: an event store's `readStream`. */
export type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/**
 * The timelines in use, the least recently used ones dropped first; a dropped one is folded again from the log when
 * its subject is next heard of. Bounded by the events they hold between them.
 */
export class Timelines {
  private readonly kept = new Map<string, Timeline<object>>();
  private events = 0;

  constructor(
    private readonly readEvent: ReadEvent,
    private readonly readStream: ReadStream,
    private readonly limit: number,
  ) {}

  /** The timeline of a stream up to just before `next`. */
  async before(next: StoredEvent, view: View): Promise<Timeline<object>> {
    const { stream, revision, position } = next;
    const kept = this.kept.get(stream);
    const timeline = kept ?? (await this.load(stream, view, revision === 0 ? 0 : position));
    if (timeline.events !== revision) {
      throw new Error(`${stream} has ${timeline.events} events before position ${position}, not ${revision}`);
    }
    if (kept) this.kept.delete(stream);
    this.kept.set(stream, timeline);
    return timeline;
  }

  /** To be called for each event applied to a timeline that is kept. */
  grew(): void {
    this.events++;
  }

  /** Drops what was used longest ago until the rest is within bounds. */
  trim(): void {
    for (const [stream, timeline] of this.kept) {
      if (this.events <= this.limit) return;
      this.kept.delete(stream);
      this.events -= timeline.events;
    }
  }

  /** After a fault: what is kept may be ahead of what was written. */
  forget(): void {
    this.kept.clear();
    this.events = 0;
  }

  private async load(stream: string, view: View, before: Position): Promise<Timeline<object>> {
    const timeline = new Timeline(view);
    if (before === 0) return timeline;
    for (const stored of await this.readStream(stream)) {
      if (stored.position >= before) break;
      timeline.apply(this.readEvent(stored));
    }
    this.events += timeline.events;
    return timeline;
  }
}
