import type { CivilDate } from './civil-date.js';
import type { Envelope, Position } from './event.js';

/** What the order of a subject's history depends on. */
export interface Placed {
  readonly id: string;
  readonly position: Position;
  readonly effectiveOn: CivilDate;
  readonly envelope: Pick<Envelope, 'corrects' | 'annuls' | 'again'>;
}

/** A live event with its slot: the position of the first recording in its chain of corrections (T2, T3). */
export interface Live<E> {
  readonly event: E;
  readonly slot: Position;
}

/**
 * T2: by the day it takes effect; on one day, in the order of first recording. Where two have one slot, which no door
 * lets in, the later recording comes later, so that the order is the same for whoever asks.
 */
export const inOrder = (
  a: Live<Pick<Placed, 'effectiveOn' | 'position'>>,
  b: Live<Pick<Placed, 'effectiveOn' | 'position'>>,
): number => {
  if (a.event.effectiveOn !== b.event.effectiveOn) return a.event.effectiveOn < b.event.effectiveOn ? -1 : 1;
  return a.slot - b.slot || a.event.position - b.event.position;
};

/**
 * The slot of an event: that of what it corrects or takes the place of again, else its own position (T2, T3).
 *
 * @param known the slots of the events before it.
 */
export const slotOf = (
  { position, envelope: { corrects, again } }: Pick<Placed, 'position' | 'envelope'>,
  known: (id: string) => Position | undefined,
): Position => known(corrects ?? again ?? '') ?? position;

/**
 * The live events of one subject in T2's order, given all its events in the order of recording.
 * To know them as at an earlier position, leave out what came after it. Cost: O(n log n).
 */
export const liveEvents = <E extends Placed>(recorded: Iterable<E>): Live<E>[] => {
  const slots = new Map<string, Position>();
  const live = new Map<string, Live<E>>();
  for (const event of recorded) {
    const { corrects, annuls } = event.envelope;
    const dropped = corrects ?? annuls;
    if (dropped !== undefined) live.delete(dropped);
    if (annuls !== undefined) continue;
    const slot = slotOf(event, (id) => slots.get(id));
    slots.set(event.id, slot);
    live.set(event.id, { event, slot });
  }
  return [...live.values()].toSorted(inOrder);
};
