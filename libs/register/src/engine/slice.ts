import type { CivilDate, DomainEvent, Position } from '#kernel';

import type { View } from './view.js';

/** The part of a view that the engine needs. */
export type Fold<State extends object> = Pick<View<State>, 'initial' | 'project' | 'turns'>;

/** What a stretch of effective time holds. */
export interface Cut<State extends object> {
  readonly validFrom: CivilDate;
  /** The first day without; `OPEN_END` for none. */
  readonly validTo: CivilDate;
  /** False where `validFrom` only stands in for a date that nobody knows (T1). */
  readonly startKnown: boolean;
  /** Folded and unlapsed: to show it on a day, the view's `show` takes out what has lapsed by then. */
  readonly state: State;
  /** Canonical JSON of `state`. */
  readonly json: string;
}

/** One stretch of effective time for one stretch of knowledge. */
export interface Slice<State extends object> extends Cut<State> {
  readonly recordedFrom: Position;
  /** Position of the event that ended it; null while it is what is known. Set once. */
  readonly recordedTo: Position | null;
  /** The same two in the subject's own count of events. */
  readonly revisionFrom: number;
  readonly revisionTo: number | null;
}

export interface Change<State extends object> {
  readonly closed: Slice<State>[];
  readonly opened: Slice<State>[];
}

/** A slice as the engine holds it, until it is closed. */
interface OpenSlice<State extends object> extends Slice<State> {
  recordedTo: Position | null;
  revisionTo: number | null;
}

/**
 * The slices for `cuts`: an old one where it says the same, a new one elsewhere. Old ones that no cut asks for are
 * closed by `event`. Both lists are in order of `validFrom`.
 */
export const sliceDifference = <State extends object>(
  old: readonly Slice<State>[],
  cuts: readonly Cut<State>[],
  event: DomainEvent,
  change: Change<State>,
): Slice<State>[] => {
  let at = 0;
  const close = (slice: OpenSlice<State>): void => {
    slice.recordedTo = event.position;
    slice.revisionTo = event.revision;
    change.closed.push(slice);
  };
  const slices = cuts.map((cut) => {
    for (let slice = old[at]; slice && slice.validFrom <= cut.validFrom; slice = old[at]) {
      at++;
      if (saysTheSame(slice, cut)) return slice;
      close(slice);
    }
    const slice: Slice<State> = {
      validFrom: cut.validFrom,
      validTo: cut.validTo,
      startKnown: cut.startKnown,
      state: cut.state,
      json: cut.json,
      recordedFrom: event.position,
      recordedTo: null,
      revisionFrom: event.revision,
      revisionTo: null,
    };
    change.opened.push(slice);
    return slice;
  });
  for (const slice of old.slice(at)) close(slice);
  return slices;
};

const saysTheSame = <State extends object>(a: Cut<State>, b: Cut<State>): boolean =>
  a.validFrom === b.validFrom && a.validTo === b.validTo && a.startKnown === b.startKnown && a.json === b.json;
