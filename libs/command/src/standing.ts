import {
  Refusal,
  canonicalJson,
  inOrder,
  type Decider,
  type DomainEvent,
  type Fact,
  type Live,
  type Position,
} from '#kernel';

/** As much of an event as the rules look at; it need not be written yet. */
export type Judged = Pick<DomainEvent, 'id' | 'type' | 'stream' | 'effectiveOn' | 'data'>;

/** A live event with what the rules knew just after it, and whether it stood when it was last judged. */
interface Entry<State> extends Live<Judged> {
  readonly after: State;
  readonly stands: boolean;
}

/** What a command does to the live events of one subject: drops first, then additions, in this order. */
export interface Change {
  readonly drops: readonly string[];
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
    private readonly entries: readonly Entry<State>[],
  ) {}

  static of<State>(decider: Decider<State, Fact, Fact>): Standing<State> {
    return new Standing(decider, []);
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  find(eventId: string): Live<Judged> | undefined {
    return this.entries.find(({ event }) => event.id === eventId);
  }

  /** Ids of all live events, in order. */
  get ids(): readonly string[] {
    return this.entries.map(({ event }) => event.id);
  }

  /** Ids of the live events that do not stand. */
  get fallen(): string[] {
    return this.entries.filter(({ stands }) => !stands).map(({ event }) => event.id);
  }

  /** The state after all live events. */
  get last(): State {
    return stateBefore(this.decider, this.entries, this.entries.length);
  }

  /** The state just before a place in the order. */
  before(place: Live<Judged>): State {
    return stateBefore(this.decider, this.entries, indexOf(this.entries, place));
  }

  /**
   * This history with a change made.
   *
   * @param judge true for a new command: an added event that does not stand is refused, and so is a change after which
   *   an event no longer stands that stood until now. False when reading what is stored: that is never refused.
   * @throws Refusal naming the event that would not stand.
   */
  with({ drops, adds }: Change, judge: boolean): Standing<State> {
    const entries = this.entries.slice();
    let first = entries.length;
    let untouchedTail = entries.length;
    const touched = (index: number, behind: number): void => {
      first = Math.min(first, index);
      untouchedTail = Math.min(untouchedTail, behind);
    };
    for (const id of drops) {
      const index = entries.findIndex(({ event }) => event.id === id);
      if (index === -1) continue;
      entries.splice(index, 1);
      touched(index, entries.length - index);
    }
    const added = new Set<string>();
    for (const place of adds) {
      const index = indexOf(entries, place);
      entries.splice(index, 0, { ...place, after: this.decider.initial, stands: true });
      touched(index, entries.length - index - 1);
      added.add(place.event.id);
    }
    this.fold(entries, first, untouchedTail, judge ? added : undefined);
    return new Standing(this.decider, entries);
  }

  /** @param judgeNew ids of the events that are new and judged, or undefined where nothing is judged. */
  private fold(
    entries: Entry<State>[],
    first: number,
    untouchedTail: number,
    judgeNew: ReadonlySet<string> | undefined,
  ): void {
    let state = stateBefore(this.decider, entries, first);
    for (let index = first; index < entries.length; index++) {
      const old = index - entries.length + this.entries.length;
      if (entries.length - index <= untouchedTail && same(state, stateBefore(this.decider, this.entries, old))) return;
      const { event, slot, stands } = entries[index] as Entry<State>;
      const refusal = this.decider.stands(state, event, event.effectiveOn);
      if (refusal && judgeNew?.has(event.id)) throw refusal;
      if (refusal && judgeNew && stands) throw noLonger(event, refusal);
      state = this.decider.evolve(state, event);
      entries[index] = { event, slot, after: state, stands: !refusal };
    }
  }
}

function indexOf<State>(entries: readonly Entry<State>[], place: Live<Judged>): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inOrder(entries[middle] as Entry<State>, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function stateBefore<State>(
  decider: Decider<State, Fact, Fact>,
  entries: readonly Entry<State>[],
  index: number,
): State {
  return index === 0 ? decider.initial : (entries[index - 1] as Entry<State>).after;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
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
