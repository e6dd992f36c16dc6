import { boundsOf, partIn, type UnknownDay } from '#governance';
import { addDays, OPEN_END, said, UNKNOWN_START, type CivilDate, type DomainEvent } from '#kernel';
import { holdingInWords, type Holding, type HoldingView } from './holding.view.js';
import { untilOver, type Ending } from './last-said.js';
import type { View } from '../engine/view.js';

/** Since when and until when something is known to hold. */
interface Start {
  /** The first day itself, where it is known to the day. */
  readonly day?: CivilDate;
  readonly unknown?: UnknownDay;
  /** The first day and the last of which the register knows that it held. */
  readonly heldFrom?: CivilDate;
  readonly heldUntil?: CivilDate;
  /** Id of the recording that says so. */
  readonly event?: string;
}

/** An end, which may have come on a day that nobody knows. */
interface End<State> {
  readonly lastDay?: CivilDate;
  readonly unknown?: UnknownDay;
  /** From when on nobody knows whether it still holds. */
  readonly from: CivilDate;
  /** From when on it is known to have ended; missing where nothing says so. */
  readonly by?: CivilDate;
  /** The state once it has ended. */
  readonly over?: State;
  /** Id of the recording that says so. */
  readonly event?: string;
}

/** The folded state of something that lasts: what it is, and what is known of its beginning and its end. */
export interface Lasting<State extends object> {
  readonly of: State;
  readonly start?: Start;
  readonly end?: End<State>;
}

/** A view of something that lasts, as its room gives it. */
export type LastingView<State extends object> = Ending<State>;

/**
 * A view that tells "is" from "not known whether" (T4): its turns are the days on which that changes, so that the
 * engine need not know of it. Whoever is seen on a day held then; whether before and after as well is not known, unless a
 * beginning, an end or a later recording says so.
 */
export const lasting = <State extends object>(room: LastingView<State>): View<State & HoldingView, Lasting<State>> => ({
  aggregate: room.aggregate,
  room,
  initial: { of: room.initial },

  project(state, event) {
    const { start, end } = state;
    switch (partIn(room.aggregate, event.type)) {
      case 'begins':
        return { of: room.project(end?.over ?? state.of, event), start: startBy(event) };
      case 'ends':
        return endedBy(room, state, event);
      case undefined: {
        const of = room.project(state.of, event);
        const over = end?.over && room.project(end.over, event);
        const later = start && heldOn(start, event);
        if (of === state.of && over === end?.over && later === start) return state;
        return said({ of, start: later, end: end && said({ ...end, over }) });
      }
    }
  },

  turns(state) {
    const { of, start, end } = state;
    const { heldFrom, heldUntil } = stretchHeld(state);
    const turns = [...room.turns(of), ...(end?.over ? room.turns(end.over) : [])];
    if (start && start.day === undefined) {
      if (heldFrom !== undefined) turns.push(heldFrom);
      if (heldUntil !== undefined) turns.push(addDays(heldUntil, 1));
    }
    const lastSeen = end?.over && lastSeenIn(of);
    if (lastSeen !== undefined) turns.push(addDays(lastSeen, 1));
    if (end?.by !== undefined) turns.push(end.by);
    return turns;
  },

  show(state, date, to = null) {
    const { of, end } = state;
    const shown = room.show(end?.over && isOverBy(end, date) ? end.over : of, date);
    const holds = holdsOn(state, room.isOver(shown), date, to);
    return { ...shown, ...told(state, holds, date) };
  },

  title: (shown) => room.title(shown),
  ...(room.titles && { titles: room.titles }),
  ...(room.texts && { texts: room.texts }),
  order: (shown) => room.order(shown),
  columns: {
    ...untilOver(room, room.columns),
    holds: ({ holds }) => holds,
    /** Whether it has ended; null where no end is recorded. */
    ended: ({ holds, end }) => (holds === 'NO' ? 'YES' : end ? 'NOT_KNOWN' : null),
  },
  // Nearly all things hold: an index would lead nowhere.
  unindexed: [...(room.unindexed ?? []), 'holds'],
  lists: untilOver(room, room.lists),
  ...(room.untilOver && { untilOver: room.untilOver }),
  ...(room.recordsNone && { recordsNone: room.recordsNone }),
  ...(room.through && { through: room.through }),
});

function startBy({ id: event, envelope, effectiveOn, recordedAt, data }: DomainEvent): Start {
  if (envelope.startKnown !== false) return { day: effectiveOn, heldFrom: effectiveOn, event };
  const unknown = unknownIn(envelope);
  const standsIn = effectiveOn === UNKNOWN_START || hasBounds(unknown) ? undefined : effectiveOn;
  const seen = seenIn(data).length > 0;
  // What was recorded as holding held by the day on which it was recorded, where nothing says more.
  const recorded = seen ? undefined : earlier(dayOf(envelope.source?.statedAt), dayOf(recordedAt) as CivilDate);
  return said({ unknown, heldFrom: boundsOf(unknown, 'begins').latest ?? standsIn ?? recorded, event });
}

function endedBy<State extends object>(
  room: View<State>,
  { of, start }: Lasting<State>,
  event: DomainEvent,
): Lasting<State> {
  const { envelope, effectiveOn } = event;
  const over = room.project(of, event);
  if (envelope.startKnown !== false) {
    const lastDay = addDays(effectiveOn, -1);
    return said({ of: over, start, end: { lastDay, from: effectiveOn, by: effectiveOn, event: event.id } });
  }
  const unknown = unknownIn(envelope);
  // A day that stands in for the end, and says nothing else, is the day as far as anybody knows.
  const standsIn = hasBounds(unknown) || effectiveOn === UNKNOWN_START ? undefined : effectiveOn;
  const by = boundsOf(unknown, 'ends').latest ?? standsIn;
  return said({ of, start, end: said({ unknown, from: effectiveOn, by, over, event: event.id }) });
}

/** The day in UTC: an hour of a summer's night counts as the day before, on which it may not be known yet. */
const dayOf = (instant: string | undefined): CivilDate | undefined => instant?.slice(0, 10) as CivilDate | undefined;

const unknownIn = ({ effectiveIn, notBefore, notAfter }: UnknownDay): UnknownDay =>
  said({ effectiveIn, notBefore, notAfter });

const hasBounds = (unknown: UnknownDay): boolean => Object.keys(unknown).length > 0;

/** What happened to it on a known day shows that it held on that day. */
function heldOn(start: Start, { envelope, effectiveOn }: DomainEvent): Start {
  if (start.day !== undefined || envelope.startKnown === false) return start;
  const heldFrom = earlier(start.heldFrom, effectiveOn);
  const heldUntil = later(start.heldUntil, effectiveOn);
  return heldFrom === start.heldFrom && heldUntil === start.heldUntil ? start : { ...start, heldFrom, heldUntil };
}

const seenIn = (state: unknown): readonly CivilDate[] =>
  (state as { readonly seenOn?: readonly CivilDate[] | null }).seenOn ?? [];

const lastSeenIn = (state: unknown): CivilDate | undefined => seenIn(state).toSorted().at(-1);

/**
 * From when until when the register knows that it held. Where somebody was seen and neither beginning nor end is known,
 * it knows that of no later day than the last; else the stretch goes on until an end.
 */
function stretchHeld<State extends object>({ of, start = {} }: Lasting<State>): Pick<Start, 'heldFrom' | 'heldUntil'> {
  const seen = seenIn(of).toSorted();
  const [first, last] = [seen[0], seen.at(-1)];
  const isBounded = start.unknown !== undefined && !hasBounds(start.unknown) && last !== undefined;
  return said({
    heldFrom: first === undefined ? start.heldFrom : earlier(start.heldFrom, first),
    heldUntil: isBounded ? later(start.heldUntil, last) : undefined,
  });
}

const isOverBy = ({ by }: End<object>, date: CivilDate): boolean => by !== undefined && by <= date;

/** @param to the first day on which the register says something else; it held until then where it goes on. */
function holdsOn<State extends object>(
  state: Lasting<State>,
  isOver: boolean,
  date: CivilDate,
  to: CivilDate | null,
): Holding {
  if (isOver) return 'NO';
  const { start, end } = state;
  const { heldFrom, heldUntil } = stretchHeld(state);
  if (!start || heldFrom === undefined || date < heldFrom) return 'NOT_KNOWN';
  const lastSeen = lastSeenIn(state.of);
  if (end?.over) return lastSeen !== undefined && date <= lastSeen ? 'YES' : 'NOT_KNOWN';
  const goesOn = to !== null && to !== OPEN_END;
  return heldUntil === undefined || date <= heldUntil || goesOn ? 'YES' : 'NOT_KNOWN';
}

function told<State extends object>(state: Lasting<State>, holds: Holding, date: CivilDate): HoldingView {
  const { start, end } = state;
  const { heldFrom, heldUntil } = stretchHeld(state);
  return {
    holds,
    holdsInWords: holdingInWords(holds, {
      date,
      ...(heldFrom !== undefined && { heldFrom }),
      ...(heldUntil !== undefined && { heldUntil }),
      hasEnded: end?.over !== undefined,
    }),
    start: {
      day: start?.day ?? null,
      asSaid: start?.day ?? start?.unknown?.effectiveIn ?? null,
      event: start?.event ?? null,
      ...bounds(start?.unknown, 'begins'),
    },
    end: end
      ? {
          day: end.lastDay ?? null,
          asSaid: end.lastDay ?? end.unknown?.effectiveIn ?? null,
          event: end.event ?? null,
          ...bounds(end.unknown, 'ends'),
        }
      : null,
  };
}

/** People read the last day where events keep the first day without (T4). */
function bounds(
  unknown: UnknownDay | undefined,
  part: 'begins' | 'ends',
): { readonly notBefore: CivilDate | null; readonly notAfter: CivilDate | null } {
  const { earliest = null, latest = null } = unknown ? boundsOf(unknown, part) : {};
  const shift = part === 'ends' ? -1 : 0;
  return { notBefore: earliest && addDays(earliest, shift), notAfter: latest && addDays(latest, shift) };
}

const earlier = (a: CivilDate | undefined, b: CivilDate): CivilDate => (a !== undefined && a < b ? a : b);
const later = (a: CivilDate | undefined, b: CivilDate): CivilDate => (a !== undefined && a > b ? a : b);
