import type { DomainEvent, Position, StoredEvent } from '#kernel';

import { Timeline } from './timeline.js';
import type { View } from './view.js';

export type ReadEvent = (stored: StoredEvent) => DomainEvent;

/** How the events of one stream are read again: an event store's `readStream`. */
export type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/**
 * The timelines in use, the least recently used ones dropped first; a dropped one is folded again from the log when
 * its subject is next heard of. Bounded by the events they hold between them, of which a long one counts as several.
 */
export class Timelines {
  private readonly kept = new Map<string, Timeline<object>>();
  private readonly weights = new WeakMap<Timeline<object>, number>();
  private weight = 0;

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
  grew(timeline: Timeline<object>, event: StoredEvent): void {
    this.weights.set(timeline, (this.weights.get(timeline) ?? 0) + weightOf(event));
    this.weight += weightOf(event);
  }

  /** Drops what was used longest ago until the rest is within bounds. */
  trim(): void {
    for (const [stream, timeline] of this.kept) {
      if (this.weight <= this.limit) return;
      this.kept.delete(stream);
      this.weight -= this.weights.get(timeline) ?? 0;
    }
  }

  /** After a fault: what is kept may be ahead of what was written. */
  forget(): void {
    this.kept.clear();
    this.weight = 0;
  }

  private async load(stream: string, view: View, before: Position): Promise<Timeline<object>> {
    const timeline = new Timeline(view);
    if (before === 0) return timeline;
    for (const stored of await this.readStream(stream)) {
      if (stored.position >= before) break;
      timeline.apply(this.readEvent(stored));
      this.grew(timeline, stored);
    }
    return timeline;
  }
}

/** Characters of an event beyond which it counts as one more. */
const LONG = 1_000;

const weightOf = ({ payload }: StoredEvent): number => 1 + Math.floor(payload.length / LONG);
