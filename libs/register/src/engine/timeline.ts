import {
  canonicalJson,
  inOrder,
  OPEN_END,
  slotOf,
  UNKNOWN_START,
  type CivilDate,
  type DomainEvent,
  type Live,
  type Position,
} from '#kernel';

import { sliceDifference } from './slice.js';
import type { Change, Cut, Fold, Slice } from './slice.js';

/** A live event in its place, and the state when it has been folded in. */
interface Entry<State> {
  readonly event: DomainEvent;
  readonly slot: Position;
  state: State;
}

interface Folded<State> {
  readonly state: State;
  readonly json: string;
}

/** The live events of one date, in the order of their slots, and the state at the end of that date. */
interface Day<State extends object> {
  readonly date: CivilDate;
  readonly entries: Entry<State>[];
  /** Place of the first entry that is not folded as it stands; beyond the last entry where all are. */
  staleFrom: number;
  /** Events of this date whose date only stands in for one that nobody knows. */
  unknownStarts: number;
  folded: Folded<State> | undefined;
  slices: readonly Slice<State>[];
}

const CLEAN = Number.POSITIVE_INFINITY;

/**
 * The slices of one subject, kept up to date event by event in the order of recording (T2-T5).
 *
 * It keeps the folded state beside every live event, so that an event in order costs one step whatever the history,
 * and a back-dated event, a correction or an annulment costs what changes: from the earlier of the old and the new
 * date until the folded state is again what it was. An event that throws leaves the timeline unusable: load it again.
 */
export class Timeline<State extends object> {
  /** How many events were applied, dropped ones included: what it costs to keep. */
  events = 0;
  /** How many slices have been closed so far. */
  closedSlices = 0;
  private readonly days: Day<State>[] = [];
  private readonly slots = new Map<string, { readonly slot: Position; entry: Entry<State> | undefined }>();
  private readonly unbegun: Folded<State>;

  constructor(private readonly view: Fold<State>) {
    this.unbegun = { state: view.initial, json: stateJson(view.initial) };
  }

  /** The first day of the earliest slice, or undefined where nothing is live. */
  get start(): CivilDate | undefined {
    return this.days[0]?.date;
  }

  /** The open slices in order of `validFrom`: without overlap or gap, from `start` to `OPEN_END`. */
  open(): Slice<State>[] {
    return this.days.flatMap((day) => day.slices);
  }

  /** The open slice that holds on `date`, or undefined before `start`. Cost: O(log n). */
  at(date: CivilDate): Slice<State> | undefined {
    const next = this.firstDayFrom(date);
    const day = this.days[next]?.date === date ? this.days[next] : this.days[next - 1];
    return day?.slices.findLast((slice) => slice.validFrom <= date);
  }

  /**
   * Takes the next event of the subject. What it closes has `recordedTo` set; what it opens is new.
   * A slice whose bounds and state stay as they are is in neither.
   */
  apply(event: DomainEvent): Change<State> {
    this.events++;
    const { corrects, annuls } = event.envelope;
    const oldDate = this.drop(corrects ?? annuls);
    const newDate = annuls === undefined ? this.place(event) : undefined;
    const change: Change<State> = { closed: [], opened: [] };
    const swept: number[] = [];
    for (const date of this.touched(oldDate, newDate)) this.refold(this.firstDayFrom(date), swept);
    this.cut(swept, event, change);
    this.closedSlices += change.closed.length;
    return change;
  }

  /** The slot of an event: that of what it corrects or takes the place of again, else its own position (T2, T3). */
  protected slotOf(event: DomainEvent): Position {
    return slotOf(event, (id) => this.slots.get(id)?.slot);
  }

  /** On one day the order is that of first recording (T2). */
  protected comesBefore(event: Live<DomainEvent>, other: Live<DomainEvent>): boolean {
    return inOrder(event, other) < 0;
  }

  /** The dates from which to fold again, earliest first. */
  protected touched(oldDate: CivilDate | undefined, newDate: CivilDate | undefined): readonly CivilDate[] {
    if (oldDate === undefined) return newDate === undefined ? [] : [newDate];
    if (newDate === undefined || newDate === oldDate) return [oldDate];
    return oldDate < newDate ? [oldDate, newDate] : [newDate, oldDate];
  }

  /** Whether folding can stop: from here on the states are what they were. */
  protected meets(oldJson: string, newJson: string): boolean {
    return oldJson === newJson;
  }

  /** The turns of a state strictly between two dates, in order, each once (T5). */
  protected turnsBetween(state: State, after: CivilDate, before: CivilDate): readonly CivilDate[] {
    const turns = this.view.turns(state);
    if (turns.length === 0) return turns;
    return [...new Set(turns)].filter((turn) => turn > after && turn < before).toSorted();
  }

  private drop(id: string | undefined): CivilDate | undefined {
    const known = id === undefined ? undefined : this.slots.get(id);
    if (!known?.entry) return undefined;
    const { event } = known.entry;
    const day = this.days[this.firstDayFrom(event.effectiveOn)];
    const place = day?.entries.indexOf(known.entry) ?? -1;
    known.entry = undefined;
    if (!day || place === -1) return undefined;
    day.entries.splice(place, 1);
    day.unknownStarts -= standsIn(event);
    day.staleFrom = Math.min(day.staleFrom, place);
    return day.date;
  }

  private place(event: DomainEvent): CivilDate {
    const entry: Entry<State> = { event, slot: this.slotOf(event), state: this.view.initial };
    this.slots.set(event.id, { slot: entry.slot, entry });
    const day = this.dayOf(event.effectiveOn);
    let place = day.entries.length;
    for (; place > 0; place--) {
      const before = day.entries[place - 1];
      if (before && !this.comesBefore(entry, before)) break;
    }
    day.entries.splice(place, 0, entry);
    day.unknownStarts += standsIn(event);
    day.staleFrom = Math.min(day.staleFrom, place);
    return day.date;
  }

  private dayOf(date: CivilDate): Day<State> {
    const at = this.firstDayFrom(date);
    const there = this.days[at];
    if (there?.date === date) return there;
    const day: Day<State> = { date, entries: [], staleFrom: 0, unknownStarts: 0, folded: undefined, slices: [] };
    this.days.splice(at, 0, day);
    return day;
  }

  /** Folds again from a day until the states meet. `swept` gains the places of the days whose slices may change. */
  private refold(first: number, swept: number[]): void {
    const sweptTo = swept.at(-1) ?? -1;
    if (first <= sweptTo) return;
    let before = this.days[first - 1]?.folded ?? this.unbegun;
    let old = before;
    let moved = false;
    if (first - 1 > sweptTo) swept.push(first - 1);
    for (let at = first; at < this.days.length; at++) {
      const day = this.days[at] as Day<State>;
      swept.push(at);
      old = day.folded ?? old;
      before = this.foldDay(day, before, moved);
      moved = !this.meets(old.json, before.json);
      if (!moved) return;
    }
  }

  private foldDay(day: Day<State>, before: Folded<State>, moved: boolean): Folded<State> {
    const start = moved ? 0 : Math.min(day.staleFrom, day.entries.length);
    let { state } = day.entries[start - 1] ?? before;
    for (let place = start; place < day.entries.length; place++) {
      const entry = day.entries[place] as Entry<State>;
      state = this.view.project(state, entry.event);
      entry.state = state;
    }
    day.staleFrom = CLEAN;
    if (state === before.state) day.folded = before;
    else if (state !== day.folded?.state) day.folded = { state, json: stateJson(state) };
    return day.folded ?? before;
  }

  /** Cuts the swept days into slices, keeps the slices that are as they were, and drops emptied days. */
  private cut(swept: readonly number[], event: DomainEvent, change: Change<State>): void {
    const old: Slice<State>[] = [];
    const cuts: Cut<State>[] = [];
    const standing: { readonly day: Day<State>; readonly upTo: number }[] = [];
    for (const at of swept) {
      const day = this.days[at] as Day<State>;
      old.push(...day.slices);
      if (day.entries.length === 0) continue;
      this.cutDay(day, this.dayAfter(at), cuts);
      standing.push({ day, upTo: cuts.length });
    }
    const slices = sliceDifference(old, cuts, event, change);
    let taken = 0;
    for (const { day, upTo } of standing) {
      day.slices = slices.slice(taken, upTo);
      taken = upTo;
    }
    for (const at of swept.toReversed()) if (this.days[at]?.entries.length === 0) this.days.splice(at, 1);
  }

  private cutDay(day: Day<State>, next: CivilDate, cuts: Cut<State>[]): void {
    const { state, json } = day.folded ?? this.unbegun;
    let validFrom = day.date;
    let startKnown = day.unknownStarts === 0 && day.date !== UNKNOWN_START;
    for (const turn of this.turnsBetween(state, day.date, next)) {
      cuts.push({ validFrom, validTo: turn, startKnown, state, json });
      [validFrom, startKnown] = [turn, true];
    }
    cuts.push({ validFrom, validTo: next, startKnown, state, json });
  }

  private dayAfter(index: number): CivilDate {
    for (let day = this.days[++index]; day; day = this.days[++index]) if (day.entries.length > 0) return day.date;
    return OPEN_END;
  }

  /** Place of the first day that is not before `date`. */
  private firstDayFrom(date: CivilDate): number {
    let [low, high] = [0, this.days.length];
    const newest = this.days[high - 1];
    if (!newest || newest.date < date) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.days[middle] as Day<State>).date < date) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const standsIn = (event: DomainEvent): 0 | 1 => (event.envelope.startKnown === false ? 1 : 0);

/** The one text of a state. A member that is undefined is not there. */
export const stateJson = (state: object): string => canonicalJson(withoutUndefined(state));

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.some(isObject) ? value.map(withoutUndefined) : value;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const inner = members[key];
    if (inner === undefined || isObject(inner)) {
      return Object.fromEntries(
        Object.entries(members).flatMap(([name, member]) =>
          member === undefined ? [] : [[name, withoutUndefined(member)]],
        ),
      );
    }
  }
  return value;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
