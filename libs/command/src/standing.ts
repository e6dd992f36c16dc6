import {
  Refusal,
  inOrder,
  sameJson,
  type CivilDate,
  type Decider,
  type DomainEvent,
  type Envelope,
  type Fact,
  type Live,
  type Position,
} from '#kernel';
import { Sequence } from './sequence.js';

/** An event the command gives, with its own part of the envelope. */
export interface DecidedFact extends Pick<
  Envelope,
  | 'effectiveOn'
  | 'startKnown'
  | 'effectiveIn'
  | 'notBefore'
  | 'notAfter'
  | 'source'
  | 'corrects'
  | 'annuls'
  | 'again'
  | 'why'
  | 'reliedOn'
> {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

/** As much of an event as the rules look at; it need not be written yet. */
export type Judged = Pick<DomainEvent, 'id' | 'type' | 'stream' | 'position' | 'effectiveOn' | 'data'> &
  Pick<Envelope, 'source' | 'startKnown' | 'effectiveIn' | 'notBefore' | 'notAfter'>;

/** A live event with what the rules knew just after it, and whether it stood when it was last judged. */
interface Entry<State> extends Live<Judged> {
  readonly after: State;
  readonly stands: boolean;
}

/** What a command does to the live events of one subject: drops first, then additions. */
export interface Change {
  readonly drops: readonly Live<Judged>[];
  readonly adds: readonly Live<Judged>[];
}

/**
 * The live events of one subject as the rules see them, judged in T2's order (T8). Immutable: a change gives another one.
 * Judging starts at the first place that changes and stops where the state meets the old one again, so that a command
 * on a long history costs no more than one on a short.
 */
export class Standing<State> {
  private constructor(
    private readonly decider: Decider<State, Fact, Fact>,
    private readonly entries: Sequence<Entry<State>>,
  ) {}

  static of<State>(decider: Decider<State, Fact, Fact>): Standing<State> {
    return new Standing(decider, Sequence.of<Entry<State>>([]));
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Ids of all live events, in order. */
  get ids(): readonly string[] {
    return [...this.entries].map(({ event }) => event.id);
  }

  /** Ids of the live events that do not stand. */
  get fallen(): string[] {
    return [...this.entries].filter(({ stands }) => !stands).map(({ event }) => event.id);
  }

  /** The state after all live events. */
  get last(): State {
    return this.stateBefore(this.entries.length);
  }

  /** The state as at the end of a day; undefined where it has not begun by then. */
  on(day: CivilDate): State | undefined {
    const next = this.entries.firstNot(({ event }) => event.effectiveOn <= day);
    return next === 0 ? undefined : this.stateBefore(next);
  }

  /** Whether an event is live. */
  has(place: Live<Judged>): boolean {
    return this.entries.at(this.indexOf(place))?.event.id === place.event.id;
  }

  /** The state just before a place in the order. */
  before(place: Live<Judged>): State {
    return this.stateBefore(this.indexOf(place));
  }

  /** The live events before a place in the order, the last first. */
  *backFrom(place: Live<Judged>): Generator<Judged> {
    for (let at = this.indexOf(place) - 1; at >= 0; at--) yield (this.entries.at(at) as Entry<State>).event;
  }

  /**
   * This history with a change made.
   *
   * @param judge true for a new command: an added event that does not stand is refused, and so is a change after which
   *   an event no longer stands that stood until now. False when reading what is stored: that is never refused.
   * @throws Refusal naming the event that would not stand.
   */
  with({ drops, adds }: Change, judge: boolean): Standing<State> {
    const [only] = adds;
    if (only && adds.length === 1 && drops.length === 0 && this.indexOf(only) === this.entries.length) {
      return this.goingOn(only, judge);
    }
    let { entries } = this;
    const touched: Live<Judged>[] = [];
    for (const drop of drops) {
      const index = indexIn(entries, drop);
      if (entries.at(index)?.event.id !== drop.event.id) continue;
      entries = entries.splice(index, 1, []);
      touched.push(drop);
    }
    const unfolded = (place: Live<Judged>): Entry<State> => ({ ...place, after: this.decider.initial, stands: true });
    if (entries.length === 0 && adds.length > 1) entries = Sequence.of(adds.toSorted(inOrder).map(unfolded));
    else for (const place of adds) entries = entries.splice(indexIn(entries, place), 0, [unfolded(place)]);
    touched.push(...adds);
    if (touched.length === 0) return this;
    return new Standing(this.decider, this.folded(entries, touched, adds, judge));
  }

  /** With one event more behind all others, as most commands have it. */
  private goingOn(place: Live<Judged>, judge: boolean): Standing<State> {
    const { event, slot } = place;
    const refusal = this.decider.stands(this.last, event, event.effectiveOn);
    if (judge && refusal) throw refusal;
    const entry = { event, slot, after: this.decider.evolve(this.last, event), stands: !refusal };
    return new Standing(this.decider, this.entries.splice(this.entries.length, 0, [entry]));
  }

  /** Folds from the first place touched, until beyond the last the state is again what it was. */
  private folded(
    entries: Sequence<Entry<State>>,
    touched: readonly Live<Judged>[],
    adds: readonly Live<Judged>[],
    judge: boolean,
  ): Sequence<Entry<State>> {
    const isNew = new Set(adds.map(({ event }) => event.id));
    const [earliest, latest] = ends(touched);
    const first = indexIn(entries, earliest);
    const lastTouched = indexIn(entries, latest);
    const refolded: Entry<State>[] = [];
    let state = first === 0 ? this.decider.initial : (entries.at(first - 1) as Entry<State>).after;
    for (let index = first; index < entries.length; index++) {
      const { event, slot, stands, after } = entries.at(index) as Entry<State>;
      const refusal = this.decider.stands(state, event, event.effectiveOn);
      const added = isNew.has(event.id);
      if (judge && refusal && added) throw refusal;
      if (judge && refusal && stands) throw noLonger(event, refusal);
      state = this.decider.evolve(state, event);
      const met = index >= lastTouched && !added && sameJson(state, after);
      refolded.push({ event, slot, after: met ? after : state, stands: !refusal });
      if (met) break;
    }
    return entries.splice(first, refolded.length, refolded);
  }

  private indexOf(place: Live<Judged>): number {
    return indexIn(this.entries, place);
  }

  private stateBefore(index: number): State {
    return index === 0 ? this.decider.initial : (this.entries.at(index - 1) as Entry<State>).after;
  }
}

function indexIn<State>(entries: Sequence<Entry<State>>, place: Live<Judged>): number {
  const last = entries.at(entries.length - 1);
  if (!last || inOrder(last, place) < 0) return entries.length;
  return entries.firstNot((entry) => inOrder(entry, place) < 0);
}

function ends(places: readonly Live<Judged>[]): readonly [Live<Judged>, Live<Judged>] {
  let [earliest, latest] = [places[0], places[0]] as [Live<Judged>, Live<Judged>];
  for (const place of places) {
    if (inOrder(place, earliest) < 0) earliest = place;
    if (inOrder(place, latest) > 0) latest = place;
  }
  return [earliest, latest];
}

function noLonger(event: Judged, refusal: Refusal): Refusal {
  return new Refusal(
    'WOULD_NOT_STAND',
    `event ${event.id} (${event.type} of ${event.effectiveOn}) would no longer stand: ${refusal.message}`,
    { rule: 'T8', remedy: 'correct or annul that event in the same command' },
  );
}

/** Place of an event that is not written yet: behind everything, in the order of the command. */
export const provisional = (index: number): Position => 4e15 + index;
