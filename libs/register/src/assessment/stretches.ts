import { lifespanOf, partIn, type Known } from '#governance';
import { liveEvents, OPEN_END, type DomainEvent } from '#kernel';
import { Timeline } from '../engine/timeline.js';
import type { View } from '../engine/view.js';
import { VIEWS } from '../rooms/views.js';

/** The timeline of a subject as known at one position, earliest first, each stretch as shown on its first day. */
export type Stretches = readonly Known[];

const VIEW_OF: ReadonlyMap<string, View> = new Map(VIEWS.map((view) => [view.aggregate, view]));

/**
 * A timeline folded from events by the ordinary engine, as the follower does: for what is only supposed, and for what is left
 * where some of it is left out. What has no beginning among them is nothing.
 */
export const timelineOf = (aggregate: string, id: string, events: readonly DomainEvent[]): Stretches => {
  const view = VIEW_OF.get(aggregate);
  if (!view) return [];
  const begins = liveEvents(events).some(({ event }) => partIn(aggregate, event.type) === 'begins');
  if (!begins && lifespanOf(aggregate) !== undefined) return [];
  const timeline = new Timeline(view);
  for (const event of events) timeline.apply(event);
  return timeline.open().flatMap(({ state, validFrom, validTo, recordedFrom }): Known[] => {
    const to = validTo === OPEN_END ? null : validTo;
    const shown = view.show(state, validFrom, validTo);
    if (view.recordsNone?.(shown)) return [];
    return [{ id, state: shown, from: validFrom, to, begun: true, recordedFrom }];
  });
};
